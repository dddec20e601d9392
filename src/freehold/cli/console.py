"""What the user sees on stderr, and the file that a report goes to."""

import os
import re
import sys
from pathlib import Path
from time import monotonic

from freehold import __version__
from freehold.cli.values import usage
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.ansi import Palette, Role
from freehold.diagnostics.report import Report
from freehold.records import dataclass

FORMATS = ("text", "concise", "json", "sarif", "github", "junit", "html")


def wants_colour(choice: str) -> bool:
    """Whether stderr gets colour; NO_COLOR and a dumb terminal say no to `auto`."""
    if choice != "auto":
        return choice == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stderr.isatty()


def write_out(text: str, output: str | None = None) -> None:
    """Write to the file `output`, else to stdout, which may have been closed by its reader."""
    if output is not None:
        write_file(output, text.encode(errors="surrogateescape"))
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(_encoded(text, sys.stdout.encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()  # nothing is left to be said


def _encoded(text: str, encoding: str) -> bytes:
    """Return the bytes of `text`: those of a source that are no UTF-8 as they were there."""
    try:
        return text.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:  # the terminal does not have all of it
        return text.encode(encoding, "backslashreplace")


def write_file(name: str, data: bytes) -> None:
    """Write a file that was asked for; ends with a usage error if that cannot be."""
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        usage(f"cannot write {name}: {(error.strerror or str(error)).lower()}")


@dataclass(slots=True)
class Console:
    """Shows findings as they come, then what the run came to.

    `form` is the report's; text goes to stderr beside a report that goes to a file. A document
    goes to stderr, too, unless stdout is there for it.
    """

    palette: Palette
    form: str = "text"
    report: str | None = None
    quiet: bool = False
    document_to_stdout: bool = False
    _progress: bool = False
    _shown: float = 0.0

    @property
    def _live(self) -> str:
        """What stderr gets while the program runs: text, concise or nothing."""
        if self.quiet:
            return ""
        if self.form == "concise" and not self.document_to_stdout:
            return "concise"
        return "text" if self.form == "text" or self.report is not None else ""

    def found(self, finding: Diagnostic) -> None:
        """Show one finding."""
        self._clear()
        if self._live == "text":
            from freehold.diagnostics.render_text import render

            self._write(render(finding, self.palette) + "\n\n")
        elif self._live == "concise":
            from freehold.diagnostics.render_concise import render as render_line

            self._write(render_line(finding) + "\n")

    def progress(self, text: str) -> None:
        """Show that something long goes on; "" when it is over."""
        if self.quiet or not sys.stderr.isatty():
            return
        now = monotonic()
        if text and now - self._shown < _EACH:
            return
        self._shown = now
        self._clear()
        if text:
            self._write(f"freehold: {_bar(text)}{text} ...")
            self._progress = True

    def note(self, text: str) -> None:
        """Say something about the command line."""
        if self._live:
            self._write(f"{self.palette.paint('note', Role.NOTE)}: {text}\n")

    def finish(self, report: Report) -> None:
        """Show the summary, and write the report where it is to go."""
        self._clear()
        if self._live == "text":
            for line in report.summary:
                self._write(line + "\n" if line else "\n")
        if self.report is not None:
            write_file(self.report, self._document(report).encode())
        elif self.document_to_stdout and self.form != "text":
            write_out(self._document(report))
        elif self.form not in {"text", "concise"}:
            self._write(self._document(report))

    def _document(self, report: Report) -> str:
        # Bytes of a source that are no UTF-8 are kept as lone surrogates: nothing encodes them.
        return self._rendered(report).encode(errors="backslashreplace").decode()

    def _rendered(self, report: Report) -> str:
        match self.form:
            case "json":
                from freehold.diagnostics.render_json import render as as_json

                return as_json(report, __version__)
            case "sarif":
                from freehold.diagnostics.render_sarif import render as as_sarif

                return as_sarif(report, __version__)
            case "github":
                from freehold.diagnostics.render_github import render as as_command

                return "".join(as_command(found) + "\n" for found in report.findings)
            case "junit":
                from freehold.diagnostics.render_junit import render as as_junit

                return as_junit(report)
            case "html":
                from freehold.diagnostics.render_html import page

                return page(report)
            case "concise":
                from freehold.diagnostics.render_concise import render as as_line

                return "".join(as_line(found) + "\n" for found in report.findings)
            case _:
                from freehold.diagnostics.render_text import render as as_text

                parts = [as_text(found, Palette()) + "\n" for found in report.findings]
                return "\n".join([*parts, *report.summary]) + "\n"

    def _clear(self) -> None:
        if self._progress:
            self._write("\r\x1b[K")
            self._progress = False

    @staticmethod
    def _write(text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:  # nobody reads it: the exit code still says what was found
            return


_SHARE = re.compile(r"\b([\d,]+) of ([\d,]+)\b")
_WIDTH = 20  # cells of the bar
_EACH = 0.05  # seconds that a text stands at least


def _bar(text: str) -> str:
    """Return a bar for a text that says how far something is ("3 of 10"), "" for another."""
    found = _SHARE.search(text)
    if found is None:
        return ""
    done, total = (int(number.replace(",", "")) for number in found.groups())
    full = _WIDTH * min(done, total) // max(total, 1)
    return f"[{'#' * full}{'.' * (_WIDTH - full)}] "
