"""Words for types and traits in messages: kinds of type, what a trait says when it is missing."""

import re

from freehold.rust import ast
from freehold.rust.infer.show import show, show_argument, show_trait
from freehold.rust.items import ParameterKind, Struct, Trait
from freehold.rust.literals import decode
from freehold.rust.token import Kind, Token
from freehold.types import (
    ArrayType,
    NeverType,
    PointerType,
    SliceType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    AdtType,
    ClosureType,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArrayType,
    OpaqueType,
    ParamType,
    ProjectionType,
    RefType,
    TraitRef,
)

_KINDS: dict[type, str] = {
    ArrayType: "array",
    GenericArrayType: "array",
    SliceType: "slice",
    PointerType: "raw pointer",
    FnDefType: "fn item",
    FnPtrType: "fn pointer",
    DynType: "trait object",
    ClosureType: "closure",
    ParamType: "type parameter",
    ProjectionType: "associated type",
    OpaqueType: "opaque type",
}


def kind_of(ty: Type) -> str:
    """Return the kind of type, as in "found for struct `S`"."""
    match ty:
        case AdtType(definition, _):
            return definition.kind.value
        case RefType(mutable=mutable):
            return "mutable reference" if mutable else "reference"
        case TupleType(elements):
            return "tuple" if elements else "unit type"
        case NeverType():
            return "type"
        case _:
            return _KINDS.get(type(ty), "type")


def described(ty: Type) -> str:
    """Return a type with its kind: "struct `S`"."""
    return f"{kind_of(ty)} `{show(ty)}`"


# ------------------------------------------------------------------------- what a trait says itself


def unimplemented_words(goal: TraitRef) -> dict[str, str]:
    """Return what `#[diagnostic::on_unimplemented]` of the trait says: message, label, note."""
    trait = goal.trait
    assert isinstance(trait, Trait)
    if trait.name == "FromResidual" and len(goal.arguments) > 1:
        found = _residual_words(goal)
        if found:
            return found
    for attribute in trait.attributes:
        if attribute.name in ("diagnostic::on_unimplemented", "rustc_on_unimplemented"):
            return {key: _filled(text, goal, trait) for key, text in _words(attribute).items()}
    return {}


def _residual_words(goal: TraitRef) -> dict[str, str]:
    """Return what is said of `?` on an Option where a Result is returned, and the reverse."""
    own, other = goal.self_type, goal.arguments[1]
    if not isinstance(own, AdtType) or not isinstance(other, AdtType):
        return {}
    names = own.definition.name, other.definition.name
    rule = (
        "the `?` operator can only be used on `{0}`s, not `{1}`s, in a function that returns `{0}`"
    )
    if names == ("Option", "Result"):
        label = f"use `.ok()?` if you want to discard the `{show(other)}` error information"
    elif names == ("Result", "Option"):
        label = f"use `.ok_or(...)?` to provide an error compatible with `{show(own)}`"
    else:
        return {}
    return {"message": rule.format(*names), "label": label}


def _words(attribute: ast.Attribute) -> dict[str, str]:
    if attribute.arguments is None:
        return {}
    found: dict[str, str] = {}
    tokens = attribute.arguments.tokens
    for at in range(len(tokens) - 2):
        key, equals, value = tokens[at : at + 3]
        if equals.text == "=" and value.kind in (Kind.STR, Kind.RAW_STR):
            found[key.text] = _string(value)
    return found


def _string(token: Token) -> str:
    literal = decode(token)
    assert isinstance(literal, ast.StrLiteral)
    return literal.value


def _filled(text: str, goal: TraitRef, trait: Trait) -> str:
    names = {"Self": show(goal.self_type), "Trait": show_trait(goal), trait.name: show_trait(goal)}
    for parameter in trait.generics.own:
        if parameter.kind is not ParameterKind.LIFETIME and parameter.name != "Self":
            names[parameter.name] = show_argument(goal.arguments[parameter.index])
    return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], found[0]), text)


def is_local(ty: Type) -> bool:
    """Tell whether a type is one that the user's own crate defines."""
    if not isinstance(ty, AdtType) or not isinstance(ty.definition, Struct):
        return False
    crate = ty.definition.crate
    return crate is None or crate.name != "std"
