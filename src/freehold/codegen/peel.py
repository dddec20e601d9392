"""Which loops are worth a first round of their own: see `state.Copies`."""

from collections.abc import Mapping

from freehold.mir.body import Body
from freehold.mir.statements import Call, IndirectGoto, Intrinsic
from freehold.mir.values import Block

# Beyond so many statements the copy costs more than it saves.
_LARGEST = 200

_QUIET = frozenset((Intrinsic.CLZ, Intrinsic.CTZ, Intrinsic.POPCOUNT, Intrinsic.BSWAP))


def peelable(body: Body, loops: Mapping[Block, set[Block]]) -> dict[int, frozenset[int]]:
    """Return the blocks of those of `loops` that are innermost and call nothing."""
    return {
        header: frozenset(blocks)
        for header, blocks in loops.items()
        if not any(other in blocks for other in loops if other != header)
        and sum(len(body.blocks[index].statements) for index in blocks) <= _LARGEST
        and all(_is_quiet(body, index) for index in blocks)
    }


def _is_quiet(body: Body, index: int) -> bool:
    terminator = body.blocks[index].terminator
    if isinstance(terminator, Call):
        return terminator.callee in _QUIET
    return not isinstance(terminator, IndirectGoto)
