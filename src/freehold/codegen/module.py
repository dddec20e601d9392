"""What all functions of a program share: names, handles, sites, and the module's own text."""

from dataclasses import replace

from freehold.codegen.compiled import NO_BASE, Base, Site
from freehold.codegen.lltypes import signature_id
from freehold.mir.body import Body, Global, Linkage, Program
from freehold.mir.operands import operands_in
from freehold.mir.values import AddressConst, Symbol
from freehold.records import dataclass, field
from freehold.source import Source, Span
from freehold.types import FunctionType, Type, has_packed_parts, size_of

FIRST_OBJECT = 2
DESCRIPTOR = 64
PACKED_SITE = 0x4000_0000  # FH_PACKED_SITE of the run time
KINDS = {"global": 4, "literal": 5, "function": 6, "const": 15}


@dataclass(slots=True)
class Statistics:
    """How many memory accesses there are, and how many needed no check, by reason."""

    total: int = 0
    proven: dict[str, int] = field(default_factory=dict)

    def count(self, reason: str = "") -> None:
        """Count one access; with a reason if it is proven."""
        self.total += 1
        if reason:
            self.proven[reason] = self.proven.get(reason, 0) + 1


def quote(name: str) -> str:
    """Return an LLVM identifier's quoted spelling."""
    safe = name.replace("\\", "\\5C").replace('"', "\\22")
    return f'@"{safe}"'


