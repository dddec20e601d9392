"""The C front end: lex, preprocess, parse, sema, lower."""
