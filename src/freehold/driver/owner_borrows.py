"""Where borrows end that a variable holds: after the last use of what they flow into."""

from collections.abc import Iterator

from freehold.borrow import Context
from freehold.borrow.loans import Loan
from freehold.borrow.solver import bits
from freehold.dataflow.points import Point
from freehold.driver.ghosts import BorrowEnded, Dropped, Earlier, Exit, Spot
from freehold.driver.owner_places import Describer
from freehold.mir.statements import Drop, StorageDead, StorageLive
from freehold.mir.values import BorrowKind, Local, Place
from freehold.mir.visit import locals_used, touched
from freehold.source import Span
from freehold.types.fold import regions_of
from freehold.types.generic import RegionId, RegionVar

_AT_LEAST = 3  # lines that an earlier end must gain to be offered


def borrow_ends(describer: Describer, solved: Context) -> Iterator[BorrowEnded]:
    """Return the ends of the borrows that variables hold."""
    run = Uses(describer, solved)
    for loan in solved.loans.all:
        found = run.end_of(loan)
        if found is not None:
            yield found


def earlier_ends(describer: Describer, solved: Context, drops: list[Dropped]) -> Iterator[Earlier]:
    """Return where owners of heap memory could end, that outlive their last use."""
    run = Uses(describer, solved)
    for number, its in enumerate(describer.body.locals):
        local = Local(number)
        if not describer.is_variable(local) or its.kind.value != "variable":
            continue
        at = its.span.outermost()
        its_drops = (d for d in drops if (d.place, d.declared) == (its.name, at.line))
        dropped = [d for d in its_drops if d.exit is Exit.SCOPE and d.certain]
        around = describer.blocks.around(at.start)
        last = around[0].end - 1 if around else 0
        line = describer.source.line_of(last)
        if not any(d.owned.heap and d.spot.line == line for d in dropped):
            continue
        found = run.last_line(local)
        if found is not None and run.lines_between(found, line) >= _AT_LEAST:
            spot = Spot(found, describer.function)
            gained = line - found
            yield Earlier(
                spot,
                its.name,
                describer.owned(Place(local)),
                at.line,
                gained,
                run.alone(local, found),
            )


class Uses:
    """Where locals and loans of one body are used last."""

    def __init__(self, describer: Describer, solved: Context) -> None:
        self._describer = describer
        self._solved = solved
        self._flows: dict[RegionId, list[RegionId]] = {}
        for each in solved.regions.constraints:
            self._flows.setdefault(each.longer, []).append(each.shorter)

    # ------------------------------------------------------------------------------- borrows

    def end_of(self, loan: Loan) -> BorrowEnded | None:
        """Return where a loan ends, unless it ends with its statement, or with the caller."""
        name = self._describer.name(loan.place)
        if name is None or loan.kind is BorrowKind.FAKE or self._solved.values.ends(loan.region):
            return None
        holders = self._holders(loan)
        last = self._last_use(loan, holders)
        issued = self._here(self._solved.graph.at(loan.point).span)
        if last is None or issued is None:
            return None
        holder, span, dropped = last
        used = self._here(span)
        assert used is not None
        spot = self._describer.end_of_scope(span) if dropped else self._describer.below(span)
        assert spot is not None
        line = self._describer.blocks.line_beside(used.start, issued.start, loops=True)
        after_loop = not dropped and line > spot.line
        if after_loop:
            spot = Spot(line, spot.function)
        text = f"&mut {name}" if loan.mutable else f"&{name}"
        held = self._describer.body.locals[holder].name
        return BorrowEnded(spot, text, held, issued.line, dropped, after_loop)

    def _here(self, span: Span) -> Span | None:
        at = span.outermost()
        return at if at.source is self._describer.source else None

    def _holders(self, loan: Loan) -> set[Local]:
        """Return the variables whose types hold regions that the loan flows into."""
        reached = {loan.region}
        pending = [loan.region]
        while pending:
            for region in self._flows.get(pending.pop(), ()):
                if region not in reached:
                    reached.add(region)
                    pending.append(region)
        return {
            Local(number)
            for number, ty in enumerate(self._solved.regions.locals)
            if self._describer.is_variable(Local(number)) and number != loan.place.base
            if not self._describer.places.is_guard_reference(Local(number))
            if any(isinstance(r, RegionVar) and r.id in reached for r in regions_of(ty))
        }

    def _last_use(self, loan: Loan, holders: set[Local]) -> tuple[Local, Span, bool] | None:
        """Return the holder that is used last while the loan lives, where, and if to be dropped."""
        best: tuple[Local, Span, bool] | None = None
        for number in bits(self._solved.scopes[loan.id]):
            at = self._solved.graph.at(Point(number))
            span = self._here(at.span)
            if span is None or isinstance(at, StorageDead | StorageLive):
                continue
            used = touched(at)
            dropped = isinstance(at, Drop)
            for local in used.drops if dropped else used.uses:
                if local in holders and (best is None or span.end > best[1].end):
                    best = local, span, dropped
        return best

    # ------------------------------------------------------------------------------- owners

    def last_line(self, local: Local) -> int | None:
        """Return the line after which `local` is not used, in the block that declares it."""
        graph = self._solved.graph
        points = {
            number
            for number in range(graph.count)
            if local in locals_used(at := graph.at(Point(number)))
            and not isinstance(at, Drop | StorageDead | StorageLive)
        }
        for loan in self._solved.loans.by_local.get(local, ()):
            if self._solved.values.ends(loan.region):
                return None
            points.add(loan.point)
            points |= {n for n in bits(self._solved.scopes[loan.id]) if self._counts(Point(n))}
        spans = [its for n in points if (its := self._here(graph.at(Point(n)).span)) is not None]
        if not spans:
            return None
        origin = self._describer.body.locals[local].span.outermost().start
        beside = self._describer.blocks.line_beside
        return max(beside(max(at.end - 1, at.start), origin) for at in spans)

    def alone(self, local: Local, line: int) -> bool:
        """Say whether no variable that is declared from `local` to the end of `line` is used on."""
        declared = self._describer.body.locals[local].span.outermost()
        first = declared.start
        if declared.line == line:
            return False
        for number, its in enumerate(self._describer.body.locals):
            at = its.span.outermost()
            other = Local(number)
            if other == local or at.start < first or at.line > line:
                continue
            if self._describer.is_variable(other):
                last = self.last_line(other)
                if last is None or last > line:
                    return False
        return True

    def _counts(self, point: Point) -> bool:
        """Say whether a point is more than the end of something."""
        return not isinstance(self._solved.graph.at(point), StorageDead | StorageLive | Drop)

    def lines_between(self, first: int, last: int) -> int:
        """Return how many lines with something in them stand between two lines."""
        text = self._describer.source.line_text
        within = (text(line).split("//")[0].strip() for line in range(first + 1, last))
        return sum(1 for line in within if line.strip("{}(); "))
