"""Moves, initialisation, and drops made explicit, on generic MIR. Knows nothing of any syntax."""
