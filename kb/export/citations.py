"""Works as a reader expects them: notes, short notes and the bibliography, in any CSL style."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any, Literal

from kb.export.csl import Item, items
from kb.export.processor import load_style
from kb.extras import need

DEFAULT_STYLE = "chicago-note-bibliography"
Output = Literal["plain", "html", "md"]
Place = tuple[str, str | None, str | None]  # a work, what the locator counts, the locator

_LABELS = ("page", "chapter", "section", "note", "line", "paragraph", "volume", "part", "column")
_HEADING = "heading"  # as in kb.export.elements, which only the extra can import
_DESCRIBED = ("document", "personal_communication", "speech")  # their titles are mostly ours, in plain words
_NO_TITLE = ("[", "Article without printed title")
_CUT_SHORT = re.compile(r"\b[A-Za-z]\.[A-Za-z]$")  # `n.d.`, whose point was the full stop of the note as well
_SHORT = re.compile(r"(?P<main>[^:?!]{4,}?[?!]|[^:?!]{4,}?(?=:))\s?")


@dataclass(frozen=True, slots=True)
class Cite:
    """One citation: the place; the places in which its words were read, as (`quoted in`, place); the works
    that the last one relies on. `lead` stands in front (`but see `).
    """

    place: Place
    read: tuple[tuple[str, Place], ...] = ()
    lead: str = ""
    citing: tuple[str, ...] = ()


class Citations:
    """The citations of some works (cells of the table `sources`) in one style.

    `style` is a name as citationstyles.org has it. Raises InputError where the extra `cite` is absent,
    NotFound with the nearest name for a style that is not known, KeyError for a work that is no source.
    """

    def __init__(
        self, sources: Sequence[Mapping[str, Any]], style: str = DEFAULT_STYLE, output: Output = "plain"
    ) -> None:
        self._style = load_style(style)
        self._output = output
        source = need("citeproc.source.json", "cite")
        works = {work["id"]: work for work in items(sources)}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the processor, about variables it does not know
            self._works = source.CiteProcJSON([_for_processor(work) for work in works.values()])
        self._known = set(works)
        self._rendered: dict[tuple[Place, bool], str] = {}

    @property
    def known(self) -> set[str]:
        """The ids of the works that can be cited."""
        return self._known

    @property
    def in_notes(self) -> bool:
        """Whether the style cites in footnotes, rather than within the text."""
        return bool(self._style.root.get("class") == "note")

    def joined(self, cites: Sequence[Cite], short: bool = False) -> str:
        """Citations as one note, `;` between them; a work is cited in full once in it, or in `short` never.

        A note is a footnote with its full stop, or what the style puts into the text.
        """
        layout = self._style.root.citation.layout
        before, after = layout.get("prefix", ""), layout.get("suffix", "")
        seen: set[str] = set(self._known) if short else set()
        text = "; ".join(self._one(cite, seen) for cite in cites)
        if self.in_notes:
            text = text[:1].upper() + text[1:]
        return self._finished(before + text + after) if cites else ""

    def bibliography(self, ids: Collection[str] | None = None) -> list[str]:
        """An entry for each work, or each of these, in the order of the style, if it has a bibliography."""
        wanted = self._known if ids is None else self._known & set(ids)
        if not wanted or not self._style.has_bibliography():
            return []
        cite = need("citeproc", "cite")
        found = self._session()
        for ident in sorted(wanted):
            found.register(cite.Citation([cite.CitationItem(ident)]))
        if not self._by_name:
            found.sort()
        entries = [self._finished(str(entry)) for entry in found.bibliography()]
        return sorted(entries, key=_alphabetic) if self._by_name else entries

    @property
    def _by_name(self) -> bool:
        """Whether the bibliography goes by names and titles, not by number or date."""
        first = self._style.root.bibliography.find("{*}sort/{*}key")
        return first is not None and not re.search("number|date|issued|year", str(first.attrib))

    # --- one citation

    def _one(self, cite: Cite, seen: set[str]) -> str:
        """One citation without what stands before and after a note; its works are seen from now on."""
        text = cite.lead + self._bare(cite.place, seen)
        leads = ["citing ", *[""] * (len(cite.citing) - 2), "and "][: len(cite.citing)]
        relied = [(lead, (ident, None, None)) for lead, ident in zip(leads, cite.citing, strict=True)]
        for how, place in [*((f"{how} ", place) for how, place in cite.read), *relied]:
            how = how if self.in_notes else how.replace("quoted in", "as cited in")
            text += f", {how}{self._bare(place, seen)}"
        return text

    def _bare(self, place: Place, seen: set[str]) -> str:
        ident = place[0]
        if ident not in self._known:
            raise KeyError(ident)
        how = place, ident in seen
        if how not in self._rendered:
            self._rendered[how] = self._processed(*how)
        seen.add(ident)
        return self._rendered[how]

    def _processed(self, place: Place, again: bool) -> str:
        """A place as the processor renders it; a short form when its work was cited before."""
        ident, label, locator = place
        cite = need("citeproc", "cite")
        more = {"locator": cite.Locator(*self._locator(label, locator))} if locator else {}
        session = self._session()
        wanted = cite.Citation([cite.CitationItem(ident, **more)])
        session.register(wanted)
        text = str(self._style.render_citation(wanted, _earlier(cite, ident) if again else [], None))
        layout = self._style.root.citation.layout
        bare = text.removeprefix(layout.get("prefix", "")).removesuffix(layout.get("suffix", ""))
        return bare + "." * bool(_CUT_SHORT.search(bare))

    def _locator(self, label: str | None, locator: str) -> tuple[str, str]:
        """A section with a name is a heading; what CSL does not know is printed as it is."""
        locator = _escaped(_curled(locator))
        if label:
            locator = re.sub(rf"(?i)^{re.escape(label)}\s+", "", locator)  # the label says it
        if label == "section" and not re.match(r"[\d§]", locator):
            named = f"under “{locator}”" if self.in_notes else f"“{locator}” section"
            return _HEADING, named
        if label is None or label in _LABELS:
            return label or "page", locator
        return _HEADING, f"{label} {locator}".strip()

    def _session(self) -> Any:
        cite = need("citeproc", "cite")
        return cite.CitationStylesBibliography(self._style, self._works, cite.formatter.html)

    def _finished(self, text: str) -> str:
        """The text in the form of the output, quotation marks where the language of the style has them."""
        text = re.sub(r",(?=\.(?!\.))|(?<=[^.]\.) \.(?= [^.])", "", text)  # what empty variables leave behind
        if self._american:
            text = re.sub(r"([”’]+)([.,])", _inside, text)
        text = re.sub(r"([.?!])(</[a-z]+>)?\.(?!\.)", _once, text)
        text = re.sub(r"\bRetrieved (?=https?:|www\.)", "", text)  # a date of access is not in the model
        return _as(" ".join(text.split()), self._output)

    @property
    def _american(self) -> bool:
        return str(self._style.root.get_locale_option("punctuation-in-quote")).lower() == "true"


def _alphabetic(entry: str) -> str:
    """What an entry is filed under: its letters and digits without marks, accents and a leading article."""
    from kb.spelling import fold

    text = unescape(re.sub(r"<[^<>]*>", "", entry))
    return fold(re.sub(r"^[\W_]*(?:(?:The|A|An) (?=\w))?", "", text))


def _inside(match: re.Match[str]) -> str:
    """Full stop and comma before the closing marks; none after a question mark."""
    before = match.string[: match.start()]
    if before.endswith(("?", "!")) and match[2] == ".":
        return match[1]
    return match[1] if before.endswith(match[2]) else match[2] + match[1]


def _once(match: re.Match[str]) -> str:
    """One mark at the end of a sentence; the points of an ellipsis stay."""
    dots = match.string[: match.start()].endswith(".")
    return match[0] if dots else match[1] + (match[2] or "")


def _earlier(cite: Any, ident: str) -> list[Any]:
    """Citations before this one: of the same work, and of another, so that it is no ibid."""
    same, other = cite.CitationItem(ident), cite.CitationItem("")
    cite.Citation([same])
    cite.Citation([other])
    return [same, other]


def _for_processor(work: Item) -> Item:
    """What the styles need and no file should have: short titles, marks for what keeps its case."""
    given = {key: _escaped(value) for key, value in work.items() if key != "note"}
    title = given["title"] = _escaped(_curled(work["title"]))
    if match := _SHORT.match(title):
        given["title-short"] = match["main"]
    if work["type"] in _DESCRIBED or title.startswith(_NO_TITLE):
        for key in ("title", "title-short"):
            if key in given:
                given[key] = f'<span class="nocase">{given[key]}</span>'
    if work["type"] in ("document", "manuscript"):
        given["references"] = ""  # else Chicago lists only those that have an archive or address
    if work["type"] == "manuscript":
        given.setdefault("genre", "unpublished manuscript")
    return given


def _escaped(value: Any) -> Any:
    """The same with what means something in HTML escaped, as the processor escapes its own words only."""
    match value:
        case str():
            return escape(value, quote=False)
        case list():
            return [_escaped(one) for one in value]
        case dict():
            return {key: _escaped(one) for key, one in value.items()}
    return value


def _curled(text: str) -> str:
    """The quotation marks and apostrophes that print uses, for those of a typewriter."""
    text = re.sub(r"(?<![\w.,?!])'(?=\w)", "‘", text).replace("'", "’")
    return re.sub(r'(?<!\w)"(?=\w)', "“", text).replace('"', "”")


def _as(text: str, output: Output) -> str:
    """HTML of the processor as plain text, as Markdown, or as it is."""
    if output == "html":
        return text
    if output == "md":
        text = re.sub(r"([*_\[\]`\\])", r"\\\1", text)
        text = re.sub(r"</?(i|em)>", "*", text)
        text = re.sub(r"</?(b|strong)>", "**", text)
    return unescape(re.sub(r"</?[a-z]+[^<>]*>", "", text))
