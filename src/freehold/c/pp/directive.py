"""Directives: the stream of a unit's tokens, with every `#` line carried out on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field

from freehold.c.pp.condition import ConditionError, evaluate
from freehold.c.pp.files import File, Library
from freehold.c.pp.macro import Macro
from freehold.c.token import Kind, Token
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import (
    ERROR_DIRECTIVE,
    INCLUDE_NOT_FOUND,
    PREPROCESSING,
    PREPROCESSING_WARNING,
)
from freehold.source import Source, Span

MAX_INCLUDES = 200
_CONDITIONALS = frozenset({"if", "ifdef", "ifndef", "elif", "elifdef", "elifndef", "else", "endif"})
_HAS = frozenset(
    {
        "__has_include", "__has_include_next", "__has_attribute", "__has_builtin",
        "__has_feature", "__has_extension", "__has_c_attribute", "__has_cpp_attribute",
        "__has_warning", "__has_declspec_attribute", "__building_module",
    }
)  # fmt: skip
_TESTABLE = _HAS - {"__has_warning", "__has_declspec_attribute", "__building_module"}
_ATTRIBUTES = frozenset(
    {
        "aligned",
        "packed",
        "unused",
        "used",
        "noreturn",
        "deprecated",
        "format",
        "format_arg",
        "nonnull",
        "pure",
        "const",
        "malloc",
        "alloc_size",
        "always_inline",
        "noinline",
        "cleanup",
        "constructor",
        "destructor",
        "weak",
        "alias",
        "section",
        "visibility",
        "transparent_union",
        "warn_unused_result",
        "sentinel",
        "returns_nonnull",
        "fallthrough",
        "mode",
        "vector_size",
        "cold",
        "hot",
        "flatten",
        "may_alias",
        "nothrow",
        "leaf",
        "gnu_inline",
        "artificial",
        "returns_twice",
        "assume_aligned",
        "alloc_align",
        "nonstring",
        "maybe_unused",
        "nodiscard",
    }
)


class Limit(Exception):
    """One of our own limits was passed."""

    def __init__(self, what: str, limit: int, at: Span) -> None:
        super().__init__(what)
        self.what, self.limit, self.at = what, limit, at


@dataclass(slots=True)
class _Conditional:
    opened: Token
    taken: bool  # some group of it was, or is, active
    in_else: bool = False


@dataclass(slots=True)
class _Frame:
    """A file that is being read, up to `index`."""

    source: Source
    tokens: list[Token]
    index: int = 0
    conditionals: list[_Conditional] = field(default_factory=list)
    shift: int = 0  # presumed line less real line
    name: str = ""


class Directives:
    """Tokens of the main file and of what it includes, one by one, directives carried out."""

    def __init__(
        self,
        macros: dict[str, Macro],
        library: Library,
        expand: Callable[[list[Token]], list[Token]],
    ) -> None:
        self.found: list[Diagnostic] = []
        self._macros = macros
        self._library = library
        self._expand = expand
        self._frames: list[_Frame] = []
        self._saved: dict[str, list[Macro | None]] = {}
        self._names: dict[Source, _Frame] = {}
        self._poisoned: set[str] = set()
        self._waiting: list[Token] = []
        self._carry_out: dict[str, Callable[[_Frame, Token, list[Token]], None]] = {
            "define": self._define,
            "undef": self._undef,
            "include": self._include,
            "include_next": self._include,
            "import": self._include,
            "line": self._line,
            "error": self._message,
            "warning": self._message,
            "pragma": self._pragma,
            "ident": self._nothing,
            "sccs": self._nothing,
            "assert": self._nothing,
            "unassert": self._nothing,
        }

    @property
    def depth(self) -> int:
        """Return how many files are being read."""
        return len(self._frames)

    def enter_main(self, source: Source, tokens: list[Token]) -> None:
        """Begin to read a file that nobody includes."""
        self._enter(source, tokens)

    def force(self, name: str) -> None:
        """Read `name` before what is being read (`-include`)."""
        file = self._library.find(name, includer=name, angled=False, after=None)
        file = self._library.load(name) or file
        if file is None:
            at = Span(self._frames[-1].source, 0, 0)
            self.found.append(Diagnostic(INCLUDE_NOT_FOUND, at, {"name": name}))
        else:
            self._enter(file.source, file.tokens)

    def _enter(self, source: Source, tokens: list[Token]) -> None:
        frame = _Frame(source, tokens, name=source.name)
        self._frames.append(frame)
        self._names[source] = frame

    def presumed(self, span: Span) -> tuple[str, int]:
        """Return the file name and line that `#line` gave to a place."""
        frame = self._names.get(span.source)
        if frame is None:
            return span.source.name, span.line
        return frame.name, span.line + frame.shift

    # ----------------------------------------------------------------------------- the stream

    def next(self) -> Token | None:
        """Return the next token that is not part of a directive; None at the end of it all."""
        if self._waiting:
            return self._waiting.pop()
        while self._frames:
            frame = self._frames[-1]
            token = frame.tokens[frame.index]
            if token.kind is Kind.END:
                self._leave(frame)
                continue
            frame.index += 1
            if token.bol and token.text == "#" and token.kind is Kind.PUNCT:
                self._directive(frame, token)
                if self._waiting:
                    return self._waiting.pop()
                continue
            return token
        return None

    def _leave(self, frame: _Frame) -> None:
        for conditional in frame.conditionals:
            self._error(conditional.opened, f"unterminated #{conditional.opened.text}")
        self._frames.pop()

    def _rest_of_line(self, frame: _Frame) -> list[Token]:
        start = index = frame.index
        tokens = frame.tokens
        while not tokens[index].bol:
            index += 1
        frame.index = index
        return tokens[start:index]

    def _directive(self, frame: _Frame, hash_: Token) -> None:
        line = self._rest_of_line(frame)
        if not line:
            return
        name, rest = line[0], line[1:]
        if name.text in _CONDITIONALS:
            self._conditional(frame, name, rest)
        elif name.text in self._carry_out:
            self._carry_out[name.text](frame, name, rest)
        elif name.kind is Kind.NUMBER:
            self._line(frame, name, line)
        else:
            self._error(name, f"invalid preprocessing directive #{name.text}")

    def _error(self, at: Token, what: str) -> None:
        self.found.append(Diagnostic(PREPROCESSING, at.span, {"what": what}))

    def _warn(self, at: Token, what: str) -> None:
        self.found.append(Diagnostic(PREPROCESSING_WARNING, at.span, {"what": what}))

    # -------------------------------------------------------------------------- conditionals

    def _conditional(self, frame: _Frame, name: Token, rest: list[Token]) -> None:
        stack = frame.conditionals
        if name.text in {"if", "ifdef", "ifndef"}:
            taken = self._holds(frame, name, rest)
            stack.append(_Conditional(name, taken))
            if not taken:
                self._skip(frame)
            return
        if not stack:
            self._error(name, f"#{name.text} without #if")
            return
        if name.text == "endif":
            stack.pop()
            return
        if stack[-1].in_else:
            self._error(name, f"#{name.text} after #else")
        # A group was active until here, so whatever follows is not.
        stack[-1].in_else = stack[-1].in_else or name.text == "else"
        stack[-1].taken = True
        self._skip(frame)

    def _skip(self, frame: _Frame) -> None:
        """Skip groups until one is active, or the conditional ends."""
        tokens, depth = frame.tokens, 0
        while True:
            index = frame.index
            token = tokens[index]
            if token.kind is Kind.END:
                return
            if not (token.bol and token.text == "#" and tokens[index + 1].kind is Kind.IDENT):
                frame.index = index + 1
                continue
            frame.index += 1
            name = tokens[frame.index]
            word = name.text if not name.bol else ""
            if word in {"if", "ifdef", "ifndef"}:
                depth += 1
            elif word == "endif" and depth:
                depth -= 1
            elif word in _CONDITIONALS and depth == 0:
                line = self._rest_of_line(frame)
                if self._ends_skipping(frame, name, line[1:]):
                    return

    def _ends_skipping(self, frame: _Frame, name: Token, rest: list[Token]) -> bool:
        conditional = frame.conditionals[-1]
        if name.text == "endif":
            frame.conditionals.pop()
            return True
        if conditional.in_else:
            self._error(name, f"#{name.text} after #else")
            return False
        if name.text == "else":
            conditional.in_else = True
            active = not conditional.taken
        else:
            active = not conditional.taken and self._holds(frame, name, rest)
        conditional.taken = conditional.taken or active
        return active

    def _holds(self, frame: _Frame, name: Token, rest: list[Token]) -> bool:
        word = name.text.removeprefix("el")
        if word in {"ifdef", "ifndef"}:
            if not rest or rest[0].kind is not Kind.IDENT:
                self._error(name, f"#{name.text} needs a macro name")
                return False
            defined = rest[0].text in self._macros or rest[0].text in _TESTABLE
            return defined == (word == "ifdef")
        if not rest:
            self._error(name, f"#{name.text} with no expression")
            return False
        try:
            # Once more after expansion: glibc hides `__has_attribute` behind a macro.
            return evaluate(self._answer(frame, self._expand(self._answer(frame, rest))))
        except ConditionError as error:
            self._error(error.at or name, error.what)
            return False

    def _answer(self, frame: _Frame, line: list[Token]) -> list[Token]:
        """Replace `defined` and the `__has_...` operators by 0 and 1."""
        out: list[Token] = []
        index = 0
        while index < len(line):
            token = line[index]
            if token.text == "defined" and token.kind is Kind.IDENT:
                index, value = self._defined(line, index)
            elif token.text in _HAS and token.kind is Kind.IDENT:
                index, value = self._has(frame, line, index)
            else:
                out.append(token)
                index += 1
                continue
            out.append(Token(Kind.NUMBER, str(int(value)), token.source, token.start, token.end))
        return out

    def _defined(self, line: list[Token], index: int) -> tuple[int, bool]:
        at = line[index]
        names = [token.text for token in line[index + 1 : index + 4]]
        if names[:1] == ["("]:
            if len(names) < 3 or names[2] != ")":
                raise ConditionError("missing `)` after `defined`", at)
            name, after = line[index + 2], index + 4
        elif names:
            name, after = line[index + 1], index + 2
        else:
            raise ConditionError("operator `defined` requires an identifier", at)
        if name.kind is not Kind.IDENT:
            raise ConditionError("operator `defined` requires an identifier", name)
        return after, name.text in self._macros or name.text in _TESTABLE

    def _has(self, frame: _Frame, line: list[Token], index: int) -> tuple[int, bool]:
        at = line[index]
        if index + 1 >= len(line) or line[index + 1].text != "(":
            raise ConditionError(f"missing `(` after `{at.text}`", at)
        depth, end = 0, index + 1
        while end < len(line):
            depth += (line[end].text == "(") - (line[end].text == ")")
            if depth == 0:
                break
            end += 1
        if end == len(line):
            raise ConditionError(f"missing `)` after `{at.text}`", at)
        inside = line[index + 2 : end]
        if at.text.startswith("__has_include"):
            found = self._find(frame, at, inside, forward=at.text.endswith("next"))
            return end + 1, found is not None
        word = inside[-1].text.strip("_") if inside else ""
        if at.text in {"__has_attribute", "__has_c_attribute"}:
            return end + 1, word in _ATTRIBUTES
        return end + 1, at.text == "__has_builtin" and word.startswith("builtin")

    # ------------------------------------------------------------------------------ includes

    def _include(self, frame: _Frame, name: Token, rest: list[Token]) -> None:
        if not rest:
            self._error(name, f"#{name.text} expects a file name")
            return
        if len(self._frames) >= MAX_INCLUDES:
            raise Limit("the depth of includes", MAX_INCLUDES, name.span)
        file = self._find(frame, name, rest, forward=name.text == "include_next")
        if file is None:
            shown = "".join(token.text for token in rest).strip('<>"')
            self.found.append(Diagnostic(INCLUDE_NOT_FOUND, rest[0].span, {"name": shown}))
            return
        if file.once or (file.guard is not None and file.guard in self._macros):
            return
        if name.text == "import":
            file.once = True
        self.found.extend(file.found)
        file.found = []
        self._enter(file.source, file.tokens)

    def _find(self, frame: _Frame, at: Token, line: list[Token], *, forward: bool) -> File | None:
        if line and line[0].kind is not Kind.STRING and line[0].text != "<":
            line = self._expand(line)
        if not line:
            return None
        if line[0].kind is Kind.STRING:
            name, angled = line[0].text[1:-1], False
        else:
            closing = [i for i, token in enumerate(line) if token.text == ">"]
            if line[0].text != "<" or not closing:
                self._error(at, f'#{at.text} expects "FILENAME" or <FILENAME>')
                return None
            name, angled = _header_name(line[: closing[-1] + 1]), True
        after = frame.source.name if forward else None
        return self._library.find(name, includer=frame.source.name, angled=angled, after=after)

    # -------------------------------------------------------------------------------- macros

    def _define(self, frame: _Frame, name: Token, rest: list[Token]) -> None:
        if not rest or rest[0].kind is not Kind.IDENT:
            self._error(rest[0] if rest else name, "macro names must be identifiers")
            return
        target = rest[0]
        if target.text in {"defined", "__VA_ARGS__"}:
            self._error(target, f"`{target.text}` cannot be used as a macro name")
            return
        parameters: tuple[str, ...] | None = None
        variadic, body = False, rest[1:]
        if body and body[0].text == "(" and not body[0].space:
            made = self._parameters(body)
            if made is None:
                return
            parameters, variadic, body = made
        if body and (body[0].text == "##" or body[-1].text == "##"):
            self._error(body[0], "`##` cannot appear at either end of a macro expansion")
            return
        if parameters is not None and not self._stringizes_parameters(
            body, parameters, variadic=variadic
        ):
            return
        macro = Macro(target.text, parameters, variadic, tuple(body))
        known = self._macros.get(target.text)
        if known is not None and known.builtin is None and not known.same_as(macro):
            self._warn(target, f"`{target.text}` redefined")
        self._macros[target.text] = macro

    def _stringizes_parameters(
        self, body: list[Token], parameters: tuple[str, ...], *, variadic: bool
    ) -> bool:
        allowed = {*parameters, "__VA_OPT__"} if variadic else set(parameters)
        for index, token in enumerate(body):
            if token.text == "#" and token.kind is Kind.PUNCT:
                following = body[index + 1].text if index + 1 < len(body) else ""
                if following not in allowed:
                    self._error(token, "`#` is not followed by a macro parameter")
                    return False
        return True

    def _parameters(self, line: list[Token]) -> tuple[tuple[str, ...], bool, list[Token]] | None:
        names: list[str] = []
        variadic, index = False, 1
        while index < len(line) and line[index].text != ")":
            token = line[index]
            if variadic:
                break
            if token.text == "...":
                variadic = True
                names.append("__VA_ARGS__")
            elif token.kind is Kind.IDENT:
                if token.text in names:
                    self._error(token, f"duplicate macro parameter `{token.text}`")
                    return None
                names.append(token.text)
                if index + 1 < len(line) and line[index + 1].text == "...":
                    variadic = True
                    index += 1
            else:
                break
            index += 1
            if index < len(line) and line[index].text == ",":
                index += 1
                if index < len(line) and line[index].text == ")":
                    break
        if index >= len(line) or line[index].text != ")" or line[index - 1].text == ",":
            self._error(line[min(index, len(line) - 1)], "malformed macro parameter list")
            return None
        return tuple(names), variadic, line[index + 1 :]

    def _undef(self, frame: _Frame, name: Token, rest: list[Token]) -> None:
        if not rest or rest[0].kind is not Kind.IDENT:
            self._error(name, "macro names must be identifiers")
            return
        self._macros.pop(rest[0].text, None)

    # --------------------------------------------------------------------------------- other

    def _line(self, frame: _Frame, name: Token, rest: list[Token]) -> None:
        rest = self._expand(rest)
        if not rest or not rest[0].text.isdigit():
            self._error(name, "#line needs a positive line number")
            return
        frame.shift = int(rest[0].text) - (name.span.line + 1)
        if len(rest) > 1 and rest[1].kind is Kind.STRING:
            frame.name = rest[1].text[1:-1]

    def _message(self, frame: _Frame, name: Token, rest: list[Token]) -> None:
        end = rest[-1].end if rest else name.end
        text = name.source.text[name.end : end].strip()
        if name.text == "error":
            self.found.append(Diagnostic(ERROR_DIRECTIVE, name.span, {"what": text}))
        else:
            self._warn(name, f"#warning {text}")

    def _nothing(self, frame: _Frame, name: Token, rest: list[Token]) -> None:
        """Carry out a directive that has no effect here."""

    def _pragma(self, frame: _Frame, name: Token, rest: list[Token]) -> None:
        self._waiting.extend(reversed(self.pragma(name, rest)))

    def pragma(self, at: Token, line: list[Token]) -> list[Token]:
        """Carry out a pragma; return the token that the parser must see, if it must."""
        words = [token.text for token in line]
        if words[:1] == ["GCC"]:
            words = words[1:]
        if words[:1] == ["once"]:
            file = self._library.files.get(at.source.name)
            if file is not None:
                file.once = True
        elif words[:1] in (["push_macro"], ["pop_macro"]) and len(words) > 2:
            self._push_or_pop(words[0], words[2].strip('"'))
        elif words[:1] == ["poison"]:
            self._poisoned.update(words[1:])
        elif words[:1] in (["error"], ["warning"]) and len(words) > 1:
            code = ERROR_DIRECTIVE if words[0] == "error" else PREPROCESSING_WARNING
            self.found.append(Diagnostic(code, at.span, {"what": words[1].strip('"')}))
        elif words[:1] == ["pack"]:
            text = " ".join(token.text for token in self._expand(line))
            return [Token(Kind.PRAGMA, text, at.source, at.start, line[-1].end, bol=True)]
        return []

    def _push_or_pop(self, what: str, name: str) -> None:
        stack = self._saved.setdefault(name, [])
        if what == "push_macro":
            stack.append(self._macros.get(name))
        elif stack:
            macro = stack.pop()
            if macro is None:
                self._macros.pop(name, None)
            else:
                self._macros[name] = macro


def _header_name(line: list[Token]) -> str:
    first, last = line[0], line[-1]
    if first.source is last.source and first.expansion is None and last.expansion is None:
        return first.source.text[first.end : last.start]
    return "".join((" " if t.space and i > 1 else "") + t.text for i, t in enumerate(line))[1:-1]
