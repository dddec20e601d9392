"""Whole bodies: parameters, the value, the way out."""

from dataclasses import replace

from freehold.mir.body import Binding, Body, GenericBody, LocalDecl, LocalKind
from freehold.mir.statements import Return
from freehold.mir.values import RETURN, Place, Symbol
from freehold.rust import thir
from freehold.rust.build.access import PLACES, ascribe
from freehold.rust.build.block import block
from freehold.rust.build.builder import Builder, Handlers, Variable
from freehold.rust.build.calls import adt, borrow, call, never, raw_borrow
from freehold.rust.build.constants import CONSTANTS
from freehold.rust.build.control import JUMPS, if_, logical, loop
from freehold.rust.build.drops import DropKind
from freehold.rust.build.extended import extend
from freehold.rust.build.finish import finish
from freehold.rust.build.matching.bindings import Declaration, declare, is_plain
from freehold.rust.build.matching.lower import let_in_condition, let_irrefutable, match
from freehold.rust.build.promotion.promote import Owner, promote
from freehold.rust.build.scopes import Region
from freehold.rust.build.values import ASSIGNMENTS, RVALUES
from freehold.rust.infer import identity
from freehold.rust.items import Generics
from freehold.types import FunctionType
from freehold.types.fold import erase
from freehold.types.generic import ClosureDef

HANDLERS = Handlers(
    into={
        thir.Call: call,
        thir.Adt: adt,
        thir.Borrow: borrow,
        thir.RawBorrow: raw_borrow,
        thir.Never: never,
        thir.Logical: logical,
        thir.If: if_,
        thir.Match: match,
        thir.LoopExpr: loop,
        thir.Block: block,
    },
    places=PLACES,
    rvalues=RVALUES,
    constants=CONSTANTS,
    statements=ASSIGNMENTS | JUMPS,
    let=let_in_condition,
)
_FUNCTIONS = (thir.BodyKind.FUNCTION, thir.BodyKind.CLOSURE)


def build(source: thir.Body) -> Body:
    """Return the generic MIR of `source`, before drop elaboration."""
    definition = source.definition
    generics = getattr(definition, "generics", None) or Generics()
    constant = source.kind in (thir.BodyKind.CONSTANT, thir.BodyKind.STATIC)
    return _build(source, Owner(definition, generics, identity(generics), constant))


def _build(source: thir.Body, owner: Owner) -> Body:
    b = Builder(source, HANDLERS)
    result = source.signature.output
    result = source.answers.normalise(erase(result))
    b.add_local(LocalDecl(result, LocalKind.RETURN, source.span))
    if source.kind in _FUNCTIONS:
        _function(b)
    else:
        extend(b, source.value, None, None)
        b.into(Place(RETURN), source.value, terminating=True)
    end = source.value.span
    b.graph.end(Return(end._replace(start=end.end), b.scopes.source))
    b.scopes.end_unwinding(source.span)
    body = _finished(b, owner)
    promote(body, owner)
    return body


def _finished(b: Builder, owner: Owner) -> Body:
    source = b.source
    definition = source.definition
    captures = definition.captures if isinstance(definition, ClosureDef) else ()
    signature = source.signature
    if source.closure_self is not None:
        signature = replace(signature, inputs=(source.closure_self, *signature.inputs))
    inputs = tuple([decl.type for decl in b.locals[1 : b.argument_count + 1]])
    return Body(
        Symbol(definition.path),
        definition.path,
        FunctionType(inputs, b.locals[RETURN].type, unwinds=True),
        b.locals,
        b.argument_count,
        finish(b.graph),
        b.scopes.decls,
        source.span,
        generic=GenericBody(
            definition,
            signature,
            source.answers,
            captures,
            tuple(b.unsafe_blocks),
            {closure: _build(inner, owner) for closure, inner in source.closures.items()},
        ),
    )


def _function(b: Builder) -> None:
    source = b.source
    to, span = Place(RETURN), source.value.span
    _add_parameters(b)
    with (
        b.scopes.enter(span),
        b.scopes.breakable(None, to, span),
        b.scopes.enter(span) as region,
    ):
        if source.closure_self is not None:
            b.scopes.schedule(b.parameter(0), region, DropKind.VALUE)
        _ascribe_signature(b)
        _bind_parameters(b, region)
        b.into(to, source.value, terminating=True)


def _add_parameters(b: Builder) -> None:
    source = b.source
    if source.closure_self is not None:
        decl = LocalDecl(source.closure_self, LocalKind.ARGUMENT, source.span)
        b.add_local(decl)
    for parameter in source.parameters:
        b.add_local(LocalDecl(parameter.type, LocalKind.ARGUMENT, parameter.span))
    b.argument_count = len(b.locals) - 1


def _ascribe_signature(b: Builder) -> None:
    """Hold a closure to the types that were written in its signature."""
    source = b.source
    if source.result_type is not None:
        ascribe(b, Place(RETURN), source.result_type)
    first = 0 if source.closure_self is None else 1
    for number, parameter in enumerate(source.parameters, first):
        if parameter.user_type is not None:
            ascribe(b, Place(b.parameter(number)), parameter.user_type)


def _bind_parameters(b: Builder, region: Region) -> None:
    """Bind the patterns of the parameters; what they leave in a parameter is dropped with it."""
    first = 0 if b.source.closure_self is None else 1
    for number, parameter in enumerate(b.source.parameters, first):
        local, pattern = b.parameter(number), parameter.pattern
        b.scopes.schedule(local, region, DropKind.VALUE)
        if pattern is None:
            continue
        if isinstance(pattern, thir.BindPattern) and is_plain(pattern):
            _name(b, number, pattern, parameter)
            continue
        place = Place(local)
        visible = b.scopes.declare(b.source.value.span)
        declare(b, pattern, Declaration(visible, region, pattern.span, place))
        let_irrefutable(b, pattern, place)
        b.scopes.source = visible


def _name(
    b: Builder, number: int, pattern: thir.BindPattern, parameter: thir.ParameterDecl
) -> None:
    """Let a parameter be the variable that its whole pattern is."""
    local = b.parameter(number)
    decl = b.source.variables[pattern.variable]
    binding = Binding(decl.kind, type_span=parameter.type_span, pattern=pattern.span)
    b.locals[local] = LocalDecl(
        parameter.type,
        LocalKind.ARGUMENT,
        decl.span,
        decl.name,
        mutable=decl.mutable,
        binding=binding,
    )
    b.variables[pattern.variable] = Variable(local)
