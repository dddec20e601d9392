"""Names of instances of std that are the same in every process: what another object may define."""

from freehold.rust.infer.show import show, show_trait
from freehold.rust.items import Constructor, Impl, Item, Module, Struct
from freehold.rust.mono.keys import (
    BodyKey,
    CloneKey,
    ClosureKey,
    GlueKey,
    Key,
    MainKey,
    MethodKey,
    OnceKey,
    PointerKey,
)
from freehold.source import Span
from freehold.types import (
    ArrayType,
    FunctionType,
    PointerType,
    SliceType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    AdtType,
    ClosureDef,
    ClosureType,
    ConstValue,
    Definition,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArg,
    RefType,
    Signature,
    is_const,
    is_region,
)


class NotStable(Exception):
    """Something of the user's, or that two definitions may share a name with."""


class Namer:
    """Names instances; keeps the names of definitions."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._definitions: dict[Definition, str] = {}

    def key(self, key: Key) -> str | None:
        """Return the name of an instance, None if it is not of std alone."""
        try:
            return self._key(key)
        except NotStable:
            return None

    def definition(self, definition: Definition) -> str | None:
        """Return the name of a definition, None if it is not of std."""
        try:
            return self._definition(definition)
        except NotStable:
            return None

    def type(self, ty: Type) -> str | None:
        """Return the name of a concrete type, None if it is not of std alone."""
        try:
            return self._type(ty)
        except NotStable:
            return None

    def _key(self, key: Key) -> str:
        match key:
            case (
                BodyKey(definition, arguments)
                | PointerKey(definition, arguments)
                | MethodKey(definition, arguments)
            ):
                kind = type(key).__name__[0]
                return f"{kind} {self._definition(definition)}{self._arguments(arguments)}"
            case GlueKey(ty):
                return f"G {self._type(ty)}"
            case CloneKey(ty):
                return f"C {self._type(ty)}"
            case OnceKey(closure):
                return f"O {self._type(closure)}"
            case ClosureKey(closure):
                return f"F {self._type(closure)}"
            case MainKey():
                raise NotStable

    # --------------------------------------------------------------------------------- definitions

    def _definition(self, definition: Definition) -> str:
        known = self._definitions.get(definition)
        if known is None:
            known = self._definitions[definition] = self._name(definition)
        return known

    def _name(self, definition: Definition) -> str:
        if isinstance(definition, ClosureDef):
            return self._closure(definition)
        if not isinstance(definition, Item | Struct):
            raise NotStable
        if definition.crate is None or definition.crate.name != "std":
            raise NotStable
        if isinstance(definition, Module):
            return definition.path
        if isinstance(definition, Constructor) and definition.adt is not None:
            return f"{self._definition(definition.adt)}#{definition.variant}"
        around = self._definition(definition.parent) if definition.parent is not None else ""
        if isinstance(definition, Impl):
            # Impls that a macro makes differ in their types alone.
            trait = "" if definition.trait is None else show_trait(definition.trait)
            own = "" if definition.self_type is None else show(definition.self_type)
            return f"{around}::impl{_place(definition.span)} {trait} for {own}"
        return f"{around}::{definition.name}@{definition.span.start}"

    @staticmethod
    def _closure(closure: ClosureDef) -> str:
        span = closure.span
        if span.expansion is not None or not span.source.name.startswith("std/"):
            raise NotStable
        return f"closure{_place(span)}"

    # --------------------------------------------------------------------------------------- types

    def _arguments(self, arguments: tuple[GenericArg, ...]) -> str:
        return f"<{','.join(map(self._argument, arguments))}>" if arguments else ""

    def _argument(self, argument: GenericArg) -> str:
        if is_region(argument):
            return "'"
        if is_const(argument):
            assert isinstance(argument, ConstValue)
            return f"{argument.value}:{self._type(argument.type)}"
        return self._type(argument)

    def _type(self, ty: Type) -> str:  # noqa: PLR0911 (a case a line)
        match ty:
            case AdtType(definition, arguments):
                return self._definition(definition) + self._arguments(arguments)
            case RefType(_, pointee, mutable):
                return f"&{'mut ' if mutable else ''}{self._type(pointee)}"
            case PointerType(pointee, kind):
                return f"{kind.value} {self._type(pointee)}"
            case TupleType(elements):
                return f"({','.join(map(self._type, elements))})"
            case ArrayType(element, length):
                return f"[{self._type(element)};{length}]"
            case SliceType(element):
                return f"[{self._type(element)}]"
            case FnDefType(definition, arguments) | ClosureType(definition, arguments):
                return f"fn {self._definition(definition)}{self._arguments(arguments)}"
            case FnPtrType(signature):
                return self._signature(signature)
            case DynType():
                return self._dyn(ty)
            case FunctionType():
                raise NotStable
            case _:
                return show(ty)

    def _signature(self, signature: Signature) -> str:
        inputs = ",".join(map(self._type, signature.inputs))
        return f"{signature.abi} fn({inputs})->{self._type(signature.output)}"

    def _dyn(self, ty: DynType) -> str:
        trait = "" if ty.trait is None else self._definition(ty.trait)
        bound = ",".join(f"{self._definition(item)}={self._type(one)}" for item, one in ty.bindings)
        auto = ",".join(sorted(map(self._definition, ty.auto)))
        return f"dyn {trait}{self._arguments(ty.arguments)}{{{bound}}}{auto}"


def _place(span: Span) -> str:
    first = span.outermost()
    return f"{span.source.name}:{span.start}:{span.end}@{first.source.name}:{first.start}"
