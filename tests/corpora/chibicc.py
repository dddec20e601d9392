"""Run chibicc's own test programs under `freehold run`: they print what gcc's build prints, clean.

    python -m tests.corpora.chibicc PATH

A test counts if `gcc -std=gnu11` accepts it and its build with ASan and UBSan runs clean; the
others are listed with gcc's reason. What Freehold says not to support is counted apart.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.corpora.harness import run_freehold

UNSUPPORTED = "FH1901"
SANITIZERS = "-fsanitize=address,undefined"


def gcc_answer(source: Path, common: Path, scratch: Path) -> tuple[bytes, str]:
    """Return the output of gcc's checked build, and why the test does not count ("" if it does)."""
    exe = scratch / source.stem
    base = ["gcc", "-std=gnu11", "-w", "-I", str(source.parent), "-xc", str(source), str(common)]
    for extra in ([], [SANITIZERS, "-fno-sanitize-recover=all"]):
        build = [*base, *extra, "-o", str(exe), "-lm", "-pthread"]
        built = subprocess.run(build, capture_output=True, check=False, text=True)
        if built.returncode != 0:
            errors = [line for line in built.stderr.splitlines() if "error" in line]
            return b"", f"gcc rejects it: {(errors or ['?'])[0][-120:]}"
    ran = subprocess.run([exe], capture_output=True, check=False)
    if ran.returncode != 0:
        lines = ran.stderr.decode(errors="replace").splitlines()
        errors = [line for line in lines if "error" in line.lower()]
        printed = ran.stdout.decode(errors="replace").splitlines()[-1:]
        return b"", f"its sanitized build fails: {(errors or lines or printed or ['?'])[0][-120:]}"
    return ran.stdout, ""


def main() -> int:
    """Run the suite, print each failure and each test that does not count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--match", default="")
    args = parser.parse_args()
    common = args.path / "test" / "common"
    right = counted = unsupported = 0
    with tempfile.TemporaryDirectory() as scratch:
        common_c = Path(scratch) / "common.c"
        common_c.write_bytes(common.read_bytes())
        every = sorted((args.path / "test").glob("*.c"))
        for source in (source for source in every if args.match in source.stem):
            expected, reason = gcc_answer(source, common_c, Path(scratch))
            if reason:
                print(f"{source.name}: does not count: {reason}")
                continue
            counted += 1
            options = ["-w", "-I", str(source.parent)]
            result = run_freehold([source, common_c], options=options, cwd=args.path)
            if result.exit_code == 0 and result.stdout == expected and not result.codes:
                right += 1
            elif result.codes == {UNSUPPORTED}:
                unsupported += 1
                print(f"{source.name}: {result.summary()}")
            else:
                same = "same output" if result.stdout == expected else "output differs"
                print(f"{source.name}: exit {result.exit_code}, {same}, {result.summary()}")
    print(f"chibicc: {right} of {counted} right, {unsupported} unsupported")
    return 0 if right + unsupported == counted else 1


if __name__ == "__main__":
    sys.exit(main())
