"""What a recorded run looked like at each step: what pages and boxes are drawn from."""

from freehold.picture.state import Arrow, ArrowKind, BlockState, FrameState, State, state_at
from freehold.picture.story import (
    Fault,
    Frame,
    Object,
    ObjectState,
    Place,
    Recorded,
    Step,
    Story,
    Writes,
)
from freehold.picture.tell import tell

__all__ = [
    "Arrow",
    "ArrowKind",
    "BlockState",
    "Fault",
    "Frame",
    "FrameState",
    "Object",
    "ObjectState",
    "Place",
    "Recorded",
    "State",
    "Step",
    "Story",
    "Writes",
    "state_at",
    "tell",
]