class Module:
    """The module that is being written."""

    def __init__(
        self,
        program: Program,
        *,
        trusted: bool,
        proven: bool = False,
        recorded: bool = False,
        base: Base = NO_BASE,
        exports: frozenset[Symbol] = frozenset(),
    ) -> None:
        self.program = program
        self.trusted = trusted
        self.proven = proven
        # Pointers have no handles, memory has no shadow, and no access is checked.
        self.unchecked = trusted or proven
        self.recorded = recorded  # the run is to be recorded: see `codegen.record`
        self.base = base
        self.exports = exports  # what other objects, that are linked with this one, may use
        self.shown: dict[int, Type] = {}  # recorded: the type of the object of each site
        self.lines: dict[tuple[Source, int], int] = {}  # recorded: a number for each line
        self.sites: list[Site] = [] if base.sites > 1 else [Site(Span(_nowhere(), 0, 0), "")]
        self.statistics = Statistics()
        self.definitions: list[str] = []
        self.declared: dict[str, str] = {}
        self.metadata: list[str] = []
        self.numbers: dict[Symbol, int] = {}
        self.functions: list[Symbol] = []
        self.pools: dict[tuple[Symbol, int], str] = {}
        self.pool_sites: dict[str, int] = {}
        self.natives: set[str] = set()
        self.ending: frozenset[Symbol] = frozenset()  # functions in which the program may end
        self.guarded: frozenset[Symbol] = frozenset()  # globals in pages that may not be written
        self.quiet: frozenset[Symbol] = frozenset()  # functions that never unwind, though they may
        self._locations: dict[tuple[int, int], int] = {}
        first = FIRST_OBJECT + base.objects
        for name in program.globals:
            if name not in base.statics:
                self.numbers[name] = first + len(self.numbers)
        for name in sorted(self._taken()):
            known = base.functions.get(name)
            if known is None or known.number is None:
                self.functions.append(name)
                if not proven:  # else a function's address is its code
                    self.numbers[name] = first + len(self.numbers)
        for name, number in base.statics.items():
            self.numbers[name] = FIRST_OBJECT + number
        for name, linked in base.functions.items():
            if linked.number is not None:
                self.numbers[name] = FIRST_OBJECT + linked.number

    # ------------------------------------------------------------------------------- objects

    def _taken(self) -> set[Symbol]:
        """Functions whose address is a value somewhere."""
        operands = [o for body in self.program.bodies.values() for o in operands_in(body)]
        found = {
            operand.symbol
            for operand in operands
            if isinstance(operand, AddressConst) and operand.symbol not in self.program.globals
        }
        for one in self.program.globals.values():
            for relocation in () if one.vtable else one.relocations:
                if relocation.block is None and relocation.symbol not in self.program.globals:
                    found.add(relocation.symbol)
        return found

    def handle(self, symbol: Symbol) -> str:
        """Return the constant handle of a global or of a function whose address is taken."""
        return str(self.numbers[symbol] * DESCRIPTOR)

    def global_size(self, symbol: Symbol) -> int:
        """Return the size of a global in bytes."""
        one = self.program.globals[symbol]
        return max(one.size, size_of(one.type))

    def address(self, symbol: Symbol) -> str:
        """Return the LLVM constant that is the address of a global or function."""
        one = self.program.globals.get(symbol)
        if one is not None:
            return self.global_name(one)
        if symbol in self.program.bodies:
            if self.unchecked:
                return self.code(symbol) if self.trusted else self.entry(symbol)
            return quote(f"ft.{symbol}")
        linked = self.base.functions.get(symbol)
        if linked is not None and self.proven:
            return self.entry(symbol)
        if linked is not None:
            if linked.number is not None:
                self.declare(f"ft.{symbol}", f"declare void {quote(f'ft.{symbol}')}()")
            return quote(f"ft.{symbol}")
        self.declare_native(symbol)
        return quote(symbol)

    def global_name(self, one: Global) -> str:
        """Return the LLVM name of a global: libc's own, and all of the run time, keep theirs."""
        if self.trusted:
            return quote(_own(one.name, one.linkage))
        foreign = one.data is None and one.name not in self.base.statics
        return quote(one.name if foreign else f"g.{one.name}")

    def code(self, symbol: Symbol) -> str:
        """Return the LLVM name of a defined function's code (or of a native function)."""
        body = self.program.bodies.get(symbol)
        if body is None:
            return quote(symbol)
        return quote(_own(symbol, body.linkage) if self.trusted else f"fi.{symbol}")

    def declare_native(self, symbol: Symbol) -> None:
        """Declare a function of the host process of which only the address is needed."""
        self.declare(symbol, f"declare void {quote(symbol)}()")

    def declare(self, name: str, line: str) -> None:
        """Declare a function of the run time or of libc, once; the first declaration stays."""
        self.declared.setdefault(name, line)

    def signature(self, symbol: Symbol) -> int:
        """Return the signature id of a function."""
        return signature_id(self.function_type(symbol))

    def function_type(self, symbol: Symbol) -> FunctionType:
        """Return the type of a defined or external function."""
        body = self.program.bodies.get(symbol)
        if body is not None:
            return body.type
        linked = self.program.linked.get(symbol)
        return linked if linked is not None else self.program.externs[symbol].type

    def own_type(self, symbol: Symbol) -> FunctionType:
        """Return the type of a function's code: without a status if it never unwinds."""
        ty = self.function_type(symbol)
        return replace(ty, unwinds=False) if symbol in self.quiet else ty

    def is_function(self, symbol: Symbol) -> bool:
        """Whether a symbol is a function that is defined here, or in the other object."""
        return symbol in self.program.bodies or symbol in self.program.linked

    def entry(self, symbol: Symbol) -> str:
        """Return the name of a function's code as it is called through a pointer or a vtable."""
        return quote(f"{'fu' if symbol in self.quiet else 'fi'}.{symbol}")

    def pool(self) -> str:
        """Return the name of a new word: the free list of one local's descriptors."""
        name = f"@fh.pool{len(self.definitions)}"
        self.definitions.append(f"{name} = internal global i64 0")
        return name

    def text(self, words: str) -> str:
        """Return the name of a new constant string; `words` is a function that runs natively."""
        self.natives.add(words)
        name = f"@fh.text{len(self.definitions)}"
        size = len(words.encode()) + 1
        self.definitions.append(f'{name} = internal constant [{size} x i8] c"{words}\\00"')
        return name

    # ----------------------------------------------------------------------- sites, metadata

    @property
    def first_site(self) -> int:
        """The number of `sites[0]`: those of another object come before."""
        return self.base.sites if self.base.sites > 1 else 0

    def object_site(self, ty: Type, span: Span, function: str, name: str) -> int:
        """Return the site of an object, with a mark if pointers to its parts may be misaligned."""
        mark = PACKED_SITE if has_packed_parts(ty) else 0
        return self.site(span, function, name) | mark

    def site(self, span: Span, function: str, name: str = "") -> int:
        """Return the number of a new site."""
        self.sites.append(Site(span, function, name))
        return len(self.sites) + self.first_site - 1

    def node(self, text: str) -> int:
        """Return the number of a new metadata node."""
        self.metadata.append(text)
        return len(self.metadata) - 1

    def subprogram(self, body: Body, base: int) -> int:
        """Return the metadata node of a function's DISubprogram."""
        name = body.display.replace("\\", "").replace('"', "")
        return self.node(
            f'distinct !DISubprogram(name: "{name}", file: !{base + 1}, unit: !{base}, '
            f"type: !{base + 2})"
        )

    def location(self, site: int, subprogram: int) -> int:
        """Return the metadata node that stands for `site` in a function."""
        key = (site, subprogram)
        known = self._locations.get(key)
        if known is None:
            known = self._locations[key] = self.node(
                f"!DILocation(line: {site}, scope: !{subprogram})"
            )
        return known


def _own(name: str, linkage: Linkage) -> str:
    # The prefix keeps the run time's statics apart from libc's names.
    return f"rt.{name}" if linkage is Linkage.INTERNAL else name


def _nowhere() -> Source:
    return Source("", "")
