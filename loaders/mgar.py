"""MGAR, Militant Group Alliances and Relationships: what a group and another were to each other in a year.

A row is a directed pair and a year: the kind of relation, and five columns of support. Both directions
have rows, which may disagree. The names of the groups stand in a list of their own. Rules and codes are
explained in `loaders/README.md`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.errors import InputError, quoted
from kb.model import CONFIDENCES, FIVE_TYPES
from loaders.outside import NOBODY, Cells, Draft, Known, Row, read_rows

WHAT = "MGAR"
SOURCE: Cells = {
    "id": "mgar",
    "type": "dataset",
    "title": "Militant Group Alliances and Relationships (MGAR)",
    "note": "Years 1950 to 2016. Described in Honor among Thieves: Understanding Rhetorical and Material "
    "Cooperation among Violent Nonstate Actors, International Organization 76 (1), 2022.",
}
SUPPORT = {
    # our type: the column, as one spelling or the other
    "financial": ("finsupp", "finsupport"),
    "training": ("trainsupp", "trainsupport"),
    "material": ("matsupp", "matsupport"),
    "territorial": ("terrsupp", "terrsupport"),
    "operational": ("opsupp", "opsupport"),
}
ENDS = ("group1_id", "group2_id")
PRESENT, CODED_ZERO, NOT_CODED = ("1", "2"), "0", ("", ".", "na", "n/a", "nan", "null")
WORDS_ONLY = "4"
TIES = {
    # reltype: (our tie type, how the source names it, our rule)
    "1": ("alliance", "allies", "MGAR allies: an alliance"),
    "2": ("association", "associates", "MGAR associates: an association"),
    "3": ("association", "moderate-to-low assistance", "MGAR moderate-to-low assistance: an association"),
    "5": ("host", "host", "MGAR host: the first group of the row gives the other a place"),
    "6": ("rivalry", "rivals", "MGAR rivals: a rivalry"),
    "7": ("rivalry", "competitors", "MGAR competitors: a rivalry"),
}
RELATIONS = {code: word for code, (_, word, _) in TIES.items()} | {
    WORDS_ONLY: "fans",
    "8": "unknown",
    "0": "0",
}
FANS_PLEDGE = "MGAR fans: words of allegiance or support, the act not said"
FANS_ABSENT = "MGAR fans: words only, none of the five types passed"
GIVES = "MGAR support 1 or 2: passed from the first group of the row to the second"

# Spellings of the columns of the list of names.
IDS = ("group_id", "groupid", "mgar_id", "mg_id", "mgid", "id")
NAMES = ("group_name", "groupname", "name", "group")


@dataclass(frozen=True, slots=True)
class Year:
    """One row: the two groups, the year, the relation, and the support of each type that is coded."""

    row: Row
    giver: str
    taker: str
    year: str
    relation: str
    support: Mapping[str, str]
    names: Mapping[str, str]  # of the list of names, the same for every row

    @property
    def words(self) -> str:
        """How the source names the relation."""
        return RELATIONS.get(self.relation, "not coded")

    def name(self, number: str) -> str:
        """The name of a group in the list of names, else its number."""
        return self.names.get(number) or f"MGAR group {number}"


def read(path: Path, names: Mapping[str, str]) -> list[Year]:
    """The rows of the file. Raises InputError when it is another file or holds a code that is not known."""
    hint = "Give the file of directed pairs and years."
    rows = read_rows(path, (*ENDS, "year", "reltype"), WHAT, hint)
    columns = {kind: next((c for c in both if c in rows[0].cells), "") for kind, both in SUPPORT.items()}
    missing = [both[0] for kind, both in SUPPORT.items() if not columns[kind]]
    if missing:
        raise InputError(f"{path} is not {WHAT}: it has no column {', '.join(missing)}.", hint)
    return [_year(path, row, columns, names) for row in rows]


def _year(path: Path, row: Row, columns: Mapping[str, str], names: Mapping[str, str]) -> Year:
    support = {kind: _code(row[column]) for kind, column in columns.items()}
    year = _code(row["year"])
    relation = _code(row["reltype"])
    groups = [group_number(row[column]) for column in ENDS]
    wrong = [
        *((c, row[c], "an id of a group") for c, g in zip(ENDS, groups, strict=True) if not g),
        *([] if len(year) == 4 and year.isdigit() else [("year", row["year"], "a year")]),
        *([] if relation in (*RELATIONS, "") else [("reltype", row["reltype"], "one of 0 to 8")]),
        *((columns[k], c, "0, 1 or 2") for k, c in support.items() if c not in (*PRESENT, CODED_ZERO, "")),
        *([("group2_id", row["group2_id"], "another group")] if groups[0] == groups[1] else []),
    ]  # fmt: skip
    for column, value, wanted in wrong:
        where = f"{path} row {row.number}, column {column}"
        raise InputError(f"{where}: {quoted(value)} is not {wanted}.", "Correct the cell.")
    return Year(row, groups[0], groups[1], year, relation, {k: c for k, c in support.items() if c}, names)


def _code(cell: str) -> str:
    """A code without the `.0` that some programs add; empty when the cell says that nothing is coded."""
    return "" if cell.lower() in NOT_CODED else cell.removesuffix(".0")


def group_number(cell: str) -> str:
    """The number of a group: ids may be written with MG in front or without. Empty when it is no id."""
    number = _code(cell).upper().removeprefix("MG").strip("-_ ")
    return str(int(number)) if number.isascii() and number.isdigit() else ""


def read_names(path: Path) -> dict[str, str]:
    """Number to name, out of the list of groups. Raises InputError when it holds none."""
    rows = read_rows(path, (), "a list of groups")
    columns = [next((c for c in known if c in rows[0].cells), "") for known in (IDS, NAMES)]
    if not all(columns):
        problem = f"{path} is no list of groups: it needs a column group_id and a column group_name."
        raise InputError(problem, "Name its columns so.")
    return {number: row[columns[1]] for row in rows if (number := group_number(row[columns[0]]))}


def records(years: Sequence[Year], known: Known = NOBODY) -> Draft:
    """The book of the file."""
    draft = Draft(known)
    draft.add("sources", **SOURCE)
    idents = _idents(years)
    ties: dict[tuple[str, ...], list[tuple[Year, str]]] = defaultdict(list)
    for year, ident in zip(years, idents, strict=True):
        if year.relation in TIES:
            ties[_tie_key(year)].append((year, ident))
        if year.relation == WORDS_ONLY:
            _words_only(draft, year, ident)
        _support(draft, year, ident)
        _searched(draft, year, ident)
    readings = _readings(years)
    for held in ties.values():
        _tie(draft, held, readings)
    _say_what_is_missing(draft, years)
    return draft


def _idents(years: Sequence[Year]) -> list[str]:
    """A name for each row: groups and year, with a number where such a row stands twice."""
    seen: Counter[str] = Counter()
    found = []
    for year in years:
        ident = f"{year.giver}-{year.taker}-{year.year}"
        seen[ident] += 1
        found.append(ident if seen[ident] == 1 else f"{ident}-{seen[ident]}")
    return found


def _pair(year: Year) -> tuple[str, str, str]:
    low, high = sorted((year.giver, year.taker), key=int)
    return low, high, year.year


def _readings(years: Sequence[Year]) -> set[tuple[str, str, str]]:
    """The pairs and years of which the rows say different things."""
    said: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for year in years:
        if year.relation:
            said[_pair(year)].add("-".join(_tie_key(year)))
    return {pair for pair, relations in said.items() if len(relations) > 1}


def _tie_key(year: Year) -> tuple[str, ...]:
    """Rows with one key are one claim: a relation has two directions, hosting has one."""
    ends = (year.giver, year.taker, year.year) if year.relation == "5" else _pair(year)
    return (*ends, year.relation)


def _tie(
    draft: Draft,
    held: Sequence[tuple[Year, str]],
    readings: set[tuple[str, str, str]],
) -> None:
    year, _ = held[0]
    kind, _, rule = TIES[year.relation]
    low, high, when, relation = _tie_key(year)
    draft.add(
        "ties",
        id=f"mgar-{low}-{high}-{when}-{relation}-{kind}",
        from_=_group(draft, year, low),
        to=_group(draft, year, high),
        tie_type=kind,
        directed="true" if kind == "host" else "false",
        occurrence=_occurrence(year) if _pair(year) in readings else "",
        **_block(year, rule),
        evidence=tuple(_evidence(draft, one, ident) for one, ident in held),
    )


def _words_only(draft: Draft, year: Year, ident: str) -> None:
    """Words are a pledge; that nothing else passed is said too, unless the row codes that it did."""
    ends = {"from_": _group(draft, year, year.giver), "to": _group(draft, year, year.taker)}
    evidence = (_evidence(draft, year, ident),)
    said = {"act": "not_stated", **_block(year, FANS_PLEDGE), "evidence": evidence}
    draft.add("pledges", id=f"mgar-{ident}-fans", **ends, **said)
    if not _given(year):
        draft.add(
            "support",
            id=f"mgar-{ident}-none",
            **ends,
            support_type="any",
            presence="absent",
            **_block(year, FANS_ABSENT),
            evidence=evidence,
        )


def _given(year: Year) -> list[str]:
    return [kind for kind in FIVE_TYPES if year.support.get(kind) in PRESENT]


def _support(draft: Draft, year: Year, ident: str) -> None:
    for kind in _given(year):
        column = next(c for c in SUPPORT[kind] if c in year.row.cells)
        printed = {"type_as_printed": f"{column} {year.support[kind]}"}
        draft.add(
            "support",
            id=f"mgar-{ident}-{kind}",
            from_=_group(draft, year, year.giver),
            to=_group(draft, year, year.taker),
            support_type=kind,
            **_block(year, GIVES) | printed,
            evidence=(_evidence(draft, year, ident),),
        )


def _searched(draft: Draft, year: Year, ident: str) -> None:
    """A coded 0 beside a coded relation: somebody looked and found none, which is no statement of absence."""
    zeros = [kind for kind in FIVE_TYPES if year.support.get(kind) == CODED_ZERO]
    stated_absent = year.relation == WORDS_ONLY and not _given(year)
    if zeros and year.relation not in ("", "0") and not stated_absent:
        draft.add(
            "searches",
            id=f"mgar-{ident}-search",
            subject=_group(draft, year, year.giver),
            object=_group(draft, year, year.taker),
            looked_for=tuple(zeros),
            window=year.year,
            where_searched="the sources of the coders of MGAR",
            searched_on="[..2022]",
            outcome="none_found",
            coder="MGAR",
            evidence=(_evidence(draft, year, ident),),
        )


def _block(year: Year, rule: str) -> Cells:
    """The cells that every claim of a row has."""
    said = year.row.cells.get("confidence_rel", "")
    word = {"medium": "moderate"}.get(said.lower(), said.lower())
    cells: Cells = {
        "date": year.year,
        "basis": "inferred",
        "rule": rule,
        "coder": "MGAR",
        "type_as_printed": f"reltype {year.relation} ({year.words})",
    }
    if word in CONFIDENCES:
        return {**cells, "confidence": word}
    return {**cells, "note": f"confidence_rel {said}"} if _code(said) else cells


def _occurrence(year: Year) -> str:
    return f"mgar-{'-'.join(_pair(year))}"


def _group(draft: Draft, year: Year, number: str) -> str:
    return draft.actor(f"mgar-group-{number}", year.name(number), "militant_group", f"mgar:{number}")


def _evidence(draft: Draft, year: Year, ident: str) -> str:
    coded = ", ".join(f"{kind} {code}" for kind, code in year.support.items()) or "none coded"
    return draft.add(
        "evidence",
        id=f"mgar-ev-{ident}",
        found_in=SOURCE["id"],
        locator_label="row",
        locator=f"{year.row['group1_id']}, {year.row['group2_id']}, {year.year}",
        line=str(year.row.number),
        summary=f"Codes {year.name(year.giver)} towards {year.name(year.taker)} in {year.year}: "
        f"{year.words}; support: {coded}.",
    )


def _say_what_is_missing(draft: Draft, years: Sequence[Year]) -> None:
    unnamed = len({g for year in years for g in (year.giver, year.taker) if not year.names.get(g)})
    if unnamed:
        draft.notes.append(f"Not in the list of names, so that a number stands instead: {unnamed:,} groups.")
    unclear = len([year for year in years if year.relation in ("0", "8", "")])
    if unclear:
        draft.notes.append(f"No tie was made of {unclear:,} rows with the relation 0, 8 or none.")
