"""CPU seconds of replaying a million events on each model, and of reading them from a file.

python -m bench.heap [--events 1000000] [--live 5000] [--policy NAME]...
"""

import argparse
import random
from time import process_time

from freehold.events import Alloc, Block, Event, Free, Log, read_trace, write_csv
from freehold.heap.model import Growth, HeapOptions
from freehold.heap.policies import POLICIES, Pool, Segregated
from freehold.heap.replay import replay_log
from freehold.source import Source

LARGEST = 2000
AIMS = {"first-fit": 10, "segregated": 4}


def workload(events: int, live: int) -> list[Event]:
    """Return random allocations and releases, of up to 2000 bytes, with about `live` blocks."""
    numbers = random.Random(1)
    blocks: list[Block] = []
    made: list[Event] = []
    count = 0
    for _ in range(events):
        if numbers.random() * 2 * live < len(blocks):
            at = numbers.randrange(len(blocks))
            blocks[at], blocks[-1] = blocks[-1], blocks[at]
            made.append(Free(blocks.pop()))
        else:
            made.append(Alloc(Block(count), numbers.randint(1, LARGEST)))
            blocks.append(Block(count))
            count += 1
    return made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--live", type=int, default=5000)
    parser.add_argument("--policy", action="append", choices=list(POLICIES))
    arguments = parser.parse_args()
    log = Log(workload(arguments.events, arguments.live))
    print(f"{arguments.events:,} events, about {arguments.live:,} live blocks; CPU seconds")
    for name in arguments.policy or POLICIES:
        kind = POLICIES[name]
        policy = Pool(LARGEST) if kind is Pool else Segregated() if kind is Segregated else kind()
        start = process_time()
        result = replay_log(log, HeapOptions(0, policy, Growth.CONTIGUOUS, 4096), {})
        seconds = process_time() - start
        aim = f"  (aim {AIMS[name]})" if name in AIMS else ""
        seen = sum(result.requests.seen) / max(len(result.requests), 1)
        print(f"{name:12} {seconds:6.2f}  {seen:8.1f} holes inspected a request{aim}")
    text = write_csv(log)
    start = process_time()
    read_trace(Source("trace.csv", text))
    print(f"{'reading CSV':12} {process_time() - start:6.2f}")


if __name__ == "__main__":
    main()
