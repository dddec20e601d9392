"""Memory to program from Python: C's heap and stack, Rust's owners, every access checked.

>>> from freehold.memory import I32, Heap, MemoryFault
>>> heap = Heap()
>>> p = heap.new(I32, 5)
>>> heap.free(p)
>>> try:
...     p[0] = 1
... except MemoryFault as fault:
...     print(fault.code)
FH0201
"""

from freehold.heap.policies import (
    BestFit,
    Buddy,
    Bump,
    FirstFit,
    NextFit,
    Segregated,
    Slab,
    WorstFit,
)
from freehold.memory.faults import MemoryFault, Panic
from freehold.memory.heap import Heap
from freehold.memory.objects import NULL, Pointer
from freehold.memory.owners import Owner, Scope, drop, forget, scope
from freehold.memory.regions import Arena, Pool
from freehold.memory.rust import Box, String, Struct, Vec
from freehold.memory.shared import Rc, RefCell, Weak
from freehold.memory.values import PTR, record
from freehold.types.model import BOOL, F32, F64, I8, I16, I32, I64, U8, U16, U32, U64

__all__ = [
    "BOOL", "F32", "F64", "I8", "I16", "I32", "I64", "NULL", "PTR", "U8", "U16", "U32", "U64",
    "Arena", "BestFit", "Box", "Buddy", "Bump", "FirstFit", "Heap", "MemoryFault", "NextFit",
    "Owner", "Panic", "Pointer", "Pool", "Rc", "RefCell", "Scope", "Segregated", "Slab", "String",
    "Struct", "Vec", "Weak", "WorstFit", "drop", "forget", "record", "scope",
]  # fmt: skip
