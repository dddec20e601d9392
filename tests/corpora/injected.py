"""Inject 60 bugs into cJSON, lua and zlib, and look for each with `freehold check`.

    python -m tests.corpora.injected FOLDER... [--count 60] [--seed 1] [--kind K] [--match TEXT]
                                     [--list] [--jobs 2]

A bug is an edit of one function: a release dropped, moved before the last use, or done twice; the
size of an allocation made smaller; a test for null, or the releases before a way out, left away.
It is found where a finding that the project itself does not have is of a right code, and has its
place or one of its events in that function. Places are spread over kinds, then projects.
"""

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.check_c import OPTIONS, sources_of
from freehold.c.lex import lex
from freehold.c.pp.files import read_from_disk
from freehold.c.token import Kind, Token
from freehold.diagnostics import Diagnostic
from freehold.driver.frontend import read_unit
from freehold.driver.means import Means
from freehold.driver.static import check_c
from freehold.source import Source

FREES = frozenset(
    (
        "free", "deallocate", "cJSON_Delete", "cJSON_free", "ZFREE", "TRY_FREE", "luaM_free",
        "luaM_freearray", "luaM_freemem", "fclose",
    )
)  # fmt: skip
# The argument that is the size, from the last one.
ALLOCATORS = {
    "malloc": -1, "realloc": -1, "allocate": -1, "reallocate": -1, "cJSON_malloc": -1, "ZALLOC": -1,
    "luaM_newvector": -2, "luaM_new": -1, "fopen": 0, "luaM_malloc_": -2, "cJSON_New_Item": 0,
    "cJSON_strdup": 0, "cJSON_CreateObject": 0, "cJSON_CreateArray": 0, "cJSON_Duplicate": 0,
    "ensure": 0, "print": 0, "create_reference": 0,
}  # fmt: skip

RIGHT = {
    "dropped free": {"FH0801", "FH0805"},
    "early free": {"FH0201", "FH0202"},
    "double free": {"FH0202", "FH0201"},
    "wrong size": {"FH0101", "FH0104", "FH0106", "FH0607", "FH0608", "FH0102", "FH0107"},
    "missing test": {"FH0507", "FH0501"},
    "skipped cleanup": {"FH0801", "FH0805"},
}


@dataclass(frozen=True, slots=True)
class Bug:
    """An edit of one function: `start..end` of the text of `path` becomes `text`."""

    kind: str
    path: Path
    function: str
    lines: range
    line: int
    start: int
    end: int
    text: str

    def __str__(self) -> str:
        return f"{self.kind:<15} {self.path.name}:{self.line} in {self.function}"


@dataclass(frozen=True, slots=True)
class Region:
    """The tokens of one function's body, and its name."""

    source: Source
    name: str
    tokens: tuple[Token, ...]

    @property
    def lines(self) -> range:
        """The lines of the body."""
        return range(self.tokens[0].span.line - 2, self.tokens[-1].span.line + 1)

    def text(self, first: int, last: int) -> str:
        """Return the text of the tokens `first` to `last`, the last one included."""
        return self.source.text[self.tokens[first].start : self.tokens[last].end]


def functions(source: Source) -> Iterator[Region]:
    """Yield the functions of a file."""
    tokens = _plain(lex(source)[0])
    depth = start = parens = 0
    name = ""
    for i, token in enumerate(tokens):
        if depth == 0 and token.text == "(":
            if parens == 0 and i and tokens[i - 1].kind is Kind.IDENT:
                name = tokens[i - 1].text
            parens += 1
        elif depth == 0 and token.text == ")":
            parens -= 1
        elif token.text == "{":
            if depth == 0:
                start = i
            depth += 1
        elif token.text == "}" and depth:
            depth -= 1
            if depth == 0 and tokens[start - 1].text == ")":
                yield Region(source, name, tuple(tokens[start : i + 1]))


def _plain(tokens: list[Token]) -> list[Token]:
    """Leave out directives."""
    found: list[Token] = []
    directive = False
    for token in tokens:
        if token.bol:
            directive = token.text == "#" or (directive and _continues(token))
        if not directive and token.kind is not Kind.END:
            found.append(token)
    return found


def _continues(token: Token) -> bool:
    """Whether the line before ends in a backslash."""
    line = token.source.line_text(token.span.line - 1)
    return line.rstrip().endswith("\\")


def _closing(tokens: tuple[Token, ...], at: int) -> int:
    """Return the number of the bracket that closes the one at `at`."""
    depth = 0
    for i in range(at, len(tokens)):
        depth += (tokens[i].text in "([{") - (tokens[i].text in ")]}")
        if depth == 0:
            return i
    return len(tokens) - 1


