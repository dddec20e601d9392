"""Which check words which kind of fault."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from freehold.checks import (
    bounds,
    calls,
    leak,
    lifetime,
    null,
    release,
    sizes,
    stale,
    uninitialised,
)
from freehold.diagnostics import Diagnostic
from freehold.effects.faults import Finding, Kind

CHECKS: Mapping[Kind, Callable[[Finding], Diagnostic]] = MappingProxyType(
    {
        Kind.BOUNDS: bounds.outside,
        Kind.BELOW: bounds.outside,
        Kind.MEMBER: bounds.member,
        Kind.READ_ONLY: bounds.read_only,
        Kind.OVERLAP: bounds.overlap,
        Kind.FREED_USE: lifetime.freed,
        Kind.DEAD_USE: lifetime.dead_local,
        Kind.LOCAL_RETURNED: lifetime.returned,
        Kind.DOUBLE_FREE: release.twice,
        Kind.INTERIOR_FREE: release.interior,
        Kind.NON_HEAP_FREE: release.non_heap,
        Kind.MISMATCH: release.mismatch,
        Kind.MEMBER_LOST: leak.member,
        Kind.ORDER: release.out_of_order,
        Kind.REPLACED: leak.replaced,
        Kind.LEAK: leak.lost,
        Kind.UNINITIALISED: uninitialised.unset,
        Kind.NULL: null.dereferenced,
        Kind.UNCHECKED: null.unchecked,
        Kind.CALL_TARGET: calls.no_function,
        Kind.CALL_TYPE: calls.other_type,
        Kind.DIVISION: calls.division,
        Kind.BAD_SIZE: sizes.bad,
        Kind.SIZE_OVERFLOW: sizes.overflow,
        Kind.POINTER_SIZE: sizes.of_pointer,
        Kind.ODD_SIZE: sizes.odd,
        Kind.PART: sizes.part,
        Kind.ZERO_GROWTH: sizes.zero_growth,
        Kind.APART: sizes.apart,
        Kind.LOST_REALLOC: stale.lost_realloc,
        Kind.STALE: stale.element,
    }
)


def diagnose(finding: Finding) -> Diagnostic:
    """Return the diagnostic of a finding."""
    return CHECKS[finding.fault.kind](finding)
