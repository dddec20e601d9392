"""The stages of the compiler as text."""

from collections.abc import Sequence

from freehold.c import emit_ast, emit_tokens
from freehold.c.parse import ParseOptions, parse
from freehold.c.pp.files import read_from_disk
from freehold.c.preprocess import preprocess
from freehold.diagnostics import Diagnostic
from freehold.driver.cache import Cache
from freehold.driver.deep import deeply
from freehold.driver.frontend import preprocess_options, read_program
from freehold.driver.options import CompileOptions
from freehold.driver.pipeline import is_rust
from freehold.mir.body import Program
from freehold.source import Source

_NONE = Cache(None)
STAGES = ("tokens", "ast", "mir", "llvm")
Emitted = tuple[str, list[Diagnostic]]


def emit(
    stage: str, sources: Sequence[Source], options: CompileOptions, cache: Cache = _NONE
) -> Emitted:
    """Return the text of `stage`, one of STAGES, and what was found on the way."""
    if is_rust(sources):
        return deeply(lambda: _rust(stage, sources[0], cache))
    if stage in {"tokens", "ast"}:
        return deeply(lambda: _each(stage, sources, options))
    return deeply(lambda: _whole(stage, sources, options))


def _rust(stage: str, source: Source, cache: Cache) -> Emitted:
    from freehold.driver.rust_emit import emit_front

    if stage in {"tokens", "ast"}:
        return emit_front(stage, source)
    from freehold.driver.rust_programs import read_program as read_rust
    from freehold.driver.rust_trust import is_proven

    front = read_rust(source, cache)
    text = _program(stage, front.program, proven=is_proven(source))
    return text, list(front.diagnostics)


def _each(stage: str, sources: Sequence[Source], options: CompileOptions) -> Emitted:
    """Emit what each translation unit has of its own."""
    texts: list[str] = []
    found: list[Diagnostic] = []
    for source in sources:
        done = preprocess(source, preprocess_options(options, read_from_disk))
        found.extend(done.diagnostics)
        if stage == "tokens":
            texts.append(emit_tokens.render(done.tokens))
            continue
        parsing = ParseOptions(std=options.std, pedantic_errors=options.pedantic_errors)
        unit, problems = parse(done.tokens, parsing)
        found.extend(problems)
        if unit is not None:
            texts.append(emit_ast.render(unit))
    return "".join(texts), found


def _whole(stage: str, sources: Sequence[Source], options: CompileOptions) -> Emitted:
    """Emit what is made of the whole program."""
    front = read_program(sources, options)
    return _program(stage, front.program), list(front.diagnostics)


def _program(stage: str, program: Program | None, *, proven: bool = False) -> str:
    if program is None:
        return ""
    if stage == "mir":
        from freehold.mir.text import render

        return render(program)
    from freehold.codegen.program import CodegenOptions, llvm_text

    return llvm_text(program, CodegenOptions(proven=proven))
