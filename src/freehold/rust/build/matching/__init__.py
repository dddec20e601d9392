"""Pattern matching: which tests decide between the arms, and what the patterns then bind."""
