"""Runners over external test suites; each takes the path of a checkout and prints a table."""
