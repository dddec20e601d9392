"""Semantic analysis of C: `analyse` turns syntax into the typed tree (C11 6.2 to 6.9)."""
