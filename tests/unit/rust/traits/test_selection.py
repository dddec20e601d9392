import pytest

from freehold.rust.infer.resolve import resolve
from freehold.rust.items import Predicate, ProjectionPredicate, Trait
from freehold.rust.traits.bodies import normalized_env
from freehold.rust.traits.fulfil import Failure, Fulfilment, plain
from freehold.rust.traits.goals import Chosen, Outcome, Stuck
from freehold.rust.traits.solver import ClosureFacts, Solver
from freehold.types import (
    I32,
    NEVER,
    U8,
    ArrayType,
    PointerKind,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    ERASED,
    AdtType,
    ClosureDef,
    ClosureKind,
    ClosureType,
    DynType,
    FnPtrType,
    InferKind,
    ProjectionType,
    RefType,
    Signature,
    TraitRef,
)
from tests.unit.rust.traits.builder import HERE, SELF, Program, T, U, adt, equals, has

YES, NO, MAYBE = Outcome.YES, Outcome.NO, Outcome.MAYBE


def solver(program: Program, *where: Predicate) -> Solver:
    world = program.world
    return Solver(world, normalized_env(world, where))


def shared(ty: Type) -> RefType:
    return RefType(ERASED, ty, mutable=False)


@pytest.fixture
def program() -> Program:
    made = Program()
    for name in ("sized", "copy", "clone"):
        made.trait(name.title(), lang=name)
    made.trait("Send", lang="send", auto=True)
    return made


def test_impl_for_a_concrete_type(program: Program) -> None:
    trait = program.trait("Shape")
    square, line = program.struct("Square"), program.struct("Line")
    program.impl(trait, adt(square))
    ask = solver(program)
    assert ask.holds(TraitRef(trait, (adt(square),))) is YES
    assert ask.holds(TraitRef(trait, (adt(line),))) is NO


def test_impl_needs_its_where_clauses(program: Program) -> None:
    shape, boxed = program.trait("Shape"), program.struct("Boxed", "T")
    program.impl(shape, I32)
    program.impl(shape, adt(boxed, T), over=("T",), where=[has(T, shape)])
    ask = solver(program)
    assert ask.holds(TraitRef(shape, (adt(boxed, adt(boxed, I32)),))) is YES
    assert ask.holds(TraitRef(shape, (adt(boxed, adt(boxed, U8)),))) is NO


def test_variable_is_bound_by_the_only_impl_but_not_by_several(program: Program) -> None:
    into = program.trait("Into", "T")
    one, two = program.struct("One"), program.struct("Two")
    program.impl(into, adt(one), I32)
    program.impl(into, adt(two), I32)
    program.impl(into, adt(two), U8)
    ask = solver(program)
    only, several = ask.table.fresh(), ask.table.fresh()
    assert isinstance(ask.select(TraitRef(into, (adt(one), only))), Chosen)
    assert resolve(ask.table, only) == I32
    assert ask.select(TraitRef(into, (adt(two), several))) is Stuck.AMBIGUOUS
    assert ask.holds(TraitRef(into, (adt(two), several))) is MAYBE
    assert ask.holds(TraitRef(into, (several, I32))) is MAYBE


def test_integer_variable_takes_integers_only(program: Program) -> None:
    trait, other = program.trait("Trait"), program.trait("Other")
    program.impl(trait, U8)
    program.impl(other, StrType())
    ask = solver(program)
    number = ask.table.fresh(kind=InferKind.INT)
    assert ask.holds(TraitRef(other, (number,))) is NO
    assert isinstance(ask.select(TraitRef(trait, (number,))), Chosen)
    assert resolve(ask.table, number) == U8


def test_where_clauses_and_what_they_imply(program: Program) -> None:
    top, middle, low = (program.trait(name) for name in ("Top", "Middle", "Low"))
    program.above(low, middle)
    program.above(middle, top)
    ask = solver(program, has(T, low))
    assert ask.holds(TraitRef(top, (T,))) is YES
    assert ask.holds(TraitRef(top, (U,))) is NO


def test_where_clause_goes_before_impls(program: Program) -> None:
    into = program.trait("Into", "T")
    program.impl(into, U, U, over=("T", "U"))
    ask = solver(program, has(T, into, I32))
    target = ask.table.fresh()
    ask.select(TraitRef(into, (T, target)))
    assert resolve(ask.table, target) == I32


