"""Sentences of a manuscript that stand on claims: their marks, and what became of the claims since.

A sentence is marked `[@claim:ID]`, or `[@claim:a; @claim:b]`. Where the manuscript was checked, the state of
each claim lies beside it in `NAME.claims.json`: what it says, its date, its status, and the evidence with the
first and last words of the quotations. A later check compares. A claim that has changed keeps its old
state there until the author accepts the new one, so that nothing passes because it was reported once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from kb.errors import InputError, quoted
from kb.extras import need
from kb.model import ID

_MARK = re.compile(r"(?<!\w)@claim:([^\s;,\]]*)")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim that a sentence names, and where: `line 12`, `paragraph 3`, `footnote 2`."""

    claim: str
    place: str


@dataclass(frozen=True, slots=True)
class State:
    """What a claim was at a check; `evidence` is id to stance, first and last words."""

    says: str
    date: str
    status: str
    evidence: dict[str, str] = field(default_factory=dict)

    @property
    def quotations(self) -> dict[str, str]:
        """The evidence that has words: id to stance and words."""
        return {ident: text for ident, text in self.evidence.items() if "“" in text}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a claim that is named, and the load that did it, where that is known."""

    mark: Mark
    what: str


# --- marks ----------------------------------------------------------------------------------------------


def marks(path: Path) -> list[Mark]:
    """The marks of a manuscript (.md or .docx), in its order.

    Lines of code in fences are not read. Raises InputError for a file that cannot be read, and where the
    extra `docs` is absent.
    """
    ending = path.suffix.lower()
    if ending not in (".md", ".markdown", ".txt", ".docx"):
        raise InputError(f"{path} is no manuscript that can be checked.", "Give a .md or .docx file.")
    places = _paragraphs(path) if ending == ".docx" else _lines(path)
    return [Mark(ident, place) for place, text in places for ident in _MARK.findall(text)]


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from None
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from None
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        elif not fence:
            yield f"line {number}", line


def _paragraphs(path: Path) -> Iterator[tuple[str, str]]:
    """The paragraphs of the text with those in tables, counted as they come, then the foot- and endnotes."""
    errors = need("docx.opc.exceptions", "docs")
    try:
        document = need("docx", "docs").Document(str(path))
    except (errors.PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError):
        raise InputError(f"Cannot read {path} as a Word document.", "Is it there, and a .docx?") from None
    qn, parse = need("docx.oxml.ns", "docs").qn, need("docx.oxml", "docs").parse_xml
    for number, paragraph in enumerate(document.element.body.iter(qn("w:p")), start=1):
        yield f"paragraph {number}", _words(paragraph, qn)
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("footnotes", "endnotes"):
            for note in parse(relation.target_part.blob):
                yield f"{kind[:-1]} {note.get(qn('w:id'))}", _words(note, qn)


def _words(element: Any, qn: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


# --- what became of the claims --------------------------------------------------------------------------


def compare(
    found: Sequence[Mark], now: Mapping[str, State], gone: Mapping[str, str], then: Mapping[str, State]
) -> list[Problem]:
    """What is wrong, in the order of the manuscript.

    `now` holds the claims that are in the graph, `gone` says of the others what became of them, `then` the
    states of the last check. A claim without an earlier state is wrong when it is not plainly accepted, or
    has no evidence.
    """
    problems = []
    for mark in found:
        if not ID.fullmatch(mark.claim):
            said = [f"{quoted(mark.claim)} is no id of a claim; write [@claim:ID]"]
        elif mark.claim not in now:
            said = [f"{mark.claim} {gone[mark.claim]}"]
        elif mark.claim in then:
            said = [f"{mark.claim} {what}" for what in _changes(then[mark.claim], now[mark.claim])]
        else:
            said = [f"{mark.claim} {what}" for what in _faults(now[mark.claim])]
        problems += [Problem(mark, what) for what in said]
    return problems


def _faults(state: State) -> Iterator[str]:
    if state.status != "accepted":
        yield f"is {_plain(state.status)}"
    if not any(text.startswith("supports") for text in state.evidence.values()):
        yield "has no evidence that supports it"


def _changes(then: State, now: State) -> Iterator[str]:
    if then.status != now.status:
        yield f"turned {_plain(now.status)} (was {_plain(then.status)})"
    if then.date != now.date:
        yield f"was re-dated: {then.date or 'undated'} → {now.date or 'undated'}"
    if then.says != now.says:
        yield f"says something else: {then.says} → {now.says}"
    for ident, text in then.evidence.items():
        what = "quotation" if ident in then.quotations else "evidence"
        if ident not in now.evidence:
            yield f"lost its {what} {ident}"
        elif now.evidence[ident] != text:
            yield f"has another {what} in {ident}: {text} → {now.evidence[ident]}"
    for ident, text in now.evidence.items():
        if ident not in then.evidence and text.startswith("contradicts"):
            yield f"is contradicted by {ident} now"


def _plain(code: str) -> str:
    return code.replace("_", " ")


def renewed(
    found: Sequence[Mark], now: Mapping[str, State], then: Mapping[str, State], accept: bool
) -> dict[str, State]:
    """The states to keep: of every claim that is named, the old one where something is wrong with it.

    With `accept` the present one of all that are in the graph.
    """
    kept: dict[str, State] = {}
    for ident in sorted({mark.claim for mark in found}):
        if ident in now and (accept or not compare([Mark(ident, "")], now, {}, then)):
            kept[ident] = now[ident]
        elif ident in then:
            kept[ident] = then[ident]
    return kept


# --- the file of states ---------------------------------------------------------------------------------


def beside(path: Path) -> Path:
    """Where the states of a manuscript lie: `book.md` has `book.md.claims.json`."""
    return path.with_name(f"{path.name}.claims.json")


def read_states(path: Path) -> dict[str, State]:
    """The states of the last check; none before the first. Raises InputError for a file of another kind."""
    if not path.exists():
        return {}
    try:
        rows = json.loads(path.read_text("utf-8"))["claims"]
        return {ident: State(**row) for ident, row in rows.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        message = f"{path} is not the file of an earlier check."
        raise InputError(message, "Restore it, or remove it to begin again.") from None


def states_text(states: Mapping[str, State], load: str) -> str:
    """The file: the last load at the check, and the claims by id, one value a line, good to compare."""
    rows = {ident: asdict(state) for ident, state in sorted(states.items())}
    return json.dumps({"load": load, "claims": rows}, ensure_ascii=False, indent=1) + "\n"
