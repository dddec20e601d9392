"""MIR from THIR: order of evaluation, lifetimes of temporaries, matches, what is promoted."""

from freehold.mir.statements import Assign, Call, Drop, Resume, Switch, Unreachable
from freehold.mir.values import BorrowKind, FieldOf, Move, NamedConst, Ref, Use
from freehold.types import NEVER, ArrayType, SliceType, StrType
from tests.unit.rust.build.making import (
    BOOL,
    I32,
    MAYBE,
    MUT,
    PAIR,
    TWO_PHASE,
    UNIT,
    USIZE,
    BinOp,
    D,
    Making,
    arm,
    assign,
    binary,
    block,
    borrow,
    both,
    break_,
    call,
    deref,
    do,
    either,
    element,
    enum,
    field,
    if_,
    is_,
    leaf,
    less,
    look,
    loop,
    make,
    match,
    mk,
    num,
    ref,
    return_,
    slice_,
    span,
    thir,
    tuple_,
    unwinding,
    variant,
    ways,
    wild,
)

# ------------------------------------------------------------------------------------- temporaries


def test_variables_are_dropped_last_first() -> None:
    f = Making()
    body = f.body(block(f.let("a", mk()), f.let("b", mk())))
    assert ways(body) == {"mk mk drop:b drop:a"}


def test_a_temporary_lives_to_the_end_of_its_statement() -> None:
    f = Making()
    body = f.body(block(f.let("n", look(mk())), f.let("a", mk())))
    assert ways(body) == {"mk look drop:_ mk drop:a"}


def test_a_temporary_of_the_tail_outlives_the_variables() -> None:
    f = Making(result=I32)
    body = f.body(block(f.let("a", mk()), value=look(mk())))
    assert ways(body) == {"mk mk look drop:a drop:_"}


def test_a_borrowed_initialiser_lives_as_its_variable() -> None:
    f = Making()
    body = f.body(block(f.let("r", borrow(mk())), f.let("b", mk())))
    assert ways(body, storage=True) == {"+r +_ mk read:let +b mk read:let drop:b -b drop:_ -_ -r"}


def test_what_a_struct_borrows_is_extended_but_not_what_a_call_does() -> None:
    f = Making()
    kept = f.let("t", tuple_(num(1), borrow(mk())))
    body = f.body(block(kept, f.let("n", look(mk())), f.let("z", mk())))
    assert ways(body) == {"mk mk look drop:_ mk drop:z drop:_"}


def test_a_condition_drops_its_temporaries_before_the_branches() -> None:
    f = Making()
    body = f.body(if_(less(look(mk()), num(2)), block(f.let("a", mk()))))
    assert ways(body) == {"mk look drop:_ mk drop:a", "mk look drop:_"}


def test_a_scrutinee_keeps_its_temporaries() -> None:
    f = Making(result=I32)
    arms = arm(is_(num(1)), num(1)), arm(wild(I32), look(mk()))
    body = f.body(match(look(mk()), I32, *arms))
    assert ways(body) == {
        "mk look false drop:_",
        "mk look mk look drop:_ drop:_",
    }


def test_lazy_operands_drop_their_temporaries() -> None:
    f = Making(result=BOOL)
    body = f.body(both(less(look(mk()), num(1)), less(look(mk()), num(2))))
    assert ways(body) == {"mk look drop:_", "mk look drop:_ mk look drop:_"}


# ------------------------------------------------------------------------------------------- moves


def test_an_argument_that_was_moved_is_dropped_only_if_a_later_one_unwinds() -> None:
    f = Making()
    body = f.body(block(do(call("eat", UNIT, mk(), mk()))))
    assert ways(body) == {"mk mk eat"}
    assert unwinding(body, "mk") == ["", "_"]


def test_unwinding_drops_what_is_alive() -> None:
    f = Making()
    body = f.body(block(f.let("a", mk()), f.let("b", mk()), do(call("g", UNIT))))
    assert unwinding(body, "g") == ["b a"]
    assert sum(isinstance(one.terminator, Resume) for one in body.blocks) == 1


def test_assignment_evaluates_the_value_first_and_drops_the_old_one() -> None:
    f = Making(("p", ref(PAIR, mutable=True)))
    body = f.body(block(do(assign(field(deref(f.use("p")), 0), mk()))))
    assert ways(body) == {"mk replace:p drop:_"}  # the temporary was moved from
    drop = next(one.terminator for one in body.blocks if isinstance(one.terminator, Drop))
    assert drop.replace
    assert drop.unwind is not None
    assert isinstance(body.blocks[drop.unwind].statements[0], Assign)


