"""What is done with memory, in C and in Rust side by side: each a whole program.

The lines that matter are marked with `// <-`.
"""

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent
_MARK = "// <-"

# In the order in which one meets them: the program's name, what it does.
ROWS = {
    "one": "allocate one value",
    "array": "allocate an array",
    "zeroed": "allocate zeroed",
    "resize": "resize",
    "append": "append, growing as needed",
    "text": "copy a string",
    "copy": "copy an array",
    "free": "free",
    "hand_over": "hand over to a function",
    "lend": "lend to a function",
    "share": "share between owners",
    "bounds": "stay within bounds",
    "failure": "meet a failed allocation",
    "cleanup": "clean up on every way out",
    "probe": "undo a driver's steps",
}
# How the mistakes in each of them are found.
DETECT = (
    ("detect a leak", "freehold run, freehold check", "Rc cycles, mem::forget: freehold run"),
    ("detect a use after free", "freehold run, freehold check", "does not compile: E0382, E0505"),
    ("detect a double free", "freehold run, freehold check", "does not compile: E0382"),
    ("detect an overflow", "freehold run, freehold check", "panics; in `unsafe`: freehold run"),
)


def program(name: str, suffix: str) -> str:
    """Return the text of a program, its marks taken out."""
    lines = _lines(name, suffix)
    return "".join(line.replace(_MARK, "").rstrip() + "\n" for line in lines)


def marked(name: str, suffix: str) -> list[str]:
    """Return the lines of a program that matter."""
    lines = (line for line in _lines(name, suffix) if _MARK in line)
    return [line.replace(_MARK, "").strip().removesuffix(" {") for line in lines]


def _lines(name: str, suffix: str) -> list[str]:
    return (_FOLDER / f"{name}.{suffix}").read_text(encoding="utf-8").splitlines()


def table() -> Iterator[str]:
    """Yield the lines of the table: what is done, in C, in Rust."""
    rows = [(said, marked(name, "c"), marked(name, "rs")) for name, said in ROWS.items()]
    rows += [(said, [c], [rust]) for said, c, rust in DETECT]
    first = max(len(said) for said, _, _ in rows)
    second = max(len(line) for _, lines, _ in rows for line in lines)
    yield f"{'':<{first}}  {'C':<{second}}  Rust"
    for said, c, rust in rows:
        for i in range(max(len(c), len(rust))):
            left = said if i == 0 else ""
            middle = c[i] if i < len(c) else ""
            right = rust[i] if i < len(rust) else ""
            yield f"{left:<{first}}  {middle:<{second}}  {right}".rstrip()


def both(name: str) -> Iterator[str]:
    """Yield the lines of the two programs of a row."""
    yield f"{ROWS[name]}, in C:"
    yield ""
    yield from (f"    {line}".rstrip() for line in program(name, "c").splitlines())
    yield ""
    yield "in Rust:"
    yield ""
    yield from (f"    {line}".rstrip() for line in program(name, "rs").splitlines())
