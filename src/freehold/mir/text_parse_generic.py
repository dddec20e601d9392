"""Reading back the generic types and definitions of MIR text. `text.py` describes the form."""

import re
from collections.abc import Callable

from freehold.mir.text_lines import Line
from freehold.source import Source, Span
from freehold.types import AdtKind, Type
from freehold.types.generic import (
    ERASED,
    ERROR,
    STATIC,
    AdtDef,
    AdtType,
    BoundRegion,
    Capture,
    CaptureKind,
    ClosureDef,
    ClosureKind,
    ClosureType,
    Const,
    ConstInfer,
    ConstParam,
    ConstValue,
    Definition,
    DynType,
    FieldDef,
    FnDefType,
    FnPtrType,
    FreeRegion,
    GenericArg,
    InferId,
    InferKind,
    InferType,
    OpaqueType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    RegionId,
    RegionVar,
    Signature,
    Variance,
    VariantDef,
)

_REGION = re.compile(r"('\w*)(?:([#!^])(\d+)(?:\.(\d+))?)?")
_MAKE: dict[str, type[Definition]] = {"adt": AdtDef, "def": Definition, "closuredef": ClosureDef}
_NOWHERE = Span(Source("", ""), 0, 0)
_NOT_PARAMETERS = frozenset({"fn", "closure", "proj", "opaque"})


