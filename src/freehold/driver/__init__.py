"""The pipeline, from source files to a report."""