def test_tuples_and_pointers_by_the_language(program: Program) -> None:
    copy, sized = program.items["copy"], program.items["sized"]
    assert isinstance(copy, Trait)
    program.impl(copy, I32)
    ask = solver(program)
    assert ask.implements(TupleType((I32, I32)), "copy") is YES
    assert ask.implements(TupleType((I32, U8)), "copy") is NO
    assert ask.implements(FnPtrType(Signature((), I32)), "copy") is YES
    assert ask.implements(StrType(), "sized") is NO
    assert ask.holds(TraitRef(sized, (shared(StrType()),))) is YES


def test_struct_is_as_sized_as_its_last_field(program: Program) -> None:
    wide, thin = program.struct("Wide", "T", fields=[I32, T]), program.struct("Thin", "T")
    outer = program.struct("Outer", "T", fields=[adt(wide, T)])
    ask = solver(program)
    assert ask.implements(adt(outer, I32), "sized") is YES
    assert ask.implements(adt(outer, StrType()), "sized") is NO
    assert ask.implements(adt(thin, StrType()), "sized") is YES


def test_auto_trait_looks_inside_and_through_cycles(program: Program) -> None:
    send = program.items["send"]
    assert isinstance(send, Trait)
    raw = PointerType(T, PointerKind.RAW_MUT)
    program.impl(send, raw, over=("T",), negative=True)
    holder = program.struct("Holder", "T", fields=[T])
    node = program.struct("Node")
    node.variants = program.struct("_", fields=[adt(holder, adt(node)), I32]).variants
    bad = program.struct("Bad", fields=[adt(holder, PointerType(I32, PointerKind.RAW_MUT))])
    mended = program.struct("Mended", fields=[adt(bad)])
    program.impl(send, adt(mended))
    ask = solver(program)
    assert ask.implements(adt(node), "send") is YES
    assert ask.implements(adt(bad), "send") is NO
    assert ask.implements(adt(mended), "send") is YES
    assert ask.implements(T, "send") is NO


def test_other_cycles_do_not_hold(program: Program) -> None:
    trait, node = program.trait("Trait"), program.struct("Node", "T")
    program.impl(trait, adt(node, T), over=("T",), where=[has(adt(node, T), trait)])
    assert solver(program).holds(TraitRef(trait, (adt(node, I32),))) is NO


def test_endless_obligations_overflow(program: Program) -> None:
    trait, node = program.trait("Trait"), program.struct("Node", "T")
    program.impl(trait, adt(node, T), over=("T",), where=[has(adt(node, adt(node, T)), trait)])
    ask = solver(program)
    obligations = Fulfilment(ask)
    obligations.require(has(adt(node, I32), trait), plain(HERE))
    obligations.select()
    assert [error.failure for error in obligations.errors] == [Failure.OVERFLOW]


# ----------------------------------------------------------------------------------- projections


def iterators(program: Program) -> tuple[Trait, AdtType]:
    iterator = program.trait("Iterator")
    item = program.associated(iterator, "Item")
    counter = adt(program.struct("Counter"))
    owner = program.impl(iterator, counter)
    program.value(owner, "Item", U8)
    wrapped = program.struct("Wrapped", "I")
    outer = program.impl(iterator, adt(wrapped, T), over=("I",), where=[has(T, iterator)])
    program.value(outer, "Item", TupleType((ProjectionType(item, (T,)), I32)))
    return iterator, adt(wrapped, counter)


def test_projection_of_an_impl_is_normalised_deeply(program: Program) -> None:
    iterator, wrapped = iterators(program)
    obligations = Fulfilment(solver(program))
    item = ProjectionType(iterator.items["Item"], (wrapped,))
    assert obligations.normalise(SliceType(item), HERE) == SliceType(TupleType((U8, I32)))
    assert not obligations.pending


def test_projection_waits_for_its_self(program: Program) -> None:
    iterator, wrapped = iterators(program)
    ask = solver(program)
    obligations = Fulfilment(ask)
    variable = ask.table.fresh()
    item = obligations.normalise(ProjectionType(iterator.items["Item"], (variable,)), HERE)
    obligations.select()
    assert ask.table.shallow(item) == item
    ask.table.bind(variable.id, wrapped)
    obligations.select()
    assert resolve(ask.table, item) == TupleType((U8, I32))
    obligations.finish()
    assert not obligations.errors


def test_projection_in_generic_code_is_rigid_or_bound(program: Program) -> None:
    iterator, _ = iterators(program)
    item = program.items["Iterator"].items["Item"]  # type: ignore[attr-defined]
    rigid = ProjectionType(item, (T,))
    obligations = Fulfilment(solver(program, has(T, iterator)))
    assert obligations.normalise(rigid, HERE) == rigid
    known = Fulfilment(solver(program, has(T, iterator), equals(item, T, U)))
    assert known.normalise(rigid, HERE) == U


