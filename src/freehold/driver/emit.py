"""The stages of the compiler as text."""

from collections.abc import Sequence

from freehold.c import emit_ast, emit_tokens
from freehold.c.parse import ParseOptions, parse
from freehold.c.pp.files import read_from_disk
from freehold.c.preprocess import preprocess
from freehold.diagnostics import Diagnostic
from freehold.driver.deep import deeply
from freehold.driver.frontend import preprocess_options, read_program
from freehold.driver.options import CompileOptions
from freehold.source import Source

STAGES = ("tokens", "ast", "mir", "llvm")
Emitted = tuple[str, list[Diagnostic]]


def emit(stage: str, sources: Sequence[Source], options: CompileOptions) -> Emitted:
    """Return the text of `stage`, one of STAGES, and what was found on the way."""
    if stage in {"tokens", "ast"}:
        return deeply(lambda: _each(stage, sources, options))
    return deeply(lambda: _whole(stage, sources, options))


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
    found = list(front.diagnostics)
    if front.program is None:
        return "", found
    if stage == "mir":
        from freehold.mir.text import render

        return render(front.program), found
    from freehold.codegen import CodegenOptions, llvm_text

    return llvm_text(front.program, CodegenOptions()), found
