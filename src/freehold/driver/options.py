"""What can be chosen about compiling."""

from freehold.records import dataclass


@dataclass(frozen=True, slots=True)
class CompileOptions:
    """As cc has them. With `system_headers` the machine's own headers are read, not ours.

    Snippets are repaired, unless `strict` is set. `edition` is that of Rust sources; with `trust`
    the run does not check again what Rust's rules prove.

    `libraries` are names as after `-l`; they are loaded natively from `library_dirs` or the
    system's folders.
    """

    include_dirs: tuple[str, ...] = ()
    quote_dirs: tuple[str, ...] = ()
    system_dirs: tuple[str, ...] = ()
    defines: tuple[tuple[str, str], ...] = ()
    undefines: tuple[str, ...] = ()
    forced_includes: tuple[str, ...] = ()
    std: str = "gnu17"
    pedantic_errors: bool = False
    warnings: bool = True
    system_headers: bool = False
    libraries: tuple[str, ...] = ()
    library_dirs: tuple[str, ...] = ()
    strict: bool = False
    edition: int = 2021
    trust: bool = True


DEFAULT = CompileOptions()