def test_bounds_of_associated_types_hold(program: Program) -> None:
    debug, graph, other = (program.trait(name) for name in ("Debug", "Graph", "Other"))
    node = program.associated(graph, "Node", debug)
    ask = solver(program, has(T, graph))
    assert ask.holds(TraitRef(debug, (ProjectionType(node, (T,)),))) is YES
    assert ask.holds(TraitRef(other, (ProjectionType(node, (T,)),))) is NO


def test_mismatch_of_projection(program: Program) -> None:
    iterator, wrapped = iterators(program)
    item = iterator.items["Item"]
    obligations = Fulfilment(solver(program))
    obligations.require(ProjectionPredicate(item, (wrapped,), I32, HERE), plain(HERE))
    obligations.select()
    assert [error.failure for error in obligations.errors] == [Failure.MISMATCH]


# ------------------------------------------------------------------------- dyn, callables, unsize


def test_trait_objects_have_their_trait_and_its_supertraits(program: Program) -> None:
    shape, named = program.trait("Shape"), program.trait("Named")
    item = program.associated(named, "Name")
    program.above(shape, named)
    dynamic = DynType(shape, (), ((item, I32),), frozenset(), ERASED)
    obligations = Fulfilment(solver(program))
    ask = obligations.solver
    assert ask.holds(TraitRef(named, (dynamic,))) is YES
    assert ask.implements(dynamic, "sized") is NO
    assert ask.implements(dynamic, "send") is NO
    assert obligations.normalise(ProjectionType(item, (dynamic,)), HERE) == I32


def callables(program: Program) -> Trait:
    once = program.trait("FnOnce", "Args", lang="fn_once")
    program.associated(once, "Output")
    mutable = program.trait("FnMut", "Args", lang="fn_mut")
    program.above(mutable, once)
    return once


def test_function_pointers_are_callable(program: Program) -> None:
    once = callables(program)
    pointer = FnPtrType(Signature((I32,), U8))
    obligations = Fulfilment(solver(program))
    arguments = TupleType((I32,))
    assert obligations.solver.holds(TraitRef(once, (pointer, arguments))) is YES
    assert obligations.solver.holds(TraitRef(once, (pointer, TupleType(())))) is NO
    output = ProjectionType(once.items["Output"], (pointer, arguments))
    assert obligations.normalise(output, HERE) == U8


def test_closure_waits_for_its_kind(program: Program) -> None:
    once = callables(program)
    ask = solver(program)
    definition = ClosureDef("closure", "closure", HERE)
    closure = ClosureType(definition)
    parameter = ask.table.fresh()
    facts = ask.closures[definition] = ClosureFacts(Signature((parameter,), NEVER))
    obligations = Fulfilment(ask)
    goal = TraitRef(program.items["fn_mut"], (closure, TupleType((I32,))))
    obligations.require(has(closure, goal.trait, TupleType((I32,))), plain(HERE))  # type: ignore[arg-type]
    obligations.select()
    assert resolve(ask.table, parameter) == I32
    assert ask.holds(goal) is MAYBE
    facts.kind = ClosureKind.FN_ONCE
    obligations.select()
    assert [error.failure for error in obligations.errors] == [Failure.CLOSURE_KIND]
    assert ask.holds(goal) is NO
    assert ask.holds(TraitRef(once, goal.arguments)) is YES


def test_unsize(program: Program) -> None:
    unsize = program.trait("Unsize", "T", lang="unsize")
    shape, holder = program.trait("Shape"), program.struct("Holder", "T", fields=[I32, T])
    program.impl(shape, I32)
    dynamic = DynType(shape, (), (), frozenset(), ERASED)
    ask = solver(program)

    def unsizes(source: Type, target: Type) -> Outcome:
        return ask.holds(TraitRef(unsize, (source, target)))

    assert unsizes(ArrayType(U8, 3), SliceType(U8)) is YES
    assert unsizes(ArrayType(U8, 3), SliceType(I32)) is NO
    assert unsizes(I32, dynamic) is YES
    assert unsizes(U8, dynamic) is NO
    assert unsizes(adt(holder, ArrayType(U8, 3)), adt(holder, SliceType(U8))) is YES
    assert unsizes(adt(holder, I32), adt(holder, dynamic)) is YES


def test_self_in_traits(program: Program) -> None:
    shape = program.trait("Shape")
    ask = solver(program, *shape.generics.predicates)
    assert ask.holds(TraitRef(shape, (SELF,))) is YES
