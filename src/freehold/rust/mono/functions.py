"""The body of each instance: a translated one, or one that only the compiler knows."""

from collections.abc import Sequence
from typing import assert_never

from freehold.mir.body import Body
from freehold.mir.statements import Resume, Return, Switch
from freehold.mir.values import (
    AddressConst,
    Aggregate,
    Binary,
    BinOp,
    Block,
    BorrowKind,
    Cast,
    CastKind,
    Copy,
    Deref,
    FieldOf,
    Index,
    IntConst,
    Local,
    Move,
    NullConst,
    Operand,
    Place,
    Ref,
    Symbol,
    ZeroConst,
)
from freehold.rust.items import Function, Trait
from freehold.rust.mono.bodies import Translator
from freehold.rust.mono.calls import Caller
from freehold.rust.mono.glue import glue_body
from freehold.rust.mono.keys import (
    Arguments,
    BodyKey,
    CloneKey,
    ClosureKey,
    GlueKey,
    Key,
    MainKey,
    MethodKey,
    OnceKey,
    PointerKey,
)
from freehold.rust.mono.program import Mono, display
from freehold.rust.mono.sites import Site
from freehold.rust.mono.writer import Writer, field, number
from freehold.source import Source, Span
from freehold.types import (
    BOOL,
    I32,
    I64,
    U64,
    Adt,
    ArrayType,
    PointerKind,
    PointerType,
    SliceType,
    TupleType,
    Type,
    size_of,
)
from freehold.types.generic import (
    ERASED,
    AdtType,
    ClosureType,
    Definition,
    FnPtrType,
    RefType,
)


def make_body(mono: Mono, symbol: Symbol) -> Body:
    """Return the body of the instance that `symbol` names."""
    key: Key = mono.keys[symbol]
    writer = Writer(symbol, display(key), mono.function_type(key), _span(mono, key), mono.made)
    caller = Caller(mono, writer)
    if not isinstance(key, BodyKey):
        writer.attributes.add("shim")
    if isinstance(key, GlueKey):
        writer.attributes.add("drop glue")
    match key:
        case BodyKey(definition, arguments):
            _translate(mono, writer, definition, arguments)
        case GlueKey(ty):
            glue_body(caller, ty)
        case CloneKey(ty):
            _clone(caller, ty)
        case OnceKey(closure):
            _once(caller, closure)
        case ClosureKey(closure):
            _closure_pointer(caller, closure)
        case PointerKey(definition, arguments):
            _forward(caller, definition, arguments)
        case MethodKey(definition, arguments):
            _method(caller, definition, arguments)
        case MainKey(definition):
            _main(caller, definition)
        case _:
            assert_never(key)
    return writer.finish()


def _declared(ty: Type, source: Source | None) -> Span | None:
    """Return where a type in `ty` is declared, in `source` if that is given."""
    match ty:
        case AdtType(definition, arguments):
            if source is None or definition.span.source is source:
                return definition.span
            inner: tuple[object, ...] = arguments
        case TupleType(elements):
            inner = elements
        case ArrayType(element) | SliceType(element):
            inner = (element,)
        case _:
            return None
    found = (_declared(one, source) for one in inner)  # type: ignore[arg-type]
    return next((span for span in found if span is not None), None)


def _span(mono: Mono, key: Key) -> Span:
    match key:
        case BodyKey(definition) | PointerKey(definition) | MethodKey(definition):
            return definition.span
        case MainKey(definition):
            return definition.span
        case OnceKey(closure) | ClosureKey(closure):
            return closure.definition.span
        case GlueKey(ty) | CloneKey(ty):
            root = mono.world.crates.user.root.span
            declared = _declared(ty, root.source) or _declared(ty, None)
            return declared or root


def _translate(mono: Mono, writer: Writer, definition: Definition, arguments: Arguments) -> None:
    body = mono.body_of(definition)
    if body is None:
        raise LookupError(f"{definition.path} has no body")
    writer.own_span = writer.span = body.span
    writer.attributes |= _attributes(definition)
    mono.unsafe |= not body.span.in_std and _is_unsafe(definition, body)
    Translator(mono, body, arguments, writer).run()