def test_a_struct_takes_the_rest_from_its_base() -> None:
    f = Making(("p", PAIR), result=PAIR)
    value = thir.Adt(PAIR.definition, 0, ((1, mk()),), PAIR, span(), f.use("p"))
    body = f.body(value)
    assert ways(body) == {"mk drop:_ drop:p"}


def test_two_phase_borrows_are_kept() -> None:
    f = Making()
    let = f.let("v", mk())
    push = call("push", UNIT, borrow(f.use("v"), TWO_PHASE), num(1))
    body = f.body(block(let, do(push)))
    kinds = [
        statement.rvalue.kind
        for one in body.blocks
        for statement in one.statements
        if isinstance(statement, Assign) and isinstance(statement.rvalue, Ref)
    ]
    assert kinds == [TWO_PHASE]


# ----------------------------------------------------------------------------------------- control


def test_break_drops_what_it_leaves() -> None:
    f = Making()
    inner = block(f.let("b", mk()), do(if_(call("yes", BOOL), block(do(break_(0))))))
    body = f.body(block(f.let("a", mk()), do(loop(0, inner))))
    assert "mk mk yes drop:b drop:a" in ways(body)
    assert "mk mk yes drop:b mk yes drop:b drop:a" in ways(body)


def test_return_leaves_everything() -> None:
    f = Making(result=I32)
    early = if_(call("yes", BOOL), block(f.let("b", mk()), do(return_(num(1)))))
    body = f.body(block(f.let("a", mk()), do(early), value=num(2)))
    assert ways(body) == {"mk yes mk drop:b drop:a", "mk yes drop:a"}


def test_nothing_follows_a_call_that_does_not_return() -> None:
    f = Making()
    stop = thir.Never(call("stop", NEVER), UNIT, span())
    body = f.body(block(f.let("a", mk()), do(stop), do(call("g", UNIT))))
    assert ways(body) == {"mk stop"}
    assert unwinding(body, "stop") == ["a"]


def test_let_else_leaves_the_let() -> None:
    f = Making(("o", MAYBE), result=I32)
    leave = thir.Block((do(return_(num(0))),), None, NEVER, span())
    pattern = variant(MAYBE, 1, f.bind("d", D))
    let = thir.LetStatement(pattern, f.use("o"), span(), leave)
    body = f.body(block(f.let("a", mk()), let, value=look(f.use("d"))))
    assert ways(body) == {"mk false look drop:d drop:a drop:o", "mk drop:a drop:o"}


# ---------------------------------------------------------------------------------------- matching


def test_a_guard_sees_references_and_binds_after_it_agreed() -> None:
    f = Making(("o", MAYBE), result=I32)
    pattern = variant(MAYBE, 1, f.bind("d", D))
    arms = arm(pattern, num(1), less(look(f.use("d")), num(3))), arm(wild(MAYBE), num(2))
    body = f.body(match(f.use("o"), I32, *arms))
    agreed = "-_ -_ -_ read:guard read:guard +d drop:d -d -d drop:o"
    assert ways(body, storage=True) == {
        f"read:mention false +d +_ +_ +_ look {agreed}",
        "read:mention false +d +_ +_ +_ look -_ -_ -_ -d false drop:o",
        "read:mention drop:o",
    }
    fakes = [
        statement.rvalue.place.base
        for one in body.blocks
        for statement in one.statements
        if isinstance(statement, Assign)
        and isinstance(statement.rvalue, Ref)
        and statement.rvalue.kind is BorrowKind.FAKE
    ]
    assert fakes == [1]


def test_alternatives_bind_in_their_own_ways() -> None:
    three = enum("Three", (), (D,), (I32, D))
    f = Making(("o", three), result=I32)
    first = variant(three, 1, f.bind("d", D))
    second = variant(three, 2, wild(I32), f.again("d"))
    arms = arm(either(first, second), num(1)), arm(wild(three), num(2))
    body = f.body(match(f.use("o"), I32, *arms))
    moved = [
        statement.rvalue.operand.place.projections[-1]
        for one in body.blocks
        for statement in one.statements
        if isinstance(statement, Assign)
        and isinstance(statement.rvalue, Use)
        and isinstance(statement.rvalue.operand, Move)
        and statement.rvalue.operand.place.base == 1
    ]
    assert sorted(moved, key=str) == [FieldOf(0), FieldOf(1)]
    assert ways(body) == {"false drop:d drop:o", "drop:o"}


