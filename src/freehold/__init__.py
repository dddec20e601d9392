"""Freehold: a memory-safety workbench for C and Rust."""

__version__ = "0.1.0"
