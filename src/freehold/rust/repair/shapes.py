"""What code looks like in the middle of prose, found without parsing."""

import re

# Comments and literals: what stands in them is no code.
OPAQUE = re.compile(
    r"""
    //[^\n]*
  | /\*(?:[^*]|\*(?!/))*+\*/
  | [bc]?r(\#*)"(?:(?!"\1).)*+"\1
  | [bc]?"(?:[^"\\]|\\.)*+"
  | b?'(?:\\(?:u\{[^}']*\}|x..|[^ux])|[^\\'\n])'
    """,
    re.VERBOSE | re.DOTALL,
)

_NAME = r"[A-Za-z_]\w*"
_PATH = rf"{_NAME}(?:(?:::|\.){_NAME})*"

# The start of a statement or item, or what closes a block.
CODE = re.compile(
    rf"""
    (?<![\w.:'"])(?:
        (?:pub(?:\([^)]*\))?\s+)?(?:
            (?:(?:const|async|unsafe)\s+)*fn\s+{_NAME}\s*[(<]
          | (?:struct|enum|trait|union)\s+{_NAME}\s*[{{<(;:]
          | mod\s+{_NAME}\s*[{{;]
          | use\s+{_NAME}\s*(?:::|;)
          | type\s+{_NAME}[^=;]*=
          | (?:const|static)\s+(?:mut\s+)?{_NAME}\s*:
        )
      | impl\b[^.;!?{{}}]*\{{
      | unsafe\s*\{{
      | \#!?\[
      | let\s+(?:mut\s+)?[\w(&\[][^=;.!?]*=[^=]
      | let\s+(?:mut\s+)?{_NAME}\s*(?::[^=;.]*)?;
      | (?:for\s+[\w(&][^;{{}}]*\s+in|while|if|match)\s[^;{{}}.!?]*(?:\.\w[^;{{}}]*)?\{{
      | loop\s*\{{
      | (?:return|break)\b[^;{{}}.!?]*;
      | {_NAME}!\s*[(\[{{]
      | \*?{_PATH}\s*(?:\[[^\]]*\]\s*)?[-+*/]?=(?![=>])[^;]*;
      | {_PATH}\([^;]*\)\??;
      | {_PATH}(?:\([^()]*\))?\s*=>
      | [{{}}]
    )
    """,
    re.VERBOSE,
)


def blank(text: str) -> str:
    """Return `text` with literals and comments blanked out; offsets and lines stay."""
    return OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
