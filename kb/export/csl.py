"""Works as CSL-JSON items, the form that Zotero and every CSL processor read.

The types of the model are those of CSL 1.0.2, so they stay. Volume, issue and pages are read from the end of
`container_title` or from the head of `note` (`25 (2): 353–84`); place, editor, translator and the kind of a
thesis from the head of the note of a book, chapter, report or thesis (`edited by A and B, Ithaca, NY`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.model import split

Cells = Mapping[str, Any]
Item = dict[str, Any]

_PLAIN = {
    # column: CSL variable
    "container_title": "container-title",
    "publisher": "publisher",
    "url": "URL",
    "doi": "DOI",
    "archive": "archive",
    "archive_location": "archive_location",
    "language": "language",
    "note": "note",
}
_PARTS_OF_SERIALS = ("article", "article-journal", "article-magazine", "article-newspaper")
_PRINTED = ("book", "chapter", "report", "thesis", "pamphlet", "paper-conference", "entry-encyclopedia")
_PAGES = r"(?P<page>[0-9]+\s?[-–]\s?[0-9]+|[0-9]+)"
_RANGE = r"(?P<range>[0-9]+\s?[-–]\s?[0-9]+)"
_VOLUME = rf"(?P<volume>[0-9]+)(?:\s?\((?P<issue>[^)]+)\))?(?:\s?:\s?{_PAGES})?"
_IN_NOTE = re.compile(rf"(?:{_VOLUME}|{_RANGE})(?=\s*(?:$|;|as printed))(?! {{2}})")
_IN_WORDS = re.compile(r"\bvol\. (?P<volume>[0-9]+)(?:, no\. (?P<issue>[0-9]+))?")
_IN_CONTAINER = re.compile(rf"(?P<name>.*\D),?\s+{_VOLUME}$")
_NAME = r"[A-ZÀ-Þ][\w.'’-]*"
_PLACE = re.compile(rf"(?:{_NAME} ){{0,2}}{_NAME}(?:, [A-Z][A-Za-z.]{{1,5}})?")
_THESIS = re.compile(
    r"(?P<genre>(?:Ph\.?D\.?|Doctoral|Master(?:’|')?s?|M\.?A\.?) (?:dissertation|thesis))(?:, )?"
)


def items(sources: Sequence[Cells]) -> list[Item]:
    """One item for each work, in the order given; a work without a value has no such key.

    `sources` are the cells of the table `sources` (`author` as a list, or as text with `;`). The id of the
    work is the id of the item.
    """
    return [item(source) for source in sources]


def csl_json(sources: Sequence[Cells]) -> str:
    """The items as a file of CSL-JSON."""
    return json.dumps(items(sources), ensure_ascii=False, indent=2) + "\n"


def item(source: Cells) -> Item:
    """One work."""
    found: Item = {"id": source["id"], "type": source["type"], "title": _title(source)}
    if authors := split(source.get("author") or ""):
        found["author"] = [name(author) for author in authors]
    if issued := csl_date(source.get("issued")):
        found["issued"] = issued
    found |= {csl: source[column] for column, csl in _PLAIN.items() if source.get(column)}
    if doi := found.get("DOI"):
        found["DOI"] = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", doi, flags=re.IGNORECASE)
    if source["type"] == "report" and "container-title" in found:
        found |= _series(found.pop("container-title"))
    found |= _serial(source) | _printed(source)
    return {key: value for key, value in found.items() if value != ""}


def name(author: str) -> Item:
    """`Family, Given` or `Family, Given, Jr.`; without a comma a name that is not taken apart."""
    family, *others = [part.strip() for part in author.split(",")]
    if not others or not family:
        return {"literal": author.strip()}
    parts = {"family": family, "given": others[0], "suffix": ", ".join(others[1:])}
    return {key: part for key, part in parts.items() if part}


def _title(source: Cells) -> str:
    """The title without the archive's number at its end: it has a field of its own."""
    archive, number = (re.escape(source.get(column) or "") for column in ("archive", "archive_location"))
    return re.sub(rf",\s+(?:{archive},?\s+)?{number}$", "", source["title"]) if number else source["title"]


def _series(text: str) -> Item:
    """The series of a report, and its number there."""
    match = re.fullmatch(r"(?P<series>.*?),? (?:[Nn]o\.? )?(?P<number>[0-9][0-9/-]*)", text)
    return (
        {"collection-title": match["series"], "collection-number": match["number"]}
        if match
        else {"collection-title": text}
    )


