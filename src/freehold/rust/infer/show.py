"""Types in the words of rustc: `Vec<{integer}>`, `&'a mut T`, `{closure@a.rs:3:9: 3:12}`.

Definitions are printed by their last name, as rustc trims paths that are not ambiguous.
"""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any, assert_never

from freehold.rust.infer.instantiate import instantiate, instantiate_binder
from freehold.rust.infer.resolve import Resolver
from freehold.rust.infer.table import Table
from freehold.rust.infer.unify import Difference, Mismatch, array_parts
from freehold.rust.items import (
    AssociatedType,
    Constructor,
    Impl,
    Item,
    Opaque,
    Predicate,
    ProjectionPredicate,
    Trait,
    TraitPredicate,
)
from freehold.source import Span
from freehold.types import (
    ArrayType,
    BoolType,
    CharType,
    FloatKind,
    FloatType,
    IntType,
    NeverType,
    PointerKind,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    AdtType,
    BoundRegion,
    ClosureType,
    Const,
    ConstInfer,
    ConstParam,
    ConstValue,
    Definition,
    DynType,
    ErrorType,
    FnDefType,
    FnPtrType,
    FreeRegion,
    GenericArg,
    GenericArrayType,
    InferKind,
    InferType,
    OpaqueType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    Signature,
    StaticRegion,
    TraitRef,
    is_const,
    is_region,
    type_argument,
)

_FLOATS = {FloatKind.F32: "f32", FloatKind.F64: "f64", FloatKind.F80: "f80", FloatKind.F128: "f128"}
_CALLS = frozenset(("fn", "fn_mut", "fn_once"))  # lang items printed as `Fn(A) -> B`


def show(ty: Type, table: Table | None = None) -> str:
    """Return `ty` as rustc prints it, bindings of `table` put in."""
    if table is not None:
        ty = Resolver(table).type(ty)
    return _SHOW[type(ty)](ty)


def show_argument(argument: GenericArg) -> str:
    """Return a generic argument as rustc prints it; "" for an erased lifetime."""
    if is_region(argument):
        return show_region(argument)
    if is_const(argument):
        return show_const(argument)
    return show(argument)


def show_region(region: Region) -> str:
    """Return a lifetime by its name; "" if it has none."""
    match region:
        case StaticRegion():
            return "'static"
        case ParamRegion(_, name) | FreeRegion(_, name) | BoundRegion(_, _, name):
            return "" if name == "'_" else name
        case _:
            return ""


def show_const(const: Const) -> str:
    """Return a constant as rustc prints it."""
    match const:
        case ConstValue(value, BoolType()):
            return "true" if value else "false"
        case ConstValue(value, CharType()):
            return repr(chr(value))
        case ConstValue(value, _):
            return str(value)
        case ConstParam(_, name, _):
            return name
        case ConstInfer():
            return "_"
        case _:
            assert_never(const)


def show_trait(trait: TraitRef) -> str:
    """Return a trait with its arguments, Self left out: `From<u8>`."""
    return _dyn_trait(trait.trait, trait.arguments[1:], ())


def show_predicate(predicate: Predicate) -> str:
    """Return a predicate: `T: Clone`, `<T as Iterator>::Item == u8`."""
    match predicate:
        case TraitPredicate(trait, _, bound):
            return f"{_for(bound)}{show(trait.self_type)}: {show_trait(trait)}"
        case ProjectionPredicate(item, arguments, ty, _, bound):
            return f"{_for(bound)}{show(ProjectionType(item, arguments))} == {show(ty)}"
        case _:
            return ""


def _for(bound: tuple[str, ...]) -> str:
    names = [name for name in bound if name != "'_"]
    return f"for<{', '.join(names)}> " if names else ""


# --------------------------------------------------------------------------------------- by kind


def _integer(ty: IntType) -> str:
    letter = "i" if ty.signed else "u"
    return f"{letter}size" if ty.pointer_sized else f"{letter}{ty.bits}"


def _pointer(ty: PointerType) -> str:
    if ty.kind in (PointerKind.REF, PointerKind.REF_MUT):
        return f"{ty.kind.value} {_behind(ty.pointee)}".replace("& ", "&")
    return f"{ty.kind.value} {_behind(ty.pointee)}"


