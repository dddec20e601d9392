"""Rust, from source to findings: the front end, ownership and borrow checking, body by body."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from freehold.borrow import check_analysed as check_borrows
from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.codes import RUST_MACRO
from freehold.diagnostics.codes_rust import CYCLE, NO_DEFAULT_VARIANT
from freehold.diagnostics.edits import Repaired
from freehold.driver.cache import Cache
from freehold.mir.body import Body
from freehold.mir.statements import Assert, Call
from freehold.mir.values import ItemConst, NamedConst
from freehold.ownership import elaborate
from freehold.ownership.check import analyse as analyse_moves
from freehold.ownership.check import check_analysed as check_moves
from freehold.records import dataclass, field
from freehold.rust import crates
from freehold.rust.build import build
from freehold.rust.depth import deep_recursion
from freehold.rust.edition import Edition
from freehold.rust.itemcheck import check_items
from freehold.rust.items import Constant, Function, Opaque, Static, Trait
from freehold.rust.lints import calls_in_constant, known_panics, weighed
from freehold.rust.regions import Solved, constrain
from freehold.rust.repair import repair
from freehold.rust.traits import World
from freehold.rust.typeck.body import check_body
from freehold.source import Source
from freehold.types import Type
from freehold.types.generic import ClosureDef, Definition, FnDefType

if TYPE_CHECKING:
    from freehold.driver.std_bodies import Shelf
    from freehold.rust.mono.constant import Constants

Owner = Function | Constant | Static
# Errors of reading that leave a tree which says what was meant: all else is checked as well.
_GONE_ON = (RUST_MACRO, NO_DEFAULT_VARIANT)


@dataclass(slots=True)
class Analysed:
    """A program: its definitions, and the MIR of its bodies, made when it is asked for.

    `built` has the bodies before drop elaboration, `elaborated` after it. Bodies with a type error
    are None. Those of std are taken from the `shelf`, if there is one, and put there. `owners` says
    whose each closure is.
    """

    crates: crates.Crates
    world: World
    diagnostics: list[Diagnostic] = field(default_factory=list)
    built: dict[Definition, Body | None] = field(default_factory=dict)
    elaborated: dict[Definition, Body | None] = field(default_factory=dict)
    owners: dict[Definition, Owner] = field(default_factory=dict)
    shelf: "Shelf | None" = None
    evaluation: "_Evaluation" = field(init=False)

    def __post_init__(self) -> None:
        """Make ready to evaluate constants."""
        self.evaluation = _Evaluation(self)

    @property
    def refused(self) -> bool:
        """Whether the program has an error, or something that is not supported."""
        return any(
            one.severity in (Severity.ERROR, Severity.UNSUPPORTED) for one in self.diagnostics
        )

    def build(self, owner: Owner) -> Body | None:
        """Return the MIR of a body before drop elaboration; what is wrong with it is noted."""
        if owner not in self.built:
            checked, found = check_body(owner, self.world)
            self.diagnostics += found
            # What is unsafe, or at odds in a pattern, keeps no body from being built.
            self.built[owner] = None if checked is None else build(checked)
            self._own(self.built[owner], owner)
        return self.built[owner]

    def _own(self, body: Body | None, owner: Owner) -> None:
        """Note whose the closures in a body are: an opaque type may name them first."""
        if body is not None and body.generic is not None:
            for definition, inner in body.generic.closures.items():
                self.owners[definition] = owner
                self._own(inner, owner)

    def body_of(self, definition: Definition) -> Body | None:
        """Return the MIR of a body with its drops made explicit; closures come with their owner."""
        owner = self.owners.get(definition, definition)
        if owner not in self.elaborated and isinstance(owner, Owner) and not self.taken(owner):
            before = len(self.diagnostics)
            body = self.build(owner)
            made: dict[Definition, Body | None] = {owner: None}
            if body is not None:
                _elaborate(body, made)
            self.elaborated.update(made)
            if len(self.diagnostics) == before:
                self._shelve(owner, made)
        return self.elaborated.get(definition)

    def taken(self, owner: Owner) -> bool:
        """Take a body from the shelf; tell whether it was there."""
        if self.shelf is None or owner.crate is not self.crates.std or owner in self.built:
            return False
        record = self.shelf.take(owner)
        if record is None:
            return False
        self.elaborated.update(record.bodies)
        for opaque, hidden in record.hidden:
            opaque.hidden = hidden
        return True

    def _shelve(self, owner: Owner, made: dict[Definition, Body | None]) -> None:
        if self.shelf is not None and owner.crate is self.crates.std:
            from freehold.driver.std_bodies import Record

            opaques = owner.opaques if isinstance(owner, Function) else ()
            self.shelf.put(owner, Record(made, tuple((one, one.hidden) for one in opaques)))


def _elaborate(body: Body, made: dict[Definition, Body | None]) -> None:
    _take(elaborate(body), made)


def _take(body: Body, made: dict[Definition, Body | None]) -> None:
    assert body.generic is not None
    made[body.generic.definition] = body
    for inner in body.generic.closures.values():
        _take(inner, made)
    for inner in body.generic.promoted.values():
        _elaborate(inner, made)


def load_std(cache: Cache) -> None:
    """Make our std known, from the cache if it is there."""
    crates.prepare(cache.view, cache.put)


def analyse(source: Source, *, strict: bool = True, edition: Edition = Edition.E2021) -> Analysed:
    """Check a program of one file; a snippet is repaired first, unless `strict`."""
    with deep_recursion():
        repaired = Repaired(source) if strict else repair(source)
        program = crates.load(repaired.source, edition)
        analysed = Analysed(program, World(program), list(repaired.repairs))
        analysed.world.hidden = _hidden(analysed)
        program.collector.evaluate = analysed.evaluation.number
        if all(one.code in _GONE_ON for one in program.diagnostics):
            program.resolve_all()
            check_items(analysed.world)
            _check_bodies(analysed)
        analysed.diagnostics = weighed([*analysed.diagnostics, *program.diagnostics], source)
        return analysed


@dataclass(slots=True)
class _Evaluation:
    """Evaluates constants while a program is checked: the machine is made when one needs it."""

    analysed: Analysed
    constants: "Constants | None" = None

    def machine(self) -> "Constants":
        """Return what evaluates constants."""
        if self.constants is None:
            from freehold.driver.rust_bodies import Bodies
            from freehold.rust.mono.constant import Constants

            self.constants = Constants(self.analysed.world, Bodies(self.analysed).body_of)
        return self.constants

    def number(self, constant: Constant, _type: Type) -> int | None:
        """Return the value of a constant; why there is none is noted."""
        body = (
            self.analysed.build(constant)
            if constant.crate is not self.analysed.crates.std
            else None
        )
        refused = [] if body is None else list(calls_in_constant(body, constant))
        if refused:
            self.analysed.diagnostics += refused
            return None
        found = self.machine().number(constant)
        if isinstance(found, Diagnostic):
            self.analysed.diagnostics.append(found)
            return None
        return found


def check_source(
    source: Source, *, strict: bool = True, edition: Edition = Edition.E2021
) -> tuple[Diagnostic, ...]:
    """Return all findings on a program of one file, in the order of the source."""
    return settled(analyse(source, strict=strict, edition=edition).diagnostics)


def settled(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings once each, in the order of the source."""
    found = dict.fromkeys(map(_Keyed, diagnostics))
    return tuple(sorted((one.found for one in found), key=_place))


