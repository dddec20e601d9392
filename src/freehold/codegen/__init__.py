"""MIR to LLVM, with the checks and their elision."""
