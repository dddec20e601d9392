"""Allocator models, and replays of what programs ask of them.

>>> from freehold.heap import BestFit, FirstFit, replay
>>> story = "A=5 B=1 free:A C=2 D=5"
>>> replay(story, size=10, policy=FirstFit()).served
False
>>> replay(story, size=10, policy=BestFit()).served
True
"""

from freehold.heap.model import Failed, Growth, Heap, HeapOptions, Served, Why
from freehold.heap.policies import (
    BestFit,
    Buddy,
    Bump,
    FirstFit,
    NextFit,
    Policy,
    Pool,
    Segregated,
    Slab,
    Stack,
    WorstFit,
)
from freehold.heap.replay import Replay, Sample, replay

__all__ = [
    "BestFit",
    "Buddy",
    "Bump",
    "Failed",
    "FirstFit",
    "Growth",
    "Heap",
    "HeapOptions",
    "NextFit",
    "Policy",
    "Pool",
    "Replay",
    "Sample",
    "Segregated",
    "Served",
    "Slab",
    "Stack",
    "Why",
    "WorstFit",
    "replay",
]