def test_an_exhaustive_match_ends_nowhere_else() -> None:
    f = Making(("o", MAYBE), result=I32)
    arms = arm(variant(MAYBE, 0), num(1)), arm(variant(MAYBE, 1, wild(D)), num(2))
    body = f.body(match(f.use("o"), I32, *arms))
    switch = body.blocks[0].terminator
    assert isinstance(switch, Switch)
    assert [value for value, _ in switch.targets] == [0, 1]
    assert isinstance(body.blocks[switch.otherwise].terminator, Unreachable)


def test_numbers_switch_and_ranges_compare() -> None:
    f = Making(("n", I32), result=I32)
    range_ = thir.RangePattern(num(3), num(9), inclusive=True, type=I32, span=span())
    arms = (
        arm(is_(num(1)), num(1)),
        arm(range_, num(2)),
        arm(is_(num(20)), num(3)),
        arm(wild(I32), num(4)),
    )
    body = f.body(match(f.use("n"), I32, *arms))
    switches = [one.terminator for one in body.blocks if isinstance(one.terminator, Switch)]
    assert [value for value, _ in switches[0].targets] == [1, 20]
    assert len(switches) == 3


def test_slices_are_told_by_length() -> None:
    ty = SliceType(I32)
    f = Making(("s", ref(ty)), result=I32)
    one = slice_(ty, f.bind("x", I32))
    arms = (
        arm(slice_(ty), num(0)),
        arm(one, f.use("x")),
        arm(slice_(ty, wild(I32), rest=True), num(2)),
    )
    body = f.body(match(deref(f.use("s")), I32, *arms))
    switches = [one.terminator for one in body.blocks if isinstance(one.terminator, Switch)]
    assert len(switches) == 3


def test_strings_are_compared_by_a_call() -> None:
    text = ref(StrType())
    f = Making(("s", text), result=I32)
    word = thir.String(b"one", text, span())
    body = f.body(match(f.use("s"), I32, arm(is_(word), num(1)), arm(wild(text), num(2))))
    assert ways(body) == {"eq false", "eq"}


def test_patterns_move_only_parts() -> None:
    f = Making(("p", PAIR))
    pattern = leaf(PAIR, f.bind("a", D), wild(D))
    let = thir.LetStatement(pattern, f.use("p"), span())
    assert ways(f.body(block(let))) == {"drop:a drop:p"}


# ------------------------------------------------------------------------------------------ checks


def test_arithmetic_is_checked() -> None:
    f = Making(("a", I32), ("b", I32), result=I32)
    quotient = binary(BinOp.DIV, f.use("a"), f.use("b"))
    body = f.body(binary(BinOp.ADD, quotient, binary(BinOp.SHL, num(1), f.use("b"))))
    assert ways(body) == {"assert:division_by_zero assert:overflow assert:overflow assert:overflow"}


def test_an_index_is_checked_after_the_base() -> None:
    ty = ArrayType(I32, 3)
    f = Making(("xs", ty), result=I32)
    body = f.body(element(f.use("xs"), call("at", USIZE), I32))
    assert ways(body) == {"at assert:bounds"}


# --------------------------------------------------------------------------------------- promotion


def test_a_borrowed_constant_lives_for_ever() -> None:
    f = Making(result=ref(I32))
    body = f.body(borrow(num(3)))
    assert body.generic is not None
    assert len(body.generic.promoted) == 1
    first = body.blocks[0].statements[0]
    assert isinstance(first, Assign)
    assert isinstance(first.rvalue, Use)
    assert isinstance(first.rvalue.operand, NamedConst)


def test_what_is_computed_or_dropped_is_not_promoted() -> None:
    f = Making(("n", I32))
    body = f.body(
        block(
            do(call("look", UNIT, borrow(f.use("n")))),
            do(call("look", UNIT, borrow(call("g", I32)))),
            do(call("look", UNIT, borrow(make(D, num(1))))),
            do(call("look", UNIT, borrow(num(1), MUT))),
        )
    )
    assert body.generic is not None
    assert not body.generic.promoted


def test_an_empty_variant_needs_no_drop() -> None:
    f = Making()
    body = f.body(block(do(call("look", UNIT, borrow(make(MAYBE, variant=0))))))
    assert body.generic is not None
    assert len(body.generic.promoted) == 1
    assert not any(isinstance(one.terminator, Drop) for one in body.blocks)
    assert any(isinstance(one.terminator, Call) for one in body.blocks)
