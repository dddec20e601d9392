"""The plain program in the making: symbols of instances, their types and bodies, on demand."""

from collections.abc import Callable

from freehold.diagnostics import Diagnostic
from freehold.mir.body import Body, Extern, Global
from freehold.mir.values import Symbol
from freehold.records import dataclass, field
from freehold.runtime.libc import LIBC
from freehold.rust.infer.show import definition_path, show
from freehold.rust.items import Constant, Constructor, Function, Impl, Static, Trait
from freehold.rust.mono.base import Compiled
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
from freehold.rust.mono.stable import Namer
from freehold.rust.mono.types import Types
from freehold.rust.traits import Instances
from freehold.rust.traits.world import World
from freehold.types import (
    I32,
    UNIT,
    FunctionType,
    PointerKind,
    PointerType,
    Type,
)
from freehold.types.generic import (
    ERASED,
    AdtDef,
    AdtType,
    ClosureDef,
    ClosureKind,
    ClosureType,
    Definition,
    RefType,
    Signature,
)

BodyOf = Callable[[Definition], Body | None]


class Unavailable(Exception):
    """Something cannot be compiled; `found` says what and where."""

    def __init__(self, found: Diagnostic) -> None:
        """Take the finding."""
        super().__init__(found.message)
        self.found = found


@dataclass(slots=True)
class Mono:
    """What all bodies of a program share. `made` are the globals: literals, constants, vtables."""

    world: World
    body_of: BodyOf
    instances: Instances
    types: Types
    make: Callable[["Mono", Symbol], Body]
    keys: dict[Symbol, Key] = field(default_factory=dict)
    symbols: dict[Key, Symbol] = field(default_factory=dict)
    made: dict[Symbol, Global] = field(default_factory=dict)
    externs: dict[Symbol, Extern] = field(default_factory=dict)
    bodies: dict[Symbol, Body] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    compiled: Compiled = field(default_factory=Compiled)
    numbered: bool = False  # names are numbers: programs that have names are linked with this
    namer: Namer = field(default_factory=Namer)
    linked: set[Symbol] = field(default_factory=set)
    statics: dict[str, Symbol] = field(default_factory=dict)
    lazy: dict[Symbol, Callable[[], Global]] = field(default_factory=dict)
    _types: dict[Key, FunctionType] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _tracked: dict[Definition, bool] = field(default_factory=dict)
    memo: dict[object, object] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()  # the program's foreign functions: they keep their names
    unsafe: bool = False  # whether the user's own code that is reached is unsafe somewhere

    def body(self, symbol: Symbol) -> Body:
        """Return the body of an instance; made once."""
        known = self.bodies.get(symbol)
        if known is None:
            known = self.bodies[symbol] = self.make(self, symbol)
        return known

    # ------------------------------------------------------------------------------------- symbols

    def symbol(self, key: Key) -> Symbol:
        """Return the symbol of an instance; its body is made when it is asked for."""
        known = self.symbols.get(key)
        if known is None:
            known = self.symbols[key] = self._new_symbol(key)
            self.keys[known] = key
        return known

    def _new_symbol(self, key: Key) -> Symbol:
        if self.numbered:
            return Symbol(f"std.{len(self.symbols)}")
        if self.compiled.functions and not is_inline(key):
            name = self.namer.key(key)
            there = None if name is None else self.compiled.functions.get(name)
            if there is not None:
                self.linked.add(there)
                return there
        return Symbol(self.unique(display(key)))

    def unique(self, stem: str) -> str:
        """Return a name that nothing else in the program has, and no function of C."""
        name, count = stem, 1
        while name in self._names or name in LIBC or name in self.declared:
            count += 1
            name = f"{stem}#{count}"
        self._names.add(name)
        return name

    def add_global(self, made: Global) -> Symbol:
        """Add a global, and return its symbol."""
        self.made[made.name] = made
        return made.name

    def global_of(self, symbol: Symbol) -> Global:
        """Return a global; KeyError if it is none. Statics are evaluated now."""
        make = self.lazy.pop(symbol, None)
        if make is not None:
            self.add_global(make())
        return self.made[symbol]

    def is_global(self, symbol: Symbol) -> bool:
        """Tell globals from functions."""
        return symbol in self.made or symbol in self.lazy

    # --------------------------------------------------------------------------------------- types

    def function_type(self, key: Key) -> FunctionType:
        """Return the plain type of an instance."""
        known = self._types.get(key)
        if known is None:
            known = self._types[key] = self._function_type(key)
        return known

    def _function_type(self, key: Key) -> FunctionType:
        match key:
            case BodyKey(definition, arguments):
                return self._body_type(definition, arguments)
            case PointerKey(definition, arguments):
                return self.rust_type(self.signature_of(definition, arguments))
            case GlueKey(ty):
                return FunctionType((self._pointer(ty),), UNIT, unwinds=True)
            case CloneKey(ty):
                plain = self.types.plain(ty)
                return FunctionType((PointerType(plain, PointerKind.REF),), plain, unwinds=True)
            case OnceKey(closure):
                inputs, output = self.closure_signature(closure)
                own = self.types.plain(closure)
                return FunctionType((own, *inputs), output, unwinds=True)
            case ClosureKey(closure):
                inputs, output = self.closure_signature(closure)
                return FunctionType(inputs, output, unwinds=True)
            case MethodKey(definition, arguments):
                ty = self.rust_type(self.signature_of(definition, arguments))
                own = self._pointer(UNIT)
                return FunctionType((own, *ty.parameters[1:]), ty.result, unwinds=True)
            case MainKey():
                return FunctionType((), I32, unwinds=True)

    def _pointer(self, ty: Type) -> PointerType:
        return PointerType(self.types.plain(ty), PointerKind.RAW_MUT)

    def _body_type(self, definition: Definition, arguments: Arguments) -> FunctionType:
        if isinstance(definition, ClosureDef):
            closure = ClosureType(definition, arguments)
            inputs, output = self.closure_signature(closure)
            own = self.types.plain(self.closure_self(closure))
            return FunctionType((own, *inputs), output, unwinds=True)
        if not isinstance(definition, Function | Constructor):
            return FunctionType((), self.types.plain(self.constant_type(definition, arguments)))
        signature = self.signature_of(definition, arguments)
        ty = self.types.function(signature)
        if not self.is_tracked(definition):
            return ty
        return FunctionType((*ty.parameters, self.location_type()), ty.result, unwinds=True)

    def constant_type(self, definition: Definition, arguments: Arguments) -> Type:
        """Return the concrete type of a constant, static, or what else has a value."""
        if isinstance(definition, Constant | Static) and definition.type is not None:
            return self.types.concrete(definition.type, arguments)
        body = self.body_of(definition)
        assert body is not None, definition.path
        return self.types.concrete(body.locals[0].type, arguments)

    def rust_type(self, signature: Signature) -> FunctionType:
        """Return the plain type of a function with a concrete signature."""
        return self.types.function(signature)

    def signature_of(self, definition: Definition, arguments: Arguments) -> Signature:
        """Return the concrete signature of a function or constructor."""
        assert isinstance(definition, Function | Constructor)
        assert definition.signature is not None, definition.path
        return self.types.signature(definition.signature, arguments)

    def closure_signature(self, closure: ClosureType) -> tuple[tuple[Type, ...], Type]:
        """Return the plain types of a closure's own parameters, and of its result."""
        signature = closure.definition.signature
        assert signature is not None
        concrete = self.types.signature(signature, closure.arguments)
        return tuple(map(self.types.plain, concrete.inputs)), self.types.plain(concrete.output)

    @staticmethod
    def closure_self(closure: ClosureType) -> Type:
        """Return the concrete type of what the body of a closure takes first."""
        match closure.definition.kind:
            case ClosureKind.FN:
                return RefType(ERASED, closure, mutable=False)
            case ClosureKind.FN_MUT:
                return RefType(ERASED, closure, mutable=True)
            case ClosureKind.FN_ONCE:
                return closure

    def location_type(self) -> PointerType:
        """Return the type of the hidden last parameter of `#[track_caller]` functions."""
        location = self.lang("panic_location")
        assert isinstance(location, AdtDef)
        plain = self.types.plain(AdtType(location, (ERASED,)))
        return PointerType(plain, PointerKind.REF)

    # --------------------------------------------------------------------------------- definitions

    def lang(self, name: str) -> Definition:
        """Return a lang item, which our std has."""
        found = self.world.lang(name)
        if found is None:
            raise KeyError(f"std has no lang item {name}")
        return found

    def is_tracked(self, definition: Definition) -> bool:
        """Tell whether a function takes its caller's location: it, or what it implements."""
        known = self._tracked.get(definition)
        if known is None:
            known = self._tracked[definition] = _is_tracked(definition)
        return known