def _is_unsafe(definition: Definition, body: Body) -> bool:
    signature = definition.signature if isinstance(definition, Function) else None
    blocks = body.generic.unsafe_blocks if body.generic is not None else ()
    return bool(blocks) or (signature is not None and signature.unsafe)


def _attributes(definition: Definition) -> set[str]:
    """Return what codegen is to know of a function."""
    if not isinstance(definition, Function):
        return set()
    found: set[str] = set()
    for attribute in definition.attributes:
        if attribute.name == "cold":
            found.add("cold")
        elif attribute.name == "inline":
            tokens = attribute.arguments.tokens if attribute.arguments is not None else ()
            words = {token.text for token in tokens}
            found.add("noinline" if "never" in words else "inline")
    return found


def _arguments(writer: Writer, first: int = 1) -> list[Operand]:
    count = len(writer.type.parameters)
    return [Move(Place(Local(n))) for n in range(first, count + 1)]


def _result(writer: Writer) -> Place:
    return Place(Local(0))


def _return(writer: Writer, block: Block) -> None:
    writer.start(block)
    writer.end(Return(writer.span, writer.scope))


# ------------------------------------------------------------------------------------------- calls


def _forward(caller: Caller, definition: Definition, arguments: Arguments) -> None:
    """Call an item with what is given."""
    writer = caller.writer
    done = writer.block()
    site = Site(_result(writer), done, None)
    caller.item(definition, arguments, _arguments(writer), site)
    _return(writer, done)


def _method(caller: Caller, definition: Definition, arguments: Arguments) -> None:
    """Make the receiver of the thin pointer to its value, and call the method."""
    writer, mono = caller.writer, caller.mono
    signature = mono.signature_of(definition, arguments)
    own = mono.types.plain(signature.inputs[0])
    thin: Operand = Copy(Place(Local(1)))
    if isinstance(own, PointerType):
        receiver = writer.cast(thin, own)
    elif _is_value(signature.inputs[0], arguments):
        pointer = PointerType(own, PointerKind.RAW_MUT)
        local = writer.local(pointer)
        writer.assign(Place(local), Cast(CastKind.POINTER, thin, pointer))
        receiver = Move(Place(local, (Deref(),)))
    else:
        receiver = _wrapped(writer, thin, own)
    done = writer.block()
    given = [receiver, *_arguments(writer, 2)]
    caller.item(definition, arguments, given, Site(_result(writer), done, None))
    _return(writer, done)


def _is_value(receiver: Type, arguments: Arguments) -> bool:
    return receiver == arguments[0]


def _wrapped(writer: Writer, thin: Operand, ty: Type) -> Operand:
    """Return the smart pointer of type `ty` that holds the pointer."""
    if isinstance(ty, PointerType):
        return writer.cast(thin, ty)
    assert isinstance(ty, Adt)
    fields = [
        _wrapped(writer, thin, one.type) if size_of(one.type) else ZeroConst(one.type)
        for one in ty.fields
    ]
    return writer.let(ty, Aggregate(ty, tuple(fields)))


def _once(caller: Caller, closure: ClosureType) -> None:
    """Call a closure's body by reference, then drop the closure."""
    writer, mono = caller.writer, caller.mono
    key = BodyKey(closure.definition, closure.arguments)
    ty = mono.function_type(key)
    held = Place(Local(1))
    own = writer.let(ty.parameters[0], Ref(BorrowKind.MUT, held))
    dropping, done = writer.block(), writer.block()
    cleanup, resume = None, None
    if mono.types.needs_drop(closure):
        cleanup, resume = writer.block(), writer.block()
    given = [own, *_arguments(writer, 2)]
    writer.call(mono.symbol(key), ty, given, _result(writer), dropping, cleanup)
    writer.start(dropping)
    caller.drop_place(closure, held, Site(None, done, None))
    if cleanup is not None and resume is not None:
        writer.start(cleanup)
        caller.drop_place(closure, held, Site(None, resume, caller.abort_block()))
        writer.start(resume)
        writer.end(Resume(writer.span, writer.scope))
    _return(writer, done)


