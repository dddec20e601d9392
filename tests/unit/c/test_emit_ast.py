from freehold.c.emit_ast import render

from .conftest import Parse

TEXT = """\
typedef int T;
struct s { T a : 3; };
int f(const char *p, ...) {
    return p ? sizeof(struct s) : -1;
}
"""

RENDERED = """\
Unit @1:1
  externals: Declaration @1:1
    specifiers: Specifiers @1:1
      items: Keyword typedef @1:1
      items: Keyword int @1:9
    declarators: InitDeclarator @1:13
      declarator: NameDeclarator T @1:13
  externals: Declaration @2:1
    specifiers: Specifiers @2:1
      items: Record struct s @2:1
        members: Declaration @2:12
          specifiers: Specifiers @2:12
            items: TypedefName T @2:12
          declarators: InitDeclarator @2:14
            declarator: NameDeclarator a @2:14
            width: Number 3 @2:18
  externals: FunctionDefinition @3:1
    specifiers: Specifiers @3:1
      items: Keyword int @3:1
    declarator: FunctionDeclarator variadic prototype @3:5
      inner: NameDeclarator f @3:5
      parameters: Parameter @3:7
        specifiers: Specifiers @3:7
          items: Keyword const @3:7
          items: Keyword char @3:13
        declarator: PointerDeclarator @3:18
          inner: NameDeclarator p @3:19
    body: Compound @3:27
      items: Return @4:5
        value: Conditional @4:12
          condition: Identifier p @4:12
          then: SizeOf @4:16
            operand: TypeName @4:23
              specifiers: Specifiers @4:23
                items: Record struct s @4:23
              declarator: NameDeclarator @4:31
          otherwise: Unary - @4:35
            operand: Number 1 @4:36
"""


def test_render(parsed: Parse) -> None:
    assert render(parsed(TEXT)) == RENDERED


def test_macros_show_where_they_are_invoked(preprocessed: Parse) -> None:
    assert "initializer: Number 4 @2:9" in render(preprocessed("#define FOUR 4\nint x = FOUR;"))
