"""What types are called, and how those of Rust's std hold what they point to."""

from freehold.types import (
    Adt,
    ArrayType,
    BoolType,
    CharType,
    ComplexType,
    DynamicType,
    FloatKind,
    FloatType,
    FunctionType,
    IntType,
    NeverType,
    PointerKind,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
    VoidType,
)

_C_INTS = {8: "char", 16: "short", 32: "int", 64: "long", 128: "__int128"}
_C_FLOATS = {
    FloatKind.F32: "float",
    FloatKind.F64: "double",
    FloatKind.F80: "long double",
    FloatKind.F128: "_Float128",
}

# How types of std hold what their pointers point to.
_HOLDS = {
    "Box": "owner",
    "Vec": "owner",
    "String": "owner",
    "VecDeque": "owner",
    "HashMap": "owner",
    "HashSet": "owner",
    "BTreeMap": "owner",
    "BTreeSet": "owner",
    "BinaryHeap": "owner",
    "LinkedList": "owner",
    "Rc": "owner",
    "Arc": "owner",
    "Weak": "weak",
    "Ref": "shared",
    "RefMut": "exclusive",
    "Iter": "shared",
    "IterMut": "exclusive",
}
_BY_KIND = {
    PointerKind.REF: "shared",
    PointerKind.REF_MUT: "exclusive",
    PointerKind.C: "raw",
}


def _stem(ty: Type) -> str:
    return ty.name.partition("<")[0].rpartition("::")[2] if isinstance(ty, Adt) else ""


def is_std(ty: Type, name: str) -> bool:
    """Whether `ty` is std's type `name`."""
    return isinstance(ty, Adt) and ty.rust_layout and _stem(ty) == name


def is_own(ty: Type) -> bool:
    """Whether `ty` is one of std's owners: its inner structs are none of a reader's concern."""
    return isinstance(ty, Adt) and ty.rust_layout and _stem(ty) in _HOLDS


def holds_of(ty: Type, around: str = "") -> str:
    """Return how a value of `ty` holds what it points to, in one that holds it as `around` says.

    "" if it does not say.
    """
    if isinstance(ty, PointerType):
        return _BY_KIND.get(ty.kind) or around or "raw"
    return _HOLDS[_stem(ty)] if is_own(ty) else ""


def type_name(ty: Type, *, rust: bool = False) -> str:
    """Return what a reader calls `ty`."""
    return _rust_name(ty) if rust else _c_name(ty)


def _c_name(ty: Type) -> str:
    match ty:
        case PointerType(FunctionType()):
            return "function *"
        case PointerType(pointee):
            inner = _c_name(pointee)
            return f"{inner}*" if inner.endswith("*") else f"{inner} *"
        case ArrayType(element, length):
            return f"{_c_name(element)}[{'' if length is None else length}]"
        case Adt():
            return f"{ty.kind.value} {ty.name}" if ty.name else ty.kind.value
        case ComplexType(kind):
            return f"{_C_FLOATS[kind]} _Complex"
        case _:
            return _c_scalar(ty)


def _c_scalar(ty: Type) -> str:
    match ty:
        case IntType(bits, signed):
            return _C_INTS[bits] if signed else f"unsigned {_C_INTS[bits]}"
        case FloatType(kind):
            return _C_FLOATS[kind]
        case BoolType():
            return "bool"
        case VoidType():
            return "void"
        case _:
            return _rust_name(ty)


_RUST_FLOATS = {FloatKind.F32: "f32", FloatKind.F64: "f64"}


def _rust_name(ty: Type) -> str:
    match ty:
        case PointerType(FunctionType()):
            return "fn"
        case PointerType(pointee, kind):
            space = "" if kind is PointerKind.REF else " "
            return f"{kind.value}{space}{_rust_name(pointee)}"
        case TupleType(elements):
            return f"({', '.join(map(_rust_name, elements))})"
        case SliceType(element):
            return f"[{_rust_name(element)}]"
        case ArrayType(element, length):
            return f"[{_rust_name(element)}; {length}]"
        case Adt():
            return ty.name or ty.kind.value
        case DynamicType(name):
            return f"dyn {name}"
        case _:
            return _rust_scalar(ty)


def _rust_scalar(ty: Type) -> str:
    match ty:
        case IntType(bits, signed):
            return f"{'i' if signed else 'u'}{bits}"
        case FloatType(kind):
            return _RUST_FLOATS.get(kind, kind.value)
        case BoolType():
            return "bool"
        case CharType():
            return "char"
        case StrType():
            return "str"
        case NeverType():
            return "!"
        case _:
            return type(ty).__name__.removesuffix("Type").lower()