def _behind(ty: Type) -> str:
    text = show(ty)
    several = isinstance(ty, DynType) and (len(ty.auto) + (ty.trait is not None)) > 1
    return f"({text})" if several else text


def _reference(ty: RefType) -> str:
    region = show_region(ty.region)
    return f"&{region + ' ' if region else ''}{'mut ' if ty.mutable else ''}{_behind(ty.pointee)}"


def _array(ty: ArrayType | GenericArrayType) -> str:
    element, length = array_parts(ty)
    return f"[{show(element)}; {show_const(length)}]"


def _tuple(ty: TupleType) -> str:
    parts = [show(element) for element in ty.elements]
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _angle(arguments: tuple[GenericArg, ...]) -> str:
    shown = [show_argument(argument) for argument in arguments]
    shown = [text for text in shown if text]
    return f"<{', '.join(shown)}>" if shown else ""


def _adt(ty: AdtType) -> str:
    return f"{ty.definition.name}{_angle(_without_defaults(ty))}"


def _without_defaults(ty: AdtType) -> tuple[GenericArg, ...]:
    """Leave out trailing arguments equal to their defaults (an allocator, a hasher)."""
    generics = getattr(ty.definition, "generics", None)
    arguments = ty.arguments
    if generics is None or len(generics.own) != len(arguments):
        return arguments
    for parameter in reversed(generics.own):
        if parameter.default is None or parameter.default != arguments[parameter.index]:
            break
        arguments = arguments[: parameter.index]
    return arguments


def _signature(signature: Signature, name: str = "fn") -> str:
    inputs = [show(each) for each in signature.inputs] + ["..."] * signature.variadic
    output = "" if signature.output == TupleType(()) else f" -> {show(signature.output)}"
    unsafe = "unsafe " if signature.unsafe else ""
    abi = "" if signature.abi == "Rust" else f'extern "{signature.abi}" '
    return f"{_for(signature.bound)}{unsafe}{abi}{name}({', '.join(inputs)}){output}"


def item_path(definition: Definition, arguments: tuple[GenericArg, ...]) -> str:
    """Return the path of a function item with its arguments: `Vec::<u8>::push`, `f::<u8>`."""
    parent = getattr(definition, "parent", None)
    generics = getattr(definition, "generics", None)
    if not isinstance(definition, Item) or generics is None:
        return f"{definition.name}{_turbofish(arguments)}"
    before = len(arguments) - len(generics.own)
    own = _turbofish(arguments[before:])
    if isinstance(definition, Constructor):
        return f"{_constructor(definition)}{_turbofish(arguments)}"
    match parent:
        case Trait():
            trait = TraitRef(parent, arguments[:before])
            head = f"<{show(trait.self_type)} as {show_trait(trait)}>"
        case Impl():
            head = _impl_head(parent, arguments[:before])
        case _:
            return f"{definition.name}{own}"
    return f"{head}::{definition.name}{own}"


def _constructor(definition: Constructor) -> str:
    adt = definition.adt
    if adt is None or adt.name == definition.name:
        return definition.name
    return f"{adt.name}::{definition.name}"


def _impl_head(owner: Impl, arguments: tuple[GenericArg, ...]) -> str:
    assert owner.self_type is not None
    self_type = instantiate(owner.self_type, arguments)
    if owner.trait is not None:
        trait = TraitRef(owner.trait.trait, (self_type, *owner.trait.arguments[1:]))
        return f"<{show(self_type)} as {show_trait(trait)}>"
    if isinstance(self_type, AdtType):
        return f"{self_type.definition.name}{_turbofish(self_type.arguments)}"
    return f"<impl {show(self_type)}>"


def _turbofish(arguments: tuple[GenericArg, ...]) -> str:
    angle = _angle(arguments)
    return f"::{angle}" if angle else ""


def _fn_item(ty: FnDefType) -> str:
    signature = getattr(ty.definition, "signature", None)
    path = item_path(ty.definition, ty.arguments)
    if signature is None:
        return f"fn item {{{path}}}"
    shown = _signature(instantiate_binder(signature, ty.arguments))
    return f"{shown} {{{path}}}"


