"""Derives: the impl that each of the nine standard ones stands for.

The bodies are written as text and lexed; what names a field carries the field's own span, so that
an error in it ("`T` doesn't implement `Debug`") points there. Headers reuse the trees of the item.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.expand.rebuild import parts
from freehold.rust.lex import lex_piece
from freehold.rust.token import Kind, Token
from freehold.source import Expansion, Span

Deriving = ast.Struct | ast.EnumItem | ast.Union
Piece = tuple[str, Span | None]  # text, and the span that its tokens get (None: the derive's)

TRAITS = {
    "Clone": ("clone", "Clone"),
    "Copy": ("marker", "Copy"),
    "Debug": ("fmt", "Debug"),
    "Default": ("default", "Default"),
    "PartialEq": ("cmp", "PartialEq"),
    "Eq": ("cmp", "Eq"),
    "PartialOrd": ("cmp", "PartialOrd"),
    "Ord": ("cmp", "Ord"),
    "Hash": ("hash", "Hash"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A struct, or one variant: its pattern, and its fields' names with their spans.

    There are no references to fields of a `packed` struct: they are copied first.
    """

    name: str  # `Self` or `Self::Variant`
    shown: str
    shape: ast.Shape
    fields: tuple[tuple[str, Span], ...]
    packed: bool = False

    def pattern(self, prefix: str) -> str:
        """Return a pattern that binds field number i as `{prefix}{i}`."""
        if self.packed:
            return self.wild
        inner = ", ".join(f"{name}: {prefix}{i}" for i, (name, _) in enumerate(self.fields))
        return f"{self.name} {{ {inner} }}"

    def copies(self, prefix: str, value: str) -> "Pieces":
        """Return statements that bind copies of the fields of `value`, if it is packed."""
        if not self.packed:
            return []
        return [
            (f"let {prefix}{i} = &{{ {value}.{name} }};", span)
            for i, (name, span) in enumerate(self.fields)
        ]

    @property
    def wild(self) -> str:
        """A pattern that binds nothing."""
        return f"{self.name} {{ .. }}"


class Unclear(Exception):
    """A derive that cannot be done: where, and why."""

    def __init__(self, span: Span, why: str) -> None:
        """Note the place and the reason."""
        super().__init__(why)
        self.span = span
        self.why = why


class NoDefault(Exception):
    """An enum that has no default variant, at `span`."""

    def __init__(self, span: Span) -> None:
        """Note the place."""
        super().__init__("no default variant")
        self.span = span


def derived_body(trait: str, item: Deriving, others: frozenset[str], at: Span) -> list[Token]:
    """Return the tokens of the items inside `impl trait for item { ... }`.

    Raises Unclear or NoDefault.

    `others` are all traits that the item derives; `at` is the trait's name in the attribute.
    """
    parts = _parts(item)
    if trait in ("Copy", "StructuralPartialEq"):
        return []
    pieces = list(_BODIES[trait](item, parts, others))
    return quote(pieces, trait, at)


def quote(pieces: Sequence[Piece], macro: str, at: Span) -> list[Token]:
    """Lex `pieces`; their tokens stand at their own span, or at `at` as expanded by `macro`."""
    expansion = Expansion(macro, at)
    out: list[Token] = []
    for text, span in pieces:
        place = at if span is None else span
        inside = expansion if span is None else span.expansion
        for kind, spelling, space in _lexed(text):
            out.append(
                Token(
                    kind,
                    spelling,
                    place.source,
                    place.start,
                    place.end,
                    space=space,
                    expansion=inside,
                )
            )
    return out


@lru_cache(maxsize=4096)
def _lexed(text: str) -> tuple[tuple[Kind, str, bool], ...]:
    return tuple(
        (one.kind, "$std" if one.text == "__std" else one.text, one.space)
        for one in lex_piece(text)
    )


def _parts(item: Deriving) -> tuple[Part, ...]:
    match item:
        case ast.EnumItem():
            return tuple(
                Part(
                    f"Self::{_raw(one.ident.name)}",
                    one.ident.name,
                    one.shape,
                    _fields(one.fields),
                )
                for one in item.variants
            )
        case ast.Struct():
            fields, packed = _fields(item.fields), _is_packed(item)
            return (Part("Self", item.ident.name, item.shape, fields, packed),)
        case ast.Union():
            return (Part("Self", item.ident.name, ast.Shape.NAMED, ()),)


