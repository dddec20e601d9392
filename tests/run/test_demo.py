import subprocess
import sys


def test_each_example_shows_what_it_is_there_to_show() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "freehold", "demo"], capture_output=True, timeout=120, check=False
    )
    text = done.stdout.decode(errors="replace")
    assert done.returncode == 0, [line for line in text.splitlines() if "!!" in line]
