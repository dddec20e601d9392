"""Borrow checking on MIR: loans, regions, the rules, and what breaks them."""
