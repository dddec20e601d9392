"""The function `main`."""

import re

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust as codes
from freehold.rust import ast
from freehold.rust.crates import Crates
from freehold.rust.items import Function
from freehold.rust.resolve.lookup import in_module
from freehold.rust.resolve.scopes import VALUE
from freehold.source import Source, Span


def _needs_no_main(attribute: ast.Attribute) -> bool:
    """Tell whether `#![no_main]` or `#![crate_type = "lib"]` was written."""
    value = attribute.value
    library = isinstance(value, ast.StrLiteral) and value.value != "bin"
    return attribute.name == "no_main" or (attribute.name == "crate_type" and library)


def check(crates: Crates) -> None:
    """Report that there is no `main` (E0601), or that it has parameters."""
    if any(map(_needs_no_main, crates.user.root.attributes)):
        return
    root = crates.world.scopes[crates.user.root]
    found = in_module(crates.world, root, "main", VALUE)
    main = found.target if found is not None else None
    if not isinstance(main, Function):
        source = crates.user.root.span.source
        if _is_library(source):
            return
        end = len(source.text.rstrip())
        crates.world.report(
            root,
            Diagnostic(
                codes.NO_MAIN,
                Span(source, end, end),
                {"name": crates.user.name},
                f"consider adding a `main` function to `{source.name.rpartition('/')[2]}`",
            ),
        )
        return
    if main.node is not None and main.node.signature.generics.params:
        crates.world.report(
            root,
            Diagnostic(
                codes.GENERIC_MAIN,
                main.node.signature.generics.span,
                primary="`main` cannot have generic parameters",
            ),
        )


_LIBRARY = re.compile(r'^\s*#!\[\s*crate_type\s*=\s*"(?!bin")', re.MULTILINE)


def _is_library(source: Source) -> bool:
    """Tell whether a file is a library: it says so, or Cargo's name for one is its name."""
    named = source.name.rpartition("/")[2] == "lib.rs"
    return named or _LIBRARY.search(source.text) is not None
