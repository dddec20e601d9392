"""Rust, from source to a compiled program: checked, made concrete, compiled; kept between runs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, overload

from freehold.diagnostics import Diagnostic
from freehold.driver.cache import Cache, key_of, own_version
from freehold.driver.causes import NO_CAUSES, Causes
from freehold.driver.listener import Listener
from freehold.driver.options import DEFAULT, CompileOptions
from freehold.driver.programs import Built, keep_built, kept_built
from freehold.driver.rust_trust import is_proven
from freehold.driver.std_image import StdImage, kept_image, wanted_image
from freehold.driver.verdict import CLEAN, refusal
from freehold.records import dataclass
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.codegen.compiled import Site
    from freehold.driver.ghosts import Owners
    from freehold.mir.body import Program
    from freehold.rust.mono import Compiled


@dataclass(frozen=True, slots=True)
class Front:
    """A plain program, unless something in `diagnostics` stands against it.

    `owners` are its ghosts, if they were asked for.
    """

    program: "Program | None"
    diagnostics: tuple[Diagnostic, ...]
    causes: Causes = NO_CAUSES
    owners: "Owners | None" = None


def obtain(
    source: Source,
    cache: Cache,
    listener: Listener,
    options: CompileOptions = DEFAULT,
) -> Built:
    """Return the program of `source`, compiled now or before; its `base` is std's object.

    With `options.trust`, what Rust's rules prove is not checked again: see `rust_trust`.
    """
    proven = options.trust and is_proven(source)

    def key(image: StdImage | None) -> str:
        linked = "" if image is None else image.id
        how = f"{options.strict} {options.edition} {proven}"
        return key_of("rust", own_version(), how, linked, source.name, source.text)

    image = kept_image(cache, proven=proven)
    built = kept_built(cache, key(image))
    if built is None:
        image = image or wanted_image(cache, listener, proven=proven)
        built = _compile(source, cache, options, image, proven=proven)
        if built.compiled is not None:
            keep_built(cache, key(image), built)
    if image is None or built.compiled is None:
        return built
    sites = _Sites(image.sites, built.compiled.sites)
    # Read when they are needed, as those of the cache are.
    made = replace(built.compiled, sites=sites)  # type: ignore[arg-type]
    return replace(built, compiled=made, base=image.object)


def obtain_recorded(source: Source, cache: Cache, options: CompileOptions = DEFAULT) -> Built:
    """Return the program of `source`, compiled to be recorded, now or before.

    All of it notes its stores, std's code too, so std's object cannot be used: but what LLVM would
    need to make it fast takes longer than most recorded runs do.
    """
    how = f"{options.strict} {options.edition}"
    key = key_of("recorded", own_version(), how, source.name, source.text)
    built = kept_built(cache, key)
    if built is None:
        built = _compile_recorded(source, cache, options)
        if built.compiled is not None:
            keep_built(cache, key, built)
    return built


def _compile_recorded(source: Source, cache: Cache, options: CompileOptions) -> Built:
    from freehold.codegen.program import CodegenOptions, compile_program
    from freehold.driver.deep import deeply

    def work() -> Built:
        front = read_program(source, cache, options, shown=True)
        if front.program is None:
            return Built(None, front.diagnostics)
        compiled = compile_program(front.program, CodegenOptions(speed=0, recorded=True))
        return Built(compiled, front.diagnostics, causes=front.causes, owners=front.owners)

    return deeply(work)


class _Sites(Sequence["Site"]):
    """The sites of std's object, then the program's own."""

    def __init__(self, first: "Sequence[Site]", second: "Sequence[Site]") -> None:
        self._parts = first, second

    @overload
    def __getitem__(self, index: int) -> "Site": ...
    @overload
    def __getitem__(self, index: slice) -> "Sequence[Site]": ...
    def __getitem__(self, index: int | slice) -> "Site | Sequence[Site]":
        first, second = self._parts
        if isinstance(index, slice):
            return (*first, *second)[index]
        return first[index] if index < len(first) else second[index - len(first)]

    def __len__(self) -> int:
        return sum(map(len, self._parts))


def _compile(
    source: Source, cache: Cache, options: CompileOptions, image: StdImage | None, *, proven: bool
) -> Built:
    from freehold.codegen.compiled import NO_BASE
    from freehold.codegen.program import CodegenOptions, compile_program
    from freehold.driver.deep import deeply

    def work() -> Built:
        base, there = (NO_BASE, None) if image is None else image.told()
        front = read_program(source, cache, options, there)
        if front.program is None:
            return Built(None, front.diagnostics)
        compiled = compile_program(front.program, CodegenOptions(base=base, proven=proven))
        return Built(compiled, front.diagnostics, causes=front.causes)

    return deeply(work)


def read_program(
    source: Source,
    cache: Cache,
    options: CompileOptions = DEFAULT,
    there: "Compiled | None" = None,
    *,
    shown: bool = False,
) -> Front:
    """Return the plain program of a checked source, to be linked with what is `there`.

    With its owners, if it is to be `shown`.
    """
    from freehold.driver.owners import owners
    from freehold.driver.rust import analyse, load_std, settled
    from freehold.driver.rust_bodies import Bodies, main_of
    from freehold.driver.rust_causes import causes_of
    from freehold.driver.std_bodies import Shelf
    from freehold.rust.depth import deep_recursion
    from freehold.rust.edition import Edition
    from freehold.rust.mono import instantiate

    load_std(cache)
    analysed = analyse(source, strict=options.strict, edition=Edition(options.edition))
    if analysed.refused:
        return Front(None, settled(analysed.diagnostics))
    main = main_of(analysed)
    if main is None:
        return Front(None, (*settled(analysed.diagnostics), _no_main(source)))
    analysed.shelf = Shelf(analysed.crates, cache)
    with deep_recursion():
        bodies = Bodies(analysed)
        made = instantiate(analysed.world, bodies.body_of, main, there)
    analysed.shelf.close()
    analysed.diagnostics += made.diagnostics  # bodies of std may have added some, too
    wrong = refusal(analysed.diagnostics) != CLEAN
    program = None if wrong else made.program
    known = owners(analysed) if shown and program is not None else None
    return Front(program, settled(analysed.diagnostics), causes_of(analysed), known)


def _no_main(source: Source) -> Diagnostic:
    from freehold.diagnostics.codes_rust_mono import NO_MAIN
    from freehold.source import Span

    name = source.name.rsplit("/", 1)[-1].removesuffix(".rs")
    end = len(source.text.rstrip())
    return Diagnostic(NO_MAIN, Span(source, end, end), {"crate": name})
