"""The example programs of `freehold demo`, and what each run is expected to show."""

from pathlib import Path

from freehold.records import dataclass

PROGRAMS = Path(__file__).parent / "programs"
MENDED = (("ONLY", "0"),)


@dataclass(frozen=True, slots=True)
class Demo:
    """One example: `codes` are the classes of finding it shows, `says` words of its summary.

    `file` is in PROGRAMS; `defines` choose a variant of it. C is run, Rust is checked.
    """

    name: str
    story: str
    file: str
    codes: tuple[str, ...] = ()
    says: str = ""
    defines: tuple[tuple[str, str], ...] = ()
    fail_each: bool = False


DEMOS = (
    Demo("block", "one int on the heap, given back", "first_block.c"),
    Demo("growing", "five zeroed ints grow to ten", "growing.c"),
    Demo(
        "leaks",
        "a thousand forgotten blocks",
        "thousand_leaks.c",
        ("FH0801",),
        "definitely lost: 1,024,000 bytes in 1,000 blocks",
    ),
    Demo("twice", "free(NULL) is nothing, a second free is", "free_twice.c", ("FH0202",)),
    Demo("cleanup", "labels for a way out, as each allocation fails", "cleanup.c", fail_each=True),
    Demo("sixth", "the sixth of five ints", "sixth_of_five.c", ("FH0101",)),
    Demo("line", "a buffer short by one, a pointer that is late", "line.c", ("FH0102", "FH0203")),
    Demo("list", "a linked list, taken apart again", "list.c"),
    Demo("list-forgotten", "... or not", "list.c", ("FH0801",), defines=(("FORGET", "1"),)),
    Demo(
        "list-late",
        "... or printed after that",
        "list.c",
        ("FH0201",),
        defines=(("USE_LATE", "1"),),
    ),
    Demo(
        "list-twice",
        "... or in part before",
        "list.c",
        ("FH0201", "FH0202"),
        defines=(("TWICE", "1"),),
    ),
    Demo(
        "vector",
        "seven bugs in one growing array",
        "vector.c",
        ("FH0101", "FH0202", "FH0203", "FH0302"),
    ),
    Demo("vector-mended", "the same without them", "vector.c", defines=MENDED),
    Demo("deep", "a ring taken for a list", "deep.c", ("FH0701",)),
    Demo("given", "Rust: a vector that was given away", "given_away.rs", ("E0382",)),
    Demo("borrowed", "Rust: a pointer into a growing vector", "borrowed.rs", ("E0502",)),
)
