"""The keywords of each standard, and what kind of keyword each is.

Every keyword has one canonical spelling, which no program may use as an identifier: where a
standard leaves a word free (`asm`, `typeof`, `bool`), its reserved spelling is the canonical one.
"""

from functools import cache


def _words(text: str) -> list[str]:
    return text.split()


_ALWAYS = _words("""
auto break case char const continue default do double else enum extern float for goto if int long
register return short signed sizeof static struct switch typedef union unsigned void volatile while
_Alignas _Alignof _Atomic _Bool _Complex _Generic _Noreturn _Static_assert _Thread_local
__inline__ __restrict__ __asm__ __typeof__ __attribute__ __extension__ __label__ __auto_type
__real__ __imag__ __int128
__builtin_va_arg __builtin_offsetof __builtin_types_compatible_p __builtin_choose_expr
_Float16 _Float32 _Float64 _Float128 _Float32x _Float64x _Decimal32 _Decimal64 _Decimal128
""")

# GNU's other spellings.
_ALTERNATES = {
    "__const": "const",
    "__const__": "const",
    "__volatile": "volatile",
    "__volatile__": "volatile",
    "__signed": "signed",
    "__signed__": "signed",
    "__inline": "__inline__",
    "__restrict": "__restrict__",
    "__asm": "__asm__",
    "__typeof": "__typeof__",
    "__attribute": "__attribute__",
    "__alignof": "_Alignof",
    "__alignof__": "_Alignof",
    "__complex": "_Complex",
    "__complex__": "_Complex",
    "__real": "__real__",
    "__imag": "__imag__",
    "__thread": "_Thread_local",
    "__float128": "_Float128",
    "__float80": "_Float64x",
}

_GNU = {"asm": "__asm__", "typeof": "__typeof__"}
_C99 = {"inline": "__inline__", "restrict": "__restrict__"}
_C23 = {
    "typeof": "__typeof__",
    "typeof_unqual": "__typeof_unqual__",
    "bool": "_Bool",
    "true": "__true",
    "false": "__false",
    "nullptr": "__nullptr",
    "static_assert": "_Static_assert",
    "alignas": "_Alignas",
    "alignof": "_Alignof",
    "thread_local": "_Thread_local",
    "constexpr": "__constexpr",
}

_C89_NAMES = ("c89", "c90", "gnu89", "gnu90", "ansi", "iso9899:1990", "iso9899:199409")
_C23_NAMES = ("c2x", "gnu2x", "c23", "gnu23")


def is_c23(std: str) -> bool:
    """Tell whether `-std=std` means C23."""
    return std in _C23_NAMES


@cache
def keywords(std: str) -> dict[str, str]:
    """Return the keywords under `-std=std`: each spelling with its canonical one."""
    words = {word: word for word in _ALWAYS} | _ALTERNATES
    if std not in _C89_NAMES:
        words |= _C99
    if std in ("gnu89", "gnu90"):
        words["inline"] = "__inline__"
    if std.startswith("gnu"):
        words |= _GNU
    if is_c23(std):
        words |= _C23
    return words


# What `ast.Keyword` calls those whose canonical spelling is a reserved one.
_SPELT = {"__inline__": "inline", "__restrict__": "restrict", "__constexpr": "constexpr"}

_TYPES = _words("""
char double float int long short signed unsigned void _Bool _Complex __auto_type __int128
_Float16 _Float32 _Float64 _Float128 _Float32x _Float64x _Decimal32 _Decimal64 _Decimal128
""")
_QUALIFIERS = ("const", "volatile", "__restrict__", "_Atomic")
_STORAGE = _words("""
typedef extern static auto register _Thread_local __inline__ _Noreturn __constexpr
""")

QUALIFIERS = {word: _SPELT.get(word, word) for word in _QUALIFIERS}
TYPE_WORDS = frozenset(_TYPES)
# Keywords that stand alone as a specifier, with the name that the tree gives them.
SPECIFIERS = {word: _SPELT.get(word, word) for word in (*_TYPES, *_QUALIFIERS, *_STORAGE)}
STORAGE = frozenset(_STORAGE)

COMPOUND = frozenset(("struct", "union", "enum", "__typeof__", "__typeof_unqual__"))
# What a type name can start with, besides a typedef's name.
TYPE_STARTS = TYPE_WORDS | frozenset(_QUALIFIERS) | COMPOUND | {"__attribute__"}
# What a declaration can start with.
DECLARATION_STARTS = TYPE_STARTS | STORAGE | {"_Alignas", "_Static_assert"}
# What a statement can start with, of keywords that can continue nothing.
STATEMENT_STARTS = frozenset(("if", "for", "do", "switch", "goto", "return", "break", "continue"))

# Types that need no declaration.
BUILTIN_TYPES = ("__builtin_va_list", "__int128_t", "__uint128_t")