def _first(tokens: tuple[Token, ...], at: int) -> int:
    """Return the number of the first token of the statement that `at` is in."""
    depth = 0
    while at > 0:
        before = tokens[at - 1].text
        if before in ")]":
            depth += 1
        elif before in "([":
            if depth == 0:
                return -1
            depth -= 1
        elif depth == 0 and before in {";", "{", "}", ":", "else"}:
            return at
        at -= 1
    return at


def _call_statements(region: Region) -> Iterator[tuple[int, int, int]]:
    """Yield first and last token of each statement that releases, and its call's bracket."""
    tokens = region.tokens
    for i, (token, after) in enumerate(pairwise(tokens)):
        if token.text not in FREES or after.text != "(":
            continue
        close = _closing(tokens, i + 1)
        first = i
        while first and tokens[first - 1].text in {"->", ".", "hooks", "global_hooks"}:
            first -= 1
        if first >= 3 and [t.text for t in tokens[first - 3 : first]] == ["(", "void", ")"]:
            first -= 3
        begins = tokens[first - 1].text in {";", "{", "}", ")", "else", ":"}
        if begins and tokens[close + 1].text == ";":
            yield first, close + 1, i + 1


def _arguments(tokens: tuple[Token, ...], bracket: int) -> list[tuple[int, int]]:
    """Return first and last token of each argument."""
    end = _closing(tokens, bracket)
    found: list[tuple[int, int]] = []
    depth, start = 0, bracket + 1
    for i in range(bracket + 1, end + 1):
        text = tokens[i].text
        if depth == 0 and (text == "," or i == end):
            found.append((start, i - 1))
            start = i + 1
        depth += (text in "([{") - (text in ")]}")
    return [(a, b) for a, b in found if a <= b]


def _bug(kind: str, region: Region, first: int, last: int, text: str) -> Bug:
    one, other = region.tokens[first], region.tokens[last]
    lost = region.source.text[one.start : other.end].count("\n") - text.count("\n")
    path = Path(region.source.name)
    text += "\n" * max(lost, 0)
    return Bug(kind, path, region.name, region.lines, one.span.line, one.start, other.end, text)


def dropped(region: Region) -> Iterator[Bug]:
    """Yield a bug for each release that can be left away."""
    for first, last, _ in _call_statements(region):
        yield _bug("dropped free", region, first, last, ";")


def doubled(region: Region) -> Iterator[Bug]:
    """Yield a bug for each release that can be done twice."""
    for first, last, _ in _call_statements(region):
        text = region.text(first, last)
        yield _bug("double free", region, first, last, f"{{ {text} {text} }}")


def early(region: Region) -> Iterator[Bug]:
    """Yield a bug for each release that can be done before the last use in its block."""
    tokens = region.tokens
    for first, last, bracket in _call_statements(region):
        arguments = _arguments(tokens, bracket)
        names = [region.text(a, b) for a, b in arguments]
        which = 1 if tokens[bracket - 1].text.startswith(("luaM", "ZF", "TRY")) else 0
        if len(names) <= which or tokens[first - 1].text not in {";", "{", "}"}:
            continue
        what = re.sub(r"^\(.*?\)\s*", "", names[which])
        used = _last_use(region, first, what)
        if used is None or _assigns(region.text(used, first - 1), tokens[first : last + 1]):
            continue
        text = f"{region.text(first, last)} {region.text(used, first - 1)} ;"
        yield _bug("early free", region, used, last, text)


def _assigns(text: str, tokens: tuple[Token, ...]) -> bool:
    """Whether `text` gives one of the names in `tokens` a value."""
    names = {token.text for token in tokens if token.kind is Kind.IDENT}
    return any(re.search(rf"\b{name}\s*=[^=]", text) for name in names)


def _last_use(region: Region, before: int, what: str) -> int | None:
    """Return the start of the statement that uses `what`, in the same block, last before."""
    tokens = region.tokens
    use = re.compile(rf"(?<![\w.>]){re.escape(what)}(?:->|\[)|[*(,]\s*{re.escape(what)}\s*[,)]")
    here, depth, parens = before - 1, 0, 0
    end = before
    while here > 0:
        text = tokens[here].text
        parens += (text == ")") - (text == "(")
        if text == "}":
            depth += 1
        elif text == "{":
            if depth == 0:
                return None
            depth -= 1
        starts = tokens[here - 1].text in {";", "{", "}"}
        if depth == parens == 0 and starts and here < end and text not in {"{", "else", "while"}:
            statement = region.text(here, end - 1)
            if re.search(rf"{re.escape(what)}\s*=[^=]|\breturn\b|\bgoto\b|\bcase\b", statement):
                return None
            if use.search(statement):
                return here
            end = here
        here -= 1
    return None


