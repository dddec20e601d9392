"""Build, run in a child process, read back reports."""