def closure_place(span: Span) -> str:
    """Return a closure's place as rustc prints it: `file.rs:3:9: 3:12`."""
    source = span.source
    end = f"{source.line_of(span.end)}:{source.column_of(span.end)}"
    return f"{PurePath(source.name)}:{span.line}:{span.column}: {end}"


def _closure(ty: ClosureType) -> str:
    return f"{{closure@{closure_place(ty.definition.span)}}}"


def _dyn(ty: DynType) -> str:
    parts: list[str] = []
    if ty.trait is not None:
        parts.append(_for(ty.bound) + _dyn_trait(ty.trait, ty.arguments, ty.bindings))
    parts += sorted(auto.name for auto in ty.auto)
    region = show_region(ty.region)
    if region and region != "'static":
        parts.append(region)
    return f"dyn {' + '.join(parts)}"


def _dyn_trait(
    trait: Definition,
    arguments: tuple[GenericArg, ...],
    bindings: tuple[tuple[Definition, Type], ...],
) -> str:
    """Return `Trait<A, Item = B>`, or `Fn(A) -> B`. Arguments leave Self out."""
    if getattr(trait, "lang", "") in _CALLS and arguments:
        inputs = type_argument(arguments, 0)
        if isinstance(inputs, TupleType):
            output = next((ty for item, ty in bindings if item.name == "Output"), TupleType(()))
            result = "" if output == TupleType(()) else f" -> {show(output)}"
            return f"{trait.name}({', '.join(map(show, inputs.elements))}){result}"
    shown = [text for text in map(show_argument, arguments) if text]
    shown += [f"{item.name} = {show(ty)}" for item, ty in bindings]
    return f"{trait.name}<{', '.join(shown)}>" if shown else trait.name


def _projection(ty: ProjectionType) -> str:
    trait = ty.item.parent if isinstance(ty.item, AssociatedType) else None
    generics = getattr(ty.item, "generics", None)
    if trait is None or generics is None:
        return f"<{show(type_argument(ty.arguments, 0))}>::{ty.item.name}"
    before = len(ty.arguments) - len(generics.own)
    of = TraitRef(trait, ty.arguments[:before])
    own = _angle(ty.arguments[before:])
    return f"<{show(of.self_type)} as {show_trait(of)}>::{ty.item.name}{own}"


def _opaque(ty: OpaqueType) -> str:
    definition = ty.definition
    if not isinstance(definition, Opaque):
        return "impl ?"
    traits = [bound for bound in definition.bounds if isinstance(bound, TraitPredicate)]
    parts = []
    for bound in traits:
        if getattr(bound.trait.trait, "lang", "") == "sized":
            continue
        bindings = tuple(
            (each.item, each.type)
            for each in definition.bounds
            if isinstance(each, ProjectionPredicate)
            and getattr(each.item, "parent", None) is bound.trait.trait
        )
        shown = _dyn_trait(bound.trait.trait, bound.trait.arguments[1:], bindings)
        parts.append(_for(bound.bound) + shown)
    return f"impl {' + '.join(parts) or 'Sized'}"


def _variable(ty: InferType) -> str:
    return "_" if ty.kind is InferKind.ANY else f"{{{ty.kind.value}}}"


_SHOW: dict[type, Callable[[Any], str]] = {
    NeverType: lambda _: "!",
    BoolType: lambda _: "bool",
    CharType: lambda _: "char",
    StrType: lambda _: "str",
    IntType: _integer,
    FloatType: lambda ty: _FLOATS[ty.kind],
    PointerType: _pointer,
    RefType: _reference,
    ArrayType: _array,
    GenericArrayType: _array,
    SliceType: lambda ty: f"[{show(ty.element)}]",
    TupleType: _tuple,
    AdtType: _adt,
    ParamType: lambda ty: ty.name,
    FnDefType: _fn_item,
    FnPtrType: lambda ty: _signature(ty.signature),
    ClosureType: _closure,
    DynType: _dyn,
    ProjectionType: _projection,
    OpaqueType: _opaque,
    InferType: _variable,
    ErrorType: lambda _: "{type error}",
}

# ------------------------------------------------------------------------------------ mismatches