def _is_packed(item: ast.Struct) -> bool:
    return any(
        token.text == "packed"
        for attribute in item.attributes
        if attribute.name == "repr" and attribute.arguments is not None
        for token in attribute.arguments.tokens
    )


def _fields(fields: tuple[ast.FieldDecl, ...]) -> tuple[tuple[str, Span], ...]:
    return tuple(
        (str(i) if one.ident is None else _raw(one.ident.name), one.span)
        for i, one in enumerate(fields)
    )


KEYWORDS = frozenset(
    [
        "as",
        "break",
        "const",
        "continue",
        "else",
        "enum",
        "extern",
        "false",
        "fn",
        "for",
        "if",
        "impl",
        "in",
        "let",
        "loop",
        "match",
        "mod",
        "move",
        "mut",
        "pub",
        "ref",
        "return",
        "static",
        "struct",
        "trait",
        "true",
        "type",
        "unsafe",
        "use",
        "where",
        "while",
        "async",
        "await",
        "dyn",
        "abstract",
        "become",
        "box",
        "do",
        "final",
        "macro",
        "override",
        "priv",
        "typeof",
        "unsized",
        "virtual",
        "yield",
        "try",
    ]
)


def _raw(name: str) -> str:
    return f"r#{name}" if name in KEYWORDS else name


# ------------------------------------------------------------------------------------- the bodies

Pieces = list[Piece]


def _plain(text: str) -> Piece:
    return text, None


def _arms(parts: Sequence[Part], arm: Callable[[Part], Pieces]) -> Pieces:
    """`match self { pattern => ..., }` over all parts."""
    if not parts:
        return [_plain("match *self {}")]
    out = [_plain("match self {")]
    for part in parts:
        out += [_plain(f"{part.pattern('a')} => {{"), *part.copies("a", "self"), *arm(part)]
        out.append(_plain("}"))
    return [*out, _plain("}")]


def _clone(item: Deriving, parts: Sequence[Part], others: frozenset[str]) -> Pieces:
    head = _plain("#[inline] fn clone(&self) -> Self {")
    plain = not any(isinstance(p, ast.TypeParam) for p in item.generics.params)
    if "Copy" in others and (plain or isinstance(item, ast.Union)):
        return [head, _plain("*self }")]
    if isinstance(item, ast.Union):
        raise Unclear(item.ident.span, "this trait cannot be derived for unions")

    def arm(part: Part) -> Pieces:
        out = [_plain(f"{part.name} {{")]
        for i, (name, span) in enumerate(part.fields):
            out += [_plain(f"{name}:"), (f"__std::clone::Clone::clone(a{i})", span), _plain(",")]
        return [*out, _plain("}")]

    return [head, *_arms(parts, arm), _plain("}")]


def _debug(item: Deriving, parts: Sequence[Part], _others: frozenset[str]) -> Pieces:
    _no_union(item)

    def arm(part: Part) -> Pieces:
        shown = f'"{part.shown}"'
        if part.shape is ast.Shape.UNIT:
            return [_plain(f"__std::fmt::Formatter::write_str(f, {shown})")]
        named = part.shape is ast.Shape.NAMED
        out = [_plain(f"f.debug_{'struct' if named else 'tuple'}({shown})")]
        for i, (name, span) in enumerate(part.fields):
            word = f'"{name.removeprefix("r#")}", ' if named else ""
            out += [_plain(f".field({word}"), (f"&a{i}", span), _plain(")")]
        return [*out, _plain(".finish()")]

    head = "fn fmt(&self, f: &mut __std::fmt::Formatter<'_>) -> __std::fmt::Result {"
    return [_plain(head), *_arms(parts, arm), _plain("}")]


def _default(item: Deriving, parts: Sequence[Part], _others: frozenset[str]) -> Pieces:
    _no_union(item)
    part = parts[0] if isinstance(item, ast.Struct) else None
    if isinstance(item, ast.EnumItem):
        marked = [
            parts[i]
            for i, variant in enumerate(item.variants)
            if any(one.name == "default" for one in variant.attributes)
        ]
        if len(marked) != 1 or marked[0].shape is not ast.Shape.UNIT:
            raise NoDefault(item.ident.span)
        part = marked[0]
    assert part is not None
    out = [_plain(f"fn default() -> Self {{ {part.name} {{")]
    for name, span in part.fields:
        out += [_plain(f"{name}:"), ("__std::default::Default::default()", span), _plain(",")]
    return [*out, _plain("} }")]


