"""Type checking of bodies: syntax and resolutions in, THIR out.

`check_body` checks one function, constant or static with the closures in it. It stands upon
`rust.infer` and `rust.traits`; nothing past THIR is known here.
"""

from freehold.rust.typeck.body import check_body

__all__ = ["check_body"]
