"""GCC's atomic builtins: the `__sync_` and the `__atomic_` families.

All are sequentially consistent, whichever order was asked for. Intrinsics take integers and
pointers; exchanges of anything else work on the integer of its size.
"""

from collections.abc import Callable, Sequence

from freehold.c import ast, tree
from freehold.c.ctype import Array, Floating, Function, Quals, QualType
from freehold.c.lowertype import size_of
from freehold.c.sema import fold, temporaries
from freehold.c.sema.assign import assign_convert
from freehold.c.sema.builtin_arguments import (
    Handler,
    after,
    generic,
    name_of,
    occasion,
    refuse,
    typed,
)
from freehold.c.sema.context import Context, load
from freehold.c.sema.convert import convert
from freehold.c.sema.kinds import (
    BAD,
    BOOL,
    CHAR_POINTER,
    INT,
    LONG,
    SIZE,
    UCHAR,
    UINT,
    ULONG,
    USHORT,
    VOID,
    is_bool,
    is_complete,
    is_integer,
    is_pointer,
    pointer_to,
    target_of,
    unqualified,
)
from freehold.c.sema.spell import spell
from freehold.diagnostics.codes import BAD_OPERANDS
from freehold.mir.statements import Intrinsic
from freehold.mir.values import BinOp
from freehold.records import dataclass
from freehold.source import Span

_WORDS = {1: UCHAR, 2: USHORT, 4: UINT, 8: ULONG}
_LOCK_FREE = tuple(_WORDS)
_ANY_POINTER = pointer_to(QualType(VOID.type, Quals.VOLATILE))
_FETCH = {
    "add": (Intrinsic.ATOMIC_ADD, BinOp.ADD),
    "sub": (Intrinsic.ATOMIC_SUB, BinOp.SUB),
    "and": (Intrinsic.ATOMIC_AND, BinOp.AND),
    "or": (Intrinsic.ATOMIC_OR, BinOp.OR),
    "xor": (Intrinsic.ATOMIC_XOR, BinOp.XOR),
    "nand": (Intrinsic.ATOMIC_NAND, None),
}


@dataclass(frozen=True, slots=True)
class _Operation:
    """One call: its node and arguments, and `type`, that of the object which argument 1 names."""

    c: Context
    node: ast.Call
    given: list[tree.Expr]
    type: QualType

    @property
    def span(self) -> Span:
        return self.node.span

    @property
    def object(self) -> tree.Expr:
        return self.given[0]

    def value(self, index: int) -> tree.Expr:
        """Return an argument converted to the object's type."""
        return _converted(self.c, self.node, self.given, index, self.type)

    def call(self, ty: QualType, which: Intrinsic, *operands: tree.Expr) -> tree.Expr:
        """Return an intrinsic's call on the object."""
        return tree.IntrinsicCall(ty, self.span, which, (self.object, *operands))


_Build = Callable[[_Operation], tree.Expr]


def _converted(
    c: Context, node: ast.Call, given: Sequence[tree.Expr], index: int, ty: QualType
) -> tree.Expr:
    """Convert an argument; between integers and pointers of all kinds gcc does so in silence."""
    value = given[index]
    if is_pointer(value.type) and _is_scalar_word(ty):
        return convert(value, ty, value.span)
    if is_integer(value.type) and is_pointer(ty):
        return convert(value, ty, value.span)
    return assign_convert(c, value, ty, node.arguments[index].span, occasion(node, index))


def _writable(c: Context, node: ast.Call, given: list[tree.Expr]) -> None:
    """Complain about writing to a const object, and carry on."""
    target = target_of(given[0].type)
    if target.quals & Quals.CONST:
        ty = pointer_to(QualType(target.type, target.quals & ~Quals.CONST))
        at = node.arguments[0].span
        given[0] = assign_convert(c, given[0], ty, at, occasion(node, 0))


def _incompatible(c: Context, node: ast.Call, given: list[tree.Expr], index: int) -> tree.Expr:
    return refuse(c, node, index, f"cannot be of type `{spell(given[index].type)}`")