def _partial_eq(item: Deriving, parts: Sequence[Part], _others: frozenset[str]) -> Pieces:
    _no_union(item)

    def compared(part: Part) -> Pieces:
        out: Pieces = [] if part.fields else [_plain("true")]
        for i, (_, span) in enumerate(part.fields):
            out += [*([_plain("&&")] if i else []), (f"*a{i} == *b{i}", span)]
        return out

    head = _plain("#[inline] fn eq(&self, other: &Self) -> bool {")
    return [head, *_pairs(parts, compared, _plain("false")), _plain("}")]


def _pairs(parts: Sequence[Part], compared: Callable[[Part], Pieces], unlike: Piece) -> Pieces:
    """`match (self, other) { (A, A) => ..., (B, B) => ..., _ => unlike }`."""
    if not parts:
        return [_plain("match *self {}")]
    out = [_plain("match (self, other) {")]
    for part in parts:
        out.append(_plain(f"({part.pattern('a')}, {part.pattern('b')}) => {{"))
        out += [*part.copies("a", "self"), *part.copies("b", "other"), *compared(part), _plain("}")]
    if len(parts) > 1:
        out += [_plain("_ => {"), unlike, _plain("}")]
    return [*out, _plain("}")]


def _eq(item: Deriving, parts: Sequence[Part], _others: frozenset[str]) -> Pieces:
    if isinstance(item, ast.Union):
        return []
    out = [
        _plain("fn assert_receiver_is_total_eq(&self) {"),
        _plain("fn total<T: __std::cmp::Eq + ?__std::marker::Sized>(_: &T) {}"),
    ]

    def arm(part: Part) -> Pieces:
        inner: Pieces = [_plain("{")]
        for i, (_, span) in enumerate(part.fields):
            inner += [(f"total(a{i})", span), _plain(";")]
        return [*inner, _plain("}")]

    return [*out, *_arms(parts, arm), _plain("}")]


_ORDERING = "__std::cmp::Ordering"
_DISCRIMINANT = "unsafe { __std::intrinsics::discriminant_value(%s) }"


def _partial_ord(item: Deriving, parts: Sequence[Part], _others: frozenset[str]) -> Pieces:
    _no_union(item)
    some = "__std::option::Option::Some"
    result = f"__std::option::Option<{_ORDERING}>"
    return _ordered(
        parts,
        f"fn partial_cmp(&self, other: &Self) -> {result} {{",
        "__std::cmp::PartialOrd::partial_cmp",
        f"{some}({_ORDERING}::Equal)",
    )


def _ord(item: Deriving, parts: Sequence[Part], _others: frozenset[str]) -> Pieces:
    _no_union(item)
    return _ordered(
        parts,
        f"fn cmp(&self, other: &Self) -> {_ORDERING} {{",
        "__std::cmp::Ord::cmp",
        f"{_ORDERING}::Equal",
    )


def _ordered(parts: Sequence[Part], head: str, method: str, equal: str) -> Pieces:
    def compared(part: Part) -> Pieces:
        out: Pieces = []
        for i, (_, span) in enumerate(part.fields):
            call = (f"{method}(a{i}, b{i})", span)
            if i + 1 < len(part.fields):
                out += [_plain("match"), call, _plain(f"{{ {equal} => {{")]
            else:
                out.append(call)
        if not part.fields:
            return [_plain(equal)]
        return [*out, _plain("} unlike => unlike }" * (len(part.fields) - 1))]

    mine, theirs = _DISCRIMINANT % "self", _DISCRIMINANT % "other"
    unlike = _plain(f"{method}(&{mine}, &{theirs})")
    return [_plain(head), *_pairs(parts, compared, unlike), _plain("}")]


