"""What the standard library has and ours lacks: names of methods, for `rust/std/lacks.txt`.

    python -m tests.corpora.std_names HTML > src/freehold/rust/std/lacks.txt

HTML is the folder `share/doc/rust/html/std` of a toolchain (`rustc --print sysroot`). Stable public
methods, associated functions and constants of each type, and stable items of each trait, are
compared with those of the types and traits of the same name in our std.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from freehold.rust.crates import Crates, load
from freehold.rust.items import Impl
from freehold.rust.traits.lacking import type_name
from freehold.source import Source

_PAGE = re.compile(r"(struct|enum|union|primitive|trait)\.(\w+)\.html")
_KINDS = r"(?:method|tymethod|associatedconstant)"
_ITEM = re.compile(rf'<section id="{_KINDS}\.(\w+)"(.*?)(?=<section id="|\Z)', re.DOTALL)
# Where the page leaves what is the type's or trait's own.
_TYPE_ENDS = re.compile(r'<h2 id="(?:deref-methods|(?:trait|synthetic|blanket)-implementations)')
_TRAIT_ENDS = re.compile(r'<h2 id="(?:implementations|implementors|dyn-|foreign-)')
_POINTERS = ("*const", "*mut")  # one page has both


def documented(folder: Path) -> dict[str, set[str]]:
    """Return the stable items of each type and trait of the documentation."""
    found: dict[str, set[str]] = {}
    for page in sorted(folder.rglob("*.html")):
        kind = _PAGE.fullmatch(page.name)
        if kind is None or "intrinsics" in page.parts or "arch" in page.parts:
            continue
        text = page.read_text("utf-8")
        end = (_TRAIT_ENDS if kind[1] == "trait" else _TYPE_ENDS).search(text)
        names = set(_stable(text[: end.start() if end else None]))
        key = f"trait {kind[2]}" if kind[1] == "trait" else kind[2]
        found.setdefault(key, set()).update(names)
    return found


def _stable(text: str) -> Iterator[str]:
    for one in _ITEM.finditer(text):
        if 'class="stab unstable"' not in one[2].partition("</summary>")[0]:
            yield one[1]


def ours(crates: Crates) -> dict[str, set[str]]:
    """Return the items of each type and trait of our std."""
    found: dict[str, set[str]] = {}
    for trait in crates.std_traits():
        found.setdefault(f"trait {trait.name}", set()).update(trait.items)
    for adt in crates.std.adts:
        found.setdefault(adt.name, set())
    for impl in _inherent(crates):
        if impl.self_type is not None and (name := type_name(impl.self_type)):
            found.setdefault(name, set()).update(impl.items)
    return found


def _inherent(crates: Crates) -> Iterable[Impl]:
    table = crates.collector.impls.inherent()
    return (impl for head in table.rows for impl in table.of_head(head))


def main() -> int:
    """Print a line for each type that lacks something."""
    there = ours(load(Source("none.rs", "fn main() {}")))
    there["pointer"] = set().union(*(there[kind] for kind in _POINTERS))
    for key, names in sorted(documented(Path(sys.argv[1])).items()):
        lacking = sorted(names - there[key]) if key in there else ()
        for kind in (_POINTERS if key == "pointer" else (key,)) if lacking else ():
            print(f"{kind}: {' '.join(lacking)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
