"""Rust, from source to a compiled program: checked, made concrete, compiled; kept between runs."""

from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic
from freehold.driver.cache import Cache, key_of, own_version
from freehold.driver.programs import Built, keep_built, kept_built
from freehold.driver.verdict import CLEAN, refusal
from freehold.records import dataclass, field
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.driver.rust import Analysed
    from freehold.mir.body import Body, Program
    from freehold.rust.items import Function
    from freehold.types.generic import Definition


@dataclass(frozen=True, slots=True)
class Front:
    """A plain program, unless something in `diagnostics` stands against it."""

    program: "Program | None"
    diagnostics: tuple[Diagnostic, ...]


def obtain(source: Source, cache: Cache, *, strict: bool = False) -> Built:
    """Return the program of `source`, compiled now or before."""
    key = key_of("rust", own_version(), repr(strict), source.name, source.text)
    kept = kept_built(cache, key)
    if kept is not None:
        return kept
    built = _compile(source, cache, strict=strict)
    if built.compiled is not None:
        keep_built(cache, key, built)
    return built


def _compile(source: Source, cache: Cache, *, strict: bool) -> Built:
    from freehold.codegen import CodegenOptions, compile_program
    from freehold.driver.deep import deeply

    def work() -> Built:
        front = read_program(source, cache, strict=strict)
        if front.program is None:
            return Built(None, front.diagnostics)
        return Built(compile_program(front.program, CodegenOptions()), front.diagnostics)

    return deeply(work)


def read_program(source: Source, cache: Cache, *, strict: bool = False) -> Front:
    """Return the plain program of a checked source."""
    from freehold.driver.rust import analyse, load_std, settled
    from freehold.driver.std_bodies import Shelf
    from freehold.rust.depth import deep_recursion
    from freehold.rust.mono import instantiate

    load_std(cache)
    analysed = analyse(source, strict=strict)
    if analysed.refused:
        return Front(None, settled(analysed.diagnostics))
    main = _main(analysed)
    if main is None:
        return Front(None, (*settled(analysed.diagnostics), _no_main(source)))
    analysed.shelf = Shelf(analysed.crates, cache)
    with deep_recursion():
        bodies = Bodies(analysed)
        made = instantiate(analysed.world, bodies.body_of, main)
    analysed.shelf.close()
    analysed.diagnostics += made.diagnostics  # bodies of std may have added some, too
    wrong = refusal(analysed.diagnostics) != CLEAN
    return Front(None if wrong else made.program, settled(analysed.diagnostics))


def _main(analysed: "Analysed") -> "Function | None":
    root = analysed.crates.user.root
    for function in analysed.crates.user.functions:
        if function.name == "main" and function.parent is root:
            return function
    return None


def _no_main(source: Source) -> Diagnostic:
    from freehold.diagnostics.codes_rust_mono import NO_MAIN
    from freehold.source import Span

    name = source.name.rsplit("/", 1)[-1].removesuffix(".rs")
    end = len(source.text.rstrip())
    return Diagnostic(NO_MAIN, Span(source, end, end), {"crate": name})


@dataclass(slots=True)
class Bodies:
    """The elaborated bodies of a program; `inner` are those of closures and promoteds."""

    analysed: "Analysed"
    inner: "dict[Definition, Body]" = field(default_factory=dict)

    def body_of(self, definition: "Definition") -> "Body | None":
        """Return a body with its drops made explicit."""
        known = self.inner.get(definition)
        if known is not None:
            return known
        body = self.analysed.body_of(definition)
        if body is not None:
            self._note(body)
        return body

    def _note(self, body: "Body") -> None:
        if body.generic is None:
            return
        for definition, inner in (*body.generic.closures.items(), *body.generic.promoted.items()):
            if definition not in self.inner:
                self.inner[definition] = inner
                self._note(inner)
