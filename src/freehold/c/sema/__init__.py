"""Semantic analysis of C: `analyse` turns syntax into the typed tree (C11 6.2 to 6.9)."""

from freehold.c.sema.options import SemaOptions
from freehold.c.sema.unit import analyse

__all__ = ["SemaOptions", "analyse"]
