"""The words for facts: sizes, places, objects. Pure functions from records to text."""

from freehold.execute.records import Kind, Record, State

HEAP_RELEASERS = {Kind.FILE: "fclose", Kind.DIR: "closedir", Kind.MMAP: "munmap"}
HEAP_MAKERS = {Kind.FILE: "fopen", Kind.DIR: "opendir", Kind.MMAP: "mmap"}
SIGNALS = {
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS",
    8: "SIGFPE", 9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE",
    14: "SIGALRM", 15: "SIGTERM", 16: "SIGSTKFLT", 24: "SIGXCPU", 25: "SIGXFSZ",
    26: "SIGVTALRM", 27: "SIGPROF", 29: "SIGIO", 30: "SIGPWR", 31: "SIGSYS",
}  # fmt: skip


def signal_name(number: int) -> str:
    """Return SIGSEGV for 11."""
    return SIGNALS.get(number, f"signal {number}")


def size(n: int) -> str:
    """Return "1 byte", "1,024 bytes"."""
    return "1 byte" if n == 1 else f"{n:,} bytes"


def blocks(n: int) -> str:
    """Return "1 block", "1,000 blocks"."""
    return "1 block" if n == 1 else f"{n:,} blocks"


def access(record: Record) -> str:
    """Return "read" or "write"."""
    return "write" if record.flags & 1 else "read"


def _local(sort: str, bytes_: int, name: str, function: str) -> str:
    if not name:
        return f"a {sort} of {size(bytes_)}"
    return f"`{name}`, a {sort} of `{function}`" if function else f"`{name}`"


_PLAIN = {
    Kind.HEAP: "a block of {size}",
    Kind.LITERAL: "a string literal of {size}",
    Kind.FILE: "a FILE",
    Kind.DIR: "a DIR",
    Kind.MMAP: "a mapping of {size}",
    Kind.ARGS: "a string of argv or the environment, of {size}",
    Kind.STATIC: "an object of the C library, of {size}",
}
_NAMED = {
    Kind.GLOBAL: ("global `{name}`", "a static object of {size}"),
    Kind.CONST: ("constant `{name}`", "a constant of {size}"),
    Kind.FUNCTION: ("function `{name}`", "a function"),
    Kind.MEMBER: ("member `{name}`", "an array member of {size}"),
}


def kind_of_object(kind: Kind, bytes_: int, name: str, function: str) -> str:
    """Return what an object is: "a block of 20 bytes", "`vec`, a local of `vec_new`"."""
    if kind in _PLAIN:
        return _PLAIN[kind].format(size=size(bytes_))
    if kind in _NAMED:
        return _NAMED[kind][0 if name else 1].format(name=name, size=size(bytes_))
    if kind is Kind.STACK:
        return _local("local", bytes_, name, function)
    if kind is Kind.VLA:
        return _local("variable-length array", bytes_, name, function)
    if kind is Kind.ALLOCA:
        return f"{size(bytes_)} from alloca" + (f" in `{function}`" if function else "")
    return "no known object"


def where(record: Record, object_: str) -> str:
    """Return where an access lies: "0 bytes after a block of 20 bytes".

    `object_` are the words of `kind_of_object`.
    """
    sized = object_
    if record.object_kind in {Kind.STACK, Kind.VLA, Kind.GLOBAL, Kind.CONST} and record.size:
        sized = f"{object_} ({size(record.size)})"
    offset = record.offset
    if offset < 0:
        return f"{size(-offset)} before {sized}"
    if offset >= record.size:
        return f"{size(offset - record.size)} after {sized}"
    if record.state is State.LIVE and offset + record.length > record.size:
        end = size(offset + record.length - record.size)
        return f"{size(offset)} inside {sized} and {end} past its end"
    return f"{size(offset)} inside {sized}"


def block(record: Record) -> str:
    """Return the words for a released block, whose size may be forgotten."""
    if record.state is State.FORGOTTEN:
        return "a block that was freed long ago"
    return f"a block of {size(record.size)}"


def vararg_type(encoded: int) -> str:
    """Return the words for fh.h's code of a variable argument's type: "int", "pointer"."""
    bits, signed = encoded >> 8 & 255, encoded >> 16 & 1
    match encoded & 255:
        case 1:
            name = {32: "int", 64: "long", 128: "__int128"}.get(bits, f"{bits}-bit integer")
            return name if signed else f"unsigned {name}"
        case 2:
            return "long double" if bits > 64 else "double"
        case 3:
            return "a pointer"
        case 4:
            return "a struct or union"
        case 5:
            return "a complex number"
        case _:
            return "another type"
