import pytest

from freehold.rust.infer import (
    Difference,
    Origin,
    Table,
    instantiate,
    mismatch_label,
    resolve,
    show,
    try_unify,
    unify,
)
from freehold.rust.infer.fallback import default_of
from freehold.source import Source, Span
from freehold.types import (
    BOOL,
    F64,
    I32,
    NEVER,
    U8,
    UNIT,
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
    STATIC,
    USIZE,
    AdtDef,
    AdtType,
    BoundRegion,
    ClosureDef,
    ClosureType,
    ConstParam,
    ConstValue,
    FnPtrType,
    GenericArrayType,
    InferKind,
    ParamRegion,
    ParamType,
    RefType,
    Signature,
)

HERE = Span(Source("main.rs", "fn main() {\n    |x| x\n}\n"), 16, 21)
VEC = AdtDef("Vec", "std::vec::Vec", HERE)


def vec(ty: Type) -> AdtType:
    return AdtType(VEC, (ty,))


def ref(ty: Type, *, mutable: bool = False) -> RefType:
    return RefType(ERASED, ty, mutable)


@pytest.fixture
def table() -> Table:
    return Table()


def test_unification_binds_both_ways(table: Table) -> None:
    a, b, c = table.fresh(), table.fresh(), table.fresh()
    assert unify(table, TupleType((a, I32)), TupleType((vec(b), c))) is None
    assert unify(table, b, c) is None
    assert resolve(table, a) == vec(I32)


def test_a_variable_is_not_inside_of_itself(table: Table) -> None:
    a = table.fresh()
    mismatch = unify(table, a, vec(a))
    assert mismatch is not None
    assert mismatch.difference is Difference.CYCLIC


def test_number_variables_take_their_kind_only(table: Table) -> None:
    number = table.fresh(kind=InferKind.INT)
    assert try_unify(table, number, BOOL) is not None
    assert try_unify(table, number, table.fresh(kind=InferKind.FLOAT)) is not None
    any_ = table.fresh()
    assert unify(table, any_, number) is None
    assert default_of(table, number) == I32
    assert unify(table, U8, any_) is None
    assert resolve(table, number) == U8


def test_failed_attempts_are_taken_back(table: Table) -> None:
    a = table.fresh()
    assert try_unify(table, TupleType((a, I32)), TupleType((U8, BOOL))) is not None
    assert table.shallow(a) == a


def test_rollback_undoes_bindings(table: Table) -> None:
    a, n = table.fresh(), table.fresh_const()
    mark = table.snapshot()
    unify(table, GenericArrayType(a, n), ArrayType(U8, 3))
    assert resolve(table, GenericArrayType(a, n)) == ArrayType(U8, 3)
    table.rollback(mark)
    assert table.shallow(a) == a
    assert table.shallow_const(n) == n


def test_lifetimes_never_differ(table: Table) -> None:
    left = FnPtrType(Signature((RefType(BoundRegion(0, 0), I32, mutable=False),), UNIT, ("'a",)))
    right = FnPtrType(Signature((RefType(STATIC, I32, mutable=False),), UNIT))
    assert unify(table, left, right) is None


def test_fallback_of_diverging_code(table: Table) -> None:
    diverging, other = table.fresh(Origin(HERE, diverging=True)), table.fresh()
    assert default_of(table, other) is None
    unify(table, other, diverging)
    root = table.shallow(other)
    assert default_of(table, root) == UNIT  # type: ignore[arg-type]
    assert default_of(table, table.fresh(kind=InferKind.FLOAT)) == F64


def test_instantiate_erases_what_is_not_bound_inside() -> None:
    t, n = ParamType(1, "T"), ConstParam(2, "N", USIZE)
    ty = RefType(ParamRegion(0, "'a"), GenericArrayType(t, n), mutable=False)
    assert instantiate(ty, (STATIC, U8, ConstValue(4, USIZE))) == ref(ArrayType(U8, 4))


@pytest.mark.parametrize(
    ("ty", "text"),
    [
        (ref(StrType(), mutable=True), "&mut str"),
        (RefType(STATIC, SliceType(U8), mutable=False), "&'static [u8]"),
        (PointerType(I32, PointerKind.RAW_CONST), "*const i32"),
        (TupleType((I32,)), "(i32,)"),
        (vec(TupleType((USIZE, NEVER))), "Vec<(usize, !)>"),
        (
            FnPtrType(Signature((I32,), BOOL, unsafe=True, abi="C")),
            'unsafe extern "C" fn(i32) -> bool',
        ),
        (ClosureType(ClosureDef("closure", "", HERE)), "{closure@main.rs:2:5: 2:10}"),
    ],
)
def test_show(ty: Type, text: str) -> None:
    assert show(ty) == text


def test_show_of_variables(table: Table) -> None:
    assert show(vec(table.fresh(kind=InferKind.INT)), table) == "Vec<{integer}>"
    assert show(table.fresh(), table) == "_"


@pytest.mark.parametrize(
    ("expected", "found", "label"),
    [
        (I32, ref(StrType()), "expected `i32`, found `&str`"),
        (vec(I32), vec(U8), "expected `Vec<i32>`, found `Vec<u8>`"),
        (ref(I32, mutable=True), ref(I32), "types differ in mutability"),
        (
            TupleType((I32, I32)),
            TupleType((I32,)),
            "expected a tuple with 2 elements, found one with 1 element",
        ),
        (
            ArrayType(I32, 3),
            ArrayType(I32, 2),
            "expected an array with a size of 3, found one with a size of 2",
        ),
        (FnPtrType(Signature((), UNIT)), I32, "expected fn pointer, found `i32`"),
        (ParamType(0, "T"), I32, "expected type parameter `T`, found `i32`"),
    ],
)
def test_labels_of_mismatches(table: Table, expected: Type, found: Type, label: str) -> None:
    mismatch = unify(table, expected, found)
    assert mismatch is not None
    assert mismatch_label(expected, found, mismatch, table) == label
