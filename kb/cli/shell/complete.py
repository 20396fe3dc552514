"""Which names can stand where the cursor is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.cli.shell.words import KEYWORDS, WORDS, Vocabulary
from kb.literals import as_name
from kb.tokens import Token, tokens

_OPENING = {")": "(", "]": "[", "}": "{"}
_JOINING = (":", "|", "&", "!")  # signs in front of a label or relationship type


@dataclass(frozen=True, slots=True)
class Choice:
    """A text that could stand for the last `replaces` characters, and what it is."""

    text: str
    replaces: int
    what: str


def choices(
    before: str, words: Vocabulary, commands: Sequence[str] = (), params: Iterable[str] = ()
) -> list[Choice]:
    """What could stand at the end of `before`, the text in front of the cursor; in no order of likelihood.

    `commands` are those of the prompt (`:help`), `params` the names of its parameters.
    """
    if before.lstrip().startswith(":"):
        return _command(before.lstrip(), words, commands)
    found = tokens(before)
    if found and (found[-1].kind in ("comment", "text") and (found[-1].open or found[-1].end == len(before))):
        return []
    part = _unfinished(found, before)
    head = found[: len(found) - bool(part)]
    if part.startswith("$"):
        return _chosen(part, {"parameter": [f"${name}" for name in params]})
    return _chosen(part, _names(head, part, words))


def _unfinished(found: Sequence[Token], before: str) -> str:
    """The word that ends at the cursor, or nothing."""
    if found and found[-1].end == len(before) and found[-1].kind in ("word", "quoted", "parameter"):
        return found[-1].text
    return ""


def _chosen(part: str, names: dict[str, Iterable[str]]) -> list[Choice]:
    start = part.strip("`").casefold()
    return [
        Choice(name, len(part), what)
        for what, known in names.items()
        for name in known
        if name.strip("`").casefold().startswith(start) and name != part
    ]


def _names(head: Sequence[Token], part: str, words: Vocabulary) -> dict[str, Iterable[str]]:
    """What may follow these tokens, by what it is."""
    last = _text(head, -1)
    opened = _open_brackets(head)
    if _in_labels(head) and not _is_key(head, opened):
        if opened and head[opened[-1]].text == "[" and _follows(head, opened[-1], "-", "<-"):
            return {"relationship type": map(as_name, words.types)}
        return {"label": map(as_name, words.labels)}
    if last == "." and len(head) > 1 and head[-2].kind != "number":
        return {"property": map(as_name, words.properties(_kinds(head, head[-2].text)))}
    if last in ("{", ",") and _in_map(head, opened):
        return {"property": map(as_name, words.properties(_kinds_in(head[opened[-2] : opened[-1]])))}
    if last in (*_JOINING, "..") or not part:
        return {}
    return {
        "keyword": KEYWORDS,
        "variable": dict.fromkeys(_variables(head)),
        "function": [f"{name}(" for name in words.functions],
    }


def _open_brackets(head: Sequence[Token]) -> list[int]:
    """The places of the brackets that are open at the end, outermost first."""
    opened: list[int] = []
    for place, token in enumerate(head):
        if token.text in ("(", "[", "{"):
            opened.append(place)
        elif token.text in _OPENING and opened and head[opened[-1]].text == _OPENING[token.text]:
            opened.pop()
    return opened


def _in_map(head: Sequence[Token], opened: Sequence[int]) -> bool:
    """Whether the innermost bracket is that of properties in a node or relationship."""
    if len(opened) < 2 or head[opened[-1]].text != "{":
        return False
    before = head[opened[-1] - 1]
    return head[opened[-2]].text in ("(", "[") and (before.kind in ("word", "quoted") or before.text == "(")


def _is_key(head: Sequence[Token], opened: Sequence[int]) -> bool:
    """Whether the word in front of the last sign is a key of a map, as in `{id:`."""
    return bool(opened) and head[opened[-1]].text == "{" and _text(head, -3) in ("{", ",")


def _text(head: Sequence[Token], place: int) -> str:
    return head[place].text if len(head) >= -place else ""


def _in_labels(head: Sequence[Token]) -> bool:
    """Whether the end joins labels: a `:`, or signs and words that go back to one, as in `(c:Pledge|`."""
    if not head or head[-1].text not in _JOINING:
        return False
    back = next((t for t in reversed(head) if t.text == ":" or not _may_join(t)), None)
    return back is not None and back.text == ":"


def _may_join(token: Token) -> bool:
    return token.kind in ("word", "quoted") or token.text in _JOINING


def _follows(head: Sequence[Token], place: int, *signs: str) -> bool:
    return place > 0 and head[place - 1].text in signs


def _kinds(head: Sequence[Token], variable: str) -> list[str]:
    """The labels and types that the text gives to a variable: of `(a:Actor:Group)` both."""
    found = []
    for place in range(len(head) - 2):
        if head[place].text in ("(", "[") and head[place + 1].text == variable:
            found += _kinds_in(head[place:])
    return found


def _kinds_in(pattern: Sequence[Token]) -> list[str]:
    """The labels or types of a pattern that begins with its bracket."""
    colon = next((n for n, token in enumerate(pattern[:3]) if token.text == ":"), len(pattern))
    found = []
    for token in pattern[colon:]:
        if token.kind in ("word", "quoted"):
            found.append(token.text.strip("`"))
        elif token.text not in _JOINING:
            break
    return found


def _variables(head: Sequence[Token]) -> Iterator[str]:
    """Words that a pattern, AS, UNWIND or LET may have named."""
    for before, token in pairwise(head):
        named = before.text in ("(", "[", ",") or before.text.upper() in ("AS", "MATCH", "LET")
        if token.kind == "word" and named and token.text.upper() not in WORDS:
            yield token.text


def _command(line: str, words: Vocabulary, commands: Sequence[str]) -> list[Choice]:
    """What continues a line that begins with `:`."""
    parts = line.split(" ")
    part = parts[-1]
    if len(parts) == 1:
        return _chosen(part, {"command": commands})
    if parts[0] == ":schema":
        return _chosen(part, {"label": words.labels, "relationship type": words.types})
    if parts[0] == ":query" and len(parts) == 2:
        return _chosen(part, {"query": words.queries})
    if parts[0] == ":query":
        return _chosen(part, {"parameter": [f"{name}=" for name in words.queries.get(parts[1], ())]})
    return []
