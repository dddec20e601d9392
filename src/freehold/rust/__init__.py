"""The Rust front end: source text to MIR, edition 2021."""
