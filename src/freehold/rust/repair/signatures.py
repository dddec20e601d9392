"""Functions without `fn`, and parameters and results without types: found from their use."""

from freehold.diagnostics.edits import Edit
from freehold.rust import ast
from freehold.rust.repair.guess import guess
from freehold.rust.repair.outline import Role, outline
from freehold.rust.repair.snippet import Snippet
from freehold.rust.token import Kind, Token, end_of_tree


def add_fn(draft: Snippet) -> None:
    """Write `fn` in front of functions that lack it, and `_` for the types that they lack."""
    edits: list[Edit] = []
    tokens = draft.tokens()
    heads: list[Token] = []
    for piece in outline(tokens):
        if piece.role is Role.FUNCTION:
            start = next(i for i, token in enumerate(tokens) if token.start >= piece.start)
            while tokens[start].text in ("pub", "async", "unsafe", "const"):
                start += 1
            heads.append(tokens[start])
            draft.say(f"`{tokens[start].text}` is a function: `fn` is added", tokens[start].start)
            edits.append(Edit(tokens[start].start, tokens[start].start, "fn "))
    names = {token.start for token in heads}
    for index, token in enumerate(tokens[:-1]):
        after_fn = token.text == "fn" and tokens[index + 1].kind is Kind.IDENT
        if after_fn or token.start in names:
            edits += _untyped(tokens, index + after_fn)
    draft.apply(edits)


def _untyped(tokens: list[Token], name: int) -> list[Edit]:
    """Put `: _` after the parameters, of the function named at index `name`, without a type."""
    at = name + 1
    if tokens[at].text != "(":
        return []
    end = end_of_tree(tokens, at) - 1
    edits: list[Edit] = []
    start = at + 1
    for index in range(start, end + 1):
        if tokens[index].text == "," or index == end:
            its = tokens[start:index]
            start = index + 1
            plain = its and all(token.kind is Kind.IDENT for token in its)
            if plain and its[-1].text != "self" and len(its) == 1 + (its[0].text == "mut"):
                edits.append(Edit(its[-1].end, its[-1].end, ": _"))
    return edits


def add_types(draft: Snippet) -> None:
    """Write the types that parameters and results lack."""
    edits: list[Edit] = []
    for function, parameters, result, generics in guess(draft.tree()):
        name = function.ident
        for parameter, text in parameters:
            draft.say(f"the type `{text}` is found from the use of `{name.name}`", parameter.start)
            edits.append(Edit(parameter.start, parameter.end, text))
        if generics:
            edits.append(Edit(name.span.end, name.span.end, f"<{', '.join(generics)}>"))
        if result:
            at = _after_parameters(draft, function)
            draft.say(f"`{name.name}` returns `{result}`", at)
            edits.append(Edit(at, at, f" -> {result}"))
    draft.apply(edits)


def _after_parameters(draft: Snippet, function: ast.Function) -> int:
    tokens = [t for t in draft.tokens() if t.start >= function.ident.span.end]
    at = 0
    while tokens[at].text != "(":
        at += 1
    return tokens[end_of_tree(tokens, at) - 1].end
