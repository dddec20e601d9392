"""Dataclasses whose methods are compiled when they are first called.

`dataclass` here is the standard one to type checkers, and to whoever uses the classes: `fields`,
`replace`, `match`, pickles and subclasses work alike. The standard decorator compiles up to nine
methods for each class as it is defined; of the hundreds of classes here a run calls few, and the
time to compile all of them was most of the time to start. What is no plain record with slots is
left to the standard decorator.
"""

import dataclasses
import inspect
import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field
from reprlib import recursive_repr
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True, repr=True, **more):
        """Make a dataclass, as `dataclasses.dataclass` does."""

        def decorate(cls):
            if more or not slots:
                wanted = {"frozen": frozen, "slots": slots, "eq": eq, "repr": repr, **more}
                return dataclasses.dataclass(**wanted)(cls)
            return _record(cls, frozen=frozen, eq=eq, shown=repr)

        return decorate if cls is None else decorate(cls)


__all__ = ["dataclass", "field"]

# What a field of ours is marked with: `dataclasses.fields` passes over others.
_FIELD = dataclasses.fields(dataclasses.make_dataclass("_Any", ["x"]))[0]._field_type  # type: ignore[attr-defined]

_Fields = tuple[Field[Any], ...]


def _record(cls: type, *, frozen: bool, eq: bool, shown: bool) -> type:
    every = _fields_of(cls)
    namespace = _namespace(cls, every)
    own = set(namespace)
    made: type = type(cls)(cls.__name__, cls.__bases__, namespace)
    made.__qualname__ = cls.__qualname__
    made.__dataclass_params__ = SimpleNamespace(  # type: ignore[attr-defined]
        init=True, repr=shown, eq=eq, order=False, unsafe_hash=False, frozen=frozen
    )
    its = tuple(every.values())
    if "__init__" not in own:
        _later(made, "__init__", lambda: _compiled(_init, made, its))
    if shown and "__repr__" not in own:
        _later(made, "__repr__", lambda: _compiled(_repr, made, its))
    if eq and "__eq__" not in own:
        _later(made, "__eq__", lambda: _compiled(_eq, made, its))
        if "__hash__" not in own:
            if frozen:
                _later(made, "__hash__", lambda: _compiled(_hash, made, its))
            else:
                made.__hash__ = None  # type: ignore[assignment]
    if frozen:
        _freeze(made, its)
    return made


def _fields_of(cls: type) -> dict[str, Field[Any]]:
    """Return the fields of the bases, then those of the class; of one name the last one counts."""
    found: dict[str, Field[Any]] = {}
    for base in cls.__mro__[-1:0:-1]:
        found.update(getattr(base, "__dataclass_fields__", ()))
    for name, written in _annotations(cls).items():
        default = cls.__dict__.get(name, MISSING)
        made: Any = default if isinstance(default, Field) else field(default=default)
        if made.default is not MISSING and made.default.__class__.__hash__ is None:
            raise ValueError(f"mutable default of field {name}: use default_factory")
        made.name, made.type, made._field_type, made.kw_only = name, written, _FIELD, False
        found[name] = made
    return found


def _annotations(cls: type) -> dict[str, Any]:
    if sys.version_info >= (3, 14):
        from annotationlib import Format, get_annotations  # noqa: PLC0415  (of new Pythons)

        return get_annotations(cls, format=Format.FORWARDREF)
    return inspect.get_annotations(cls)