def _ignored(c: Context, node: ast.Call, given: Sequence[tree.Expr], start: int) -> list[tree.Expr]:
    """Return the memory orders, which stand last: checked, and no more than evaluated."""
    return [
        assign_convert(c, given[at], INT, node.arguments[at].span, occasion(node, at))
        for at in range(start, len(given))
    ]


# ------------------------------------------------------------------------------- objects by value


def _by_value(
    count: int, orders: int, build: _Build, *, fetches: bool = False, writes: bool = True
) -> Handler:
    """Return the handler of a builtin that takes and returns values of the object's type.

    `orders` memory orders follow the first `count`, or else (`__sync_`) anything at all.
    """

    def handle(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        pointer = given[0].type
        if not is_pointer(pointer) or not _is_word(target_of(pointer), fetches=fetches):
            return _incompatible(c, node, given, 0)
        if writes:
            _writable(c, node, given)
        ignored = _ignored(c, node, given, count) if orders else given[count:]
        work = _Operation(c, node, given[:count], unqualified(target_of(pointer)))
        result = build(work)
        return result if result.type is BAD else after(ignored, result)

    return generic(count + orders, handle, count + orders if orders else None)


def _is_word(ty: QualType, *, fetches: bool) -> bool:
    """Tell whether gcc's `_n` forms take objects of type `ty`.

    <stdatomic.h> passes them atomic objects of every type.
    """
    if fetches and is_bool(ty):
        return False
    if is_integer(ty) or is_pointer(ty):
        return True
    return not fetches and bool(ty.quals & Quals.ATOMIC) and is_complete(ty)


def _is_scalar_word(ty: QualType) -> bool:
    """Tell whether the intrinsics take objects of type `ty` as they are."""
    return (is_integer(ty) or is_pointer(ty)) and size_of(ty) in _LOCK_FREE


def _load(work: _Operation) -> tree.Expr:
    if not _loads_in_place(work.type):
        place = _pointee(work.object, work.type)
        return tree.Load(work.type, work.span, place)
    return work.call(work.type, Intrinsic.ATOMIC_LOAD)


def _loads_in_place(ty: QualType) -> bool:
    """Tell whether one machine access can read or write an object of type `ty`."""
    return _is_scalar_word(ty) or (isinstance(ty.type, Floating) and size_of(ty) <= 8)


def _store(work: _Operation) -> tree.Expr:
    return _store_value(work, work.value(1))


def _store_value(work: _Operation, value: tree.Expr) -> tree.Expr:
    if value.type is BAD:
        return value
    if not _loads_in_place(work.type):
        place = _pointee(work.object, work.type)
        return _effect(tree.Store(work.type, work.span, place, value))
    return work.call(VOID, Intrinsic.ATOMIC_STORE, value)


def _effect(expr: tree.Expr) -> tree.Expr:
    return tree.Discard(VOID, expr.span, expr)


def _release(work: _Operation) -> tree.Expr:
    return _store_value(work, convert(fold.int_value(0, INT, work.span), work.type, work.span))


def _exchange(work: _Operation) -> tree.Expr:
    value = work.value(1)
    if value.type is BAD:
        return value
    if _is_scalar_word(work.type):
        return work.call(work.type, Intrinsic.ATOMIC_EXCHANGE, value)
    variable, declare = temporaries.hold(value)
    at = temporaries.address(variable, work.span)
    swapped = _exchange_through(work, at, at)
    if swapped.type is BAD:
        return swapped
    body = [declare, tree.Evaluate(work.span, swapped)]
    return temporaries.block([variable], body, load(variable, work.span), work.span)


def _compare_exchange(work: _Operation) -> tree.Expr:
    expected = _converted(work.c, work.node, work.given, 1, pointer_to(work.type))
    desired = work.value(2)
    if BAD in (expected.type, desired.type):
        return fold.bad(work.span)
    weak = _weakness(work)
    if _is_scalar_word(work.type):
        result = work.call(BOOL, Intrinsic.ATOMIC_COMPARE_EXCHANGE, expected, desired)
        return after(weak, result)
    variable, declare = temporaries.hold(desired)
    held = temporaries.address(variable, work.span)
    swapped = _compare_exchange_through(work, expected, held)
    if swapped.type is BAD:
        return swapped
    return after(weak, temporaries.block([variable], [declare], swapped, work.span))


def _weakness(work: _Operation) -> list[tree.Expr]:
    return [_converted(work.c, work.node, work.given, 3, BOOL)]


# ----------------------------------------------------------------------- read, modify and write


def _fetch(name: str, *, new: bool) -> _Build:
    """Return the old value (or the `new` one) of `object = object op value`."""
    intrinsic, op = _FETCH[name]

    def build(work: _Operation) -> tree.Expr:
        if _exchanged_as(work) is BAD:
            return fold.bad(work.span)
        if is_pointer(work.type):
            return _update_pointer(work, op, new=new)
        value = work.value(1)
        if value.type is BAD:
            return value
        if not new:
            return work.call(work.type, intrinsic, value)

        def renewed(held: tree.Expr) -> tree.Expr:
            return _combine(op, work.call(work.type, intrinsic, held), held, work.type)

        return temporaries.bind([value], work.span, renewed)

    return build


def _combine(op: BinOp | None, old: tree.Expr, value: tree.Expr, ty: QualType) -> tree.Expr:
    """Compute `old op value`, wrapping; no `op` is `~(old & value)`."""
    span = old.span
    word = _WORDS[max(size_of(ty), 4)]
    left, right = convert(old, word, span), convert(value, word, span)
    if op is None:
        both = tree.Arithmetic(word, span, BinOp.AND, left, right)
        return convert(fold.complement(both, span), ty, span)
    return convert(tree.Arithmetic(word, span, op, left, right), ty, span)


def _update_pointer(work: _Operation, op: BinOp | None, *, new: bool) -> tree.Expr:
    """Update a pointer, in bytes, by comparing and exchanging: it still knows its object.

    `old = *object; do new = old op value; while (!compare_exchange(object, &old, new));`
    """
    span = work.span
    value = _converted(work.c, work.node, work.given, 1, LONG)
    if value.type is BAD:
        return value
    pointer, get_pointer = temporaries.hold(work.object)
    count, get_count = temporaries.hold(value)
    held = _Operation(work.c, work.node, [load(pointer, span)], work.type)
    old, get_old = temporaries.hold(held.call(work.type, Intrinsic.ATOMIC_LOAD))
    changed = tree.Variable("", work.type, tree.Storage.AUTO, span)
    sum_ = convert(_changed_pointer(op, load(old, span), load(count, span)), work.type, span)
    change = tree.Store(work.type, span, tree.VariableRef(work.type, span, changed), sum_)
    operands = temporaries.address(old, span), load(changed, span)
    swapped = held.call(BOOL, Intrinsic.ATOMIC_COMPARE_EXCHANGE, *operands)
    failed = fold.logical_not(swapped, span)
    retry = tree.Loop(span, failed, tree.Evaluate(span, change), test_last=True)
    return temporaries.block(
        [pointer, count, old, changed],
        [get_pointer, get_count, get_old, tree.Declare(span, changed, None), retry],
        load(changed if new else old, span),
        span,
    )


def _changed_pointer(op: BinOp | None, old: tree.Expr, count: tree.Expr) -> tree.Expr:
    if op not in (BinOp.ADD, BinOp.SUB):
        return _combine(op, old, count, ULONG)
    start = convert(old, CHAR_POINTER, old.span)
    return tree.PointerAdd(CHAR_POINTER, old.span, start, count, op is BinOp.SUB)


def _compare_and_swap(work: _Operation, *, old: bool) -> tree.Expr:
    """`__sync_..._compare_and_swap(object, expected, desired)`."""
    expected, desired = work.value(1), work.value(2)
    if BAD in (expected.type, desired.type, _exchanged_as(work)):
        return fold.bad(work.span)
    variable, declare = temporaries.hold(expected)
    at = temporaries.address(variable, work.span)
    result = work.call(BOOL, Intrinsic.ATOMIC_COMPARE_EXCHANGE, at, desired)
    body = [declare]
    if old:
        body.append(tree.Evaluate(work.span, _effect(result)))
        result = load(variable, work.span)
    return temporaries.block([variable], body, result, work.span)


# ----------------------------------------------------------------------------- objects by address


def _by_address(pointers: int, orders: int, build: _Build, *, weak: bool = False) -> Handler:
    """Return the handler of a generic form: `pointers` to objects of one size, then the rest."""

    def handle(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
        for index in range(pointers):
            if not is_pointer(given[index].type) or not _has_size(target_of(given[index].type)):
                return _incompatible(c, node, given, index)
        ty = unqualified(target_of(given[0].type))
        for index in range(1, pointers):
            target = target_of(given[index].type)
            if size_of(target) != size_of(ty):
                return refuse(c, node, index, "points to an object of another size")
            given[index] = _seen_as(given[index], ty)
        if isinstance(ty.type, Array):
            c.report.unsupported(node.span, f"`{name_of(node)}` of an array")
            return fold.bad(node.span)
        if build is not _load_to:
            _writable(c, node, given)
        ignored = _ignored(c, node, given, count - orders)
        result = build(_Operation(c, node, given, ty))
        return result if result.type is BAD else after(ignored, result)

    count = pointers + weak + orders
    return generic(count, handle, count)


def _has_size(ty: QualType) -> bool:
    return is_complete(ty) and not isinstance(ty.type, Function) and size_of(ty) > 0


def _pointee(pointer: tree.Expr, ty: QualType) -> tree.Expr:
    return tree.Deref(ty, pointer.span, pointer)


def _load_to(work: _Operation) -> tree.Expr:
    place = _pointee(work.given[1], work.type)
    return _effect(tree.Store(work.type, work.span, place, _load(work)))


def _store_from(work: _Operation) -> tree.Expr:
    value = tree.Load(work.type, work.span, _pointee(work.given[1], work.type))
    return _store_value(work, value)


def _exchange_all(work: _Operation) -> tree.Expr:
    return _exchange_through(work, work.given[1], work.given[2])


def _exchange_through(work: _Operation, value: tree.Expr, result: tree.Expr) -> tree.Expr:
    """Return `*result = exchange(object, *value)`."""
    ty = _exchanged_as(work)
    if ty is BAD:
        return fold.bad(work.span)
    target, source, to = (_seen_as(each, ty) for each in (work.object, value, result))
    loaded = tree.Load(ty, work.span, _pointee(source, ty))
    which = Intrinsic.ATOMIC_EXCHANGE
    old = tree.IntrinsicCall(ty, work.span, which, (target, loaded))
    return _effect(tree.Store(ty, work.span, _pointee(to, ty), old))


def _compare_exchange_all(work: _Operation) -> tree.Expr:
    return after(_weakness(work), _compare_exchange_through(work, work.given[1], work.given[2]))


def _compare_exchange_through(
    work: _Operation, expected: tree.Expr, desired: tree.Expr
) -> tree.Expr:
    """Return `compare_exchange(object, expected, *desired)`."""
    ty = _exchanged_as(work)
    if ty is BAD:
        return fold.bad(work.span)
    target, old, new = (_seen_as(each, ty) for each in (work.object, expected, desired))
    loaded = tree.Load(ty, work.span, _pointee(new, ty))
    which = Intrinsic.ATOMIC_COMPARE_EXCHANGE
    return tree.IntrinsicCall(BOOL, work.span, which, (target, old, loaded))


def _exchanged_as(work: _Operation) -> QualType:
    """Return the type as which an exchange treats its object."""
    if _is_scalar_word(work.type):
        return work.type
    size = size_of(work.type)
    if size not in _LOCK_FREE:
        what = f"atomic exchange of an object of {size} bytes"
        work.c.report.unsupported(work.span, what)
        return BAD
    return _WORDS[size]


def _seen_as(pointer: tree.Expr, ty: QualType) -> tree.Expr:
    return convert(pointer, pointer_to(ty), pointer.span)


# ------------------------------------------------------------------------------ flags and fences


def _test_and_set(span: Span, given: list[tree.Expr]) -> tree.Expr:
    byte = _seen_as(given[0], UCHAR)
    which = Intrinsic.ATOMIC_EXCHANGE
    old = tree.IntrinsicCall(UCHAR, span, which, (byte, fold.int_value(1, UCHAR, span)))
    return after(given[1:], convert(old, BOOL, span))


def _clear(span: Span, given: list[tree.Expr]) -> tree.Expr:
    operands = (_seen_as(given[0], UCHAR), fold.int_value(0, UCHAR, span))
    return after(given[1:], tree.IntrinsicCall(VOID, span, Intrinsic.ATOMIC_STORE, operands))


def _fence(span: Span, given: list[tree.Expr]) -> tree.Expr:
    return after(given, tree.IntrinsicCall(VOID, span, Intrinsic.FENCE, ()))


def _is_lock_free(c: Context, node: ast.Call, given: list[tree.Expr]) -> tree.Expr:
    """Sizes that the machine exchanges at once; the object's address has no say in it."""
    at = node.arguments[0].span
    size = assign_convert(c, given[0], SIZE, at, occasion(node, 0))
    if size.type is BAD:
        return size
    if not isinstance(size, tree.IntValue):
        if name_of(node) == "__atomic_always_lock_free":
            c.report.error(BAD_OPERANDS, at, "size is not a constant", size)
            return fold.bad(node.span)
        return after(given[1:], temporaries.bind([size], node.span, _among_sizes))
    return after(given[1:], tree.IntValue(BOOL, node.span, int(size.value in _LOCK_FREE)))


def _among_sizes(size: tree.Expr) -> tree.Expr:
    found: tree.Expr = fold.truth(False, size.span)  # noqa: FBT003  a value, not an option
    for known in _LOCK_FREE:
        same = fold.compare(BinOp.EQ, size, fold.int_value(known, SIZE, size.span), size.span)
        found = fold.logical(False, found, same, size.span)  # noqa: FBT003
    return convert(found, BOOL, size.span)


def _table() -> dict[str, Handler]:
    found = {
        "__sync_synchronize": typed((), _fence),
        "__sync_lock_test_and_set": _by_value(2, 0, _exchange),
        "__sync_lock_release": _by_value(1, 0, _release),
        "__sync_bool_compare_and_swap": _by_value(3, 0, lambda w: _compare_and_swap(w, old=False)),
        "__sync_val_compare_and_swap": _by_value(3, 0, lambda w: _compare_and_swap(w, old=True)),
        "__atomic_load_n": _by_value(1, 1, _load, writes=False),
        "__atomic_store_n": _by_value(2, 1, _store),
        "__atomic_exchange_n": _by_value(2, 1, _exchange),
        "__atomic_compare_exchange_n": _by_value(4, 2, _compare_exchange),
        "__atomic_load": _by_address(2, 1, _load_to),
        "__atomic_store": _by_address(2, 1, _store_from),
        "__atomic_exchange": _by_address(3, 1, _exchange_all),
        "__atomic_compare_exchange": _by_address(3, 2, _compare_exchange_all, weak=True),
        "__atomic_test_and_set": typed((_ANY_POINTER, INT), _test_and_set),
        "__atomic_clear": typed((_ANY_POINTER, INT), _clear),
        "__atomic_thread_fence": typed((INT,), _fence),
        "__atomic_signal_fence": typed((INT,), _fence),
        "__atomic_is_lock_free": generic(2, _is_lock_free, 2),
        "__atomic_always_lock_free": generic(2, _is_lock_free, 2),
    }
    for name in _FETCH:
        old, new = _fetch(name, new=False), _fetch(name, new=True)
        found[f"__sync_fetch_and_{name}"] = _by_value(2, 0, old, fetches=True)
        found[f"__sync_{name}_and_fetch"] = _by_value(2, 0, new, fetches=True)
        found[f"__atomic_fetch_{name}"] = _by_value(2, 1, old, fetches=True)
        found[f"__atomic_{name}_fetch"] = _by_value(2, 1, new, fetches=True)
    return found


ATOMIC_BUILTINS = _table()
