"""Linking: several translation units become one program.

A name means one thing afterwards: internal symbols that clash are renamed, tentative and weak
definitions give way, aliases are replaced by what they stand for, declarations find their bodies
and globals. What two units declare differently keeps the type of its definition, and the other unit
reaches it through a pointer of the type that it knows.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics.codes import DUPLICATE_SYMBOL, REDECLARED, UNDEFINED_SYMBOL
from freehold.mir.body import (
    Alias,
    BasicBlock,
    Body,
    Extern,
    Global,
    Linkage,
    LocalDecl,
    LocalKind,
    Program,
)
from freehold.mir.rewrite import Rewrite
from freehold.mir.statements import Assign, Call, Statement, Terminator
from freehold.mir.typing import agree
from freehold.mir.values import AddressConst, Deref, Local, Operand, Place, Symbol, Use
from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import PointerType, Type, size_of

Known = Callable[[str], bool]
Definition = Body | Global | Alias


def link(
    programs: Sequence[Program], known: Known = lambda symbol: True
) -> tuple[Program, list[Diagnostic]]:
    """Return the program that the units make together.

    `known` says of a symbol that no unit defines whether it can be had elsewhere: from libc, or
    from a library.
    """
    linker = _Linker(known)
    for number, program in enumerate(programs):
        linker.add(number, program)
    return linker.finish(), linker.diagnostics


@dataclass(slots=True)
class _Unit:
    """One unit, and what its symbols are called in the whole program."""

    number: int
    program: Program
    names: dict[Symbol, Symbol] = field(default_factory=dict)


class _Linker:
    def __init__(self, known: Known) -> None:
        self._known = known
        self._units: list[_Unit] = []
        self._defined: dict[Symbol, tuple[int, Definition]] = {}
        self._taken: set[Symbol] = set()
        self.diagnostics: list[Diagnostic] = []

    # ------------------------------------------------------------------------------- collecting

    def add(self, number: int, program: Program) -> None:
        """Take in the definitions of a unit."""
        unit = _Unit(number, program)
        self._units.append(unit)
        for definition in _definitions(program):
            if definition.linkage is not Linkage.INTERNAL:
                self._define(number, definition)

    def _define(self, number: int, new: Definition) -> None:
        known = self._defined.get(new.name)
        if known is None:
            self._defined[new.name] = (number, new)
            return
        old = known[1]
        if _gives_way(old, new):
            self._defined[new.name] = (number, new)
        elif not _gives_way(new, old):
            labels = (Label(old.span, "first defined here"),)
            facts = {"name": getattr(new, "display", new.name)}
            found = Diagnostic(DUPLICATE_SYMBOL, new.span, facts, "defined again here", labels)
            self.diagnostics.append(found)

    # ------------------------------------------------------------------------------- merging

    def finish(self) -> Program:
        """Return the whole program."""
        self._taken = set(self._defined)
        for unit in self._units:
            self._taken |= set(unit.program.externs)
        for unit in self._units:
            self._rename_internal(unit)
        whole = Program()
        for unit in self._units:
            self._copy(unit, whole)
        self._declare(whole)
        return whole

    def _rename_internal(self, unit: _Unit) -> None:
        """Give the internal symbols of a unit names of their own, and resolve its aliases."""
        for definition in _definitions(unit.program):
            if definition.linkage is Linkage.INTERNAL:
                name = definition.name
                if name in self._taken:
                    name = Symbol(f"{name}.{unit.number}")
                    while name in self._taken:
                        name = Symbol(f"{name}.")
                self._taken.add(name)
                unit.names[definition.name] = name

    def _resolve(self, unit: _Unit, symbol: Symbol) -> Symbol:
        """Return what `symbol` of `unit` is called in the whole program."""
        passed: set[Symbol] = set()
        while symbol not in passed:
            passed.add(symbol)
            alias = unit.program.aliases.get(symbol)
            if alias is not None and alias.linkage is not Linkage.INTERNAL:
                # Another unit may have the stronger definition.
                at, winner = self._defined[symbol]
                if not isinstance(winner, Alias):
                    return symbol
                unit, alias = self._units[at], winner
            if alias is None:
                found = self._defined.get(symbol)
                if symbol in unit.names or found is None or not isinstance(found[1], Alias):
                    break
                unit, alias = self._units[found[0]], found[1]
            symbol = alias.target
        return unit.names.get(symbol, symbol)

    def _copy(self, unit: _Unit, whole: Program) -> None:
        program = unit.program
        foreign = self._declared_otherwise(unit)
        names = {symbol: self._resolve(unit, symbol) for symbol in _mentioned(program)}
        same = all(old == new for old, new in names.items())
        for item in program.globals.values():
            if item.data is not None and self._is_winner(unit, item):
                whole.globals[names[item.name]] = item if same else _renamed_global(item, names)
        for original in program.bodies.values():
            if self._is_winner(unit, original):
                renamed = not same or bool(foreign)
                body = _renamed_body(original, names, foreign) if renamed else original
                body.unit = unit.number
                whole.bodies[body.name] = body
        for source, target in (
            (program.constructors, whole.constructors),
            (program.destructors, whole.destructors),
        ):
            target += [
                names[symbol] for symbol in source if self._is_winner(unit, program.bodies[symbol])
            ]

    def _is_winner(self, unit: _Unit, definition: Definition) -> bool:
        if definition.linkage is Linkage.INTERNAL:
            return True
        return self._defined[definition.name][1] is definition

    def _declared_otherwise(self, unit: _Unit) -> dict[Symbol, Type]:
        """Return the types of the globals that this unit knows by another type than theirs."""
        found: dict[Symbol, Type] = {}
        for name, item in unit.program.globals.items():
            definition = self._defined.get(name)
            if item.linkage is Linkage.INTERNAL or definition is None:
                continue
            winner = definition[1]
            if winner is item or not isinstance(winner, Global):
                continue
            if not _serves_for(winner.type, item.type):
                found[name] = item.type
        return found

    # ----------------------------------------------------------------------------- declarations

    def _declare(self, whole: Program) -> None:
        """Add what remains declared only, and report what nobody has."""
        missing: dict[Symbol, Span] = {}
        for unit in self._units:
            for extern in unit.program.externs.values():
                self._declare_one(whole, unit, extern, missing)
            for item in unit.program.globals.values():
                if item.data is None:
                    self._declare_one(whole, unit, item, missing)
            for alias in unit.program.aliases.values():
                target = self._resolve(unit, alias.name)
                if target not in whole.bodies and target not in whole.externs:
                    missing.setdefault(target, alias.span)
        unknown = {symbol: span for symbol, span in missing.items() if not self._known(symbol)}
        uses = _first_uses(whole, unknown.keys()) if unknown else {}
        for symbol, span in unknown.items():
            found = Diagnostic(UNDEFINED_SYMBOL, span, {"name": symbol})
            if symbol in uses:
                labels = (Label(span, "declared here"),)
                found = replace(found, at=uses[symbol], primary="used here", labels=labels)
            self.diagnostics.append(found)

    def _declare_one(
        self, whole: Program, unit: _Unit, item: Extern | Global, missing: dict[Symbol, Span]
    ) -> None:
        symbol = self._resolve(unit, item.name)
        if symbol in whole.bodies or symbol in whole.globals:
            if (symbol in whole.bodies) != isinstance(item, Extern):
                what = f"`{symbol}` is a function in one file and an object in another"
                self.diagnostics.append(Diagnostic(REDECLARED, item.span, {"what": what}))
            return
        if isinstance(item, Global):
            whole.globals[symbol] = replace(item, name=symbol)
            missing.setdefault(symbol, item.span)
        else:
            whole.externs.setdefault(symbol, replace(item, name=symbol))
            if "weak" not in item.attributes:
                missing.setdefault(symbol, item.span)


def _first_uses(program: Program, symbols: Collection[Symbol]) -> dict[Symbol, Span]:
    """Return where code first uses each of `symbols`, if it does."""
    found: dict[Symbol, Span] = {}
    at: Span

    def note(symbol: object) -> None:
        if isinstance(symbol, str) and symbol in symbols:
            found.setdefault(Symbol(symbol), at)

    def place(place: Place) -> Place:
        note(place.base)
        return place

    def constant(operand: Operand) -> Operand:
        if isinstance(operand, AddressConst):
            note(operand.symbol)
        return operand

    visit = Rewrite(place, constant)
    for body in program.bodies.values():
        for block in body.blocks:
            for statement in block.statements:
                at = statement.span
                visit.statement(statement)
            at = block.terminator.span
            if isinstance(block.terminator, Call):
                note(block.terminator.callee)
            visit.terminator(block.terminator)
    return found


def _definitions(program: Program) -> list[Definition]:
    bodies = list(program.bodies.values())
    data = [item for item in program.globals.values() if item.data is not None]
    return [*bodies, *data, *program.aliases.values()]


def _gives_way(old: Definition, new: Definition) -> bool:
    """Say whether `old` is replaced by `new` without complaint."""
    if old.linkage is Linkage.WEAK:
        return new.linkage is not Linkage.WEAK
    if isinstance(old, Global) and old.common and isinstance(new, Global):
        # Of two tentative definitions the larger stays.
        return not new.common or size_of(new.type) >= size_of(old.type)
    return False


def _serves_for(definition: Type, declared: Type) -> bool:
    return definition is declared or agree(definition, declared)


def _mentioned(program: Program) -> set[Symbol]:
    names = {*program.bodies, *program.globals, *program.externs, *program.aliases}
    for item in program.globals.values():
        names |= {relocation.symbol for relocation in item.relocations}
    return names


# -------------------------------------------------------------------------------------- renaming


def _renamed_global(item: Global, names: dict[Symbol, Symbol]) -> Global:
    relocations = tuple(
        replace(relocation, symbol=names[relocation.symbol]) for relocation in item.relocations
    )
    return replace(item, name=names[item.name], relocations=relocations)


def _renamed_body(body: Body, names: dict[Symbol, Symbol], foreign: dict[Symbol, Type]) -> Body:
    renamer = _Renamer(body, names, foreign)
    blocks = [renamer.block(block) for block in body.blocks]
    return replace(body, name=names[body.name], locals=renamer.locals, blocks=blocks)


class _Renamer:
    """Renames the symbols of a body; a global of another type is reached through a pointer."""

    def __init__(
        self, body: Body, names: dict[Symbol, Symbol], foreign: dict[Symbol, Type]
    ) -> None:
        self.locals = list(body.locals)
        self._names = names
        self._foreign = foreign
        self._span = body.span
        self._pointers: list[tuple[Local, Symbol]] = []
        self._rewrite = Rewrite(self._place, self._constant)

    def block(self, block: BasicBlock) -> BasicBlock:
        """Return `block` renamed."""
        statements: list[Statement] = []
        for statement in block.statements:
            renamed = self._rewrite.statement(statement)
            statements += self._loads(statement)
            statements.append(renamed)
        terminator: Terminator = self._rewrite.terminator(block.terminator)
        if isinstance(terminator, Call) and isinstance(terminator.callee, str):
            callee = Symbol(terminator.callee)
            terminator = replace(terminator, callee=self._names.get(callee, callee))
        statements += self._loads(block.terminator)
        return BasicBlock(tuple(statements), terminator)

    def _place(self, place: Place) -> Place:
        base = place.base
        if isinstance(base, int):
            return place
        symbol = Symbol(base)
        ty = self._foreign.get(symbol)
        if ty is None:
            return replace(place, base=self._names[symbol])
        pointer = Local(len(self.locals))
        decl = LocalDecl(PointerType(ty), LocalKind.TEMPORARY, self._span)
        self.locals.append(decl)
        self._pointers.append((pointer, symbol))
        return replace(place, base=pointer, projections=(Deref(), *place.projections))

    def _loads(self, at: Statement | Terminator) -> list[Statement]:
        """Return the statements that fill the pointers which `at` needs."""
        loads: list[Statement] = []
        for pointer, symbol in self._pointers:
            address = AddressConst(self._names[symbol], 0, self.locals[pointer].type)
            loads.append(Assign(Place(pointer), Use(address), at.span, at.scope))
        self._pointers.clear()
        return loads

    def _constant(self, operand: Operand) -> Operand:
        if isinstance(operand, AddressConst):
            return replace(operand, symbol=self._names[operand.symbol])
        return operand
