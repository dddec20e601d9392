"""The types that a source declares, C or Rust, for `freehold layout`."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from freehold.c.ctype import RecordType
from freehold.c.lowertype import lower_type
from freehold.c.parse import ParseOptions, parse
from freehold.c.pp.files import ReadFile, read_from_disk
from freehold.c.preprocess import preprocess
from freehold.c.sema import SemaOptions, analyse
from freehold.c.sema.spell import spell
from freehold.c.tree import TranslationUnit
from freehold.diagnostics import Diagnostic
from freehold.driver.frontend import is_fatal, preprocess_options
from freehold.driver.options import CompileOptions
from freehold.records import dataclass, field
from freehold.source import Source, Span
from freehold.types.model import Adt, Type

if TYPE_CHECKING:
    from freehold.driver.rust import Analysed


@dataclass(frozen=True, slots=True)
class Declared:
    """A type as its source names it, and what the source calls the types of its fields."""

    name: str
    type: Type
    span: Span | None
    names: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Types:
    """What was found, or why there is nothing."""

    types: tuple[Declared, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


# -------------------------------------------------------------------------------------------- C


def c_types(
    source: Source,
    options: CompileOptions,
    wanted: str = "",
    read: ReadFile = read_from_disk,
) -> Types:
    """Return the structs and unions of a C file; with `wanted` that one, also from a header."""
    found: list[Diagnostic] = []
    done = preprocess(source, preprocess_options(options, read))
    found.extend(done.diagnostics)
    if is_fatal(found):
        return Types((), tuple(found))
    tree, problems = parse(done.tokens, ParseOptions(std=options.std))
    found.extend(problems)
    if tree is None or is_fatal(problems):
        return Types((), tuple(found))
    unit, problems = analyse(tree, SemaOptions())
    found.extend(problems)
    if is_fatal(problems):
        return Types((), tuple(found))
    return Types(tuple(_chosen(unit, source, wanted)), tuple(found))


def _chosen(unit: TranslationUnit, source: Source, wanted: str) -> Iterator[Declared]:
    names = _names(unit)
    for record in unit.records:
        name = names.get(record) or f"{record.keyword} <anonymous>"
        own = record.span.outermost().source is source
        if wanted:
            asked = {name, record.tag, *_typedefs(unit, record)}
            if " ".join(wanted.split()) in asked:
                yield _declared(record, name)
        elif own and names.get(record):
            yield _declared(record, name)


def _typedefs(unit: TranslationUnit, record: RecordType) -> Iterator[str]:
    return (name for name, ty in unit.typedefs.items() if ty.type is record)


def _names(unit: TranslationUnit) -> dict[RecordType, str]:
    names = {one: f"{one.keyword} {one.tag}" for one in unit.records if one.tag}
    for record in unit.records:
        if record not in names:
            for name in _typedefs(unit, record):
                names[record] = name
    return names


def _declared(record: RecordType, name: str) -> Declared:
    adt = lower_type(record)
    words = {
        (0, index): spell(member.type) + (f" : {member.bits}" if member.bits is not None else "")
        for index, member in enumerate(record.members or ())
    }
    return Declared(name, adt, record.span, words)


# ----------------------------------------------------------------------------------------- Rust

_ASKED = "FreeholdAsked"


def rust_types(source: Source, wanted: str = "") -> Types:
    """Return the types of a Rust file that take no type parameters; with `wanted` just that type.

    `wanted` may be any type that the file could name, such as `Option<Node>` or `(u8, u32)`.
    """
    from freehold.driver.rust import analyse as analyse_rust
    from freehold.driver.rust import settled

    text = source.text
    if wanted:
        text += f"\n#[allow(dead_code)] type {_ASKED} = {wanted};\n"
    analysed = analyse_rust(Source(source.name, text), strict=False)
    found = settled(analysed.diagnostics)
    if is_fatal(found):
        return Types((), found)
    return Types(tuple(_rust_chosen(analysed, wanted)), found)


def _rust_chosen(analysed: "Analysed", wanted: str) -> Iterator[Declared]:
    from freehold.rust.items import Alias, ParameterKind
    from freehold.rust.mono.types import Types as Plain
    from freehold.rust.traits import Instances
    from freehold.types.generic import ERASED, AdtType

    plain = Plain(Instances(analysed.world))
    if wanted:
        alias = analysed.crates.user.root.types.get(_ASKED)
        assert isinstance(alias, Alias)
        assert alias.aliased is not None
        ty = plain.plain(plain.concrete(alias.aliased, ()))
        yield Declared(_one_line(wanted), ty, None)
        return
    for adt in analysed.crates.user.adts:
        parameters = adt.generics.all()
        if any(one.kind is not ParameterKind.LIFETIME for one in parameters):
            continue
        made = AdtType(adt, tuple(ERASED for _ in parameters))
        ty = plain.plain(plain.concrete(made, ()))
        span = adt.node.span if adt.node is not None else None
        if isinstance(ty, Adt):
            yield Declared(f"{adt.kind.value} {adt.name}", ty, span)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
