"""Constants that the checker asks for: array lengths, patterns, and whether they can be had."""

from freehold.diagnostics import Diagnostic
from freehold.rust.items import Constant, Static
from freehold.rust.mono.functions import make_body
from freehold.rust.mono.named import constant_value, evaluated
from freehold.rust.mono.program import BodyOf, Mono, Unavailable
from freehold.rust.mono.types import Types
from freehold.rust.traits import Instances
from freehold.rust.traits.world import World


class Constants:
    """Evaluates constants without generic parameters; the bodies that they call are made once."""

    __slots__ = ("_mono",)

    def __init__(self, world: World, body_of: BodyOf) -> None:
        """Take a program, and what gives elaborated generic bodies."""
        instances = Instances(world)
        self._mono = Mono(world, body_of, instances, Types(instances), make_body)

    def number(self, constant: Constant) -> int | Diagnostic | None:
        """Return the value of an integer, bool or char.

        A finding says why there is none; None: the constant, or what it calls, has errors.
        """
        try:
            return constant_value(self._mono, constant, ())
        except Unavailable as error:
            return error.found
        except LookupError:
            return None

    def failure(self, item: Constant | Static) -> Diagnostic | None:
        """Return why a constant or static cannot be evaluated, if it cannot."""
        try:
            evaluated(self._mono, item)
        except Unavailable as error:
            return error.found
        except LookupError:
            return None
        return None
