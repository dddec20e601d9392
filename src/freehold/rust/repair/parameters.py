"""Calls that leave a type parameter open: nothing says what `T` is in `Type::f()` of `Type<T>`."""

from collections.abc import Iterator, Sequence

from freehold.diagnostics.edits import Edit
from freehold.rust import ast
from freehold.rust.lex import lex
from freehold.rust.repair.snippet import Snippet
from freehold.rust.token import Kind


def settle_parameters(draft: Snippet) -> None:
    """Write `Type::<()>::f()` where `f` mentions no parameter of `Type`."""
    indifferent = _indifferent(draft.tree().items)
    open_calls = {(name, function): count for name, function, count in indifferent}
    if not open_calls:
        return
    edits: list[Edit] = []
    tokens = draft.tokens()
    for index in range(len(tokens) - 3):
        name, colons, function, opener = (token.text for token in tokens[index : index + 4])
        count = open_calls.get((name, function))
        if count is None or colons != "::" or opener != "(":
            continue
        at = tokens[index].end
        what = f"nothing says for which type `{name}::{function}` is called: `()` is taken"
        draft.say(what, tokens[index].start, tokens[index + 2].end)
        edits.append(Edit(at, at, f"::<{', '.join(['()'] * count)}>"))
    draft.apply(edits)


def _indifferent(items: Sequence[ast.Item]) -> Iterator[tuple[str, str, int]]:
    """Yield (type, function, number of parameters) of functions that mention no parameter."""
    for item in items:
        match item:
            case ast.Module(items=tuple(inner)):
                yield from _indifferent(inner)
            case ast.Impl(trait=None, self_type=ast.PathType(path=path)):
                names = _free(item.generics)
                if not names:
                    continue
                for one in item.items:
                    if isinstance(one, ast.Function) and not _mentions(one, names | {"Self"}):
                        yield path.segments[-1].ident.name, one.ident.name, len(names)
            case _:
                pass


def _free(generics: ast.Generics) -> frozenset[str]:
    """Return the names of type parameters, if there are no bounds and no others."""
    its = [p for p in generics.params if isinstance(p, ast.TypeParam) and not p.bounds]
    plain = len(its) == len(generics.params) and not generics.where
    return frozenset(param.ident.name for param in its) if plain else frozenset()


def _mentions(function: ast.Function, names: frozenset[str]) -> bool:
    its = function.signature
    if its.self_param is not None:
        return True
    text = its.span.source.text[its.span.start : its.span.end]
    tokens = lex(type(its.span.source)("", text))[0]
    return any(token.kind is Kind.IDENT and token.text in names for token in tokens)
