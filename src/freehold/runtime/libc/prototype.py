"""Reads the C prototypes of the table. It knows the types that libc's interface uses, no others."""

import re

from freehold.records import dataclass
from freehold.types import (
    BOOL,
    F32,
    F64,
    F80,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    VOID,
    Adt,
    AdtKind,
    ComplexType,
    Field,
    FloatKind,
    FunctionType,
    PointerType,
    Type,
    Variant,
)


def _record(name: str, *fields: tuple[str, Type], kind: AdtKind = AdtKind.STRUCT) -> Adt:
    members = tuple(Field(field, ty) for field, ty in fields)
    return Adt(kind, name, (Variant(name, members),), complete=True)


_HANDLER = PointerType(FunctionType((I32,), VOID))

NAMED: dict[str, Type] = {
    "void": VOID,
    "char": I8,
    "signed char": I8,
    "unsigned char": U8,
    "short": I16,
    "unsigned short": U16,
    "int": I32,
    "unsigned int": U32,
    "unsigned": U32,
    "long": I64,
    "unsigned long": U64,
    "long long": I64,
    "unsigned long long": U64,
    "float": F32,
    "double": F64,
    "long double": F80,
    "_Bool": BOOL,
    "float complex": ComplexType(FloatKind.F32),
    "double complex": ComplexType(FloatKind.F64),
    "long double complex": ComplexType(FloatKind.F80),
    "size_t": U64,
    "ssize_t": I64,
    "off_t": I64,
    "off64_t": I64,
    "ptrdiff_t": I64,
    "intmax_t": I64,
    "uintmax_t": U64,
    "int32_t": I32,
    "uint8_t": U8,
    "uint16_t": U16,
    "uint32_t": U32,
    "int64_t": I64,
    "uint64_t": U64,
    "intptr_t": I64,
    "wchar_t": I32,
    "wint_t": U32,
    "char16_t": U16,
    "char32_t": U32,
    "wctype_t": U64,
    "time_t": I64,
    "clock_t": I64,
    "clockid_t": I32,
    "timer_t": PointerType(VOID),
    "pid_t": I32,
    "uid_t": U32,
    "gid_t": U32,
    "id_t": U32,
    "mode_t": U32,
    "dev_t": U64,
    "ino_t": U64,
    "useconds_t": U32,
    "socklen_t": U32,
    "in_addr_t": U32,
    "nfds_t": U64,
    "rlim_t": U64,
    "key_t": I32,
    "pthread_t": U64,
    "pthread_key_t": U32,
    "thrd_t": U64,
    "tss_t": U32,
    "pthread_once_t": I32,
    "va_list": PointerType(VOID),
    "locale_t": PointerType(VOID),
    "wctrans_t": PointerType(I32),
    "sighandler_t": _HANDLER,
    "iconv_t": PointerType(VOID),
    "nl_item": I32,
    "div_t": _record("div_t", ("quot", I32), ("rem", I32)),
    "ldiv_t": _record("ldiv_t", ("quot", I64), ("rem", I64)),
    "lldiv_t": _record("lldiv_t", ("quot", I64), ("rem", I64)),
    "imaxdiv_t": _record("imaxdiv_t", ("quot", I64), ("rem", I64)),
    "struct in_addr": _record("in_addr", ("s_addr", U32)),
    "union sigval": _record(
        "sigval", ("sival_int", I32), ("sival_ptr", PointerType(VOID)), kind=AdtKind.UNION
    ),
    "ENTRY": _record("ENTRY", ("key", PointerType(I8)), ("data", PointerType(VOID))),
    "ACTION": I32,
    "VISIT": I32,
}
"""Types by their spelling. Any other name is an object that is only pointed to."""

_TOKEN = re.compile(r"\.\.\.|\w+|[*(),\[\]]")
_IGNORED = {"const", "restrict", "volatile", "extern"}
_SPECIFIERS = {"unsigned", "signed", "long", "short", "int", "char", "double", "float", "complex"}


@dataclass(frozen=True, slots=True)
class Prototype:
    """A parsed prototype: C spellings (without qualifiers) beside the MIR types."""

    name: str
    result: str
    parameters: tuple[str, ...]
    spellings: tuple[str, ...]
    type: FunctionType


@dataclass(frozen=True, slots=True)
class _Declaration:
    name: str
    spelling: str
    type: Type


class _Reader:
    """One prototype's tokens, and a position in them."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(text)
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def accept(self, text: str) -> bool:
        if self.peek() != text:
            return False
        self.at += 1
        return True

    def skip_qualifiers(self) -> None:
        while self.peek() in _IGNORED:
            self.at += 1

    # specifiers = ("struct" | "union") name | name | ("unsigned" | "long" | "int" | ...)+
    def specifiers(self) -> str:
        words: list[str] = []
        self.skip_qualifiers()
        if self.peek() in ("struct", "union"):
            words = [self.next(), self.next()]
        elif self.peek() in _SPECIFIERS:
            while self.peek() in _SPECIFIERS:
                words.append(self.next())
                self.skip_qualifiers()
        else:
            words = [self.next()]
        self.skip_qualifiers()
        return _canonical(words)

    def pointers(self, spelling: str, ty: Type) -> tuple[str, Type]:
        while self.accept("*"):
            spelling, ty = spelling + "*", PointerType(ty)
            self.skip_qualifiers()
        return spelling, ty

    # declaration = specifiers "*"* ( name? ("[" n? "]")* | "(" "*" name ")" "(" parameters ")" )
    def declaration(self) -> _Declaration:
        base = self.specifiers()
        spelling, ty = self.pointers(base, NAMED.get(base, VOID))
        if self.accept("("):
            self.next()  # the star
            name = self.next()
            self.next()
            parameters, variadic = self.parameters()
            types = tuple(parameter.type for parameter in parameters)
            return _Declaration(name, "function*", PointerType(FunctionType(types, ty, variadic)))
        name = self.next() if re.match(r"\w", self.peek()) else ""
        if self.accept("["):
            while not self.accept("]"):
                self.next()
            spelling, ty = spelling + "*", PointerType(ty)
        return _Declaration(name, spelling, ty)

    # parameters = "(" ("void" | declaration ("," declaration)* ("," "...")?) ")"
    def parameters(self) -> tuple[list[_Declaration], bool]:
        self.next()
        found: list[_Declaration] = []
        while True:
            if self.accept("..."):
                self.next()
                return found, True
            found.append(self.declaration())
            if self.next() == ")":
                break
        if len(found) == 1 and found[0].type == VOID:
            return [], False
        return found, False


def _canonical(words: list[str]) -> str:
    text = " ".join(words)
    if text in NAMED or words[0] in ("struct", "union"):
        return text
    kept = [word for word in words if word not in ("int", "signed")]
    return " ".join(sorted(kept, key=lambda word: word != "unsigned")) or "int"


def parse_prototype(text: str) -> Prototype:
    """Return what the declaration `text` of one function says; it ends without a semicolon."""
    reader = _Reader(text)
    base = reader.specifiers()
    result, ty = reader.pointers(base, NAMED.get(base, VOID))
    name = reader.next()
    parameters, variadic = reader.parameters()
    return Prototype(
        name,
        result,
        tuple(parameter.name for parameter in parameters),
        tuple(parameter.spelling for parameter in parameters),
        FunctionType(tuple(parameter.type for parameter in parameters), ty, variadic),
    )
