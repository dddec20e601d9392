"""The lowering of C's typed tree to MIR."""

from freehold.c.lower.unit import lower

__all__ = ["lower"]
