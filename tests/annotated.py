"""Annotated C sources as tests: the marks say which finding belongs to which line.

    a[5] = 1; //~ ERROR FH0101        on this line; ^ means the line above, ^^ two above
    //~ MISS FH0101                   a known miss: fails once it is found
    //~ NOISE FH0101                  a known false report: fails once it is gone
    //~[late] ERROR FH0201            only in revision `late`

Directives, anywhere in the file, each with an optional [revision]:

    // revisions: early late          run once for each
    // options: -DLATE --stop-on-first
    // arguments: a b
    // exit: 1                        default: 1 if anything of severity error is wanted, else 0
    // says: definitely lost: 4 bytes in 1 blocks        must be in the text report
    // silent: FH0802                 codes that are not compared
"""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

Key = tuple[int, str]
_LEVELS = {"ERROR": "error", "WARN": "warning", "HAZARD": "hazard", "NOTE": "note"}

_MARK = re.compile(
    r"//~(\[(?P<revision>[\w ]+)\])?(?P<up>\^*) "
    r"(?P<kind>ERROR|WARN|HAZARD|NOTE|MISS|NOISE) (?P<code>FH\d{4})"
)
_DIRECTIVE = re.compile(
    r"// (?P<name>revisions|options|arguments|exit|says|silent)"
    r"(\[(?P<revision>[\w ]+)\])?: *(?P<value>.*)$"
)


class Mismatch(Exception):
    """The test failed; the message says how."""


@dataclass(slots=True)
class Expectation:
    """What one revision of an annotated source wants."""

    wanted: set[Key] = field(default_factory=set)
    levels: dict[Key, str] = field(default_factory=dict)
    missed: set[Key] = field(default_factory=set)
    noise: set[Key] = field(default_factory=set)
    options: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)
    exit_code: int | None = None
    says: list[str] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)

    def check(self, got: set[Key]) -> None:
        """Compare the findings with the marks; raises Mismatch."""
        got = {key for key in got if key[1] not in self.silent}
        if fixed := self.missed & got:
            raise Mismatch(f"now reported, change MISS to ERROR: {sorted(fixed)}")
        if gone := self.noise - got:
            raise Mismatch(f"no longer reported, drop NOISE: {sorted(gone)}")
        if got - self.noise != self.wanted:
            raise Mismatch(f"wanted {sorted(self.wanted)}, got {sorted(got - self.noise)}")


def revisions(text: str) -> list[str]:
    """Return the names of the revisions, [""] when there are none."""
    for line in text.splitlines():
        found = _DIRECTIVE.search(line)
        if found and found["name"] == "revisions":
            return found["value"].split()
    return [""]


def expectation(path: Path, revision: str = "") -> Expectation:
    """Read the marks and directives of `path` that hold in `revision`."""
    made = Expectation()
    fails = False
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for mark in _MARK.finditer(line):
            if _holds(mark["revision"], revision):
                key = (number - len(mark["up"]), mark["code"])
                sets = {"MISS": made.missed, "NOISE": made.noise}
                sets.get(mark["kind"], made.wanted).add(key)
                if mark["kind"] in _LEVELS:
                    made.levels[key] = _LEVELS[mark["kind"]]
                fails |= mark["kind"] in {"ERROR", "WARN", "NOISE"}
        found = _DIRECTIVE.search(line)
        if found and _holds(found["revision"], revision):
            _direct(made, found["name"], found["value"])
    if made.exit_code is None:
        made.exit_code = int(fails)
    return made


def _holds(of: str | None, revision: str) -> bool:
    return of is None or revision in of.split()


def _direct(made: Expectation, name: str, value: str) -> None:
    match name:
        case "options":
            made.options += shlex.split(value)
        case "arguments":
            made.arguments += shlex.split(value)
        case "exit":
            made.exit_code = int(value)
        case "says":
            made.says.append(value.strip())
        case "silent":
            made.silent |= set(value.split())
        case _:
            pass
