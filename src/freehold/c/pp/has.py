"""`defined` and the `__has_...` operators of `#if`: each becomes 0 or another number."""

from collections.abc import Callable, Mapping

from freehold.c.pp.constants import ConditionError
from freehold.c.pp.macro import Macro
from freehold.c.pp.report import Report
from freehold.c.token import Kind, Token

# Finds what `__has_include` names (or, if the flag says so, `__has_include_next`).
FindHeader = Callable[[Token, list[Token], bool], bool]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Tests of Clang's that gcc 12 does not know are here all the same: what they test is not there.
OPERATORS = _words(
    """__has_include __has_include_next __has_attribute __has_cpp_attribute __has_c_attribute
    __has_builtin __has_feature __has_extension __has_declspec_attribute __has_warning
    __is_identifier"""
)
_NAMES = OPERATORS | {"defined"}

# Attributes of GNU C that are followed, or that change nothing which a checked program can see.
_ATTRIBUTES = _words(
    """access alias aligned alloc_align alloc_size always_inline artificial assume_aligned
    cleanup cold common const constructor copy deprecated designated_init destructor error
    externally_visible fallthrough flatten format format_arg gnu_inline hot leaf malloc may_alias
    mode no_instrument_function no_icf no_profile_instrument_function no_reorder no_sanitize
    no_sanitize_address no_sanitize_undefined no_split_stack no_stack_limit no_stack_protector
    noclone nocommon noinline noipa nonnull nonstring noplt noreturn nothrow optimize packed pure
    returns_nonnull returns_twice section sentinel simd stack_protect tls_model transparent_union
    unavailable unused used visibility warn_if_not_aligned warn_unused_result warning weak weakref
    zero_call_used_regs"""
)
# Standard attributes, with the value that gcc 12 gives them.
_STANDARD = {
    "deprecated": 201904, "fallthrough": 201904, "maybe_unused": 201904, "nodiscard": 202003,
}  # fmt: skip
_FEATURES = _words(
    """c_alignas c_alignof c_atomic c_generic_selections c_static_assert c_thread_local
    attribute_deprecated_with_message enumerator_attributes"""
)
_BUILTINS = _words(
    """abs alloca bswap16 bswap32 bswap64 choose_expr clz clzl clzll constant_p copysign ctz ctzl
    ctzll expect expect_with_probability fabs fabsf fabsl ffs ffsl ffsll frame_address huge_val
    huge_valf huge_vall inf inff infl isfinite isgreater isgreaterequal isinf isless islessequal
    islessgreater isnan isnormal isunordered memcmp memcpy memmove memset nan nanf nanl
    object_size offsetof parity parityl parityll popcount popcountl popcountll prefetch
    return_address signbit strcmp strcpy strlen trap types_compatible_p unreachable va_arg va_copy
    va_end va_start add_overflow sub_overflow mul_overflow sadd_overflow saddl_overflow
    saddll_overflow ssub_overflow ssubl_overflow ssubll_overflow smul_overflow smull_overflow
    smulll_overflow uadd_overflow uaddl_overflow uaddll_overflow usub_overflow usubl_overflow
    usubll_overflow umul_overflow umull_overflow umulll_overflow"""
)


class Operators:
    """Answers the operators in a line of `#if`."""

    def __init__(
        self, macros: Mapping[str, Macro], report: Report, find_header: FindHeader
    ) -> None:
        self._macros = macros
        self._report = report
        self._find_header = find_header

    def is_defined(self, name: Token) -> bool:
        """Whether `name` is a macro, or passes for one."""
        macro = self._macros.get(name.text)
        if macro is not None and macro.poisoned:
            self._report.error(name, f"`{name.text}` is poisoned")
            return False
        return macro is not None or name.text in OPERATORS

    def answer(self, line: list[Token]) -> list[Token]:
        """Return `line` with each operator, and its operand, replaced by a number."""
        if _NAMES.isdisjoint([token.text for token in line]):
            return line
        out: list[Token] = []
        index = 0
        while index < len(line):
            token = line[index]
            if token.text not in _NAMES:
                out.append(token)
                index += 1
                continue
            if token.text == "defined":
                index, value = self._defined(line, index)
            else:
                index, value = self._has(line, index)
            place = token.source, token.start, token.end
            out.append(Token(Kind.NUMBER, str(value), *place, expansion=token.expansion))
        return out

    # defined = "defined" (identifier | "(" identifier ")")
    def _defined(self, line: list[Token], index: int) -> tuple[int, int]:
        at = line[index]
        texts = [token.text for token in line[index + 1 : index + 4]]
        bracketed = texts[:1] == ["("]
        if len(texts) < 1 + bracketed or line[index + 1 + bracketed].kind is not Kind.IDENT:
            raise ConditionError("`defined` takes an identifier", at)
        if bracketed and texts[2:] != [")"]:
            raise ConditionError("`)` is missing after `defined`", at)
        value = self.is_defined(line[index + 1 + bracketed])
        return index + (4 if bracketed else 2), int(value)

    # has = operator "(" token* ")"
    def _has(self, line: list[Token], index: int) -> tuple[int, int]:
        at = line[index]
        if index + 1 >= len(line) or line[index + 1].text != "(":
            raise ConditionError(f"`(` is missing after `{at.text}`", at)
        depth, end = 1, index + 2
        while end < len(line):
            depth += (line[end].text == "(") - (line[end].text == ")")
            if depth == 0:
                break
            end += 1
        if end == len(line):
            raise ConditionError(f"`)` is missing after `{at.text}`", at)
        inside = line[index + 2 : end]
        if not inside:
            raise ConditionError(f"`{at.text}` takes an operand", at)
        return end + 1, self._value(at, inside)

    def _value(self, at: Token, inside: list[Token]) -> int:
        word = inside[-1].text
        bare = word.removeprefix("__").removesuffix("__")
        match at.text:
            case "__has_include" | "__has_include_next":
                return int(self._find_header(at, inside, at.text.endswith("next")))
            case "__has_attribute" | "__has_cpp_attribute":
                return int(bare in _ATTRIBUTES)
            case "__has_c_attribute":
                if len(inside) > 1:
                    return int(inside[0].text.strip("_") == "gnu" and bare in _ATTRIBUTES)
                return _STANDARD.get(bare, 0)
            case "__has_builtin":
                known = word.startswith("__builtin_") and word[10:] in _BUILTINS
                return int(known or word.startswith(("__atomic_", "__sync_")))
            case "__has_feature" | "__has_extension":
                return int(bare in _FEATURES)
            case "__is_identifier":
                return int(inside[0].kind is Kind.IDENT)
            case _:
                return 0