class _Keyed:
    """A diagnostic that equals another of the same code, place and message."""

    __slots__ = ("_key", "found")

    def __init__(self, found: Diagnostic) -> None:
        self.found = found
        self._key = found.code.id, found.at, found.message

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and other._key == self._key

    def __hash__(self) -> int:
        return hash(self._key)


def _place(found: Diagnostic) -> tuple[int, int]:
    if found.at is None:
        return 0, 0
    at = found.at.outermost()
    return at.start, at.end


def _hidden(analysed: Analysed):  # type: ignore[no-untyped-def]
    def hidden(opaque: Opaque) -> Type | None:
        owner = opaque.parent
        if opaque.hidden is None and isinstance(owner, Function) and not analysed.taken(owner):
            analysed.build(owner)
        return opaque.hidden

    return hidden


def _check_bodies(analysed: Analysed) -> None:
    """Check all bodies of the user's crate."""
    user = analysed.crates.user
    seen: set[Definition] = set()
    while True:
        every: tuple[Owner, ...] = (*user.functions, *user.constants, *user.statics)
        owners = [one for one in every if one not in seen]
        if not owners:
            break
        seen.update(owners)
        for owner in owners:
            body = analysed.build(owner)
            if body is not None:
                found = [
                    *calls_in_constant(body, owner),
                    *_OwnerCheck(body, analysed.world).run(),
                ]
                analysed.diagnostics += found or _surely_panicking(analysed, owner, body)


