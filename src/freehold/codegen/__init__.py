"""MIR to LLVM, with the checks and their elision: `codegen.program` makes `codegen.compiled`.

Nothing is imported here: who runs a program that was compiled before needs only the latter.
"""
