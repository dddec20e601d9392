"""Generate programs with csmith; compare checksums with gcc -O0, and look at every report.

    python -m tests.corpora.csmith [--count 300] [--unions 100] [--seed 1] [--keep DIR]

DIR keeps the programs and what gcc's build printed (nothing: gcc's build failed or was too slow).

Programs without unions (`count - unions` of them) must not be reported at all. With unions every
report must be a read of uninitialised bytes (FH0401): a member read that another store left unset.
"""

import argparse
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.corpora.harness import run_freehold

GCC_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Program:
    """A generated program, whether it has unions, and what gcc's build of it prints."""

    source: Path
    unions: bool
    expected: bytes


def runtime_include() -> Path:
    """Return the directory of csmith.h."""
    found = sorted(Path("/usr/include").glob("csmith*"))
    if not found:
        raise SystemExit("csmith is not installed")
    return found[0]


def generate(seed: int, folder: Path, *, unions: bool) -> Program | None:
    """Return one program that gcc -O0 finishes in time, or None."""
    source = folder / f"{'u' if unions else 'n'}{seed}.c"
    output = source.with_suffix(".expected")
    if output.exists():
        expected = output.read_bytes()
        return Program(source, unions, expected) if expected else None
    output.write_bytes(b"")
    options = ["--seed", str(seed), "--no-argc"] + ([] if unions else ["--no-unions"])
    generator = ["csmith", *options]  # it leaves a file behind where it runs
    text = subprocess.run(generator, capture_output=True, check=True, cwd=folder).stdout
    source.write_bytes(text)
    exe = source.with_suffix(".exe")
    build = ["gcc", "-O0", "-w", f"-I{runtime_include()}", str(source), "-o", str(exe)]
    if subprocess.run(build, capture_output=True, check=False).returncode != 0:
        return None
    try:
        done = subprocess.run([exe], capture_output=True, timeout=GCC_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    finally:
        exe.unlink(missing_ok=True)
    if done.returncode != 0:
        return None
    output.write_bytes(done.stdout)
    return Program(source, unions, done.stdout)


def judge(program: Program) -> str:
    """Return "" if Freehold agrees with gcc and reports nothing that it should not."""
    result = run_freehold([program.source], options=[f"-I{runtime_include()}", "-w"])
    if result.stdout != program.expected:
        return f"exit {result.exit_code}, output differs: {result.summary()}"
    allowed = {"FH0401"} if program.unions else set()
    return f"reported {result.summary()}" if result.codes - allowed else ""


def main() -> int:
    """Generate, run, print each disagreement and the score."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--unions", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--generate", action="store_true", help="only fill DIR")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(args.jobs) as pool:
        folder = args.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        programs: list[Program] = []
        seed = args.seed
        for unions, wanted in ((False, args.count - args.unions), (True, args.unions)):
            kept = 0
            while kept < wanted:
                program = generate(seed, folder, unions=unions)
                seed += 1
                if program is not None:
                    programs.append(program)
                    kept += 1
        answers: list[str] = []
        judged = [] if args.generate else programs
        for program, answer in zip(judged, pool.map(judge, judged), strict=True):
            answers.append(answer)
            print(f"{program.source.name}: {answer or 'agrees'}", flush=True)
    print(f"csmith: {answers.count('')} of {len(programs)} agree")
    return 0 if all(not answer for answer in answers) else 1


if __name__ == "__main__":
    sys.exit(main())