def sort(ty: Type) -> str:
    """Return what kind of type `ty` is, as in "expected ..., found ...": `i32`, fn item."""
    match ty:
        case FnDefType(Constructor() as made, _):
            whole = made.adt is None or made.adt.name == made.name
            return "struct constructor" if whole else "enum constructor"
        case FnDefType():
            return "fn item"
        case FnPtrType():
            return "fn pointer"
        case DynType(None):
            return "trait object"
        case DynType(Definition(name=name)):
            return f"`dyn {name}`"
        case _:
            return _sort_of_others(ty)


def _sort_of_others(ty: Type) -> str:
    match ty:
        case ClosureType():
            return "closure"
        case InferType(_, kind):
            return _VARIABLES[kind]
        case ProjectionType():
            return "associated type"
        case OpaqueType():
            return "opaque type"
        case ParamType(_, name):
            return f"type parameter `{name}`"
        case ErrorType():
            return "type error"
        case _:
            return f"`{show(ty)}`"


_VARIABLES = {
    InferKind.ANY: "inferred type",
    InferKind.INT: "integer",
    InferKind.FLOAT: "floating-point number",
}


def mismatch_label(expected: Type, found: Type, mismatch: Mismatch, table: Table) -> str:
    """Return the label of a mismatch: "expected `i32`, found `&str`"."""
    if mismatch.difference is not Difference.SORTS:
        return _DIFFERENCE[mismatch.difference](mismatch)
    left, right = sort(Resolver(table).type(expected)), sort(Resolver(table).type(found))
    if left == right:
        inner = [Resolver(table).type(each) for each in _types_of(mismatch)]
        return _same_sorts(*map(sort, inner)) if inner else _same_sorts(left, right)
    return f"expected {left}, found {right}"


def _types_of(mismatch: Mismatch) -> tuple[Any, ...]:
    return (mismatch.expected, mismatch.found)


def _same_sorts(left: str, right: str) -> str:
    if left != right:
        return f"expected {left}, found {right}"
    return f"expected {left}, found a different {right.replace('`', '')}"


def _elements(count: object) -> str:
    return f"{count} element{'' if count == 1 else 's'}"


def _safety(unsafe: object) -> str:
    return "unsafe" if unsafe else "safe"


def _constant(const: Any) -> str:
    return show_const(const)


_DIFFERENCE: dict[Difference, Callable[[Mismatch], str]] = {
    Difference.MUTABILITY: lambda _: "types differ in mutability",
    Difference.TUPLE_SIZE: lambda m: (
        f"expected a tuple with {_elements(m.expected)}, found one with {_elements(m.found)}"
    ),
    Difference.ARRAY_SIZE: lambda m: (
        f"expected an array with a size of {_constant(m.expected)}, "
        f"found one with a size of {_constant(m.found)}"
    ),
    Difference.CONSTANT: lambda m: (
        f"expected `{_constant(m.expected)}`, found `{_constant(m.found)}`"
    ),
    Difference.PARAMETERS: lambda _: "incorrect number of function parameters",
    Difference.SAFETY: lambda m: f"expected {_safety(m.expected)} fn, found {_safety(m.found)} fn",
    Difference.ABI: lambda m: f'expected "{m.expected}" fn, found "{m.found}" fn',
    Difference.VARIADIC: lambda m: (
        f"expected {_variadic(m.expected)} fn, found {_variadic(m.found)} function"
    ),
    Difference.TRAITS: lambda m: (
        f"expected trait `{_name(m.expected)}`, found trait `{_name(m.found)}`"
    ),
    Difference.CYCLIC: lambda _: "cyclic type of infinite size",
    Difference.BINDERS: lambda _: "one type is more general than the other",
}


def _variadic(variadic: object) -> str:
    return "variadic" if variadic else "non-variadic"


def _name(definition: object) -> str:
    return definition.name if isinstance(definition, Definition) else ""


# ----------------------------------------------------------------------------------------- paths


def definition_path(definition: Definition) -> str:
    """Return a function's path in terms of its own parameters: `Vec::<T>::push`, `into_iter`."""
    parent = getattr(definition, "parent", None)
    if isinstance(parent, Impl) and parent.of is None and parent.self_type is not None:
        self_type = parent.self_type
        if isinstance(self_type, AdtType):
            head = f"{self_type.definition.name}{_turbofish(self_type.arguments)}"
        else:
            head = f"<impl {show(self_type)}>"
        return f"{head}::{definition.name}"
    return definition.name
