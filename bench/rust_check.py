"""CPU seconds of `freehold check` of small Rust files, with a warm cache of std.

python -m bench.rust_check [--runs 5] [FILE...]   (default: three programs of some 20 lines)

A fixed computation is timed beside it, to tell a slow machine from a slow checker.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from bench.startup import cpu

_YARDSTICK = "sum(i * i for i in range(20_000_000))"

PROGRAMS = {
    "stack": """\
struct Stack {
    items: Vec<i32>,
}

impl Stack {
    fn new() -> Stack {
        Stack { items: Vec::new() }
    }

    fn push(&mut self, value: i32) {
        self.items.push(value);
    }
}

fn main() {
    let mut stack = Stack::new();
    stack.push(1);
    let a = 1 + 2;
    println!("{} {}", stack.items.len(), a);
}
""",
    "map": """\
use std::collections::HashMap;

#[derive(Debug, Clone)]
struct Item {
    name: String,
    count: u32,
}

fn total(items: &[Item]) -> u32 {
    let mut sum = 0;
    for item in items {
        sum += item.count;
    }
    sum
}

fn main() {
    let mut map: HashMap<String, Item> = HashMap::new();
    map.insert("a".to_string(), Item { name: String::from("x"), count: 1 });
    let items: Vec<Item> = map.values().cloned().collect();
    println!("{} {:?}", total(&items), items);
}
""",
    "moved": """\
fn longest(words: Vec<String>) -> usize {
    let mut best = 0;
    for word in &words {
        if word.len() > best {
            best = word.len();
        }
    }
    best
}

fn main() {
    let words = vec![String::from("one"), String::from("three")];
    println!("{}", longest(words));
    println!("{}", words.len());
}
""",
}


def main() -> int:
    """Measure and print, medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cache, files = Path(scratch) / "cache", list(args.files)
        if not files:
            for name, text in PROGRAMS.items():
                files.append(Path(scratch) / f"{name}.rs")
                files[-1].write_text(text)
        command = [sys.executable, "-m", "freehold", "check", "--exit-zero", "-q"]
        print(f"the first check of all      {cpu([*command, str(files[0])], cache):.3f} s CPU")
        for file in files:
            taken = [cpu([*command, str(file)], cache) for _ in range(args.runs)]
            print(f"check {file.name:<21} {statistics.median(taken):.3f} s CPU (aim 0.4)")
        alone = statistics.median(cpu([sys.executable, "-c", _YARDSTICK], cache) for _ in range(3))
        print(f"{_YARDSTICK}   {alone:.3f} s CPU (1.3 on a usual machine)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
