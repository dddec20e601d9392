"""The one registry of codes. Each has a page in `docs/codes/`, and keeps its number for good.

FH01 space, FH02 time, FH03 release, FH04 initialisation, FH05 pointers and calls, FH06 arguments,
FH07 the end of a run, FH08 leaks, FH09 replays on a model of a heap, FH10 to FH13 C front end,
FH14 reading Rust, FH15 its lifetimes and lints, FH19 unsupported, FH20 the tool.
"""

from freehold.diagnostics import (
    codes_rust,
    codes_rust_borrow,
    codes_rust_lints,
    codes_rust_mono,
    codes_rust_traits,
    codes_rust_types,
)
from freehold.diagnostics.model import Code, Severity

_E, _W, _N, _U = Severity.ERROR, Severity.WARNING, Severity.NOTE, Severity.UNSUPPORTED
_H = Severity.HAZARD

# ----------------------------------------------------------------------------------------- space
HEAP_WRITE = Code(
    "FH0101",
    "heap-buffer-overflow-write",
    _E,
    "heap buffer overflow: write of {size}, {where}",
    122,
)
STACK_WRITE = Code(
    "FH0102",
    "stack-buffer-overflow-write",
    _E,
    "stack buffer overflow: write of {size}, {where}",
    121,
)
GLOBAL_WRITE = Code(
    "FH0103",
    "global-buffer-overflow-write",
    _E,
    "global buffer overflow: write of {size}, {where}",
    787,
)
MEMBER_OVERFLOW = Code(
    "FH0104", "member-overflow", _E, "{access} of {size} past the end of member `{member}`", 787
)
UNDERFLOW_WRITE = Code(
    "FH0105", "buffer-underflow-write", _E, "buffer underflow: write of {size}, {where}", 124
)
HEAP_READ = Code(
    "FH0106", "heap-buffer-overflow-read", _E, "heap buffer over-read: read of {size}, {where}", 126
)
STACK_READ = Code(
    "FH0107",
    "stack-buffer-overflow-read",
    _E,
    "stack buffer over-read: read of {size}, {where}",
    126,
)
GLOBAL_READ = Code(
    "FH0108",
    "global-buffer-overflow-read",
    _E,
    "global buffer over-read: read of {size}, {where}",
    126,
)
UNDERFLOW_READ = Code(
    "FH0109", "buffer-underflow-read", _E, "buffer underflow: read of {size}, {where}", 127
)
# ------------------------------------------------------------------------------------------ time
USE_AFTER_FREE = Code(
    "FH0201", "use-after-free", _E, "use after free: {access} of {size}, {where}", 416
)
DOUBLE_FREE = Code("FH0202", "double-free", _E, "double free of {block}", 415)
USE_AFTER_RETURN = Code(
    "FH0203", "use-after-return", _E, "use after return: {access} of {size} in `{object}`", 562
)
USE_AFTER_SCOPE = Code(
    "FH0204", "use-after-scope", _E, "use after scope: {access} of {size} in `{object}`", 825
)
LOCAL_RETURNED = Code(
    "FH0205", "local-address-returned", _W, "the address of `{object}` {how}", 562
)
STALE_POINTER = Code(
    "FH0206",
    "stale-element-pointer",
    _H,
    "`{name}` points into what a call since may have moved",
    825,
)
# --------------------------------------------------------------------------------------- release
INVALID_FREE = Code("FH0301", "invalid-free", _E, "invalid free: {what}", 761)
FREE_NON_HEAP = Code(
    "FH0302", "free-of-non-heap", _E, "free of memory not on the heap: {what}", 590
)
MISMATCHED_FREE = Code(
    "FH0303",
    "mismatched-free",
    _E,
    "mismatched release: allocated by {by}, released by {with_}",
    762,
)
# ---------------------------------------------------------------------------------------- values
UNINITIALISED_READ = Code("FH0401", "uninitialised-read", _E, "read of uninitialised {what}", 457)
# -------------------------------------------------------------------------------- pointers, calls
NULL_DEREFERENCE = Code(
    "FH0501", "null-dereference", _E, "null pointer dereference: {access} of {size}", 476
)
WILD_DEREFERENCE = Code(
    "FH0502", "wild-pointer-dereference", _E, "wild pointer dereference: {access} of {size}", 822
)
MISALIGNED = Code(
    "FH0503", "misaligned-access", _E, "misaligned {access} of {size}: needs alignment {align}", 188
)
CALL_MISMATCH = Code(
    "FH0504",
    "call-signature-mismatch",
    _E,
    "call through a pointer of another function type: {what}",
    686,
)
READ_ONLY_WRITE = Code("FH0506", "read-only-write", _E, "write to {what}, which is read-only", 758)
BAD_CALL_TARGET = Code("FH0505", "call-of-non-function", _E, "call of {what}", 822)
UNCHECKED_ALLOCATION = Code(
    "FH0507",
    "unchecked-allocation",
    _H,
    "result of `{function}` used without a test for failure",
    690,
)
UNRELATED_POINTERS = Code(
    "FH0508", "unrelated-pointers", _E, "difference of pointers to different objects", 469
)
OUT_OF_OBJECT = Code("FH0509", "arithmetic-out-of-object", _E, "pointer arithmetic {where}", 823)
# ------------------------------------------------------------------------------------- arguments
OVERLAP = Code("FH0601", "overlapping-copy", _E, "overlapping {function} of {size}", 475)
BAD_SIZE = Code("FH0602", "bad-size", _E, "{function} with {what}", 131)
FORMAT_MISMATCH = Code("FH0603", "format-mismatch", _E, "{function}: {what}", 686)
VARARG_MISMATCH = Code("FH0604", "va-arg-mismatch", _E, "va_arg: {what}", 686)
BAD_ARGUMENT = Code("FH0605", "bad-argument", _E, "{function}: {what}", 628)
SIZE_OVERFLOW = Code(
    "FH0606", "size-overflow", _W, "the size passed to `{function}` may have wrapped", 680
)
POINTER_SIZE = Code(
    "FH0607",
    "size-of-pointer",
    _H,
    "as many bytes are allocated as {what} has, not its pointee",
    467,
)
ODD_SIZE = Code(
    "FH0608", "odd-allocation-size", _H, "{size} are allocated for elements of {each}", 131
)
ZERO_GROWTH = Code(
    "FH0609", "zero-growth", _H, "{what} is multiplied to grow, but begins at 0", 131
)
SCALED_TWICE = Code(
    "FH0610",
    "scaled-twice",
    _H,
    "a number of bytes is used as a number of elements of {what} bytes each",
    468,
)
PART_OF_ELEMENT = Code(
    "FH0611",
    "part-of-an-element",
    _H,
    "1 byte inside of an element of {size} is taken for an element",
    468,
)
# ------------------------------------------------------------------------------- the end of a run
STACK_OVERFLOW = Code("FH0701", "stack-overflow", _E, "stack overflow{what}", 674)
OUT_OF_MEMORY = Code("FH0702", "memory-exhausted", _E, "memory exhausted: {what}", 400)
ARITHMETIC = Code("FH0703", "arithmetic-fault", _E, "arithmetic fault: {what}", 369)
ABORTED = Code("FH0704", "aborted", _E, "program aborted{what}", 617)
KILLED = Code("FH0705", "killed-by-signal", _E, "program ended by {signal}", None)
TIMED_OUT = Code("FH0706", "timeout", _E, "program stopped after {seconds} s", 835)
OUTPUT_LIMIT = Code("FH0707", "output-limit", _E, "program stopped after {size} of output", 400)
UNREACHABLE_REACHED = Code(
    "FH0708", "unreachable-reached", _E, "execution reached what was declared unreachable", 758
)
# ----------------------------------------------------------------------------------------- leaks
DEFINITELY_LOST = Code(
    "FH0801", "definitely-lost", _E, "{bytes} bytes in {blocks} blocks are definitely lost", 401
)
INDIRECTLY_LOST = Code(
    "FH0802", "indirectly-lost", _E, "{bytes} bytes in {blocks} blocks are indirectly lost", 401
)
POSSIBLY_LOST = Code(
    "FH0803", "possibly-lost", _W, "{bytes} bytes in {blocks} blocks are possibly lost", 401
)
STILL_REACHABLE = Code(
    "FH0804", "still-reachable", _N, "{bytes} bytes in {blocks} blocks are still reachable", None
)
UNCLOSED_FILE = Code("FH0805", "unclosed-file", _W, "{what} is never closed", 775)
LOST_REALLOC = Code(
    "FH0806",
    "lost-by-realloc",
    _H,
    "`{name}` is overwritten by the result of realloc, which may be null",
    401,
)
OUT_OF_ORDER = Code(
    "FH0807",
    "released-out-of-order",
    _H,
    "the {first} is released before the {second}, which was acquired after it",
    459,
)
# --------------------------------------------------------------------------------------- replays
REQUEST_FAILED = Code("FH0901", "request-failed", _E, "{request} cannot be served: {why}", None)
TRACE_ERROR = Code("FH0902", "trace-error", _E, "{what}", None)
# ------------------------------------------------------------------------------------- C, reading
LEXICAL = Code("FH1001", "lexical-error", _E, "{what}", None)
PREPROCESSING = Code("FH1002", "preprocessing-error", _E, "{what}", None)
INCLUDE_NOT_FOUND = Code("FH1003", "include-not-found", _E, "`{name}` not found", None)
ERROR_DIRECTIVE = Code("FH1004", "error-directive", _E, "#error {what}", None)
PREPROCESSING_WARNING = Code("FH1005", "preprocessing-warning", _W, "{what}", None)
TOO_COMPLEX = Code("FH1006", "too-complex", _U, "{what} is beyond our limit of {limit}", None)
SYNTAX = Code("FH1101", "syntax-error", _E, "{what}", None)
# ------------------------------------------------------------------------------- C, C11 6.5 to 6.9
UNDECLARED = Code("FH1201", "undeclared", _E, "nothing declares `{name}`", None)
REDECLARED = Code("FH1202", "redeclared", _E, "{what}", None)
TYPE_MISMATCH = Code("FH1203", "type-mismatch", _E, "{what}", None)
BAD_OPERANDS = Code("FH1204", "invalid-operands", _E, "{what}", None)
NOT_ASSIGNABLE = Code("FH1205", "not-assignable", _E, "{what}", None)
INCOMPLETE_TYPE = Code("FH1206", "incomplete-type", _E, "{what}", None)
BAD_CALL = Code("FH1207", "bad-call", _E, "{what}", None)
BAD_INITIALIZER = Code("FH1208", "bad-initializer", _E, "{what}", None)
NOT_CONSTANT = Code("FH1209", "not-constant", _E, "{what}", None)
BAD_STATEMENT = Code("FH1210", "misplaced-statement", _E, "{what}", None)
BAD_DECLARATION = Code("FH1211", "bad-declaration", _E, "{what}", None)
NO_MEMBER = Code("FH1212", "no-such-member", _E, "{what}", None)
STATIC_ASSERTION = Code("FH1213", "static-assertion", _E, "static assertion failed{what}", None)
UNDEFINED_SYMBOL = Code("FH1214", "undefined-symbol", _E, "nothing defines `{name}`", None)
DUPLICATE_SYMBOL = Code("FH1215", "duplicate-symbol", _E, "`{name}` is defined twice", None)
# ------------------------------------------------------------------------------------ C, warnings
IMPLICIT_DECLARATION = Code(
    "FH1301", "implicit-declaration", _W, "`{name}` is called, but nothing declares it", None
)
POINTER_CONVERSION = Code("FH1302", "pointer-conversion", _W, "{what}", None)
INT_CONVERSION = Code("FH1303", "int-conversion", _W, "{what}", None)
EXCESS_INITIALIZER = Code("FH1304", "excess-initializer", _W, "{what}", None)
IMPLICIT_INT = Code("FH1305", "implicit-int", _W, "{what}", None)
C_WARNING = Code("FH1306", "c-warning", _W, "{what}", None)
# ---------------------------------------------------------------------------------- Rust, reading
RUST_LEXICAL = Code("FH1401", "rust-lexical-error", _E, "{what}", None)
RUST_SYNTAX = Code("FH1402", "rust-syntax-error", _E, "{what}", None)
RUST_MACRO = Code("FH1403", "rust-macro-error", _E, "{what}", None)
RUST_NO_RULE = Code("FH1408", "rust-macro-without-rule", _E, "{what}", None)
# ----------------------------------------------------------------------------------- unsupported
UNSUPPORTED = Code("FH1901", "unsupported", _U, "unsupported: {what}", None)
CPLUSPLUS = Code("FH1902", "c-plus-plus", _U, "unsupported: C++ `{what}`", None)
# -------------------------------------------------------------------------------------- the tool
USAGE = Code("FH2001", "usage", _E, "{what}", None)
UNREADABLE = Code("FH2002", "unreadable", _E, "cannot read {what}", None)
NO_SHADOW = Code("FH2003", "no-shadow", _U, "cannot reserve the shadow memory: {what}", None)
PLATFORM = Code("FH2004", "platform", _U, "`{command}` needs Linux x86-64 with glibc", None)
NATIVE_CALL = Code("FH2005", "native-call", _N, "`{name}` runs natively, unchecked{what}", None)
REPAIRED = Code("FH2006", "repaired", _N, "repaired: {what}", None)
BAD_SETTINGS = Code("FH2007", "bad-settings", _E, "{what}", None)
UNUSED_ALLOW = Code("FH2008", "unused-allow", _W, "this allows nothing: {codes}", None)


def registry() -> dict[str, Code]:
    """Return every code by its id."""
    parts = (
        codes_rust,
        codes_rust_borrow,
        codes_rust_lints,
        codes_rust_mono,
        codes_rust_traits,
        codes_rust_types,
    )
    rust = (value for part in parts for value in vars(part).values())
    found = (*globals().values(), *rust)
    return {c.id: c for c in found if isinstance(c, Code)}
