"""An exercise on error paths: each allocation is made to fail in turn."""

from freehold.learn.model import Grade, Point, Ungraded, tried
from freehold.source import Source


def grade(source: Source) -> Grade:
    """Grade an answer: a point for each way out, and one for the way that all goes well."""
    whole = tried(source)
    if whole.run is None:
        raise Ungraded(f"{source.name} does not compile", whole.findings)
    points = [
        Point("main", "with memory for all: tea twice, clean", whole.exit_code == 0, whole.stdout),
    ]
    if whole.stdout != "tea tea\n":
        points[0] = Point("main", points[0].title, held=False, says=f"printed {whole.stdout!r}")
    for number, word in enumerate(("first", "second", "third"), 1):
        done = tried(source, fail_alloc=number)
        ended = done.run is not None and done.run.status == 1 and done.stdout == "no memory\n"
        points.append(
            Point(
                "copy_twice",
                f"the {word} allocation fails: nothing is lost",
                ended and not done.faults,
                "; ".join(one.message for one in done.faults) or "it does not say `no memory`",
                done.faults,
            )
        )
    return Grade(tuple(points))