def smaller(region: Region) -> Iterator[Bug]:
    """Yield a bug for each allocation whose size can be made smaller."""
    tokens = region.tokens
    for i, (token, after) in enumerate(pairwise(tokens)):
        where = ALLOCATORS.get(token.text, 0)
        if not where or after.text != "(":
            continue
        arguments = _arguments(tokens, i + 1)
        if len(arguments) < -where or _first(tokens, i) < 0:
            continue
        first, last = arguments[where]
        old = region.text(first, last)
        new = _shrunk(old)
        if new is not None:
            yield _bug("wrong size", region, first, last, new)


def _shrunk(size: str) -> str | None:
    """Return a size as one that got it wrong would have written it."""
    if re.search(r"\+\s*(1|sizeof\(\"\"\))\s*\)?$", size):
        return re.sub(r"\+\s*(1|sizeof\(\"\"\))(\s*\)?)$", r"\2", size)
    if re.fullmatch(r"sizeof\s*\(\s*[\w ]+\)", size):
        return re.sub(r"\)$", " *)", size)
    if re.search(r"\*\s*sizeof\s*\([\w *]+\)", size):
        return re.sub(r"\*\s*sizeof\s*\([\w *]+\)", "", size)
    if re.fullmatch(r"\w+", size) and not size[0].isdigit() and not size.isupper():
        return f"{size} - 1"
    return None


_TEST = re.compile(
    r"\(?\s*(?:\w+\()?\(?\s*(?:!\s*([\w.>-]+)|([\w.>-]+)\s*==\s*(?:NULL|Z_NULL|0))\)*$"
)


def untested(region: Region) -> Iterator[Bug]:
    """Yield a bug for each test of an allocation's result that can be left away."""
    tokens = region.tokens
    for i, (token, after) in enumerate(pairwise(tokens)):
        if token.text not in ALLOCATORS or after.text != "(" or token.text in {"luaM_new"}:
            continue
        first = _first(tokens, i)
        last = _closing(tokens, i + 1)
        while last < len(tokens) - 2 and tokens[last].text != ";":
            last += 1
        if first < 0 or tokens[last + 1].text != "if" or tokens[last + 2].text != "(":
            continue
        target = re.match(r"(?:[\w *]+?[\s*])?([\w.>-]+)\s*=[^=]", region.text(first, last))
        close = _closing(tokens, last + 2)
        test = _TEST.match(region.text(last + 3, close - 1))
        if target is None or test is None or (test[1] or test[2]) != target[1]:
            continue
        yield _bug("missing test", region, last + 3, close - 1, "0")


def skipped(region: Region) -> Iterator[Bug]:
    """Yield a bug for each way out that can miss the releases before it."""
    tokens = region.tokens
    leaves = [
        region.text(i, _semicolon(tokens, i)) for i, t in enumerate(tokens) if t.text == "return"
    ]
    for i, token in enumerate(tokens):
        label = tokens[i + 1].text if i + 1 < len(tokens) else ""
        if token.text == "goto" and leaves and _releases_after(tokens, label):
            yield _bug("skipped cleanup", region, i, i + 2, leaves[-1])
    for first, last, _ in _call_statements(region):
        inner = tokens[first - 1].text in {"{", ";"} and _depth(tokens, first) > 1
        if inner and tokens[last + 1].text == "return":
            yield _bug("skipped cleanup", region, first, last, ";")


def _releases_after(tokens: tuple[Token, ...], label: str) -> bool:
    """Whether something is released behind a label."""
    for i, (token, after) in enumerate(pairwise(tokens)):
        if token.text == label and after.text == ":":
            return any(one.text in FREES for one in tokens[i:])
    return False


def _depth(tokens: tuple[Token, ...], at: int) -> int:
    return sum((t.text == "{") - (t.text == "}") for t in tokens[:at])


def _semicolon(tokens: tuple[Token, ...], at: int) -> int:
    while at < len(tokens) - 1 and tokens[at].text != ";":
        at += 1
    return at


MAKERS: tuple[Callable[[Region], Iterator[Bug]], ...] = (
    dropped, early, doubled, smaller, untested, skipped,
)  # fmt: skip


