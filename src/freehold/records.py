"""Dataclasses whose methods are compiled when they are first called.

`dataclass` here is the standard one to type checkers, and to whoever uses the classes: `fields`,
`replace`, `match`, pickles and subclasses work alike. The standard decorator compiles up to nine
methods for each class as it is defined; of the hundreds of classes here a run calls few, and the
time to compile all of them was most of the time to start. What is no plain record with slots is
left to the standard decorator.
"""

import dataclasses
import sys
from collections.abc import Callable, Sequence
from dataclasses import (  # type: ignore[attr-defined]
    _FIELD,  # what a field of ours is marked with: `dataclasses.fields` passes over others
    MISSING,
    Field,
    FrozenInstanceError,
    field,
)
from functools import cache
from reprlib import recursive_repr
from types import CodeType, FunctionType, SimpleNamespace
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

_Fields = tuple[Field[Any], ...]
_Make = Callable[[type, _Fields], Callable[..., Any]]


def _record(cls: type, *, frozen: bool, eq: bool, shown: bool) -> type:
    fields = _OwnFields(cls)
    names = _names(cls, fields)
    namespace = _namespace(cls, fields, names)
    own = frozenset(namespace)

    def later(method: str, make: _Make) -> Callable[..., Any]:
        """Return a method that is made when it is first called."""

        def first(*args: Any, **named: Any) -> Any:
            its = tuple(made.__dataclass_fields__.values())  # type: ignore[attr-defined]
            own = make(made, its)
            own.__name__, own.__module__ = method, made.__module__
            own.__qualname__ = f"{made.__qualname__}.{method}"
            setattr(made, method, own)
            return own(*args, **named)

        return first

    if "__init__" not in own:
        namespace["__init__"] = later("__init__", _init)
    if shown and "__repr__" not in own:
        namespace["__repr__"] = later("__repr__", _repr)
    if eq and "__eq__" not in own:
        namespace["__eq__"] = later("__eq__", _eq)
        if "__hash__" not in own:
            namespace["__hash__"] = later("__hash__", _hash) if frozen else None
    if frozen:
        namespace = {**_FROZEN, **namespace}
    namespace["__dataclass_params__"] = SimpleNamespace(
        init=True, repr=shown, eq=eq, order=False, unsafe_hash=False, frozen=frozen
    )
    made: type = type(cls)(cls.__name__, cls.__bases__, namespace)
    return made


class _OwnFields:
    """What a class says of its fields: it becomes `__dataclass_fields__` when it is first read."""

    __slots__ = ("_owner", "annotations", "defaults")

    def __init__(self, cls: type) -> None:
        self.annotations = _annotations(cls)
        self.defaults = {
            name: cls.__dict__[name] for name in self.annotations if name in cls.__dict__
        }
        for name, default in self.defaults.items():
            if default.__class__.__hash__ is None:
                raise ValueError(f"mutable default of field {name}: use default_factory")

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner

    def __get__(self, instance: object, cls: type) -> dict[str, Field[Any]]:
        found: dict[str, Field[Any]] = {}
        for base in self._owner.__mro__[-1:0:-1]:
            found.update(getattr(base, "__dataclass_fields__", ()))
        for name, written in self.annotations.items():
            default = self.defaults.get(name, MISSING)
            made: Any = default if isinstance(default, Field) else field(default=default)
            made.name, made.type, made._field_type, made.kw_only = name, written, _FIELD, False
            found[name] = made
        self._owner.__dataclass_fields__ = found  # type: ignore[attr-defined]
        return found


def _annotations(cls: type) -> dict[str, Any]:
    if sys.version_info >= (3, 14):
        from annotationlib import Format, get_annotations  # noqa: PLC0415  (of new Pythons)

        return get_annotations(cls, format=Format.FORWARDREF)
    return cls.__annotations__


def _names(cls: type, own: _OwnFields) -> dict[str, bool]:
    """Return the fields of the bases, then those of the class: which are set by `__init__`."""
    names: dict[str, bool] = {}
    for base in cls.__mro__[-1:0:-1]:
        of_base: dict[str, Field[Any]] = getattr(base, "__dataclass_fields__", {})
        names.update((name, one.init) for name, one in of_base.items())
    for name in own.annotations:
        default = own.defaults.get(name)
        names[name] = not isinstance(default, Field) or default.init
    return names


