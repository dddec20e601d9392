"""The run time that generated code links to, and the table of libc."""