def candidates(folder: Path) -> Iterator[Bug]:
    """Yield every bug that can be injected into what is compiled of a project."""
    for path in sources_of(folder):
        program = read_unit(_read(path), OPTIONS, read_from_disk).program
        compiled = {body.display for body in program.bodies.values()} if program else set()
        for region in functions(_read(path)):
            if region.name not in compiled:
                continue
            for make in MAKERS:
                yield from make(region)


def _read(path: Path) -> Source:
    return Source(str(path), path.read_text(encoding="utf-8", errors="surrogateescape"))


def choose(folders: list[Path], count: int, seed: int) -> list[Bug]:
    """Return `count` bugs, spread over the kinds, and of a kind over the projects."""
    rng = random.Random(seed)
    pools: dict[str, dict[Path, list[Bug]]] = defaultdict(lambda: defaultdict(list))
    for folder in folders:
        for bug in candidates(folder):
            pools[bug.kind][folder].append(bug)
    for of_kind in pools.values():
        for pool in of_kind.values():
            rng.shuffle(pool)
    chosen: list[Bug] = []
    turn = 0
    while len(chosen) < count and any(
        pool for of_kind in pools.values() for pool in of_kind.values()
    ):
        for of_kind in pools.values():
            ready = [pool for pool in of_kind.values() if pool]
            if ready and len(chosen) < count:
                chosen.append(ready[turn % len(ready)].pop())
        turn += 1
    return chosen


# ---------------------------------------------------------------------------------------- checking

Key = tuple[str, str, str]
_known: dict[Path, frozenset[Key]] = {}


def _key(found: Diagnostic) -> Key:
    """Return what a finding is known by when lines stay as they are."""
    at = found.at.outermost() if found.at is not None else None
    return found.code.id, f"{at.source.name}:{at.line}" if at is not None else "", found.message


def check_folder(folder: Path, bug: Bug | None, cache: Path) -> list[Diagnostic]:
    """Check a project, with a bug in it; `cache` keeps what is known of its functions."""
    sources = [_read(path) for path in sources_of(folder)]
    if bug is not None:
        old = next(source for source in sources if source.name == str(bug.path))
        text = old.text[: bug.start] + bug.text + old.text[bug.end :]
        sources[sources.index(old)] = Source(old.name, text)
    units = [(one, OPTIONS) for one in sources]
    return list(check_c(units, pedantic=True, means=Means(cache)).findings)


def look_for(work: tuple[Bug, Path]) -> tuple[Bug, str]:
    """Return what was found of a bug, "" for nothing."""
    bug, cache = work
    folder = bug.path.parent
    if folder not in _known:
        _known[folder] = frozenset(_key(one) for one in check_folder(folder, None, cache))
    new = [one for one in check_folder(folder, bug, cache) if _key(one) not in _known[folder]]
    right = [one for one in new if one.code.id in RIGHT[bug.kind] and _is_there(one, bug)]
    if right:
        return bug, _words(right[0])
    return bug, "" if not new else "?" + "; ".join(_words(one) for one in new[:3])


def _is_there(found: Diagnostic, bug: Bug) -> bool:
    spans = [found.at, *(label.span for label in found.labels)]
    return any(
        span is not None
        and span.outermost().source.name == str(bug.path)
        and span.outermost().line in bug.lines
        for span in spans
    )


def _words(found: Diagnostic) -> str:
    at = found.at.outermost() if found.at is not None else None
    where = f"{Path(at.source.name).name}:{at.line}" if at is not None else ""
    return f"{found.code.id} {found.severity.value} {where} {found.message}"


def main() -> int:
    """Inject, look, print; exit 1 when less than half is found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", default="")
    parser.add_argument("--match", default="")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    chosen = [
        bug
        for bug in choose(args.folders, args.count, args.seed)
        if args.kind in bug.kind and args.match in str(bug)
    ]
    if args.list:
        for bug in chosen:
            print(bug, "=>", repr(bug.text))
        return 0
    with TemporaryDirectory() as cache, ProcessPoolExecutor(args.jobs) as pool:
        answers = []
        works = [(bug, Path(cache)) for bug in sorted(chosen, key=lambda one: one.path)]
        for bug, answer in pool.map(look_for, works):
            found = answer != "" and not answer.startswith("?")
            answers.append(found)
            print(f"{'found ' if found else 'missed'} {bug}: {answer}", flush=True)
    print(f"{sum(answers)} of {len(answers)} found")
    return 0 if sum(answers) * 2 >= len(answers) else 1


if __name__ == "__main__":
    sys.exit(main())