def _namespace(cls: type, own: _OwnFields, names: dict[str, bool]) -> dict[str, Any]:
    """Return what the class is made of again, with slots in place of the defaults."""
    inherited: set[str] = set()
    for base in cls.__mro__[1:]:
        slots = base.__dict__.get("__slots__", ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    namespace = dict(cls.__dict__)
    for name in ("__dict__", "__weakref__", *names):
        namespace.pop(name, None)
    namespace["__qualname__"] = cls.__qualname__
    namespace["__slots__"] = tuple(name for name in names if name not in inherited)
    namespace["__dataclass_fields__"] = own
    namespace["__match_args__"] = tuple(name for name, given in names.items() if given)
    return namespace


# ------------------------------------------------------------------------------------ the methods
#
# Records of one shape share the compiled text of a method: `def method(self, _0, _1): self._0 = _0;
# self._1 = _1` is the `__init__` of all that have two fields and nothing else, under other names.


def _named(text: str, names: Sequence[str], **more: Any) -> FunctionType:
    """Return the function `text`, in which `_0` is the first of `names`.

    `more` are the globals it uses. Fields may have their names, too: they are no globals.
    """
    code = _code(text)
    own = {f"_{at}": name for at, name in enumerate(names)}
    return FunctionType(
        code.replace(
            co_names=tuple(own.get(name, name) for name in code.co_names),
            co_varnames=tuple(own.get(name, name) for name in code.co_varnames),
        ),
        more,
    )


@cache
def _code(text: str) -> CodeType:
    module = compile(text, "<record>", "exec")
    return next(one for one in module.co_consts if isinstance(one, CodeType))


def _init(cls: type, its: _Fields) -> FunctionType:
    """`def method(self, _0, _1): self._0 = _0; ...`; of frozen ones through the slots."""
    frozen = "__setattr__" in cls.__dict__
    parameters, lines = ["self"], []
    defaults: list[Any] = []
    used: dict[str, Any] = {"missing": MISSING}
    for at, one in enumerate(its):
        if one.init:
            parameters.append(f"_{at}")
            if one.default is not MISSING or one.default_factory is not MISSING:
                defaults.append(one.default)
            elif defaults:
                raise TypeError(f"{cls.__name__}: {one.name} has no default, those before it have")
        value = _value(at, one, used)
        if value is None:
            continue
        if frozen:
            used[f"set_{at}"] = getattr(cls, one.name).__set__
            lines.append(f" set_{at}(self, {value})")
        else:
            lines.append(f" self._{at} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    text = f"def method({', '.join(parameters)}):\n" + "\n".join(lines or [" pass"])
    method = _named(text, [one.name for one in its], **used)
    method.__defaults__ = tuple(defaults)
    return method


def _value(at: int, one: Field[Any], used: dict[str, Any]) -> str | None:
    """Return what the field is set to, None if it is left unset; note the globals it uses."""
    if one.default_factory is not MISSING:
        used[f"make_{at}"] = one.default_factory
        return f"make_{at}() if _{at} is missing else _{at}" if one.init else f"make_{at}()"
    if one.init:
        return f"_{at}"
    if one.default is MISSING:
        return None
    used[f"default_{at}"] = one.default
    return f"default_{at}"


def _repr(cls: type, its: _Fields) -> Callable[..., Any]:
    names = [one.name for one in its if one.repr]

    @recursive_repr()
    def method(self: object) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({shown})"

    return method


def _eq(cls: type, its: _Fields) -> FunctionType:
    names = [one.name for one in its if one.compare]
    text = (
        "def method(self, other):\n"
        " if other.__class__ is self.__class__:\n"
        f"  return {_parts('self', names)} == {_parts('other', names)}\n"
        " return NotImplemented"
    )
    return _named(text, names)


def _hash(cls: type, its: _Fields) -> FunctionType:
    names = [one.name for one in its if (one.compare if one.hash is None else one.hash)]
    return _named(f"def method(self):\n return hash({_parts('self', names)})", names)


def _parts(of: str, names: Sequence[str]) -> str:
    return "(" + "".join(f"{of}._{at}," for at in range(len(names))) + ")"


# ------------------------------------------------------------------------------ of frozen records


def _set(self: Any, name: str, value: object) -> None:
    if _is_record(type(self)) or name in self.__dataclass_fields__:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _delete(self: Any, name: str) -> None:
    if _is_record(type(self)) or name in self.__dataclass_fields__:
        raise FrozenInstanceError(f"cannot delete field {name!r}")
    object.__delattr__(self, name)


def _is_record(cls: type) -> bool:
    """Tell a record from a subclass of one, which may have attributes of its own."""
    return "__dataclass_fields__" in cls.__dict__


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__dataclass_fields__]


def _set_state(self: Any, state: list[object]) -> None:
    for name, value in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)


_FROZEN = {
    "__setattr__": _set,
    "__delattr__": _delete,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
