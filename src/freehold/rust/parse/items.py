"""Items, and how parsing goes on after an error in one."""

from collections.abc import Callable

from freehold.rust import ast
from freehold.rust.parse.cursor import FRAGMENT, IDENT
from freehold.rust.parse.definitions import Definitions
from freehold.rust.parse.faults import Fault
from freehold.rust.parse.words import ITEM_WORDS, PATH_WORDS
from freehold.rust.token import Delimited, Kind

_Attributes = tuple[ast.Attribute, ...]
_Visibility = ast.Visibility | None


class Items(Definitions):
    """Items."""

    __slots__ = ()

    def starts_item(self) -> bool:
        """Tell whether an item, other than a macro call, stands here."""
        texts, at = self.texts, self.at
        text = texts[at]
        if text in ITEM_WORDS:
            return True
        rule = _CLOSER_LOOK.get(text)
        if rule is not None:
            return rule(self, at)
        return self.kinds[at] == FRAGMENT and self.fragment("vis") is not None

    def _const_item(self, at: int) -> bool:
        after = self.texts[at + 1]
        if after in ("async", "unsafe", "extern"):
            return self.starts_function(at)
        return self.kinds[at + 1] == IDENT or after in ("fn", "_", "mut")

    def _static_item(self, at: int) -> bool:
        return self.kinds[at + 1] == IDENT or self.texts[at + 1] in ("mut", "_")

    def _unsafe_item(self, at: int) -> bool:
        after = self.texts[at + 1]
        return after in ("fn", "impl", "trait", "extern", "mod", "auto", "static") or (
            after in ("async", "const") and self.starts_function(at)
        )

    def _async_item(self, at: int) -> bool:
        return self.starts_function(at)

    def _union_item(self, at: int) -> bool:
        return self.kinds[at + 1] == IDENT and self.texts[at + 2] in ("{", "<", "where")

    def _auto_item(self, at: int) -> bool:
        return self.texts[at + 1] == "trait"

    def _default_item(self, at: int) -> bool:
        after = self.texts[at + 1]
        return after in ("fn", "impl", "type", "unsafe", "async", "const", "extern")

    def _safe_item(self, at: int) -> bool:
        return self.texts[at + 1] in ("fn", "static", "extern")

    def _macro_rules_item(self, at: int) -> bool:
        return self.texts[at + 1] == "!" and self.kinds[at + 2] == IDENT

    # -------------------------------------------------------------------------------- rows of items

    # items = (attribute* item)*
    def items(self) -> tuple[ast.Item, ...]:
        """Parse items up to the end of the module."""
        items: list[ast.Item] = []
        kinds = self.kinds
        while kinds[self.at] != Kind.CLOSE and kinds[self.at] != Kind.END:
            if self.texts[self.at] == ";":
                self.error("expected item, found `;`", help="remove this semicolon")
                self.at += 1
                continue
            before = self.at, self.depth
            try:
                attributes = self.attributes()
                if kinds[self.at] == Kind.CLOSE or kinds[self.at] == Kind.END:
                    self.refuse_lost(attributes, "item")
                    break
                items.append(self.item(attributes, before[0]))
            except Fault as fault:
                self._recover_item(fault, *before)
        return tuple(items)

    def _recover_item(self, fault: Fault, start: int, depth: int) -> None:
        """Report `fault`, and go on where the next item may start."""
        self.report(fault)
        self.depth = depth
        self.no_struct = self.let_ok = False
        self._leave_groups(start)
        texts, kinds = self.texts, self.kinds
        while kinds[self.at] != Kind.CLOSE and kinds[self.at] != Kind.END:
            text = texts[self.at]
            if self.at > start and self._item_on_new_line():
                return
            self.at = self.past_tree(self.at)
            if text == ";" or (text == "{" and texts[self.at] not in (";", ",", ")", ".", "else")):
                return

    def _item_on_new_line(self) -> bool:
        starts = self.starts_item() or self.texts[self.at] == "#"
        return starts and self.on_new_line()

    # item = visibility? (function | struct | ... | macro-call)
    def item(self, attributes: _Attributes, start: int) -> ast.Item:
        """Parse an item; its attributes, which start at token `start`, were read."""
        known = self.fragment("item")
        if known is not None:
            self.at += 1
            return known.node  # type: ignore[return-value]  # as the fragment says
        self.nest()
        visibility = self.visibility()
        rule = _ITEMS.get(self.texts[self.at])
        if self.starts_function(self.at):
            item: ast.Item = self.function(start, attributes, visibility)
        elif rule is not None and (self.starts_item() or visibility is not None):
            item = rule(self, start, attributes, visibility)
        else:
            item = self._macro_item(start, attributes, visibility)
        self.depth -= 1
        return item

    # macro-item = plain-path "!" ("{" token* "}" | delimited ";")
    def _macro_item(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Item:
        here = self.at
        is_path = self.kinds[here] == IDENT or self.texts[here] in (*PATH_WORDS, "::")
        if not is_path and self._path_fragment() is None:
            raise self._no_item(visibility)
        path = self.plain_path()
        if self.texts[self.at] != "!":
            self.at = here
            raise self._no_item(visibility)
        call = self.macro_call(path, here)
        if call.body.delimiter != "{" and not self.accept(";"):
            self._bare_macro()
        return ast.MacroItem(self.span(start), attributes, visibility, call)

    def _bare_macro(self) -> None:
        if self.kinds[self.at] == Kind.END:  # the end of an expansion
            return
        what = (
            "macros that expand to items must be delimited with braces or followed by a semicolon"
        )
        self.error(what, self.gap())

    def _no_item(self, visibility: _Visibility) -> Exception:
        """Return the fault that no item stands here, with what was probably meant."""
        texts, at = self.texts, self.at
        after = texts[at + 1]
        help = ""
        if self.kinds[at] == IDENT and self.kinds[at + 1] == IDENT and texts[at] in _FOREIGN:
            help = _FOREIGN[texts[at]]
        elif self.kinds[at] == IDENT and after == "(":
            help = f"a function is declared `fn {texts[at]}`; statements stand in functions"
        elif texts[at] == "let":
            help = "statements stand in functions; an item is `const` or `static`"
        elif visibility is not None:
            return self.fault(
                f"expected item after visibility, found {self.spelling()}", visibility.span
            )
        if texts[at] == "let":
            what = "expected item, found keyword `let`"
        elif self.kinds[at] == IDENT and after not in ("", "{", "(", ";"):
            self.at += 1
            fault = self.unexpected("one of `!` or `::`")
            self.at -= 1
            return self.fault(str(fault.diagnostic.facts["what"]), fault.diagnostic.at, help=help)
        else:
            what = f"expected item, found {self.spelling()}"
        return self.fault(what, help=help)

    # --------------------------------------------------------------------------------- odd items

    # module = "unsafe"? "mod" name (";" | "{" inner-attribute* items "}")
    def _module(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Item:
        self.at += 1
        ident = self.ident()
        items = None
        if not self.accept(";"):
            if self.texts[self.at] != "{":
                raise self.unexpected("one of `;` or `{`")
            self.at += 1
            attributes += self.inner_attributes()
            items = self.items()
            self.expect("}")
        return ast.Module(self.span(start), attributes, visibility, ident, items)

    def _unsafe(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Item:
        word = self.texts[self.at + 1]
        if word == "mod":
            self.error("module cannot be declared unsafe")
            self.at += 1
            return self._module(start, attributes, visibility)
        rule = _ITEMS.get(word)
        if rule is None or not self._unsafe_item(self.at):
            self.at += 1
            raise self.unexpected("one of `extern`, `fn`, `impl`, or `trait`")
        return rule(self, start, attributes, visibility)

    # extern = "extern" "crate" name ("as" name)? ";" | "unsafe"? "extern" abi "{" ... "}"
    def _extern(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Item:
        is_unsafe = self.accept("unsafe")
        self.at += 1
        if not is_unsafe and self.accept("crate"):
            return self._extern_crate(start, attributes, visibility)
        abi = self.abi()
        self.expect("{")
        attributes += self.inner_attributes()
        items = self.foreign_items()
        self.expect("}")
        return ast.ExternBlock(self.span(start), attributes, visibility, is_unsafe, abi, items)

    def _extern_crate(
        self, start: int, attributes: _Attributes, visibility: _Visibility
    ) -> ast.Item:
        ident = self.word() if self.texts[self.at] == "self" else self.ident()
        rename = self.rename()
        self.semicolon()
        return ast.ExternCrate(self.span(start), attributes, visibility, ident, rename)

    def foreign_items(self) -> tuple[ast.ForeignItem, ...]:
        """Parse the items of an extern block."""
        items: list[ast.ForeignItem] = []
        kinds = self.kinds
        while kinds[self.at] != Kind.CLOSE and kinds[self.at] != Kind.END:
            before = self.at, self.depth
            try:
                items.append(self.foreign_item())
            except Fault as fault:
                self._recover_item(fault, *before)
        return tuple(items)

    def foreign_item(self) -> ast.ForeignItem:
        """Parse an item of an extern block."""
        start = self.at
        attributes = self.attributes()
        item = self.item(attributes, start)
        match item:
            case ast.Function() | ast.Static() | ast.TypeAlias() | ast.MacroItem():
                return item
            case _:
                raise self.fault("item kind not supported in `extern` block", item.span)

    # macro-rules = "macro_rules" "!" name delimited ";"?
    def _macro_rules(
        self, start: int, attributes: _Attributes, visibility: _Visibility
    ) -> ast.Item:
        self.at += 2
        ident = self.ident()
        body: Delimited = self.delimited()
        if body.delimiter != "{" and not self.accept(";"):
            self._bare_macro()
        return ast.MacroRules(self.span(start), attributes, visibility, ident, body)

    def _declarative(
        self, start: int, attributes: _Attributes, visibility: _Visibility
    ) -> ast.Item:
        raise self.fault("`macro` is experimental", help="use `macro_rules!`")

    def _default(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Item:
        self.at += 1
        if self.starts_function(self.at):
            return self.function(start, attributes, visibility, is_default=True)
        match self.texts[self.at]:
            case "type":
                return self.type_alias(start, attributes, visibility, is_default=True)
            case "const":
                return self.const(start, attributes, visibility, is_default=True)
            case _:
                return self.impl(start, attributes, visibility, is_default=True)

    # ----------------------------------------------------------------------------------------- use

    # use = "use" use-tree ";"
    def _use(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Item:
        self.at += 1
        tree = self.use_tree()
        self.semicolon()
        return ast.Use(self.span(start), attributes, visibility, tree)

    # use-tree = (path? "::")? ("*" | "{" (use-tree ("," use-tree)* ","?)? "}") | path ("as" name)?
    def use_tree(self) -> ast.UseTree:
        """Parse what is imported."""
        start = self.at
        self.nest()
        is_global = self.accept("::")
        segments: list[ast.PathSegment] = []
        known = self._path_fragment()
        if known is not None:
            self.at += 1
            is_global, segments = known.is_global, list(known.segments)
            self.accept("::")
        while self.texts[self.at] not in ("{", "*"):
            if known is not None and self.texts[self.at - 1] != "::":
                break
            segments.append(self._plain_segment())
            if not self.accept("::"):
                break
        else:
            path = ast.Path(self.span(start), tuple(segments), is_global)
            tree = self._use_many(start, path)
            self.depth -= 1
            return tree
        path = ast.Path(self.span(start), tuple(segments), is_global)
        rename = self.rename()
        self.depth -= 1
        return ast.UseSimple(self.span(start), path, rename)

    def _use_many(self, start: int, path: ast.Path) -> ast.UseTree:
        if self.accept("*"):
            return ast.UseGlob(self.span(start), path)
        self.at += 1
        trees: list[ast.UseTree] = []
        going = self.texts[self.at] != "}"
        while going:
            trees.append(self.use_tree())
            going = self.next_or_close("{")
        self.at += 1
        return ast.UseGroup(self.span(start), path, tuple(trees))

    # rename = ("as" (name | "_"))?
    def rename(self) -> ast.Ident | None:
        """Parse another name for what is imported, if any."""
        if not self.accept("as"):
            return None
        return self.word() if self.texts[self.at] == "_" else self.ident()


_FOREIGN = {
    "func": "a function is declared with `fn`",
    "function": "a function is declared with `fn`",
    "def": "a function is declared with `fn`",
    "fun": "a function is declared with `fn`",
    "class": "Rust has `struct` for the data and `impl` for the methods",
    "interface": "Rust has `trait`",
    "import": "Rust imports with `use`",
    "using": "Rust imports with `use`",
    "public": "write `pub`",
    "var": "statements stand in functions; a variable is declared with `let`",
}

_Look = Callable[[Items, int], bool]

_CLOSER_LOOK: dict[str, _Look] = {
    "const": Items._const_item,
    "static": Items._static_item,
    "unsafe": Items._unsafe_item,
    "async": Items._async_item,
    "union": Items._union_item,
    "auto": Items._auto_item,
    "default": Items._default_item,
    "safe": Items._safe_item,
    "macro_rules": Items._macro_rules_item,
}

_ItemRule = Callable[[Items, int, _Attributes, _Visibility], ast.Item]

_ITEMS: dict[str, _ItemRule] = {
    "struct": Items.struct,
    "enum": Items.enum,
    "union": Items.union,
    "trait": Items.trait,
    "auto": Items.trait,
    "impl": Items.impl,
    "mod": Items._module,
    "use": Items._use,
    "type": Items.type_alias,
    "const": Items.const,
    "static": Items.static,
    "safe": Items.static,
    "extern": Items._extern,
    "unsafe": Items._unsafe,
    "default": Items._default,
    "macro_rules": Items._macro_rules,
    "macro": Items._declarative,
}
