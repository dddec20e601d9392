"""Linking, the child process, fault records, and what they say.

`run(image, options)` runs a compiled program and returns an `Outcome`. Knows nothing of C: it sees
an object file, its sites and the records that the run time sends.
"""
