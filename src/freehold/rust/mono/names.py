"""Names of types: what `type_name` says, and numbers that tell types apart."""

from hashlib import blake2b

from freehold.rust.infer.show import show, show_const
from freehold.rust.items import Item, Struct
from freehold.rust.mono.program import Mono
from freehold.types import (
    ArrayType,
    PointerType,
    SliceType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    AdtType,
    ClosureType,
    Definition,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArg,
    RefType,
    is_const,
    is_region,
)

# Modules of std that are alloc's; what is not here, nor std's own, is core's.
_ALLOC = frozenset(("boxed", "rc", "string", "vec", "collections", "borrow"))
_STD = frozenset(("io", "fs", "env", "process", "thread", "time", "sync", "path", "net", "os"))


def type_name(ty: Type) -> str:  # noqa: PLR0911 (a case a line)
    """Return the name of a concrete type as rustc's `type_name` gives it."""
    match ty:
        case AdtType(definition, arguments):
            return path(definition) + _angle(arguments)
        case RefType(_, pointee, mutable):
            return f"&{'mut ' if mutable else ''}{type_name(pointee)}"
        case PointerType(pointee, kind):
            return f"{kind.value} {type_name(pointee)}"
        case TupleType(elements):
            names = ", ".join(map(type_name, elements))
            return f"({names},)" if len(elements) == 1 else f"({names})"
        case ArrayType(element, length):
            return f"[{type_name(element)}; {length}]"
        case SliceType(element):
            return f"[{type_name(element)}]"
        case FnDefType(definition, arguments):
            return path(definition) + _angle(arguments)
        case ClosureType(definition):
            return path(definition)
        case DynType():
            return _dyn(ty)
        case FnPtrType(signature):
            inputs = ", ".join(map(type_name, signature.inputs))
            output = signature.output
            tail = "" if output == TupleType(()) else f" -> {type_name(output)}"
            return f"fn({inputs}){tail}"
        case _:
            return show(ty)


def _dyn(ty: DynType) -> str:
    parts = [path(ty.trait) + _angle(ty.arguments)] if ty.trait is not None else []
    if ty.bindings and parts:
        bound = ", ".join(f"{item.name} = {type_name(one)}" for item, one in ty.bindings)
        head = parts[0]
        parts[0] = f"{head[:-1]}, {bound}>" if head.endswith(">") else f"{head}<{bound}>"
    parts += sorted(path(auto) for auto in ty.auto)
    return "dyn " + " + ".join(parts)


def _angle(arguments: tuple[GenericArg, ...]) -> str:
    shown = [
        show_const(one) if is_const(one) else type_name(one)
        for one in arguments
        if not is_region(one)
    ]
    return f"<{', '.join(shown)}>" if shown else ""


def path(definition: Definition) -> str:
    """Return the full path of a definition, with the crate that it has in Rust's own library."""
    crate = getattr(definition, "crate", None)
    whole = definition.path
    if isinstance(definition, Item | Struct) and crate is not None and crate.name != "std":
        return whole if whole.startswith(f"{crate.name}::") else f"{crate.name}::{whole}"
    if not whole.startswith("std::"):
        return whole
    rest = whole.removeprefix("std::")
    module = rest.split("::", 1)[0]
    home = "alloc" if module in _ALLOC else "std" if module in _STD else "core"
    return f"{home}::{rest}"


def type_id(mono: Mono, ty: Type) -> int:
    """Return a number that no other type of the program has; of std's types always the same."""
    key = ("type id", ty)
    known = mono.memo.get(key)
    if known is None:
        name = mono.namer.type(ty) or f"{type_name(ty)} {len(mono.memo)}"
        digest = blake2b(name.encode(), digest_size=8).digest()
        known = mono.memo[key] = int.from_bytes(digest, "little")
    assert isinstance(known, int)
    return known
