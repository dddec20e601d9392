"""Linking in this process: object files become code that a forked child can run."""

import ctypes
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

import llvmlite.binding as llvm

from freehold.execute.elf import ElfObject
from freehold.records import dataclass

# What LLVM calls for arithmetic that the machine has no instruction for: division of 128 bits,
# 128-bit floating point, remainders. LLVM itself needs both, so that they are there.
_POINTED_AT = "ft."  # of the symbol whose address is the value of a pointer to a function

_SUPPORT = ("libgcc_s.so.1", "libm.so.6")


@dataclass(frozen=True, slots=True)
class CodeRange:
    """Code of one section, loaded at `low..high`."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Module:
    """One loaded object: where its code lies, and its functions sorted by address."""

    ranges: tuple[CodeRange, ...]
    starts: tuple[int, ...]
    names: tuple[str, ...]

    @property
    def low(self) -> int:
        """The lowest address of code."""
        return min((r.low for r in self.ranges), default=0)

    @property
    def high(self) -> int:
        """The end of the highest code."""
        return max((r.high for r in self.ranges), default=0)

    def contains(self, pc: int) -> bool:
        """Whether `pc` lies in this module's code."""
        return any(r.low <= pc < r.high for r in self.ranges)

    def function_at(self, pc: int) -> str:
        """Return the name of the function that holds `pc`, or ""."""
        index = bisect_right(self.starts, pc) - 1
        return self.names[index] if index >= 0 and self.contains(pc) else ""

    def text_offset(self, pc: int) -> int | None:
        """Return how far `pc` is into .text, or None."""
        for r in self.ranges:
            if r.name == ".text" and r.low <= pc < r.high:
                return pc - r.low
        return None


def _module(elves: Iterable[ElfObject], address: Callable[[str], int]) -> Module:
    """Find where the code of objects lies."""
    ranges: list[CodeRange] = []
    placed: list[tuple[int, str]] = []
    for elf in elves:
        bases = _bases(elf, address)
        for index, base in sorted(bases.items()):
            section = elf.sections[index]
            ranges.append(CodeRange(section.name, base, base + section.size))
        placed += (
            (bases[symbol.section] + symbol.offset, symbol.name)
            for symbol in elf.functions
            if symbol.section in bases
        )
    placed.sort()
    return Module(tuple(ranges), tuple(at for at, _ in placed), tuple(name for _, name in placed))


def _bases(elf: ElfObject, address: Callable[[str], int]) -> dict[int, int]:
    """Find the sections' addresses by those of the global functions in them."""
    bases: dict[int, int] = {}
    for symbol in elf.functions:
        if symbol.is_global and symbol.section not in bases:
            at = address(symbol.name)
            if at:
                bases[symbol.section] = at - symbol.offset
    return bases


class Unresolved(Exception):
    """Names that nothing defines: a call of one would go to address 0."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Take the names."""
        super().__init__(*names)
        self.names = names


def _require(names: Iterable[str], defined: frozenset[str]) -> None:
    """Raise `Unresolved` unless each name is defined there, or in this process."""
    for library in _SUPPORT:
        try:
            ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
        except OSError:
            continue  # a machine without it has its functions elsewhere, or is told of each
    process = ctypes.CDLL(None)
    missing = tuple(n for n in names if n not in defined and not hasattr(process, n))
    if missing:
        raise Unresolved(missing)


class Loaded:
    """Program and run time, linked. Holds the engine: the code lives as long as this does."""

    def __init__(self, program: bytes, runtime: Sequence[bytes], base: bytes = b"") -> None:
        """Link object files; the machine's C library is resolved from this process.

        `base` is what the program needs besides the run time, if anything. Raises `Unresolved`
        if something is nowhere.
        """
        own, library = ElfObject(program), [ElfObject(part) for part in runtime]
        linked = ElfObject(base) if base else None
        others = [*library, linked] if linked else library
        _require(own.needed, frozenset().union(*(elf.defined for elf in others)))
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        machine = llvm.Target.from_default_triple().create_target_machine(
            opt=0, reloc="pic", codemodel="jitdefault", jit=True
        )
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
        for data in (*runtime, base, program) if base else (*runtime, program):
            self._engine.add_object_file(llvm.ObjectFileRef.from_data(data))
        self._engine.finalize_object()
        address = self._engine.get_function_address
        self.program = _module([own], address)
        self.runtime = _module(library, address)
        self.base = _module([linked], address) if linked else None
        self.tables = self._engine.get_global_value_address("fh.program")

    @property
    def base_text(self) -> tuple[int, int]:
        """Where the code of what the program is linked with lies."""
        return (self.base.low, self.base.high) if self.base is not None else (0, 0)

    def pointed_at(self) -> dict[int, str]:
        """Return the user's functions that have an address for pointers, by that address."""
        modules = [self.program] if self.base is None else [self.program, self.base]
        return {
            start: name.removeprefix(_POINTED_AT)
            for module in modules
            for start, name in zip(module.starts, module.names, strict=True)
            if name.startswith(_POINTED_AT)
        }

    def address(self, symbol: str) -> int:
        """Return the address of a global function, 0 if there is none."""
        return int(self._engine.get_function_address(symbol))
