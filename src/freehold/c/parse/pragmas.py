"""`#pragma pack`: which packing is in force at each token."""

import re

_PACK = re.compile(r"\s*pack\s*\(([^)]*)\)")


class Packing:
    """The stack of `#pragma pack`; `value` is in force now, in bytes, 0 for none."""

    __slots__ = ("_saved", "value")

    def __init__(self) -> None:
        self.value = 0
        self._saved: list[tuple[str, int]] = []

    def apply(self, text: str) -> None:
        """Follow one pragma; others than `pack`, and malformed ones, change nothing, as in gcc."""
        found = _PACK.match(text)
        if found is None:
            return
        words = [word.strip() for word in found[1].split(",")]
        if words[0] == "push":
            name = words[1] if len(words) > 1 and not words[1].isdigit() else ""
            self._saved.append((name, self.value))
            self._set(words[-1])
        elif words[0] == "pop":
            self._pop(words[1] if len(words) > 1 else "")
        elif words == [""]:
            self.value = 0
        else:
            self._set(words[0])

    def _pop(self, name: str) -> None:
        names = [saved[0] for saved in self._saved]
        if not names or (name and name not in names):
            return
        keep = len(names) - 1 - names[::-1].index(name) if name else len(names) - 1
        self.value = self._saved[keep][1]
        del self._saved[keep:]

    def _set(self, word: str) -> None:
        if word.isdigit() and int(word) in (0, 1, 2, 4, 8, 16):
            self.value = int(word)