class GenericReader:
    """Reads generic types; `plain` reads the types inside them."""

    def __init__(self, plain: Callable[[Line], Type], lines: list[Line]) -> None:
        self._plain = plain
        self._definitions: dict[int, Definition] = {}
        self.copies: list[Type] = []  # the types that lines `copy T` declare to be Copy
        for line in lines:
            if line.peek() in _MAKE and line.tokens[1] == "#":
                made = _MAKE[line.peek()]("", "", _NOWHERE)
                self._definitions[int(line.tokens[2])] = made
        self._types: dict[str, Callable[[Line], Type]] = {
            "#": lambda line: self._applied(line, AdtType, AdtDef),
            "fn": lambda line: self._applied(line, FnDefType, Definition),
            "closure": lambda line: self._applied(line, ClosureType, ClosureDef),
            "proj": lambda line: self._applied(line, ProjectionType, Definition),
            "opaque": lambda line: self._applied(line, OpaqueType, Definition),
            "fnptr": lambda line: FnPtrType(self.signature(line)),
            "dyn": self._dyn,
            "infer": lambda line: InferType(InferId(line.integer()), InferKind(line.next())),
            "error": lambda _: ERROR,
        }

    # ------------------------------------------------------------------------------- types

    def read(self, line: Line) -> Type | None:
        """Read a type that begins as a generic one does; None if this does not."""
        # type = "&" region "mut"? type | name "#" n | "#" n arguments? | "fn" "#" n arguments? ...
        word, after = line.peek(), "".join(line.tokens[line.at + 1 : line.at + 2])
        if word == "&" and after.startswith("'"):
            line.next()
            region = self.region(line)
            mutable = line.accept("mut")
            return RefType(region, self._plain(line), mutable)
        if after == "#" and word not in _NOT_PARAMETERS and (word[0].isalpha() or word[0] in '"_'):
            name = str(line.symbol())
            line.expect("#")
            return ParamType(line.integer(), name)
        if word not in self._types or (word in _NOT_PARAMETERS and after != "#"):
            return None
        if line.next() in _NOT_PARAMETERS:
            line.expect("#")
        return self._types[word](line)

    def definition(self, line: Line) -> Definition:
        """Read the number of a definition, after its `#`."""
        number = line.integer()
        if number not in self._definitions:
            raise line.fail(f"#{number} is not declared")
        return self._definitions[number]

    def _applied(self, line: Line, make: Callable[..., Type], kind: type[Definition]) -> Type:
        definition = self.definition(line)
        if not isinstance(definition, kind):
            raise line.fail(f"`{definition.path}` is no {kind.__name__}")
        return make(definition, self.arguments(line))

    def arguments(self, line: Line) -> tuple[GenericArg, ...]:
        """Read generic arguments, if there are any."""
        return line.many(">", lambda: self._argument(line)) if line.accept("<") else ()

    def _argument(self, line: Line) -> GenericArg:
        if line.peek().startswith("'"):
            return self.region(line)
        return self.const(line) if line.peek() == "{" else self._plain(line)

    def const(self, line: Line) -> Const:
        """Read a constant: `{3: u8}`, `{N#1: usize}`, `{?0}`."""
        line.expect("{")
        const: Const
        word = line.next()
        if word == "?":
            const = ConstInfer(InferId(line.integer()))
        elif line.accept("#"):
            index = line.integer()
            line.expect(":")
            const = ConstParam(index, word, self._plain(line))
        else:
            line.expect(":")
            const = ConstValue(int(word), self._plain(line))
        line.expect("}")
        return const

    def region(self, line: Line) -> Region:
        """Read a region."""
        token = line.next()
        if token.startswith("'?"):
            return RegionVar(RegionId(int(token[2:])))
        found = _REGION.fullmatch(token)
        if found is None:
            raise line.fail(f"expected a region, not `{token}`")
        name, mark, index, inner = found.groups()
        match mark:
            case "#":
                return ParamRegion(int(index), name)
            case "!":
                return FreeRegion(int(index), name)
            case "^":
                return BoundRegion(int(index), int(inner), name)
            case _:
                return STATIC if name == "'static" else ERASED

    def signature(self, line: Line) -> Signature:
        """Read a signature."""
        # signature = ("for" "<" regions ">")? "unsafe"? ("abi" string)? "fn" "(" types ")"
        #             "->" type
        bound = line.many(">", line.next) if line.accept("for", "<") else ()
        unsafe = line.flag("unsafe")
        abi = line.string() if line.accept("abi") else "Rust"
        line.expect("fn", "(")
        inputs: list[Type] = []
        variadic = False
        while not line.accept(")"):
            if line.accept("..."):
                variadic = True
            else:
                inputs.append(self._plain(line))
            line.accept(",")
        line.expect("->")
        return Signature(tuple(inputs), self._plain(line), bound, unsafe, variadic, abi)

    def _dyn(self, line: Line) -> Type:
        region = self.region(line)
        bound = line.many(">", line.next) if line.accept("for", "<") else ()
        trait: Definition | None = None
        arguments: tuple[GenericArg, ...] = ()
        if not line.accept("-"):
            line.expect("#")
            trait, arguments = self.definition(line), self.arguments(line)
        bindings = line.many("}", lambda: self._binding(line)) if line.accept("{") else ()
        auto: list[Definition] = []
        while line.accept("+", "#"):
            auto.append(self.definition(line))
        return DynType(trait, arguments, bindings, frozenset(auto), region, bound)

    def _binding(self, line: Line) -> tuple[Definition, Type]:
        line.expect("#")
        item = self.definition(line)
        line.expect("=")
        return item, self._plain(line)

    # ------------------------------------------------------------------------------- definitions

    def declare(self, line: Line, take: Callable[[str], Line | None]) -> None:
        """Read the declaration that starts with `line`; `take` gives lines that start so."""
        line.expect("#")
        definition = self.definition(line)
        definition.name, definition.path = line.string(), line.string()
        definition.span = line.where()
        if isinstance(definition, AdtDef):
            self._adt(definition, line, take)
        elif isinstance(definition, ClosureDef):
            self._closure(definition, line, take)

    def copy(self, line: Line) -> None:
        """Read `copy TYPE`: this type is Copy; without arguments, if all its arguments are."""
        self.copies.append(self._plain(line))

    def _adt(self, adt: AdtDef, line: Line, take: Callable[[str], Line | None]) -> None:
        adt.kind = AdtKind(line.next())
        adt.parameter_count = line.number_after("parameters")
        if line.accept("variances"):
            adt.variances = tuple(map(Variance, line.string()))
        words: list[str] = []
        while line.accept("repr"):
            words.append(line.string())
        adt.repr = frozenset(words)
        adt.lang = line.string() if line.accept("lang") else ""
        adt.drop = self.definition(line) if line.accept("drop", "#") else None
        dangling: list[int] = []
        while line.accept("dangling"):
            dangling.append(line.integer())
        adt.dangling = frozenset(dangling)
        variants: list[VariantDef] = []
        while (head := take("variant")) is not None:
            head.next()
            name, discriminant, style = head.string(), head.integer(), head.next()
            constructor = self.definition(head) if head.accept("constructor", "#") else None
            fields: list[FieldDef] = []
            while (member := take("field")) is not None:
                fields.append(self._field(member))
            made = VariantDef(name, tuple(fields), discriminant, style, head.where(), constructor)
            variants.append(made)
        adt.variants = tuple(variants)
        take("}")

    def _field(self, line: Line) -> FieldDef:
        line.next()
        name = line.string()
        line.expect(":")
        ty = self._plain(line)
        return FieldDef(name, ty, line.where(), public=not line.flag("private"))

    def _closure(self, closure: ClosureDef, line: Line, take: Callable[[str], Line | None]) -> None:
        closure.kind = ClosureKind(line.next())
        closure.moves = line.flag("moves")
        closure.signature = None if line.peek() == "{" else self.signature(line)
        closure.captures = self.captures(take)
        take("}")

    def captures(self, take: Callable[[str], Line | None]) -> tuple[Capture, ...]:
        """Read the captures that follow."""
        captures: list[Capture] = []
        while (line := take("capture")) is not None:
            line.next()
            name, kind = line.string(), CaptureKind(line.string())
            mutable = not line.flag("immutable")
            line.expect(":")
            captures.append(Capture(name, kind, self._plain(line), line.where(), mutable))
        return tuple(captures)
