"""MIR to LLVM, with the checks and their elision."""

from freehold.codegen.module import Site
from freehold.codegen.program import (
    CodegenOptions,
    Compiled,
    compile_program,
    llvm_text,
)

__all__ = ["CodegenOptions", "Compiled", "Site", "compile_program", "llvm_text"]
