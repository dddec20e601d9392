"""Random programs of macros: definitions that call each other, and text that calls them."""

from random import Random

_PARAMETERS = ("a", "b", "c")
_OPERANDS = ("x", "y1", "_7", "q", "EMPTY", "", "x", "EMPTY q", "q x", "A")
_WORDS = (*_OPERANDS, "7", "+", "-", "<:", '"s"', "'\\n'", "(x,y)", "2.e")


def program(seed: int) -> str:
    """Return a program that is all preprocessing; some have a fault."""
    return _Program(Random(seed)).text()


class _Program:
    def __init__(self, random: Random) -> None:
        self._random = random
        # How many arguments each macro takes; -1: none, not even parentheses.
        self._takes = {"A": -1, "B": -1, "EMPTY": -1}
        self._takes |= {name: random.choice([0, 1, 1, 2, 2]) for name in "FGH"}
        self._takes |= {name: random.choice([1, 2, 3]) for name in "VW"}

    def text(self) -> str:
        names = ("A", "B", "F", "G", "H", "V", "W")
        lines = ["#define EMPTY", "#define LP (", *[self._definition(name) for name in names]]
        lines += ["#define STR_(...) #__VA_ARGS__", "#define STR(...) STR_(__VA_ARGS__)"]
        for number in range(4):
            lines.append(f"{number}: {self._words(4)}")
            lines.append(f"STR({self._words(2)})")
            if self._random.random() < 0.2:
                name = self._random.choice(names)
                lines += [f"#undef {name}", self._definition(name)]
        return "\n".join(lines) + "\n"

    def _definition(self, name: str) -> str:
        takes = self._takes[name]
        if takes < 0:
            return f"#define {name} {self._body([])}"
        parameters = list(_PARAMETERS[:takes])
        written, rest = list(parameters), ""
        if name in "VW":
            rest = parameters[-1] = self._random.choice(["__VA_ARGS__", "r"])
            written[-1] = "..." if rest == "__VA_ARGS__" else "r..."
        return f"#define {name}({','.join(written)}) {self._body(parameters, rest)}"

    def _body(self, parameters: list[str], rest: str = "") -> str:
        pick = self._random.choice
        parts: list[str] = []
        for _ in range(self._random.choice([0, 1, 2, 3, 4, 5])):
            operand = pick(parameters) if parameters else "x"
            forms = [operand, operand, operand, self._call([*parameters, "z"], 1)]
            forms += [f"{operand}{pick(['##', ' ## '])}{pick([operand, 'x', '1', 'F'])}"]
            forms += [f"x ## {operand}", f"{operand}##x##{operand}", pick(_WORDS), "L"]
            if parameters:
                forms += [f"#{operand}", f"# {operand}"]
            if rest:
                inner = pick([rest, "x", f"x ## {rest}", "", f"{operand},", "G(1,2)"])
                forms += [f", ## {rest}", f"{pick(['', '#'])}__VA_OPT__({inner})"]
                forms += [f"x ## __VA_OPT__({inner})", f"__VA_OPT__(,) {rest}"]
            parts.append(pick(forms))
        return " ".join(parts)

    def _call(self, words: list[str], depth: int) -> str:
        pick, name = self._random.choice, self._random.choice([*self._takes] * 4 + ["LP"])
        takes = self._takes.get(name, -1)
        if takes < 0 or self._random.random() < 0.15:
            return name
        if name in "VW":
            takes = max(0, takes + pick([-1, 0, 0, 1, 2]))
        arguments = []
        for _ in range(takes):
            # Most arguments may be pasted to other words.
            known = _WORDS if self._random.random() < 0.1 else _OPERANDS
            inner = [pick([*words, *known]) for _ in range(pick([0, 1, 1, 2]))]
            if depth and self._random.random() < 0.5:
                inner.append(self._call(words, depth - 1))
            arguments.append(pick(["", " "]).join(inner))
        return f"{name}{pick(['', '', ' ', ' EMPTY '])}({pick([',', ', ']).join(arguments)})"

    def _words(self, most: int) -> str:
        words = []
        for _ in range(self._random.randint(1, most)):
            known = self._random.random() < 0.75
            words.append(self._call(["z"], 2) if known else self._random.choice(_WORDS))
        return self._random.choice([" ", " ", "\n"]).join(words)
