"""Evaluation of constants: a machine for plain MIR over bytes."""
