"""The types of library functions that a C compiler knows by name.

They serve `__builtin_NAME`, and calls of such a function that nothing declares. A signature is the
result's letter and then the parameters'; a dot at the end means variable arguments.
"""

from freehold.c.ctype import Complex, Function, Pointer, Quals, QualType
from freehold.c.sema.kinds import (
    CHAR,
    CHAR_POINTER,
    CONST_CHAR_POINTER,
    CONST_VOID_POINTER,
    DOUBLE,
    FLOAT,
    INT,
    LDOUBLE,
    LLONG,
    LONG,
    SIZE,
    UINT,
    VA_LIST_TAG,
    VOID,
    VOID_POINTER,
    WCHAR,
    pointer_to,
)
from freehold.types import FloatKind

_LETTERS = {
    "v": VOID,
    "c": CHAR,
    "i": INT,
    "u": UINT,
    "l": LONG,
    "m": SIZE,
    "L": LLONG,
    "f": FLOAT,
    "d": DOUBLE,
    "D": LDOUBLE,
    "p": VOID_POINTER,
    "P": CONST_VOID_POINTER,
    "s": CHAR_POINTER,
    "S": CONST_CHAR_POINTER,
    "I": pointer_to(INT),
    "M": pointer_to(DOUBLE),
    "N": pointer_to(FLOAT),
    "O": pointer_to(LDOUBLE),
    "V": QualType(Pointer(QualType(VA_LIST_TAG))),
    "w": pointer_to(WCHAR),
    "W": pointer_to(QualType(WCHAR.type, Quals.CONST)),
    "z": QualType(Complex(FloatKind.F64)),
    "y": QualType(Complex(FloatKind.F32)),
    "x": QualType(Complex(FloatKind.F80)),
}

# name result-and-parameters, ...
_TABLE = """
abort v, abs ii, labs ll, llabs LL, imaxabs ll, exit vi, _exit vi, _Exit vi,
malloc pm, calloc pmm, realloc ppm, free vp, aligned_alloc pmm, posix_memalign ipmm,
memcpy ppPm, memmove ppPm, memset ppim, memcmp iPPm, memchr pPim, mempcpy ppPm,
strcpy ssS, strncpy ssSm, strcat ssS, strncat ssSm, strcmp iSS, strncmp iSSm, strlen mS,
strchr sSi, strrchr sSi, strstr sSS, strspn mSS, strcspn mSS, strpbrk sSS, stpcpy ssS,
stpncpy ssSm, strdup sS, strndup sSm, strcasecmp iSS, strncasecmp iSSm, strnlen mSm,
index sSi, rindex sSi, bcmp iPPm, bcopy vPpm, bzero vpm,
printf iS., fprintf ipS., sprintf isS., snprintf ismS., vprintf iSV, vfprintf ipSV,
vsprintf isSV, vsnprintf ismSV, scanf iS., fscanf ipS., sscanf iSS., vscanf iSV,
vfscanf ipSV, vsscanf iSSV, puts iS, putchar ii, fputs iSp, fputc iip, putc iip, fwrite mPmmp,
printf_unlocked iS., puts_unlocked iS, putchar_unlocked ii, fputs_unlocked iSp,
isalnum ii, isalpha ii, isblank ii, iscntrl ii, isdigit ii, isgraph ii, islower ii, isprint ii,
ispunct ii, isspace ii, isupper ii, isxdigit ii, isascii ii, toascii ii, tolower ii, toupper ii,
ffs ii, ffsl il, ffsll iL, strftime msmSP, gettext sS, dcgettext sSSi, dgettext sSS,
fork i, execl iSS., execlp iSS., execle iSS., execv iSp, execvp iSp, execve iSpp,
iswalnum iu, iswalpha iu, iswdigit iu, iswspace iu, iswupper iu, iswlower iu, towlower uu,
towupper uu, nan dS, nanf fS, nanl DS, strfmon lsmS.
"""
# Functions of one real argument and result: double, then with f float, with l long double.
_REAL_1 = """
acos acosh asin asinh atan atanh cbrt ceil cos cosh erf erfc exp exp10 exp2 expm1 fabs floor gamma
j0 j1 lgamma log log10 log1p log2 logb nearbyint pow10 rint round roundeven significand sin sinh
sqrt tan tanh tgamma trunc y0 y1
"""
_REAL_2 = "atan2 copysign drem fdim fmax fmin fmod hypot nextafter pow remainder scalb"
_REAL_TO = {"ilogb": "i", "lrint": "l", "llrint": "L", "lround": "l", "llround": "L", "finite": "i"}
_COMPLEX_1 = """
cacos cacosh casin casinh catan catanh ccos ccosh cexp clog clog10 conj cproj csin csinh csqrt ctan
ctanh
"""
_COMPLEX_REAL = "cabs carg creal cimag"
_FORMS = (("", "d", "z", "M"), ("f", "f", "y", "N"), ("l", "D", "x", "O"))


def _signatures() -> dict[str, str]:
    found = dict(entry.split() for entry in _TABLE.replace("\n", " ").strip(" ,").split(","))
    for suffix, real, complex_, pointer in _FORMS:
        for name in _REAL_1.split():
            found[name + suffix] = real * 2
        for name in _REAL_2.split():
            found[name + suffix] = real * 3
        for name, result in _REAL_TO.items():
            found[name + suffix] = result + real
        for name in _COMPLEX_1.split():
            found[name + suffix] = complex_ * 2
        for name in _COMPLEX_REAL.split():
            found[name + suffix] = real + complex_
        found["cpow" + suffix] = complex_ * 3
        found["fma" + suffix] = real * 4
        found["frexp" + suffix] = real * 2 + "I"
        found["ldexp" + suffix] = real * 2 + "i"
        found["scalbn" + suffix] = real * 2 + "i"
        found["scalbln" + suffix] = real * 2 + "l"
        found["modf" + suffix] = real * 2 + pointer
        found["nexttoward" + suffix] = real * 2 + "D"
        found["remquo" + suffix] = real * 3 + "I"
        found["sincos" + suffix] = "v" + real + pointer * 2
        found["jn" + suffix] = found["yn" + suffix] = real + "i" + real
    return found


_SIGNATURES = _signatures()
_NORETURN = frozenset(("abort", "exit", "_exit", "_Exit"))


def known_type(name: str) -> Function | None:
    """Return the type of library function `name`, if it is one that compilers know."""
    text = _SIGNATURES.get(name)
    if text is None:
        return None
    variadic = text.endswith(".")
    result, *parameters = (_LETTERS[letter] for letter in text.rstrip("."))
    return Function(result, tuple(parameters), variadic)


def known_attributes(name: str) -> frozenset[str]:
    """Return the attributes of library function `name`."""
    return frozenset(("noreturn",)) if name in _NORETURN else frozenset()
