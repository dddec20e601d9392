"""Static initialisers as bytes and relocations."""

from freehold.c import tree
from freehold.c.ctype import Array, Complex, Floating, QualType
from freehold.c.lowertype import size_of
from freehold.c.sema import floats
from freehold.c.sema.context import Context
from freehold.c.sema.evaluate import Address, Evaluator, Pair, Value
from freehold.c.sema.initial import Entry
from freehold.c.sema.kinds import float_kind, is_integer, is_pointer
from freehold.diagnostics.codes import C_WARNING, NOT_CONSTANT
from freehold.source import Span

# More bytes of one object than this are refused: each would be held several times over.
_MOST = 1 << 26
# Trailing zeros of a larger object are left out of its bytes.
_WHOLE = 1 << 16


class _TooLarge(Exception):
    """An object's bytes would go beyond `_MOST`."""


class Image:
    """The bytes of a static object in the making."""

    __slots__ = ("data", "relocations", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self.data = bytearray()
        self.relocations: dict[int, tree.StaticRelocation] = {}

    def put(self, offset: int, raw: bytes) -> None:
        """Write `raw`, over whatever was there."""
        end = offset + len(raw)
        self.reach(end)
        if end > len(self.data):
            self.data.extend(bytes(end - len(self.data)))
        self.data[offset:end] = raw
        if self.relocations:
            self._cut(offset, end)

    def reach(self, end: int) -> None:
        """Require that bytes up to `end` can be held."""
        if end > _MOST:
            raise _TooLarge

    def _cut(self, start: int, end: int) -> None:
        first = max(0, start - 7)
        if end - first <= len(self.relocations):
            touched = [at for at in range(first, end) if at in self.relocations]
        else:
            touched = [at for at in self.relocations if first <= at < end]
        for at in touched:
            if at + self.relocations[at].width > start:
                del self.relocations[at]

    def put_address(self, offset: int, address: Address, width: int) -> None:
        """Write the address of something."""
        self.put(offset, bytes(width))
        self.relocations[offset] = tree.StaticRelocation(
            offset, address.target, address.addend, address.minus, width
        )

    def put_bits(self, offset: int, bit: int, width: int, value: int) -> None:
        """Write a bit-field that begins at bit `bit` of byte `offset`."""
        start, shift = offset + bit // 8, bit % 8
        count = (shift + width + 7) // 8
        mask = ((1 << width) - 1) << shift
        old = int.from_bytes(bytes(self.data[start : start + count]).ljust(count, b"\0"), "little")
        new = (old & ~mask) | (value << shift & mask)
        self.put(start, new.to_bytes(count, "little"))

    def finish(self) -> tree.StaticData:
        """Return the bytes; those of large objects end at the last that is not zero."""
        data = bytes(self.data)
        if self.size <= _WHOLE:
            data = data.ljust(self.size, b"\0")
        else:
            last = max((r.offset + r.width for r in self.relocations.values()), default=0)
            kept = data.rstrip(b"\0")
            data = kept.ljust(last, b"\0")
        ordered = sorted(self.relocations.values(), key=lambda r: r.offset)
        return tree.StaticData(data, tuple(ordered))


def zeros(ty: QualType) -> tree.StaticData:
    """Return the bytes of a zeroed object."""
    return Image(size_of(ty)).finish()


def static_data(c: Context, ty: QualType, entries: list[Entry], at: Span) -> tree.StaticData:
    """Return the bytes of a static object of type `ty`; `at` is its declaration."""
    size = size_of(ty)
    for entry in entries:
        size = max(size, entry.offset + _extent(entry))
    image = Image(size)
    try:
        for entry in entries:
            _write(c, image, entry, at)
    except _TooLarge:
        c.report.beyond(at, "the data of this initializer", f"{_MOST >> 20} MiB")
        return tree.StaticData(b"")
    return image.finish()


def _extent(entry: Entry) -> int:
    if entry.width is not None:
        return (entry.bit + entry.width + 7) // 8
    size = size_of(entry.type)
    if entry.last is None or not entry.path:
        return size
    return size * (entry.last - entry.path[-1].index + 1)


def _write(c: Context, image: Image, entry: Entry, at: Span) -> None:
    if isinstance(entry.value, tree.StringRef) and isinstance(entry.type.type, Array):
        size = size_of(entry.type)
        raw = entry.value.literal.data[:size]
        # Zeros at the end are written only over what stands there, or where they repeat.
        there = size if _extent(entry) > size else min(size, len(image.data) - entry.offset)
        _repeat(image, entry, raw.ljust(there, b"\0"))
        return
    copied = _copied_object(entry.value)
    if copied is not None:
        _copy(image, entry, copied)
        return
    evaluator = Evaluator(c.constants)
    found = evaluator.value(entry.value)
    if found is None or not _loadable(found, entry.type):
        what = "the initializer of a static object must be constant"
        c.report.error(NOT_CONSTANT, entry.value.span, what, entry.value)
        return
    if evaluator.overflowed:
        c.report.pedantic(C_WARNING, at, "a constant that overflows")
    if isinstance(found, Address):
        _put_addresses(image, entry, found)
    elif entry.width is not None and isinstance(found, int):
        image.put_bits(entry.offset, entry.bit, entry.width, found)
    else:
        _repeat(image, entry, encode(found, entry.type))


def _copied_object(value: tree.Expr) -> tree.Variable | None:
    """Return the static object whose whole contents `value` is, if they are known."""
    place = value.place if isinstance(value, tree.Load) else value
    if not isinstance(place, tree.VariableRef):
        return None
    variable = place.variable
    known = variable.initial is not None and variable.constant
    aggregate = isinstance(value.type.type, Array) or not _is_scalar_type(value.type)
    return variable if known and aggregate else None


def _is_scalar_type(ty: QualType) -> bool:
    return is_integer(ty) or is_pointer(ty) or isinstance(ty.type, (Floating, Complex))


def _copy(image: Image, entry: Entry, source: tree.Variable) -> None:
    assert source.initial is not None
    size = size_of(entry.type)
    if not size:
        return
    given = source.initial.data[:size]
    image.reach(entry.offset + _extent(entry) - size + len(given))
    for start in range(entry.offset, entry.offset + _extent(entry), size):
        there = min(size, max(len(image.data) - start, 0))
        image.put(start, given.ljust(there, b"\0"))
        for item in source.initial.relocations:
            address = Address(item.target, item.addend, item.minus)
            image.put_address(start + item.offset, address, item.width)


def _loadable(found: Value, ty: QualType) -> bool:
    """Tell whether a linker can put `found` into an object of type `ty`."""
    if isinstance(found, Address):
        return size_of(ty) == 8 or (found.minus is not None and is_integer(ty))
    return _is_scalar_type(ty)


def _put_addresses(image: Image, entry: Entry, found: Address) -> None:
    size = size_of(entry.type)
    image.reach(entry.offset + _extent(entry))
    for offset in range(entry.offset, entry.offset + _extent(entry), size):
        image.put_address(offset, found, size)


def _repeat(image: Image, entry: Entry, raw: bytes) -> None:
    size = size_of(entry.type)
    count = _extent(entry) // size if size else 0
    if any(raw) or entry.offset < len(image.data):
        image.reach(entry.offset + len(raw) * count)
        image.put(entry.offset, raw * count)


def encode(found: Value, ty: QualType) -> bytes:
    """Return the bytes of a value of scalar type `ty`."""
    size = size_of(ty)
    if isinstance(found, Pair):
        kind = float_kind(ty)
        return floats.encode(found.real, kind) + floats.encode(found.imaginary, kind)
    if isinstance(found, floats.Real):
        return floats.encode(found, float_kind(ty))
    assert isinstance(found, int)
    return (found & ((1 << 8 * size) - 1)).to_bytes(size, "little")