def _closure_pointer(caller: Caller, closure: ClosureType) -> None:
    """Call a closure without captures."""
    writer, mono = caller.writer, caller.mono
    key = BodyKey(closure.definition, closure.arguments)
    ty = mono.function_type(key)
    plain = mono.types.plain(closure)
    own: Operand = ZeroConst(plain)
    if isinstance(ty.parameters[0], PointerType):
        held = writer.local(plain)
        own = writer.let(ty.parameters[0], Ref(BorrowKind.SHARED, Place(held)))
    done = writer.block()
    given = [own, *_arguments(writer)]
    writer.call(mono.symbol(key), ty, given, _result(writer), done, None)
    _return(writer, done)


def _main(caller: Caller, definition: Definition) -> None:
    """Call the lang item `start` with the program's `main`."""
    writer, mono = caller.writer, caller.mono
    assert isinstance(definition, Function)
    signature = mono.signature_of(definition, ())
    pointer = mono.types.plain(FnPtrType(signature))
    main = AddressConst(mono.symbol(PointerKey(definition, ())), 0, pointer)
    start = mono.lang("start")
    assert isinstance(start, Function)
    assert start.signature is not None
    inputs = mono.types.signature(start.signature, (signature.output,)).inputs
    types = [mono.types.plain(one) for one in inputs]
    rest = [NullConst(ty) if isinstance(ty, PointerType) else IntConst(0, ty) for ty in types[1:]]
    status = writer.local(I64)
    done = writer.block()
    site = Site(Place(status), done, None)
    caller.item(start, (signature.output,), [main, *rest], site)
    writer.start(done)
    writer.assign(_result(writer), Cast(CastKind.INT, Copy(Place(status)), I32))
    writer.end(Return(writer.span, writer.scope))


# ------------------------------------------------------------------------------------------- clone


def _clone(caller: Caller, ty: Type) -> None:
    """Clone a value part by part; a panic drops the parts made so far."""
    writer = caller.writer
    source = Place(Local(1), (Deref(),))
    if caller.mono.types.is_copy(ty):
        writer.put(_result(writer), Copy(source))
        writer.end(Return(writer.span, writer.scope))
        return
    match ty:
        case TupleType(elements):
            _clone_parts(caller, elements, source)
        case ClosureType(definition, arguments):
            types = [caller.mono.types.concrete(one.type, arguments) for one in definition.captures]
            _clone_parts(caller, types, source)
        case ArrayType(element, length):
            _clone_array(caller, element, length or 0, source)
        case _:
            raise AssertionError(ty)


def _clone_call(caller: Caller, ty: Type, source: Place, site: Site) -> None:
    trait = caller.mono.world.lang_trait("clone")
    assert isinstance(trait, Trait)
    plain = caller.mono.types.plain(RefType(ERASED, ty, mutable=False))
    own = caller.writer.let(plain, Ref(BorrowKind.SHARED, source))
    caller.item(trait.items["clone"], (ty,), [own], site)


def _clone_parts(caller: Caller, types: Sequence[Type], source: Place) -> None:
    writer = caller.writer
    cleanup = writer.block()
    opened = writer.current, writer.statements
    writer.start(cleanup)
    writer.end(Resume(writer.span, writer.scope))
    writer.current, writer.statements = opened
    for index, ty in enumerate(types):
        made, after = field(_result(writer), FieldOf(index)), writer.block()
        _clone_call(caller, ty, field(source, FieldOf(index)), Site(made, after, cleanup))
        undone = writer.block()
        writer.start(undone)
        caller.drop_place(ty, made, Site(None, cleanup, caller.abort_block()))
        cleanup = undone
        writer.start(after)
    writer.end(Return(writer.span, writer.scope))


def _clone_array(caller: Caller, element: Type, length: int, source: Place) -> None:
    writer = caller.writer
    index = writer.local(U64)
    writer.put(Place(index), number(0))
    head, body, after, done = (writer.block() for _ in range(4))
    writer.goto(head)
    writer.start(head)
    more = writer.let(BOOL, Binary(BinOp.LT, Copy(Place(index)), number(length)))
    writer.end(Switch(more, ((0, done),), body, writer.span, writer.scope))
    writer.start(body)
    made = field(_result(writer), Index(index))
    _clone_call(caller, element, field(source, Index(index)), Site(made, after, None))
    writer.start(after)
    one = Binary(BinOp.ADD, Copy(Place(index)), number(1))
    writer.assign(Place(index), one)
    writer.goto(head)
    _return(writer, done)
