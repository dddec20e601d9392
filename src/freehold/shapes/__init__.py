"""The layout of a type for people: places, padding, cache lines, tags and niches, better orders."""

from freehold.shapes.convert import as_c, as_ordered, as_rust
from freehold.shapes.model import Gap, Part, Shape, Sort, shape_of
from freehold.shapes.order import Order, best_order

__all__ = [
    "Gap",
    "Order",
    "Part",
    "Shape",
    "Sort",
    "as_c",
    "as_ordered",
    "as_rust",
    "best_order",
    "shape_of",
]
