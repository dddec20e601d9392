"""Which standard header declares a name: what to include, when it was forgotten."""

_TABLE = """
assert.h: assert
ctype.h: isalnum isalpha isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper
 isxdigit tolower toupper
errno.h: errno EINTR EINVAL ENOENT ENOMEM ERANGE EAGAIN EEXIST EDOM EPERM
fcntl.h: open creat fcntl O_RDONLY O_WRONLY O_RDWR O_CREAT O_TRUNC O_APPEND
float.h: DBL_MAX DBL_MIN DBL_EPSILON FLT_MAX FLT_MIN FLT_EPSILON
inttypes.h: PRId64 PRIu64 PRIx64 PRId32 PRIu32 PRIx32 strtoimax strtoumax imaxabs
iso646.h: and or not and_eq or_eq xor bitand bitor compl not_eq
limits.h: INT_MAX INT_MIN UINT_MAX LONG_MAX LONG_MIN ULONG_MAX LLONG_MAX LLONG_MIN ULLONG_MAX
 CHAR_BIT CHAR_MAX CHAR_MIN SCHAR_MAX SCHAR_MIN UCHAR_MAX SHRT_MAX SHRT_MIN USHRT_MAX PATH_MAX
locale.h: setlocale localeconv LC_ALL
math.h: acos asin atan atan2 cbrt ceil cos cosh exp exp2 expm1 fabs fabsf floor floorf fmax fmin
 fmod frexp hypot isfinite isinf isnan ldexp llround log log10 log1p log2 lround modf nearbyint pow
 remainder rint round sin sinh sqrt sqrtf tan tanh trunc INFINITY NAN HUGE_VAL M_PI M_E
pthread.h: pthread_create pthread_join pthread_mutex_lock pthread_mutex_unlock pthread_mutex_init
setjmp.h: setjmp longjmp
signal.h: signal raise kill sigaction sigemptyset SIGABRT SIGALRM SIGINT SIGSEGV SIGTERM SIG_DFL
 SIG_IGN
stdalign.h: alignas alignof
stdarg.h: va_start va_arg va_end va_copy
stdatomic.h: atomic_load atomic_store atomic_exchange atomic_fetch_add atomic_fetch_sub atomic_init
stdbool.h: true false
stddef.h: NULL offsetof
stdint.h: INT8_MAX INT16_MAX INT32_MAX INT64_MAX UINT8_MAX UINT16_MAX UINT32_MAX UINT64_MAX INT8_MIN
 INT16_MIN INT32_MIN INT64_MIN SIZE_MAX INTPTR_MAX UINTPTR_MAX PTRDIFF_MAX INT64_C UINT64_C
stdio.h: clearerr fclose fdopen feof ferror fflush fgetc fgets fileno fopen fprintf fputc fputs
 fread freopen fscanf fseek ftell fwrite getc getchar getdelim getline perror popen pclose printf
 putc putchar puts remove rename rewind scanf setbuf setvbuf snprintf sprintf sscanf tmpfile ungetc
 vfprintf vprintf vsnprintf vsprintf stdin stdout stderr EOF BUFSIZ SEEK_SET SEEK_CUR SEEK_END
stdlib.h: abort abs aligned_alloc atexit atof atoi atol atoll bsearch calloc div exit free getenv
 labs llabs malloc mkstemp posix_memalign putenv qsort quick_exit rand random realloc setenv srand
 srandom strtod strtof strtol strtold strtoll strtoul strtoull system unsetenv EXIT_FAILURE
 EXIT_SUCCESS RAND_MAX
string.h: memccpy memchr memcmp memcpy memmove memset stpcpy strcat strchr strcmp strcoll strcpy
 strcspn strdup strerror strlen strncat strncmp strncpy strndup strnlen strpbrk strrchr strsignal
 strspn strstr strtok strtok_r strxfrm
strings.h: strcasecmp strncasecmp bcmp bcopy bzero ffs
sys/mman.h: mmap munmap mprotect PROT_READ PROT_WRITE MAP_PRIVATE MAP_ANONYMOUS MAP_FAILED
sys/stat.h: stat fstat lstat mkdir chmod
sys/time.h: gettimeofday
sys/wait.h: wait waitpid
time.h: asctime clock clock_gettime ctime difftime gmtime localtime mktime nanosleep strftime time
 CLOCKS_PER_SEC CLOCK_MONOTONIC CLOCK_REALTIME
unistd.h: access alarm chdir close dup dup2 execl execv execvp fork getcwd getopt getpid getppid
 isatty lseek pipe read rmdir sleep unlink usleep write STDIN_FILENO STDOUT_FILENO STDERR_FILENO
wchar.h: wcscat wcschr wcscmp wcscpy wcslen wcsncpy wmemcpy wmemset wprintf fgetws mbrtowc wcrtomb
"""


def _read(table: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    names: list[str] = []
    for word in table.split():
        if word.endswith(":"):
            names = found[word[:-1]] = []
        else:
            names.append(word)
    return {header: tuple(names) for header, names in found.items()}


NAMES_BY_HEADER = _read(_TABLE)
_HEADERS = {name: header for header, names in NAMES_BY_HEADER.items() for name in names}


def header_help(name: str) -> str:
    """Return where `name` is declared, in words; "" if that is not known."""
    header = _HEADERS.get(name)
    return f"`{name}` is declared in <{header}>: include it" if header else ""