def _namespace(cls: type, every: dict[str, Field[Any]]) -> dict[str, Any]:
    """Return what the class is made of again, with slots in place of the defaults."""
    inherited: set[str] = set()
    for base in cls.__mro__[1:]:
        slots = base.__dict__.get("__slots__", ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    namespace = {
        name: value
        for name, value in cls.__dict__.items()
        if name not in every and name not in {"__dict__", "__weakref__"}
    }
    namespace["__slots__"] = tuple(name for name in every if name not in inherited)
    namespace["__dataclass_fields__"] = every
    namespace["__match_args__"] = tuple(name for name, one in every.items() if one.init)
    return namespace


def _later(cls: type, name: str, make: Callable[[], Callable[..., Any]]) -> None:
    """Give `cls` a method that is made when it is first called."""

    def method(*args: Any, **named: Any) -> Any:
        made = make()
        setattr(cls, name, made)
        return made(*args, **named)

    method.__qualname__ = f"{cls.__qualname__}.{name}"
    setattr(cls, name, method)


# ------------------------------------------------------------------------------------ the methods


def _compiled(
    write: Callable[[type, _Fields, dict[str, Any]], str], cls: type, its: _Fields
) -> Any:
    """Return the method of which `write` writes the text, given the names that it may use."""
    names: dict[str, Any] = {}
    text = write(cls, its, names)
    exec(text, names)
    made = names["method"]
    made.__qualname__ = f"{cls.__qualname__}.{made.__name__}"
    made.__module__ = cls.__module__
    return made


def _init(cls: type, its: _Fields, names: dict[str, Any]) -> str:
    """`def method(self, a, b=__default_b): self.a = a; ...`; of frozen ones through the slots.

    Names of ours begin with two underscores, so that no field takes them.
    """
    frozen = "__setattr__" in cls.__dict__
    parameters, lines = ["self"], []
    for one in its:
        name = one.name
        value = _value(one, names, parameters)
        if value is None:
            continue
        if frozen:
            names[f"__set_{name}"] = getattr(cls, name).__set__
            lines.append(f" __set_{name}(self, {value})")
        else:
            lines.append(f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    return f"def method({', '.join(parameters)}):\n" + "\n".join(lines or [" pass"])


def _value(one: Field[Any], names: dict[str, Any], parameters: list[str]) -> str | None:
    """Add the parameter of a field; return what the field is set to, None if it is left unset."""
    name = one.name
    made = one.default_factory is not MISSING
    if made:
        names[f"__make_{name}"] = one.default_factory
    elif one.default is not MISSING:
        names[f"__default_{name}"] = one.default
    if not one.init:
        return (
            f"__make_{name}()"
            if made
            else f"__default_{name}"
            if f"__default_{name}" in names
            else None
        )
    if made:
        names["__missing"] = MISSING
        parameters.append(f"{name}=__missing")
        return f"__make_{name}() if {name} is __missing else {name}"
    parameters.append(f"{name}=__default_{name}" if f"__default_{name}" in names else name)
    return name


def _repr(cls: type, its: _Fields, names: dict[str, Any]) -> str:
    shown = ", ".join(f"{one.name}={{self.{one.name}!r}}" for one in its if one.repr)
    names["guard"] = recursive_repr()
    return f"@guard\ndef method(self):\n return f'{{self.__class__.__qualname__}}({shown})'"


def _parts(its: _Fields, of: str) -> str:
    return "(" + "".join(f"{of}.{one.name}," for one in its) + ")"


def _eq(cls: type, its: _Fields, names: dict[str, Any]) -> str:
    its = tuple(one for one in its if one.compare)
    return (
        "def method(self, other):\n"
        " if other.__class__ is self.__class__:\n"
        f"  return {_parts(its, 'self')} == {_parts(its, 'other')}\n"
        " return NotImplemented"
    )


def _hash(cls: type, its: _Fields, names: dict[str, Any]) -> str:
    its = tuple(one for one in its if (one.compare if one.hash is None else one.hash))
    return f"def method(self):\n return hash({_parts(its, 'self')})"


def _freeze(cls: type, its: _Fields) -> None:
    names = frozenset(one.name for one in its)

    def __setattr__(self: object, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def __delattr__(self: object, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    def __getstate__(self: object) -> list[object]:
        return [getattr(self, one.name) for one in its]

    def __setstate__(self: object, state: list[object]) -> None:
        for one, value in zip(its, state, strict=True):
            object.__setattr__(self, one.name, value)

    for method in (__setattr__, __delattr__, __getstate__, __setstate__):
        if method.__name__ not in cls.__dict__:
            setattr(cls, method.__name__, method)
