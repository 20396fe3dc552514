"""The Markdown of a dossier as tokens: CommonMark, tables, and marks of notes such as `[^3]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kb.extras import need

_NOTE = re.compile(r"\[\^(\d+)\]")
_DEFINED = re.compile(r"^\[\^(\d+)\]: (.*)$\n*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tokens of the text, and of each note in the order of their numbers."""

    body: list[Any]
    notes: list[list[Any]]
    title: str


def parsed(markdown: str) -> Parsed:
    """The tokens of a dossier. Raises InputError where the extra `docs` is absent."""
    reader = need("markdown_it", "docs").MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.inline.ruler.before("link", "note", _note)
    body = reader.parse(_DEFINED.sub("", markdown))
    notes = [reader.parseInline(text)[0].children for _, text in _DEFINED.findall(markdown)]
    title = next((body[n + 1].content for n, t in enumerate(body) if t.type == "heading_open"), "Dossier")
    return Parsed(body, notes, re.sub(r"\\(?=[^\w\s])", "", title))


def _note(state: Any, silent: bool) -> bool:
    """An inline rule: the mark of a note; `state` as markdown-it has it."""
    found = _NOTE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("note", "", 0).content = found[1]
    state.pos = found.end()
    return True
