"""Reads the notation of `tables/*.txt` into records.

```
table    = ("[" header "]" | function)*
function = prototype (":" clause (";" clause)*)?
clause   = "own" | "fails" failure | "as" symbol | "maybe"? effect
effect   = word parameter? extent?
```

The words stand in `_EFFECTS`; `freehold.runtime.libc.model` says what each effect means. A function
without pointers is called natively; one that is not `own` has its wrapper made by `generate`, or
shares that of another (`as`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from freehold.runtime.libc.model import (
    Allocates,
    Borrows,
    Calls,
    Closes,
    Count,
    Effect,
    Ends,
    Extent,
    Failure,
    Formats,
    Frees,
    Function,
    Keeps,
    Numeral,
    Opens,
    Parameter,
    Points,
    Provision,
    Reads,
    Resource,
    Returns,
    Text,
    Unknown,
    Updates,
    Uses,
    Vector,
    Whole,
    Writes,
)
from freehold.runtime.libc.prototype import Prototype, parse_prototype
from freehold.types import FloatType, IntType, PointerType

Words = list[str]


def _count(words: Words) -> Extent:
    factors = words[0].split("*") if words else []
    return Count(tuple(int(f) if f.isdigit() else Parameter(f) for f in factors))


def _whole(words: Words) -> Whole:
    if not words:
        return Whole()
    return Whole(int(words[0]) if words[0].isdigit() else Parameter(words[0]))


def _limit(words: Words) -> Parameter | None:
    return Parameter(words[0]) if words else None


def _allocates(words: Words) -> Allocates:
    through = Parameter(words[words.index("through") + 1]) if "through" in words else None
    sized = bool(words) and words[0] != "through"
    return Allocates(_count(words) if sized else Unknown(), through, "zeroed" in words)


def _borrows(words: Words) -> Borrows:
    return Borrows(Count((int(words[0]),)) if words else Text())


_P = Parameter
_EFFECTS: Mapping[str, Callable[[Words], Effect]] = {
    "reads": lambda w: Reads(_P(w[0]), _count(w[1:])),
    "copies": lambda w: Reads(_P(w[0]), _count(w[1:]), copies=True),
    "given": lambda w: Reads(_P(w[0]), _whole(w[1:])),
    "text": lambda w: Reads(_P(w[0]), Text(1, _limit(w[1:]))),
    "wide": lambda w: Reads(_P(w[0]), Text(4, _limit(w[1:]))),
    "numeral": lambda w: Reads(_P(w[0]), Numeral(1)),
    "numeral_wide": lambda w: Reads(_P(w[0]), Numeral(4)),
    "vector": lambda w: Reads(_P(w[0]), Vector()),
    "fills": lambda w: Writes(_P(w[0]), _count(w[1:])),
    "received": lambda w: Writes(_P(w[0]), _count(w[1:]), by_result=True),
    "out": lambda w: Writes(_P(w[0]), _whole(w[1:])),
    "sets": lambda w: Writes(_P(w[0]), Text(1, _limit(w[1:]))),
    "sets_wide": lambda w: Writes(_P(w[0]), Text(4, _limit(w[1:]))),
    "changes": lambda w: Updates(_P(w[0]), _whole(w[1:])),
    "changes_bytes": lambda w: Updates(_P(w[0]), _count(w[1:])),
    "edits": lambda w: Updates(_P(w[0]), Text(1)),
    "edits_wide": lambda w: Updates(_P(w[0]), Text(4)),
    "anything": lambda w: Updates(_P(w[0]), Unknown()),
    "frees": lambda w: Frees(_P(w[0])),
    "allocates": _allocates,
    "returns": lambda w: Returns(_P(w[0])),
    "borrows": _borrows,
    "points": lambda w: Points(_P(w[0]), _P(w[1]) if w[1:] else None),
    "keeps": lambda w: Keeps(_P(w[0])),
    "calls": lambda w: Calls(_P(w[0]), later=w[1:] == ["later"]),
    "stream": lambda w: Uses(_P(w[0]), Resource.STREAM),
    "directory": lambda w: Uses(_P(w[0]), Resource.DIRECTORY),
    "fd": lambda w: Uses(_P(w[0]), Resource.DESCRIPTOR),
    "opens": lambda w: Opens(Resource(w[0])),
    "closes": lambda w: Closes(_P(w[0]), Resource(w[1])),
    "formats": lambda w: Formats(_P(w[0]), w[1], 4 if w[2:] else 1),
    "ends": lambda _: Ends(),
}


_NO_EFFECT = ("own", "fails", "as")


def _effect(words: Words) -> Effect:
    if words[0] != "maybe":
        return _EFFECTS[words[0]](words[1:])
    inner = _EFFECTS[words[1]](words[2:])
    assert isinstance(inner, (Reads, Writes, Updates)), words
    return replace(inner, optional=True)


def _provision(parsed: Prototype, clauses: list[Words]) -> Provision:
    if ["own"] in clauses:
        return Provision.WRITTEN
    if any(words[0] == "as" for words in clauses):
        return Provision.ALIAS
    signature = parsed.type
    pointers = any(isinstance(ty, PointerType) for ty in (signature.result, *signature.parameters))
    return Provision.GENERATED if pointers or signature.variadic else Provision.NATIVE


def _failure(parsed: Prototype) -> Failure:
    match parsed.type.result:
        case PointerType():
            return Failure.NULL
        case IntType(_, True):
            return Failure.NEGATIVE
        case FloatType() | IntType():
            return Failure.NEVER
        case _:
            return Failure.NEVER


def read_function(line: str, header: str) -> Function:
    """Return the function that one line of a table describes."""
    prototype, _, rest = line.partition(" : ")
    parsed = parse_prototype(prototype)
    clauses = [clause.split() for clause in rest.split(";")] if rest else []
    symbol = next((words[1] for words in clauses if words[0] == "as"), parsed.name)
    fails = [Failure(words[1]) for words in clauses if words[0] == "fails"]
    return Function(
        name=parsed.name,
        header=header,
        prototype=prototype,
        signature=parsed.type,
        parameters=tuple(Parameter(name) for name in parsed.parameters),
        spellings=parsed.spellings,
        result=parsed.result,
        effects=tuple(_effect(words) for words in clauses if words[0] not in _NO_EFFECT),
        provision=_provision(parsed, clauses),
        failure=fails[0] if fails else _failure(parsed),
        symbol=symbol,
    )


def split_table(text: str) -> dict[str, tuple[str, str]]:
    """Return each function's header and line, by name, unread."""
    found: dict[str, tuple[str, str]] = {}
    header = ""
    for line in text.splitlines():
        if line.startswith("["):
            header = line[1:-1]
        elif line:
            name = line[: line.index("(")].split()[-1].lstrip("*")
            found[name] = (header, line)
    return found
