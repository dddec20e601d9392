"""Freehold: a memory-safety workbench for C and Rust.

`check`, `run` and `view` are functions, whose modules are imported when they are first named.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from freehold.api import Result, SourceError, View, check, run, view
    from freehold.source import Source

__version__ = "0.1.0"
__all__ = ["Result", "Source", "SourceError", "View", "__version__", "check", "run", "view"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'freehold' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  (--version needs none of this)

    return getattr(import_module("freehold.source" if name == "Source" else "freehold.api"), name)
