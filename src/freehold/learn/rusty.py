"""Exercises in Rust: graded by the check, by the heap's figures, and by what is printed."""

from freehold.api import Result, check
from freehold.learn.model import Grade, Point, Ungraded, tried
from freehold.learn.places import owners_of
from freehold.source import Source

_MEGABYTE = 1 << 20
_GONE = {"E0382", "E0425"}  # moved, or out of scope


def early_drop(source: Source) -> Grade:
    """Grade the 10 MB that are given back before the next are asked for."""
    done = _ran(source)
    assert done.run is not None
    peak = done.run.heap.peak_bytes if done.run.heap is not None else 0
    size = 10 * _MEGABYTE
    expected = f"first: {size} bytes\nsecond: {size} bytes\n"
    allocated = done.run.heap.allocated_bytes if done.run.heap is not None else 0
    refused = _with_last_line(source, "let _ = &first.bytes;")
    codes = {one.code.id for one in check(refused).findings} & _GONE
    points = (
        Point("main", "both sizes are printed", done.stdout == expected, done.stdout),
        Point("main", "two blocks of 10 MB are made", allocated >= 2 * size, f"{allocated:,}"),
        Point(
            "main",
            "no more than 11 MB live at once",
            peak <= 11 * _MEGABYTE,
            f"at the peak {peak:,} bytes were allocated",
        ),
        Point(
            "main",
            "a use of `first` in the last line would be refused",
            bool(codes),
            "it would compile: `first` lives to the end",
        ),
    )
    notes = [_where_dropped(source)]
    if codes:
        notes.append(f"with a use of `first` in the last line: error {', '.join(sorted(codes))}")
    return Grade(points, tuple(notes))


def years(source: Source) -> Grade:
    """Grade the vector that is printed twice."""
    done = _ran(source)
    assert done.run is not None
    line = "1000 years, from 1000 to 1999\n"
    bytes_ = done.run.heap.allocated_bytes if done.run.heap is not None else 0
    points = (
        Point("main", "it compiles", held=True),
        Point("main", "the years are printed twice", done.stdout == line * 2, done.stdout),
        Point("main", "there is one vector", bytes_ < 8000, f"{bytes_:,} bytes were allocated"),
        Point("main", "nothing is lost", done.run.contained),
    )
    return Grade(points)


def reserve(source: Source) -> Grade:
    """Grade the vector that grows once."""
    done = _ran(source)
    assert done.run is not None
    bytes_ = done.run.heap.allocated_bytes if done.run.heap is not None else 0
    expected = "1000 squares, the last is 998001\n"
    pushed = any(".push(" in line.split("//")[0] for line in source.text.splitlines())
    points = (
        Point("main", "the output is as it was", done.stdout == expected, done.stdout),
        Point("squares", "items are still pushed one by one", pushed),
        # 1000 numbers are 4000 bytes; what has doubled on the way comes to twice that.
        Point("squares", "memory is asked for once", bytes_ < 5000, f"{bytes_:,} bytes were"),
    )
    return Grade(points)


def family(source: Source) -> Grade:
    """Grade the parent and the child that no longer own each other."""
    done = _ran(source)
    assert done.run is not None
    lines = done.stdout.splitlines()
    lost = done.run.heap.lost if done.run.heap is not None else None
    points = (
        Point("main", "the child finds its parent", lines[:1] == ["Ben's parent is Anna"]),
        Point(
            "main",
            "both are dropped",
            sorted(lines[1:]) == ["Anna is dropped", "Ben is dropped"],
            f"printed: {'; '.join(lines[1:]) or 'nothing'}",
        ),
        Point(
            "Person",
            "nothing is lost at the end",
            done.run.contained,
            "" if lost is None else f"{lost.bytes} bytes in {lost.blocks} blocks are lost",
            tuple(one for one in done.faults if one.code.id.startswith("FH08")),
        ),
    )
    return Grade(points)


_LIFE = {"E0106", "E0515", "E0597"}
_ALIASED = {"E0499", "E0502", "E0505", "E0506"}


def row(source: Source) -> Grade:
    """Grade the growing array in Rust: what is refused, and what only a run shows."""
    refused = check(source)
    codes = set(refused.codes)
    done = refused if codes else tried(source)
    seen = "it is looked at once the signatures are right"
    printed = done.stdout == "107\n"
    unsafe = any("unsafe" in line.split("//")[0] for line in source.text.splitlines())
    points = (
        Point("new", "the row is returned, not a reference to it", not codes & _LIFE),
        Point(
            "main",
            "no item is borrowed across a push",
            not codes & (_ALIASED | _LIFE),
            seen if codes & _LIFE else "",
            refused.findings,
        ),
        Point("main", "it compiles, without unsafe", not codes and not unsafe),
        Point("push", "there is room for a first item", printed, _panic(done)),
        Point("main", "nothing is lost", printed and done.run is not None and done.run.contained),
    )
    return Grade(points)


def _panic(done: Result) -> str:
    lines = [line for line in done.stderr.splitlines() if "panicked" in line]
    if done.run is None:
        return "it does not compile"
    return lines[0] if lines else f"printed {done.stdout.strip()[:40]!r}"


def _ran(source: Source) -> Result:
    """Run the answer; raises Ungraded if it is refused."""
    done = tried(source)
    if done.run is None:
        raise Ungraded(f"{source.name} does not compile", done.findings)
    return done


def _with_last_line(source: Source, statement: str) -> Source:
    """Return the source with a statement before its last closing brace."""
    head, _, tail = source.text.rstrip().rpartition("}")
    return Source(source.name, f"{head}{statement}\n}}{tail}\n")


def _where_dropped(source: Source) -> str:
    """Return where `first` ends, as `freehold ownership` has it."""
    from freehold.driver.ghosts import Dropped, Moved

    for ghost in owners_of(source):
        if isinstance(ghost, Dropped | Moved) and ghost.place == "first":
            how = "dropped below" if isinstance(ghost, Dropped) else "moved away in"
            return f"`first` is {how} line {ghost.spot.line}"
    return "`first` is not dropped"
