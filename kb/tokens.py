"""The words and signs of a Cypher text, as far as a prompt needs them: what to colour, where to stop.

It never decides what may run: that is `kb.guard`, on what the database makes of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["comment", "text", "quoted", "parameter", "number", "word", "sign"]

_TOKEN = re.compile(
    r"""
      (?P<comment>   //[^\n]* | /\*(?:.*?\*/|.*) )
    | (?P<text>      '(?:\\.|[^'\\])*(?:'|\\?\Z) | "(?:\\.|[^"\\])*(?:"|\\?\Z) )
    | (?P<quoted>    `(?:``|[^`])*(?:`|\Z) )
    | (?P<parameter> \$\w* )
    | (?P<number>    \d+(?:\.\d+)?(?:[eE][+-]?\d+)? )
    | (?P<word>      [^\W\d]\w* )
    | (?P<sign>      => | \.\. | \S )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a statement: its kind, where it begins, and its text with all quotation marks.

    A word in backticks is `quoted`. What has no end yet (a text, a name in backticks, a comment) is `open`.
    """

    kind: Kind
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)

    @property
    def open(self) -> bool:
        """Whether its end is missing, so that whatever follows belongs to it."""
        if self.kind == "comment":
            return self.text.startswith("/*") and not (len(self.text) > 3 and self.text.endswith("*/"))
        if self.kind == "text":
            return not re.fullmatch(r"(['\"])(?:\\.|(?!\1)[^\\])*\1", self.text, re.DOTALL)
        return self.kind == "quoted" and self.text.count("`") % 2 == 1


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order; blanks between them are left out."""
    return [Token(_kind(match), match.start(), match[0]) for match in _TOKEN.finditer(text)]


def _kind(match: re.Match[str]) -> Kind:
    return match.lastgroup  # type: ignore[return-value]


def split(text: str) -> tuple[list[str], str]:
    """The statements of a text that end in `;`, without it, and the rest behind the last one.

    Statements of nothing but blanks and comments are left out. `;` in texts, names and comments ends nothing.
    """
    found, at = [], 0
    for token in tokens(text):
        if token.text == ";":
            found.append(text[at : token.start])
            at = token.end
    return [statement for statement in found if says_something(statement)], text[at:]


def says_something(text: str) -> bool:
    """Whether there is more than blanks and comments."""
    return any(token.kind != "comment" for token in tokens(text))


def is_complete(text: str) -> bool:
    """Whether the last statement ends in `;`, a comment behind it or not."""
    meant = [token for token in tokens(text) if token.kind != "comment" or token.open]
    return bool(meant) and meant[-1].text == ";"


def parameters(text: str) -> list[str]:
    """The name of each `$parameter`, once and in order."""
    names = (token.text[1:] for token in tokens(text) if token.kind == "parameter")
    return list(dict.fromkeys(name for name in names if name))
