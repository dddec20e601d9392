"""Our dataclasses do what the standard ones do, and compile nothing before it is called."""

import dataclasses
import pickle
from collections.abc import Callable
from copy import copy, deepcopy
from typing import Any

import pytest

from freehold import records
from freehold.source import Source, Span
from freehold.types.generic import AdtType

Decorator = Callable[..., Any]
BOTH = pytest.mark.parametrize(
    "dataclass", [records.dataclass, dataclasses.dataclass], ids=["ours", "standard"]
)


def family(dataclass: Decorator) -> tuple[Any, Any, Any]:
    @dataclass(frozen=True, slots=True)
    class Base:
        """A base."""

        x: int
        y: str = "y"

    @dataclass(frozen=True, slots=True)
    class Derived(Base):
        """With more fields."""

        y: str = "other"
        z: tuple[int, ...] = dataclasses.field(default=(), compare=False)
        hidden: int = dataclasses.field(default=7, repr=False)

    @records.dataclass(slots=True)
    class Plain:
        """Not frozen."""

        names: list[str] = dataclasses.field(default_factory=list)
        total: int = dataclasses.field(init=False, default=3)
        late: int = dataclasses.field(init=False)

        def __post_init__(self) -> None:
            self.late = len(self.names)

    return Base, Derived, Plain


@BOTH
def test_creation(dataclass: Decorator) -> None:
    base, derived, plain = family(dataclass)
    assert (base(1).x, base(1).y, base(y="b", x=2).y) == (1, "y", "b")
    assert (derived(1).y, derived(1, "b", (2,)).z, derived(1).hidden) == ("other", (2,), 7)
    one, other = plain(), plain(["a"])
    assert (one.names, one.total, one.late, other.late) == ([], 3, 0, 1)
    one.names.append("b")
    assert plain().names == []
    with pytest.raises(TypeError):
        base()
    with pytest.raises(TypeError):
        base(1, "b", 3)


@BOTH
def test_comparison(dataclass: Decorator) -> None:
    base, derived, plain = family(dataclass)
    assert base(1) == base(1) != base(2)
    assert base(1, "other") != derived(1)
    assert derived(1, z=(2,)) == derived(1, z=(3,))
    assert hash(derived(1, z=(2,))) == hash(derived(1, z=(3,)))
    assert {base(1): "a"}[base(1)] == "a"
    assert plain() == plain()
    with pytest.raises(TypeError):
        hash(plain())


@BOTH
def test_text(dataclass: Decorator) -> None:
    base, derived, plain = family(dataclass)
    assert repr(base(1)).endswith("Base(x=1, y='y')")
    assert repr(derived(1)).endswith("Derived(x=1, y='other', z=())")
    again = plain()
    again.names.append(again)
    assert repr(again).endswith("Plain(names=[...], total=3, late=0)")


@BOTH
def test_what_is_frozen(dataclass: Decorator) -> None:
    base, derived, plain = family(dataclass)
    for one in (base(1), derived(1)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.x = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del one.x
        assert not hasattr(one, "__dict__")
    made = plain()
    made.total = 4
    with pytest.raises(AttributeError):
        made.other = 1


@BOTH
def test_the_tools_of_the_standard_module(dataclass: Decorator) -> None:
    base, derived, plain = family(dataclass)
    assert dataclasses.replace(derived(1, hidden=8), x=2) == derived(2, hidden=8)
    assert [one.name for one in dataclasses.fields(derived)] == ["x", "y", "z", "hidden"]
    assert dataclasses.is_dataclass(plain)
    assert dataclasses.asdict(base(1)) == {"x": 1, "y": "y"}
    assert copy(derived(1)) == deepcopy(derived(1)) == derived(1)
    match derived(1, "b", (2,)):
        case derived(1, y, z):
            assert (y, z) == ("b", (2,))
        case _:
            pytest.fail("the pattern does not match")


@BOTH
def test_own_methods_stay(dataclass: Decorator) -> None:
    @dataclass(frozen=True, slots=True)
    class Own:
        """With its own."""

        x: int

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 5

        def __repr__(self) -> str:
            return "own"

    @dataclass(frozen=True, slots=True, eq=False)
    class Identity:
        """Compared by identity."""

        x: int

    assert Own(1) == Own(2)
    assert (hash(Own(1)), repr(Own(1))) == (5, "own")
    assert Identity(1) != Identity(1)
    assert len({Identity(1), Identity(1)}) == 2


@BOTH
def test_a_mutable_default_is_refused(dataclass: Decorator) -> None:
    with pytest.raises(ValueError, match="mutable default"):

        @dataclass(slots=True)
        class Wrong:
            """Shares a list."""

            x: list[int] = []  # noqa: RUF012


def test_pickles() -> None:
    source = Source("a.rs", "fn")
    made = AdtType(None, ())  # type: ignore[arg-type]
    assert pickle.loads(pickle.dumps(made)) == made
    assert pickle.loads(pickle.dumps(Span(source, 0, 1))).start == 0


def test_methods_are_compiled_when_they_are_called() -> None:
    base, _, _ = family(records.dataclass)
    before = base.__init__, base.__eq__
    one = base(1)
    assert base.__init__ is not before[0]
    assert base.__eq__ is before[1]
    assert one == base(1)
    assert base.__eq__ is not before[1]


def test_fields_may_be_called_as_we_call_our_own() -> None:
    @records.dataclass(slots=True)
    class Odd:
        missing: bool = False
        default_x: int = 1
        make_x: int = 2
        x: list[int] = records.field(default_factory=list)

    made = Odd()
    assert (made.missing, made.default_x, made.make_x, made.x) == (False, 1, 2, [])
    assert Odd().x is not made.x
