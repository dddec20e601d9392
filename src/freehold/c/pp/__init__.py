"""The preprocessor's parts: files, directives, conditions, macros."""
