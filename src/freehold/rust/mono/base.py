"""What of std is compiled already, in an object that programs are linked with."""

from freehold.mir.values import Symbol
from freehold.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Compiled:
    """The functions and statics that are there, by their stable names."""

    functions: dict[str, Symbol] = field(default_factory=dict)
    statics: dict[str, Symbol] = field(default_factory=dict)
