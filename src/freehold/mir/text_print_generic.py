"""Printing of what stands in Rust's bodies before monomorphisation: types and definitions.

`text.py` describes the form. Definitions are numbered in the order of their first use.
"""

import json
import re
from collections.abc import Callable
from typing import assert_never

from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import (
    AdtDef,
    AdtType,
    BoundRegion,
    Capture,
    ClosureDef,
    ClosureType,
    Const,
    ConstInfer,
    ConstParam,
    ConstValue,
    Definition,
    DynType,
    ErasedRegion,
    ErrorRegion,
    ErrorType,
    FieldDef,
    FnDefType,
    FnPtrType,
    FreeRegion,
    GenericArg,
    GenericArrayType,
    InferType,
    OpaqueType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    RegionVar,
    Signature,
    StaticRegion,
    VariantDef,
    is_const,
    is_region,
)

_PLAIN = re.compile(r"[A-Z]\w*")


class GenericPrinter:
    """Prints generic types; `plain` prints the types inside them, `at` a line's place."""

    def __init__(self, plain: Callable[[Type], str], at: Callable[[Span], str]) -> None:
        self._plain = plain
        self._at = at
        self._numbers: dict[Definition, int] = {}
        self._types: dict[type, Callable[..., str]] = {
            RefType: self._reference,
            ParamType: lambda ty: f"{_param(ty.name)}#{ty.index}",
            AdtType: lambda ty: self._applied("", ty.definition, ty.arguments),
            GenericArrayType: lambda ty: f"[{plain(ty.element)}; {self.const(ty.length)}]",
            FnDefType: lambda ty: self._applied("fn", ty.definition, ty.arguments),
            FnPtrType: lambda ty: f"fnptr {self.signature(ty.signature)}",
            ClosureType: lambda ty: self._applied("closure", ty.definition, ty.arguments),
            DynType: self._dyn,
            ProjectionType: lambda ty: self._applied("proj", ty.item, ty.arguments),
            OpaqueType: lambda ty: self._applied("opaque", ty.definition, ty.arguments),
            InferType: lambda ty: f"infer {ty.id} {ty.kind.value}",
            ErrorType: lambda _: "error",
        }

    # ------------------------------------------------------------------------------- types

    def type(self, ty: Type) -> str:
        """Return the text of a generic type."""
        return self._types[type(ty)](ty)

    def reference(self, definition: Definition) -> str:
        """Return how the text names `definition`."""
        return f"#{self._numbers.setdefault(definition, len(self._numbers))}"

    def arguments(self, arguments: tuple[GenericArg, ...]) -> str:
        """Return the text of generic arguments; nothing, if there are none."""
        return f"<{', '.join(map(self.argument, arguments))}>" if arguments else ""

    def argument(self, argument: GenericArg) -> str:
        """Return the text of one generic argument."""
        if is_region(argument):
            return region(argument)
        return self.const(argument) if is_const(argument) else self._plain(argument)

    def const(self, const: Const) -> str:
        """Return the text of a constant."""
        match const:
            case ConstValue(value, ty):
                return f"{{{value}: {self._plain(ty)}}}"
            case ConstParam(index, name, ty):
                return f"{{{name}#{index}: {self._plain(ty)}}}"
            case ConstInfer(number):
                return f"{{?{number}}}"
            case _:
                assert_never(const)

    def signature(self, signature: Signature) -> str:
        """Return the text of a signature."""
        text = f"for<{', '.join(signature.bound)}> " if signature.bound else ""
        text += "unsafe " if signature.unsafe else ""
        text += "" if signature.abi == "Rust" else f"abi {json.dumps(signature.abi)} "
        inputs = [*map(self._plain, signature.inputs), *(["..."] if signature.variadic else [])]
        return f"{text}fn({', '.join(inputs)}) -> {self._plain(signature.output)}"

    def _applied(self, word: str, definition: Definition, arguments: tuple[GenericArg, ...]) -> str:
        return word + self.reference(definition) + self.arguments(arguments)

    def _reference(self, ty: RefType) -> str:
        return f"&{region(ty.region)} {'mut ' if ty.mutable else ''}{self._plain(ty.pointee)}"

    def _dyn(self, ty: DynType) -> str:
        text = f"dyn {region(ty.region)} "
        text += f"for<{', '.join(ty.bound)}> " if ty.bound else ""
        text += "-" if ty.trait is None else self._applied("", ty.trait, ty.arguments)
        pairs = (f"{self.reference(item)} = {self._plain(bound)}" for item, bound in ty.bindings)
        text += f" {{{', '.join(pairs)}}}" if ty.bindings else ""
        auto = sorted(ty.auto, key=lambda trait: trait.path)
        return text + "".join(f" + {self.reference(trait)}" for trait in auto)

    # ------------------------------------------------------------------------------- definitions

    def definitions(self, done: int) -> list[str]:
        """Return the declarations that are numbered `done` and more. Printing may meet others."""
        return [self._definition(d, n) for d, n in list(self._numbers.items())[done:]]

    def _definition(self, definition: Definition, number: int) -> str:
        names = f"{json.dumps(definition.name)} {json.dumps(definition.path)}"
        match definition:
            case AdtDef():
                return self._adt(definition, f"adt #{number} {names}")
            case ClosureDef():
                return self._closure(definition, f"closuredef #{number} {names}")
            case _:
                return f"def #{number} {names}{self._at(definition.span)}"

    def _adt(self, adt: AdtDef, head: str) -> str:
        words = [head, adt.kind.value, f"parameters {adt.parameter_count}"]
        if adt.variances:
            words.append(f"variances {json.dumps(''.join(v.value for v in adt.variances))}")
        words += [f"repr {json.dumps(word)}" for word in sorted(adt.repr)]
        words += [f"lang {json.dumps(adt.lang)}"] if adt.lang else []
        words += [f"drop {self.reference(adt.drop)}"] if adt.drop is not None else []
        words += [f"dangling {index}" for index in sorted(adt.dangling)]
        lines = [" ".join(words) + " {" + self._at(adt.span)]
        for variant in adt.variants:
            lines.append(self._variant(variant))
            lines += map(self._field, variant.fields)
        return "".join([*lines, "}\n"])

    def _variant(self, variant: VariantDef) -> str:
        text = f"    variant {json.dumps(variant.name)} {variant.discriminant} {variant.style}"
        if variant.constructor is not None:
            text += f" constructor {self.reference(variant.constructor)}"
        return text + self._at(variant.span)

    def _field(self, member: FieldDef) -> str:
        text = f"        field {json.dumps(member.name)}: {self._plain(member.type)}"
        return text + ("" if member.public else " private") + self._at(member.span)

    def _closure(self, closure: ClosureDef, head: str) -> str:
        words = [head, closure.kind.value, *(["moves"] if closure.moves else [])]
        if closure.signature is not None:
            words.append(self.signature(closure.signature))
        captures = "".join(f"    {self.capture(capture)}" for capture in closure.captures)
        return " ".join(words) + " {" + self._at(closure.span) + captures + "}\n"

    def capture(self, capture: Capture) -> str:
        """Return the line of a capture."""
        words = f"capture {json.dumps(capture.name)} {json.dumps(capture.kind.value)}"
        words += "" if capture.mutable else " immutable"
        return f"{words}: {self._plain(capture.type)}{self._at(capture.span)}"


def region(region: Region) -> str:
    """Return the text of a region."""
    match region:
        case StaticRegion():
            return "'static"
        case ErasedRegion() | ErrorRegion():
            return "'_"
        case ParamRegion(index, name):
            return f"{_region_name(name)}#{index}"
        case FreeRegion(index, name):
            return f"{_region_name(name)}!{index}"
        case BoundRegion(depth, index, name):
            return f"{_region_name(name)}^{depth}.{index}"
        case RegionVar(number):
            return f"'?{number}"
        case _:
            assert_never(region)


def _region_name(name: str) -> str:
    return "'" + re.sub(r"\W", "", name)


def _param(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else json.dumps(name)
