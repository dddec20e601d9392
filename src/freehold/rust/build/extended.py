"""Which temporaries live as long as the variables of a `let`: those that it certainly keeps.

    E& = "&" ET | Struct { f: E&, .. } | Tuple(E&, ..) | [E&, ..] | (E&, ..) | E& "as" T
       | { ..; E& } | if c { ..; E& } else { ..; E& } | match m { p => E&, .. }
    ET = "*" ET | ET "." f | ET "[" i "]" | "&" ET | E

A place borrowed in E& is extended, with the places that it is a part of. So is the value that a
pattern with `ref` borrows from.
"""

from collections.abc import Iterator

from freehold.rust import thir
from freehold.rust.build.builder import Builder, layers
from freehold.rust.build.scopes import Region


def extend(
    b: Builder, value: thir.Expr, pattern: thir.Pattern | None, region: Region | None
) -> None:
    """Let what `let pattern = value` keeps live to the end of `region` (None: for ever)."""
    _extend(b, value, region)
    if pattern is not None and _borrows(pattern):
        _keep(b, value, region)


def _extend(b: Builder, e: thir.Expr, region: Region | None) -> None:
    e = layers(e)[-1]
    if isinstance(e, thir.Borrow | thir.RawBorrow):
        _extend(b, e.place, region)
        _keep(b, e.place, region)
    else:
        for inner in _results(e):
            _extend(b, inner, region)


def _results(e: thir.Expr) -> Iterator[thir.Expr]:
    """Yield the parts of `e` that its value is made of as they are."""
    match e:
        case thir.Adt(fields=fields):
            yield from (value for _, value in fields)
        case thir.Tuple(elements=elements) | thir.Array(elements=elements):
            yield from elements
        case thir.Cast(operand=operand) | thir.Ascribed(operand=operand):
            yield operand
        case thir.Block(value=value) if value is not None:
            yield value
        case thir.If(then=then, otherwise=otherwise):
            yield then
            if otherwise is not None:
                yield otherwise
        case thir.Match(arms=arms):
            yield from (arm.body for arm in arms)
        case _:
            pass


def _keep(b: Builder, e: thir.Expr, region: Region | None) -> None:
    """Extend `e`, and the places that it is a part of."""
    found: thir.Expr | None = e
    while found is not None:
        parts = layers(found)
        for part in parts:
            b.extended[part] = region
        found = _whole(parts[-1])


def _whole(e: thir.Expr) -> thir.Expr | None:
    match e:
        case thir.Borrow(place=inner) | thir.RawBorrow(place=inner):
            return inner
        case thir.Deref(base=inner) | thir.Field(base=inner) | thir.Index(base=inner):
            return inner
        case thir.Ascribed(operand=inner):
            return inner  # it is its operand that has the place
        case thir.Call(operator=True, arguments=(thir.Borrow(implicit=True) as inner, *_)):
            return inner  # an overloaded `*` or `[]`
        case _:
            return None


def _borrows(pattern: thir.Pattern) -> bool:
    """Say whether a `ref` in `pattern` borrows the value matched itself, or a part of it."""
    match pattern:
        case thir.BindPattern(by_ref=by_ref):
            return by_ref is not None
        case thir.LeafPattern(fields=fields) | thir.VariantPattern(fields=fields):
            return any(_borrows(sub) for _, sub in fields)
        case thir.SlicePattern(prefix=prefix, middle=middle, suffix=suffix):
            parts = (*prefix, *(() if middle is None else (middle,)), *suffix)
            return any(map(_borrows, parts))
        case thir.OrPattern(alternatives=alternatives):
            return any(map(_borrows, alternatives))
        case _:
            return False
