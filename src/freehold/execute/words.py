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


def kind_of_object(kind: Kind, bytes_: int, name: str, function: str) -> str:
    """Return what an object is: "a block of 20 bytes", "`vec`, a local of `vec_new`"."""
    match kind:
        case Kind.HEAP:
            return f"a block of {size(bytes_)}"
        case Kind.STACK | Kind.VLA:
            sort = "variable-length array" if kind is Kind.VLA else "local"
            if not name:
                return f"a {sort} of {size(bytes_)}"
            return f"`{name}`, a {sort} of `{function}`" if function else f"`{name}`"
        case Kind.ALLOCA:
            return f"{size(bytes_)} from alloca" + (f" in `{function}`" if function else "")
        case Kind.GLOBAL | Kind.CONST:
            return f"global `{name}`" if name else f"a static object of {size(bytes_)}"
        case Kind.LITERAL:
            return f"a string literal of {size(bytes_)}"
        case Kind.FUNCTION:
            return f"function `{name}`" if name else "a function"
        case Kind.FILE:
            return "a FILE"
        case Kind.DIR:
            return "a DIR"
        case Kind.MMAP:
            return f"a mapping of {size(bytes_)}"
        case Kind.ARGS:
            return f"a string of argv or the environment, of {size(bytes_)}"
        case Kind.MEMBER:
            return f"member `{name}`" if name else f"an array member of {size(bytes_)}"
        case Kind.STATIC:
            return f"an object of the C library, of {size(bytes_)}"
        case _:
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
    if record.state is State.LIVE:
        end = size(offset + record.length - record.size)
        return f"{size(offset)} inside {sized} and {end} past its end"
    return f"{size(offset)} inside {sized}"


def block(record: Record) -> str:
    """Return the words for a released block, whose size may be forgotten."""
    if record.state is State.FORGOTTEN:
        return "a block that was freed long ago"
    return f"a block of {size(record.size)}"
