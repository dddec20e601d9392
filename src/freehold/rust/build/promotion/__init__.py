"""Promotion: what is borrowed of a constant expression becomes a constant, and lives for ever."""
