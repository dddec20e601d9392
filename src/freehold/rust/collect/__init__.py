"""What items are: generics, predicates, signatures, fields, impls, made as they are read.

`Collector` fills the lazy attributes of definitions; `Lowerer` makes types of what is written;
`collect.checks` looks for errors in the user's items.
"""

from freehold.rust.collect.collector import Collector
from freehold.rust.collect.lower import Lowerer

__all__ = ["Collector", "Lowerer"]