def _hash(item: Deriving, parts: Sequence[Part], _others: frozenset[str]) -> Pieces:
    _no_union(item)
    out = [_plain("fn hash<H: __std::hash::Hasher>(&self, state: &mut H) {")]
    if isinstance(item, ast.EnumItem) and len(parts) > 1:
        out.append(_plain(f"__std::hash::Hash::hash(&{_DISCRIMINANT % 'self'}, state);"))

    def arm(part: Part) -> Pieces:
        inner: Pieces = [_plain("{")]
        for i, (_, span) in enumerate(part.fields):
            inner += [(f"__std::hash::Hash::hash(a{i}, state)", span), _plain(";")]
        return [*inner, _plain("}")]

    return [*out, *_arms(parts, arm), _plain("}")]


def _no_union(item: Deriving) -> None:
    if isinstance(item, ast.Union):
        raise Unclear(item.ident.span, "this trait cannot be derived for unions")


_BODIES: dict[str, Callable[[Deriving, Sequence[Part], frozenset[str]], Pieces]] = {
    "Clone": _clone,
    "Debug": _debug,
    "Default": _default,
    "PartialEq": _partial_eq,
    "Eq": _eq,
    "PartialOrd": _partial_ord,
    "Ord": _ord,
    "Hash": _hash,
}

# ------------------------------------------------------------------------------------- the headers


def derived_impl(
    trait: str, item: Deriving, items: "tuple[ast.AssocItem, ...]", at: Span
) -> ast.Impl:
    """Return `impl<...> trait for item<...> where ... { items }`, each type parameter bound."""
    span = Span(at.source, at.start, at.end, Expansion(trait, at))
    path = _path(("$std", *TRAITS[trait]), span)
    bound = ast.TraitBound(span, (), "", path)
    params = tuple(_bound_parameter(one, bound) for one in item.generics.params)
    names = frozenset(p.ident.name for p in params if isinstance(p, ast.TypeParam))
    where = (*item.generics.where, *_projections(item, names, bound))
    generics = ast.Generics(item.generics.span, params, where)
    arguments = tuple(_argument(one) for one in params)
    inside = ast.AngleArgs(span, arguments, ()) if arguments else None
    ident = ast.Ident(span, item.ident.name, item.ident.mark)
    own = ast.PathType(span, ast.Path(span, (ast.PathSegment(span, ident, inside),)))
    automatic = ast.Attribute(span, _path(("automatically_derived",), span), inner=False)
    return ast.Impl(
        span,
        (automatic,),
        None,
        generics,
        is_unsafe=False,
        is_default=False,
        is_const=False,
        negative=False,
        trait=path,
        self_type=own,
        items=items,
        head=span,
    )


def _path(names: Sequence[str], span: Span) -> ast.Path:
    return ast.Path(span, tuple(ast.PathSegment(span, ast.Ident(span, name)) for name in names))


def _bound_parameter(param: ast.GenericParam, bound: ast.TraitBound) -> ast.GenericParam:
    match param:
        case ast.TypeParam():
            return ast.TypeParam(param.span, (), param.ident, (*param.bounds, bound), None)
        case ast.ConstParam():
            return ast.ConstParam(param.span, (), param.ident, param.type, None)
        case ast.LifetimeParam():
            return ast.LifetimeParam(param.span, (), param.lifetime, param.bounds)


def _argument(param: ast.GenericParam) -> "ast.GenericArg":
    match param:
        case ast.LifetimeParam():
            return param.lifetime
        case ast.TypeParam() | ast.ConstParam():
            segment = ast.PathSegment(param.span, param.ident)
            return ast.PathType(param.span, ast.Path(param.span, (segment,)))


def _projections(
    item: Deriving, names: frozenset[str], bound: ast.TraitBound
) -> tuple[ast.WhereType, ...]:
    """Return `T::Item: Trait` for each such projection in the type of a field."""
    fields = (
        [f for variant in item.variants for f in variant.fields]
        if isinstance(item, ast.EnumItem)
        else item.fields
    )
    found = [ty for one in fields for ty in _paths(one.type)]
    return tuple(
        ast.WhereType(ty.span, (), ty, (bound,))
        for ty in found
        if len(ty.path.segments) > 1 and ty.path.segments[0].ident.name in names
    )


def _paths(node: ast.Node) -> Iterator[ast.PathType]:
    """Return the path types in a type, itself too."""
    if isinstance(node, ast.PathType):
        yield node
    for name in parts(type(node)):
        value = getattr(node, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, ast.Node):
                yield from _paths(one)
