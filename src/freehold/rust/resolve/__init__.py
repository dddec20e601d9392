"""What each name means: modules, imports, scopes, bodies.

Knows nothing of types: `rust.collect` makes those, of what is resolved here.
"""

from freehold.rust.resolve.names import Names

__all__ = ["Names"]