def is_inline(key: Key) -> bool:
    """Whether an instance is better compiled wherever it is called."""
    if not isinstance(key, BodyKey):
        return False
    definition = key.definition
    if isinstance(definition, ClosureDef):
        return True
    return isinstance(definition, Function) and any(
        one.name == "inline" and one.arguments is None for one in definition.attributes
    )


def _is_tracked(definition: Definition) -> bool:
    if not isinstance(definition, Function) or definition.foreign or definition.intrinsic:
        return False
    if definition.track_caller:
        return True
    parent = definition.parent
    if isinstance(parent, Impl) and isinstance(parent.of, Trait):
        declared = parent.of.items.get(definition.name)
        return isinstance(declared, Function) and declared.track_caller
    return False


def display(key: Key) -> str:
    """Return what to call an instance."""
    match key:
        case BodyKey(definition) | PointerKey(definition) | MethodKey(definition):
            return path_of(definition)
        case GlueKey(ty):
            return f"drop of {show(ty)}"
        case CloneKey(ty):
            return f"clone of {show(ty)}"
        case OnceKey(closure) | ClosureKey(closure):
            return path_of(closure.definition)
        case MainKey():
            return "main"


def path_of(definition: Definition) -> str:
    """Return a definition's path, as stacks show it."""
    if isinstance(definition, ClosureDef):
        return definition.path or definition.name
    return definition_path(definition)
