"""What is known of a place before it is accessed."""

from freehold.records import dataclass
from freehold.types import Type
from freehold.types.layout_rust import Slot


@dataclass(frozen=True, slots=True)
class MemberCheck:
    """`ok` (an i1) says whether an index is inside an array member of `size` bytes at `start`."""

    ok: str
    start: str
    size: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place is.

    `address` is a ptr, `handle` an i64. `known` is the size of the object if it is static, and
    `offset` the place's offset in it (None: only a run knows); `root` is where that object is.
    `pointer` names the register local that was dereferenced. `member` names the last field.
    `index_ok`: an i1 for the index into the whole object. `padding` bytes count as set with this
    place (see codegen.padding): they follow it, or lie at `padding_at`; `padding_last`: they end
    their struct. `packed`: it need not be aligned. Rust: `raw`: reached through a raw pointer;
    `meta`: the metadata of an unsized place; `variant`: the variant of the enum whose fields are
    meant; `align`: what the address must be a multiple of, if that is asked.
    """

    address: str
    handle: str
    type: Type
    known: int | None
    offset: int | None
    root: str = ""
    pointer: int | None = None
    members: tuple[MemberCheck, ...] = ()
    index_ok: str | None = None
    bits: Slot | None = None
    volatile: bool = False
    atomic: bool = False
    aligned: int = 1
    constant: bool = False
    member: str = ""
    padding: int = 0
    padding_at: str = ""
    padding_last: bool = False
    packed: bool = False
    raw: bool = False
    meta: str = ""
    variant: int | None = None
    align: int = 0


def still_aligned(align: int, offset: int) -> int:
    """Return what is known of an address so many bytes behind one that is aligned to `align`."""
    return min(align, offset & -offset) if offset else align