def _serial(source: Cells) -> Item:
    """Volume, issue and pages of an article; the name of the journal without them."""
    if source["type"] not in _PARTS_OF_SERIALS:
        return {}
    found: Item = {}
    match = _IN_CONTAINER.fullmatch(source.get("container_title") or "")
    if match:
        found["container-title"] = match["name"].rstrip(", ")
    else:
        note = source.get("note") or ""
        match = _IN_NOTE.match(note)
        if match:
            found["note"] = note[match.end() :].lstrip("; ")
        match = match or _IN_WORDS.search(note)
    if match:
        groups = match.groupdict()
        page = groups.get("page") or groups.get("range")
        found |= {key: groups[key] for key in ("volume", "issue") if groups.get(key)}
        found |= {"page": _whole_range(page)} if page else {}
    return found


def _whole_range(pages: str) -> str:
    """`353–384` for `353–84`: each style shortens in its own way."""
    first, *last = re.split(r"\s?[-–]\s?", pages)
    return "–".join([first, *(first[: -len(one)] + one if len(one) < len(first) else one for one in last)])


def _printed(source: Cells) -> Item:
    """Place, editors, translator and genre of what has a publisher."""
    if source["type"] not in _PRINTED:
        return {}
    found: Item = {}
    remarks = []
    for part in re.split(r";\s*", source.get("note") or ""):
        for role, mark in (("editor", "edited by "), ("translator", "translated by ")):
            if part.startswith(mark):
                part, found[role] = _people(part.removeprefix(mark))
        if match := _THESIS.match(part):
            found["genre"], part = match["genre"], part[match.end() :]
        part = re.sub(r", pp?\. [\d–-]+$", "", part)
        if "publisher-place" not in found and _PLACE.fullmatch(part):
            found["publisher-place"], part = part, ""
        remarks.append(part)
    return {**found, "note": "; ".join(filter(None, remarks))}


def _people(text: str) -> tuple[str, list[Item]]:
    """What is left after the names, and the names: `A B, C D and E F, Ithaca, NY` or `A, B, C D, Cambridge`.

    A part with one word is no name of a person: there a place begins.
    """
    people: list[str] = []
    parts = re.split(r", (?:and )?", text)
    while parts and all(len(one.split()) > 1 for one in parts[0].split(" and ")):
        if people and len(parts) > 1 and re.fullmatch(r"[A-Z][A-Za-z.]{1,5}", parts[1]):
            break  # a town of two words before its state
        people += parts.pop(0).split(" and ")
    return ", ".join(parts), [_person(person) for person in people]


def _person(text: str) -> Item:
    given, _, family = text.rpartition(" ")
    return {"family": family, "given": given}


# --- dates --------------------------------------------------------------------------------------------------


def csl_date(text: str | None) -> Item | None:
    """An EDTF date as CSL writes it: `date-parts` of one or two days, `season`, `circa` for `?`, `~`, `[..]`.

    A spell that goes on has the end `[0]`; of `../2014` and `[..2014]` only the known end is left, as circa.
    """
    if not text:
        return None
    doubt = bool(re.search(r"[?~%\[]", text))
    ends = [_parts(part) for part in re.split(r"/|\.\.(?!$|/)|(?<!/)\.\.", re.sub(r"[?~%\[\]]", "", text))]
    begin, end = ends[0][:1], ends[-1][-1:]
    if not begin:
        parts, doubt = end, True
    elif not end:
        parts = [*begin, [0]]
    else:
        parts = begin if begin == end else [*begin, *end]
    found: Item = {"date-parts": [part[:1] if _season(part) else part for part in parts]}
    if len(parts) == 1 and (season := _season(parts[0])):
        found["season"] = season
    return {**found, "circa": True} if doubt else found


def _parts(text: str) -> list[list[int]]:
    """The first and last day that a part of a date names; none for an end that is not known."""
    if not text.strip("."):
        return []
    if text.endswith("X") and "-" not in text:
        return [[int(text.replace("X", "0"))], [int(text.replace("X", "9"))]]
    return [[int(number) for number in text.split("-") if number != "XX"]]


def _season(part: Sequence[int]) -> int | None:
    return part[1] - 20 if len(part) == 2 and part[1] > 20 else None


def years(item: Item) -> str:
    """The year of an item, `2014–2015` for a range; empty without a date."""
    parts: Iterable[Sequence[int]] = item.get("issued", {}).get("date-parts", [])
    return "–".join(dict.fromkeys(str(part[0]) for part in parts if part[0]))