def _surely_panicking(analysed: Analysed, owner: Owner, body: Body) -> list[Diagnostic]:
    """Return the operations of a function without errors that always panic.

    A constant or static without parameters is evaluated instead.
    """
    if not isinstance(owner, Function):
        return _unevaluated(analysed, owner, body)
    collector = analysed.crates.collector

    def number(named: NamedConst) -> int | None:
        item = named.definition
        return collector.constant_value(item, named.type) if isinstance(item, Constant) else None

    return [found for one in _with_closures(body) for found in known_panics(one, number)]


def _with_closures(body: Body) -> Iterator[Body]:
    yield body
    assert body.generic is not None
    for inner in body.generic.closures.values():
        yield from _with_closures(inner)


def _unevaluated(analysed: Analysed, owner: Constant | Static, body: Body) -> list[Diagnostic]:
    """Return why a constant that can fail, for it checks or calls something, cannot be had."""
    if owner.generics.count or isinstance(owner.parent, Trait) or not _can_fail(body):
        return []
    found = analysed.evaluation.machine().failure(owner)
    if found is None or found.severity is Severity.UNSUPPORTED:
        return []
    # Of what needs itself in a circle, one place is enough.
    said = (*analysed.diagnostics, *analysed.crates.diagnostics)
    again = found.code is CYCLE and any(one.code is CYCLE for one in said)
    return [] if again else [found]


def _can_fail(body: Body) -> bool:
    for block in body.blocks:
        match block.terminator:
            case Assert():
                return True
            case Call(callee=ItemConst(FnDefType(definition))):
                # `panic!` and its relatives never return.
                crate = definition.crate if isinstance(definition, Function) else None
                own = crate is not None and not crate.standard
                if own or block.terminator.target is None:
                    return True
            case _:
                pass
    return False


@dataclass(slots=True)
class _OwnerCheck:
    """Checks moves and borrows of a body and its closures.

    A lifetime that had an error taints all of them: what follows from it is not said.
    """

    owner: Body
    world: World
    solved: dict[ClosureDef, Solved] = field(default_factory=dict)
    tainted: bool = False

    def run(self) -> list[Diagnostic]:
        """Return what is wrong."""
        found = list(self._check(self.owner))
        return [] if self.tainted else found

    def _check(self, body: Body) -> Iterator[Diagnostic]:
        """Check a body after its closures, which ask things of it."""
        assert body.generic is not None
        for definition, inner in body.generic.closures.items():
            assert isinstance(definition, ClosureDef)
            yield from self._check(inner)
        for inner in body.generic.promoted.values():
            yield from check_moves(analyse_moves(inner))
        regions = constrain(body, self.owner, self.world, self.solved)
        self.tainted |= regions.tainted
        moves = analyse_moves(body)
        yield from check_moves(moves)
        checked = check_borrows(moves, regions)
        if isinstance(body.generic.definition, ClosureDef):
            self.solved[body.generic.definition] = Solved(regions.universals, checked.requirements)
        yield from checked.findings
