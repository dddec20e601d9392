"""Arguments as they were written: with the lifetimes that inference does without."""

from freehold.rust.items import Impl, Item
from freehold.types import Type
from freehold.types.fold import parts
from freehold.types.generic import (
    ConstParam,
    Definition,
    GenericArg,
    ParamRegion,
    ParamType,
    is_type,
)


def written_arguments(
    definition: Definition, self_type: Type, arguments: tuple[GenericArg, ...]
) -> tuple[GenericArg, ...]:
    """Return `arguments` of an associated item with those of its impl taken from `self_type`.

    In `Vec::<&'a T>::new` the impl's T is what was written; of a trait's item Self is.
    """
    owner = definition.parent if isinstance(definition, Item) else None
    if not isinstance(owner, Impl):
        return (self_type, *arguments[1:])
    found: dict[int, GenericArg] = {}
    assert owner.self_type is not None
    _match(owner.self_type, self_type, found)
    return tuple(found.get(at, argument) for at, argument in enumerate(arguments))


def _match(pattern: GenericArg, written: GenericArg, found: dict[int, GenericArg]) -> None:
    """Find what each parameter in `pattern` is in `written`, which has the same shape."""
    if isinstance(pattern, ParamType | ParamRegion | ConstParam):
        found.setdefault(pattern.index, written)
    elif is_type(pattern) and is_type(written) and type(pattern) is type(written):
        for left, right in zip(parts(pattern), parts(written), strict=False):
            _match(left, right, found)
