"""Makes the mechanical wrappers: C text from the effects of the table's GENERATED functions.

A wrapper checks what the function will read and write, calls libc, and marks what was written.
A function is called with a stand-in for an argument that failed its check where that is possible;
otherwise it is not called, and fails with EFAULT. `fl_...` are declared in `native/libc_support.h`.

`python -m freehold.runtime.libc.generate` writes `native/libc_generated.c`, which is committed.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from freehold.records import dataclass, field
from freehold.runtime.libc import LIBC
from freehold.runtime.libc.model import (
    Borrows,
    Count,
    Effect,
    Extent,
    Failure,
    Function,
    Keeps,
    Numeral,
    Parameter,
    Points,
    Provision,
    Reads,
    Resource,
    Returns,
    Text,
    Updates,
    Uses,
    Whole,
    Writes,
)
from freehold.types import IntType, PointerType

TARGET = Path(__file__).parent.parent / "native" / "libc_generated.c"


@dataclass(slots=True)
class _Wrapper:
    """The parts of one wrapper, in the order in which they stand."""

    function: Function
    checks: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    arguments: dict[Parameter, str] = field(default_factory=dict)
    result: str = ""

    def spelling(self, parameter: Parameter) -> str:
        """Return the C type that `parameter` points to, with its qualifier."""
        at = self.function.parameters.index(parameter)
        return self.function.spellings[at].removesuffix("*")


def _size(wrapper: _Wrapper, parameter: Parameter, extent: Extent) -> str:
    match extent:
        case Count(factors):
            return " * ".join(f"(u64){factor}" for factor in factors)
        case Whole(1):
            return f"sizeof *{parameter}"
        case Whole(count):
            return f"(u64){count} * sizeof *{parameter}"
        case _:
            raise ValueError(f"{wrapper.function.name}: {parameter} needs a wrapper by hand")


def _guard(parameter: Parameter, call: str, *, optional: bool) -> str:
    return f"({parameter} && !{call})" if optional else f"!{call}"


def _reads(wrapper: _Wrapper, effect: Reads) -> None:
    p = effect.parameter
    match effect.extent:
        case Text(unit, None) | Numeral(unit):
            kind = "numeral" if isinstance(effect.extent, Numeral) else "string"
            spelling = "wchar_t" if unit == 4 else "char"
            wrapper.before.append(f"const {spelling} *{p}_b = {p};")
            call = f"fl_{kind}((const void **)&{p}_b, {p}_h, {unit})"
            wrapper.checks.append(_guard(p, call, optional=effect.optional))
            wrapper.arguments[p] = f"({spelling} *){p}_b"
        case extent:
            call = f"fl_in({p}, {p}_h, {_size(wrapper, p, extent)})"
            wrapper.checks.append(_guard(p, call, optional=effect.optional))


def _succeeded(function: Function) -> str:
    match function.failure:
        case Failure.NEVER:
            return ""
        case Failure.NEGATIVE:
            return "result >= 0"
        case Failure.NULL | Failure.ZERO:
            return "result"
        case Failure.NONZERO:
            return "!result"


def _writes(wrapper: _Wrapper, effect: Writes) -> None:
    p = effect.parameter
    if effect.by_result:
        _bounced(wrapper, p, _size(wrapper, p, effect.extent), "result > 0 ? (u64)result : 0")
        return
    match effect.extent:
        case Text(unit, str() as limit):
            length = "wcslen" if unit == 4 else "strlen"
            ok = _succeeded(wrapper.function)
            written = f"({length}({p}_b) + 1) * {unit}"
            actual = f"{ok} ? {written} : 0" if ok else written
            size = limit if unit == 1 else f"{limit} * {unit}"
            _bounced(wrapper, p, f"(u64){size}", actual, optional=effect.optional)
        case extent:
            size = _size(wrapper, p, extent)
            call = f"fl_out({p}, {p}_h, {size})"
            wrapper.checks.append(_guard(p, call, optional=effect.optional))
            _mark(wrapper, p, size, optional=effect.optional)


def _bounced(
    wrapper: _Wrapper, p: Parameter, size: str, actual: str, *, optional: bool = False
) -> None:
    pointee = wrapper.spelling(p)
    whether = (
        f"{p} ? fl_bounce({p}, {p}_h, {size}) : 0"
        if optional
        else (f"fl_bounce({p}, {p}_h, {size})")
    )
    wrapper.before.append(f"{pointee} *{p}_b = {whether};")
    wrapper.arguments[p] = f"{p}_b"
    arrived = f"fl_arrived({p}, {p}_h, {p}_b, {actual});"
    wrapper.after.append(f"if ({p}) {arrived}" if optional else arrived)


def _mark(wrapper: _Wrapper, p: Parameter, size: str, *, optional: bool) -> None:
    conditions = [c for c in (p if optional else "", _succeeded(wrapper.function)) if c]
    guard = f"if ({' && '.join(conditions)}) " if conditions else ""
    wrapper.after.append(f"{guard}fl_wrote({p}, {size});")


def _updates(wrapper: _Wrapper, effect: Updates) -> None:
    p = effect.parameter
    size = _size(wrapper, p, effect.extent)
    call = f"fl_inout({p}, {p}_h, {size})"
    wrapper.checks.append(_guard(p, call, optional=effect.optional))
    _mark(wrapper, p, size, optional=effect.optional)


def _points(wrapper: _Wrapper, effect: Points) -> None:
    p, into = effect.parameter, effect.into
    if into is None:
        raise ValueError(f"{wrapper.function.name}: {p} needs a wrapper by hand")
    pointee = wrapper.spelling(p)
    wrapper.before.append(f"{pointee} {p}_v = 0;")
    wrapper.arguments[p] = f"{p} ? &{p}_v : 0"
    wrapper.after.append(
        f"if ({p}) fl_store({p}, ({pointee}){into} + ({p}_v - {into}_b), {into}_h);"
    )


def _result(wrapper: _Wrapper, effect: Returns | Borrows) -> None:
    match effect:
        case Returns(parameter):
            if parameter in wrapper.arguments:
                wrapper.result = f"fl_back(result, {parameter}, {parameter}_b, {parameter}_h)"
            else:
                wrapper.result = f"fl_ptr((void *)result, {parameter}_h)"
        case Borrows(Count((int(size),))):
            wrapper.result = f"fl_own((void *)result, {size})"
        case Borrows():
            wrapper.result = "fl_own_text(result)"


def _effect(wrapper: _Wrapper, effect: Effect) -> None:
    match effect:
        case Reads():
            _reads(wrapper, effect)
        case Writes():
            _writes(wrapper, effect)
        case Updates():
            _updates(wrapper, effect)
        case Uses(parameter, Resource.STREAM):
            wrapper.checks.append(f"!fl_stream({parameter}, {parameter}_h)")
        case Uses(parameter, Resource.DIRECTORY):
            wrapper.checks.append(f"!fl_directory({parameter}, {parameter}_h)")
        case Points():
            _points(wrapper, effect)
        case Returns() | Borrows():
            _result(wrapper, effect)
        case Keeps():
            pass
        case _:
            raise ValueError(f"{wrapper.function.name}: {effect} needs a wrapper by hand")


def _parameters(function: Function) -> str:
    """Return the parameter list in the internal convention: each pointer with its handle."""
    inside = function.prototype[function.prototype.index("(") + 1 : -1]
    found = []
    texts = inside.split(", ") if function.parameters else []
    for text, name, ty in zip(
        texts, function.parameters, function.signature.parameters, strict=True
    ):
        found.append(text)
        if isinstance(ty, PointerType):
            found.append(f"u64 {name}_h")
    return ", ".join(found) or "void"


def _refusal(function: Function) -> str:
    match function.signature.result:
        case PointerType():
            return "fl_ptr(0, FH_NULL_HANDLE)"
        case IntType():
            known = {Failure.NEGATIVE: "-1", Failure.NONZERO: "14"}
            if function.result == "wint_t":
                return "WEOF"
            return known.get(function.failure, "0")
        case _:
            return "" if function.result == "void" else "0"


def wrapper_text(function: Function) -> str:
    """Return the C definition of `fhw_<name>`."""
    wrapper = _Wrapper(function)
    # What is checked first is what C evaluates first: strings and objects in parameter order.
    for effect in function.effects:
        _effect(wrapper, effect)
    pointer = isinstance(function.signature.result, PointerType)
    void = function.result == "void"
    head = function.prototype[: function.prototype.index(function.name + "(")].strip()
    kind = "struct fh_ptr" if pointer else head
    lines = [f"{kind} fhw_{function.name}({_parameters(function)})", "{"]
    lines += [f"    {line}" for line in wrapper.before]
    if wrapper.checks:
        lines += [f"    if ({' || '.join(wrapper.checks)})", f"        {_leave(function)}"]
    call = (
        f"{function.symbol}({', '.join(wrapper.arguments.get(p, p) for p in function.parameters)})"
    )
    joint = "" if head.endswith("*") else " "
    lines.append(f"    {call};" if void else f"    {head}{joint}result = {call};")
    lines += [f"    {line}" for line in wrapper.after]
    if not void:
        default = "fl_ptr((void *)result, FH_FOREIGN_HANDLE)" if pointer else "result"
        lines.append(f"    return {wrapper.result or default};")
    return "\n".join([*lines, "}"])


def _leave(function: Function) -> str:
    value = _refusal(function)
    return f"return fl_refuse(), {value};" if value else "{ fl_refuse(); return; }"


def generated() -> Iterator[Function]:
    """Yield the functions whose wrappers are made here."""
    for function in LIBC.values():
        if function.provision is Provision.GENERATED:
            yield function


def source(functions: Mapping[str, Function] = LIBC) -> str:
    """Return the whole C file."""
    chosen = [f for f in functions.values() if f.provision is Provision.GENERATED]
    includes = "\n".join(f"#include <{name}>" for name in sorted({f.header for f in chosen} - {""}))
    hidden = "\n".join(f"{f.prototype};" for f in chosen if not f.header and f.symbol == f.name)
    parts = [
        "/* Made by freehold.runtime.libc.generate from the table of libc: do not edit. */",
        f'#define _GNU_SOURCE\n{includes}\n#include "libc_support.h"',
        hidden,
        *(wrapper_text(function) for function in chosen),
    ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(source(), "utf-8")
    sys.stdout.write(f"{TARGET.name}: {sum(1 for _ in generated())} wrappers\n")
