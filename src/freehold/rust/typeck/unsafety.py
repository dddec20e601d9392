"""E0133: what needs an `unsafe` block or function around it."""

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust_types as codes
from freehold.records import dataclass
from freehold.rust import ast, thir
from freehold.rust.infer.show import definition_path
from freehold.rust.items import Function, Static
from freehold.rust.thir_walk import Node, parts
from freehold.source import Span
from freehold.types import AdtKind, PointerType, Type
from freehold.types.generic import AdtType, FnDefType, FnPtrType


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of unsafe operation: the words for it, and why it is one."""

    what: str
    note: str


_DEREF = _Kind(
    "dereference of raw pointer",
    "raw pointers may be null, dangling or unaligned; they can violate aliasing rules and cause "
    "data races: all of these are undefined behavior",
)
_STATIC = _Kind(
    "use of mutable static",
    "mutable statics can be mutated by multiple threads: aliasing violations or data races will "
    "cause undefined behavior",
)
_EXTERN = _Kind(
    "use of extern static",
    "extern statics are not controlled by the Rust type system: invalid data, aliasing violations "
    "or data races will cause undefined behavior",
)
_UNION = _Kind(
    "access to union field",
    "the field may not be properly initialized: using uninitialized data will cause undefined "
    "behavior",
)
_CALL_NOTE = (
    "consult the function's documentation for information on how to avoid undefined behavior"
)


def check_unsafety(body: thir.Body) -> list[Diagnostic]:
    """Return what the body does that is unsafe, outside of unsafe blocks."""
    definition = body.definition
    unsafe = (
        isinstance(definition, Function)
        and isinstance(definition.node, ast.Function)
        and definition.node.signature.is_unsafe
    )
    checker = _Checker()
    if not unsafe:
        checker.body(body)
    return checker.found


class _Checker:
    __slots__ = ("_bodies", "found")

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self._bodies: list[thir.Body] = []

    def body(self, body: thir.Body) -> None:
        self._bodies.append(body)
        for parameter in body.parameters:
            if parameter.pattern is not None:
                self.node(parameter.pattern)
        self.node(body.value)
        self._bodies.pop()

    def node(self, node: Node) -> None:
        match node:
            case thir.Block(unsafe=True):
                return
            case thir.Closure(definition=definition):
                self.body(self._bodies[-1].closures[definition])
            case thir.RawBorrow(place=place):
                self._address(place)
                return
            case thir.Assign(place=thir.Field(base=base), value=value) if _is_union(base.type):
                self.node(base)
                self.node(value)
                return
            case thir.Call(callee=callee):
                self._call(node, callee)
            case thir.Deref(base=base) if isinstance(base.type, PointerType):
                self._say(node.span, _DEREF)
            case thir.StaticItem(definition=definition):
                self._static(node, definition)
            case thir.Field(base=base) if _is_union(base.type):
                self._say(node.span, _UNION)
            case thir.LeafPattern(fields=fields, type=ty) if _is_union(ty):
                if any(not isinstance(each, thir.WildPattern) for _, each in fields):
                    self._say(node.span, _UNION)
            case _:
                pass
        for part in parts(node):
            self.node(part)

    def _address(self, place: thir.Expr) -> None:
        """Look at a place of which the address is taken: what it is made of, not itself."""
        match place:
            case thir.StaticItem():
                pass
            case thir.Deref(base=base) if isinstance(base.type, PointerType):
                self.node(base)
            case thir.Field(base=base) if _is_union(base.type):
                self._address(base)
            case _:
                self.node(place)

    def _call(self, node: thir.Call, callee: thir.Expr) -> None:
        match callee.type:
            case FnDefType(Function(signature=signature) as function):
                if signature is not None and signature.unsafe:
                    what = f"call to unsafe function `{definition_path(function)}`"
                    self._say(node.span, _Kind(what, _CALL_NOTE), "call to unsafe function")
            case FnPtrType(signature) if signature.unsafe:
                self._say(node.span, _Kind("call to unsafe function", _CALL_NOTE))
            case _:
                pass

    def _static(self, node: thir.StaticItem, definition: object) -> None:
        if not isinstance(definition, Static):
            return
        if definition.mutable:
            self._say(node.span, _STATIC)
        elif definition.foreign and not _is_safe(definition):
            self._say(node.span, _EXTERN)

    def _say(self, span: Span, kind: _Kind, label: str = "") -> None:
        facts = {"what": kind.what, "where": "function or block"}
        found = Diagnostic(codes.UNSAFE_REQUIRED, span, facts, label or kind.what)
        self.found.append(Diagnostic(found.code, span, facts, found.primary, notes=(kind.note,)))


def _is_safe(definition: Static) -> bool:
    node = definition.node
    return isinstance(node, ast.Static) and node.is_safe


def _is_union(ty: Type) -> bool:
    return isinstance(ty, AdtType) and ty.definition.kind is AdtKind.UNION
