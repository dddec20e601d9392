"""Makes constants of what is promoted: each has a body of its own, and a definition.

    _1 = 3; _2 = &_1    becomes    _3 = const promoted; _2 = &*_3

where the body of `promoted` is `_1 = 3; _0 = &_1`.
"""

from dataclasses import replace

from freehold.mir.body import BasicBlock, Body, GenericBody, LocalDecl, LocalKind, ScopeDecl
from freehold.mir.rewrite import Rewrite
from freehold.mir.statements import (
    Assign,
    Call,
    Drop,
    Goto,
    Return,
    Statement,
    StorageDead,
    StorageLive,
    Terminator,
)
from freehold.mir.values import (
    RETURN,
    Block,
    Deref,
    Index,
    Local,
    NamedConst,
    Place,
    Ref,
    Scope,
    Symbol,
    Use,
)
from freehold.records import dataclass, field
from freehold.rust.build.promotion.constant import Constants
from freehold.rust.build.promotion.temporaries import (
    MUTABLE,
    At,
    Temporaries,
    borrows_of_temporaries,
    temporaries,
)
from freehold.rust.items import Constant, Generics
from freehold.source import Span
from freehold.types import FunctionType
from freehold.types.generic import ERASED, Definition, GenericArg, RefType, Signature


@dataclass(frozen=True, slots=True)
class Owner:
    """The item that a body belongs to, and its own parameters as arguments."""

    definition: Definition
    generics: Generics
    arguments: tuple[GenericArg, ...]
    is_constant: bool = False


def promote(body: Body, owner: Owner) -> None:
    """Replace borrows of constants in `body` by constants, which `body.generic` then has."""
    borrows = borrows_of_temporaries(body)
    if not borrows:
        return
    found = temporaries(body, borrows)
    constants = Constants(body, found, of_constant=owner.is_constant)
    promoted = [at for at in borrows if constants.is_promoted(at)]
    if promoted:
        _Promoter(body, found, owner).run(promoted)


@dataclass(slots=True)
class _Part:
    """The body of a constant in the making."""

    locals: list[LocalDecl]
    blocks: list[BasicBlock] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    moved: dict[Local, Local] = field(default_factory=dict)


class _Promoter:
    def __init__(self, body: Body, found: Temporaries, owner: Owner) -> None:
        assert body.generic is not None
        self._body = body
        self._generic: GenericBody = body.generic
        self._found = found
        self._owner = owner
        self._gone: set[Local] = set()
        self._changed: dict[At, tuple[Statement, ...]] = {}
        self._skipped: set[Block] = set()

    def run(self, promoted: list[At]) -> None:
        for at in reversed(promoted):  # what is within another one goes with it
            statement = self._body.blocks[at.block].statements[at.index]
            if not self._is_gone(statement):
                self._promote(at)
        self._body.blocks[:] = [
            self._rewritten(Block(number), block) for number, block in enumerate(self._body.blocks)
        ]

    def _promote(self, at: At) -> None:
        statement = self._body.blocks[at.block].statements[at.index]
        assert isinstance(statement, Assign)
        ref = statement.rvalue
        assert isinstance(ref, Ref)
        assert isinstance(ref.place.base, int)
        local, span = ref.place.base, statement.span
        ty = RefType(ERASED, self._body.locals[local].type, ref.kind in MUTABLE)
        part = _Part([LocalDecl(ty, LocalKind.RETURN, span)])
        inner = self._take(local, part, keep=False)
        part.statements.append(Assign(Place(RETURN), Ref(ref.kind, Place(inner)), span, Scope(0)))
        part.blocks.append(BasicBlock(tuple(part.statements), Return(span, Scope(0))))
        constant = NamedConst(self._define(part, ty, span), self._owner.arguments, ty)
        self._body.locals.append(LocalDecl(ty, LocalKind.TEMPORARY, span))
        held = Local(len(self._body.locals) - 1)
        through = Place(held, (Deref(), *ref.place.projections))
        self._changed[at] = (
            Assign(Place(held), Use(constant), span, statement.scope),
            Assign(statement.place, Ref(ref.kind, through), span, statement.scope),
        )

    def _define(self, part: _Part, ty: RefType, span: Span) -> Constant:
        owner = self._owner
        number = len(self._generic.promoted)
        definition = Constant(
            f"promoted[{number}]",
            f"{self._body.display}::promoted[{number}]",
            span,
            parent=owner.definition,
            generics=owner.generics,
            type=ty,
        )
        generic = GenericBody(definition, Signature((), ty), self._generic.answers)
        self._generic.promoted[definition] = Body(
            Symbol(definition.path),
            definition.path,
            FunctionType((), ty, unwinds=True),
            part.locals,
            0,
            part.blocks,
            [ScopeDecl(None, span)],
            span,
            generic=generic,
        )
        return definition

    # ------------------------------------------------------------------------------- the constant

    def _take(self, local: Local, part: _Part, *, keep: bool) -> Local:
        """Compute `local` in the constant; unless others use it, it is gone from the body."""
        if local in part.moved:
            return part.moved[local]
        made = self._found.made[local]
        keep = keep or made.uses > 1
        if not keep:
            self._gone.add(local)
        block = self._body.blocks[made.at.block]
        source: Statement | Terminator = block.terminator
        if made.at.index < len(block.statements):
            source = block.statements[made.at.index]
        rewrite = Rewrite(lambda place: self._moved(place, part, keep=keep), lambda one: one)
        decl = replace(self._body.locals[local], kind=LocalKind.TEMPORARY)
        if isinstance(source, Assign):
            rvalue = rewrite.rvalue(source.rvalue)
            new = _add(part, decl)
            part.statements.append(Assign(Place(new), rvalue, source.span, Scope(0)))
        else:
            assert isinstance(source, Call)
            arguments = tuple(map(rewrite.operand, source.arguments))
            new = _add(part, decl)
            after = Block(len(part.blocks) + 1)
            call = replace(
                source,
                arguments=arguments,
                destination=Place(new),
                target=after,
                unwind=None,
                scope=Scope(0),
            )
            part.blocks.append(BasicBlock(tuple(part.statements), call))
            part.statements.clear()
            if not keep:
                self._skipped.add(made.at.block)
        part.moved[local] = new
        return new

    def _moved(self, place: Place, part: _Part, *, keep: bool) -> Place:
        assert isinstance(place.base, int)
        projections = tuple(
            Index(self._take(one.local, part, keep=keep)) if isinstance(one, Index) else one
            for one in place.projections
        )
        return Place(self._take(place.base, part, keep=keep), projections)

    # ------------------------------------------------------------------------------- the body

    def _rewritten(self, number: Block, block: BasicBlock) -> BasicBlock:
        statements: list[Statement] = []
        for index, statement in enumerate(block.statements):
            changed = self._changed.get(At(number, index))
            if self._is_gone(statement):
                continue
            statements += (statement,) if changed is None else changed
        terminator = block.terminator
        if isinstance(terminator, Drop) and terminator.place.base in self._gone:
            terminator = Goto(terminator.target, terminator.span, terminator.scope)
        elif number in self._skipped:
            assert isinstance(terminator, Call)
            assert terminator.target is not None
            terminator = Goto(terminator.target, terminator.span, terminator.scope)
        return BasicBlock(tuple(statements), terminator)

    def _is_gone(self, statement: Statement) -> bool:
        match statement:
            case StorageLive(local) | StorageDead(local):
                return local in self._gone
            case Assign(Place(base, ())):
                return base in self._gone
            case _:
                return False


def _add(part: _Part, decl: LocalDecl) -> Local:
    part.locals.append(decl)
    return Local(len(part.locals) - 1)
