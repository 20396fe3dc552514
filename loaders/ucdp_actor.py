"""UCDP Actor 22.1: the actors that UCDP numbers, every name they bore, and their lineage without dates.

Rules and codes are explained in `loaders/README.md`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.errors import InputError, quoted
from loaders.outside import (
    EMPTY,
    NOBODY,
    Cells,
    Draft,
    Known,
    Row,
    check_numbers,
    check_release,
    read_rows,
    ucdp_actor,
)

WHAT = "UCDP Actor 22.1"
SOURCE: Cells = {
    "id": "ucdp-actor-22-1",
    "type": "dataset",
    "title": "UCDP Actor Dataset, version 22.1",
    "author": ("Uppsala Conflict Data Program",),
    "publisher": "Department of Peace and Conflict Research, Uppsala University",
    "issued": "2022",
    "url": "https://ucdp.uu.se/downloads/",
    "note": "CC BY 4.0.",
}
ORGS = {
    # code of Org: (our kind, how the source names it)
    "1": ("militant_group", "a formally organised group"),
    "2": ("population", "an informally organised group of supporters"),
    "3": ("population", "a communal group"),
    "4": ("state", "a state"),
}
STEPS = {
    # flag: (column of the names, column of the numbers, what it says)
    "splinter": ("nameprev", "actoridprev", "split from"),
    "splittemp": ("namesplittemp", "actoridsplittemp", "split for a time from"),
    "alliance": ("namealliance", "actoridalliance", "entered an alliance as"),
    "joingroup": ("groupname", "actoridgroup", "joined"),
}
PRINTED = {"splinter": "Splinter", "splittemp": "SplitTemp", "alliance": "Alliance", "joingroup": "JoinGroup"}
NEW_NAMES = ("newname", "newnamefullmothertongue", "newnamefulleng")
COLUMNS = (
    "ActorId", "NameData", "NameOrig", "NameOrigFull", "NameOrigFullEng", "NameChange", "NewName",
    "NewNameFullMotherTongue", "NewNameFullEng", "Org", "Splinter", "NamePrev", "ActorIdPrev", "SplitTemp",
    "NameSplitTemp", "ActorIdSplitTemp", "Alliance", "NameAlliance", "ActorIdAlliance", "JoinGroup",
    "GroupName", "ActorIdGroup", "Location", "Version",
)  # fmt: skip
JOINED = "who joins a group is taken in by it"
JOINED_ALLIANCE = "who joins an alliance is a part of it"


def read(path: Path) -> list[Row]:
    """The rows of the file. Raises InputError when it is another file or another release."""
    rows = read_rows(path, COLUMNS, WHAT, "Give the file ucdp-actor-221.csv.")
    check_release(path, rows, "version", "22.1", WHAT)
    check_numbers(path, rows, "actorid")
    for flag, (_, numbers, _) in STEPS.items():
        check_numbers(path, [row for row in rows if row[flag] == "1"], numbers)
    other = next((row for row in rows if row["org"] not in ORGS), None)
    if other:
        problem = f"{path} row {other.number}, column Org: {quoted(other['org'])} is not one of 1 to 4."
        raise InputError(problem, "The file is damaged; get it again.")
    return rows


def records(rows: Sequence[Row], known: Known = NOBODY) -> Draft:
    """The book of the file."""
    draft = Draft(known)
    draft.add("sources", **SOURCE)
    for row in rows:
        kind, _ = ORGS[row["org"]]
        actor = ucdp_actor(draft, row["actorid"], row["namedata"], kind)
        evidence = _evidence(draft, row)
        # Evidence goes to the names: the row of an actor is the same in the books of all sources, so that
        # none of them takes away what another one said.
        for number, (name, kind, lang) in enumerate(names(row), 1):
            draft.add(
                "names",
                id=f"ucdp-actor-{row['actorid']}-name-{number}",
                actor=actor,
                name=name,
                name_type=kind,
                lang=lang,
                evidence=(evidence,),
            )
    _lineage(draft, rows)
    for row in rows:  # its names are there with their types
        draft.records["names"].pop(f"ucdp-actor-{row['actorid']}-printed", None)
    return draft


def names(row: Row) -> list[tuple[str, str, str]]:
    """(name, type, language) of each spelling of a row, each once, the one in use first."""
    renamed = row["namechange"] == "1"
    found = [(row["namedata"], "primary", "")]
    found += [(name, "former", "") for name in _successive(row, "newname")]
    found += [(name, "alias", "") for name in _successive(row, "newnamefullmothertongue")]
    found += [(name, "translation", "en") for name in _successive(row, "newnamefulleng")]
    before = "former" if renamed else "alias"
    found += [(row["nameorig"], before, "")]
    found += [(name, before, "") for name in row["nameorigfull"].split(" / ")]
    found += [(row["nameorigfulleng"], "translation", "en")]
    each: dict[str, tuple[str, str, str]] = {}
    for name, kind, lang in found:
        text = unicodedata.normalize("NFC", name.strip())
        if text not in EMPTY:
            each.setdefault(text, (text, kind, lang))
    return list(each.values())


def _successive(row: Row, column: str) -> list[str]:
    """The names taken one after the other; a comma parts them only where every column counts the same."""
    listed = {name: row.listed(name) for name in NEW_NAMES}
    if len({len(parts) for parts in listed.values() if parts}) == 1:
        return listed[column]
    return [row[column]]


def _evidence(draft: Draft, row: Row) -> str:
    kind = ORGS[row["org"]][1]
    english = [name for name in (row["nameorigfulleng"], row["newnamefulleng"]) if name not in EMPTY]
    said = [f"Lists {row['namedata']} as {kind}"]
    said += [f"in English {', then '.join(english)}"] if english else []
    said += [f"{what} {row[name]}" for flag, (name, _, what) in STEPS.items() if row[flag] == "1"]
    where = f" Active in: {row['location']}." if row["location"] else ""
    return draft.add(
        "evidence",
        id=f"ucdp-actor-ev-{row['actorid']}",
        found_in=SOURCE["id"],
        locator_label="ActorId",
        locator=row["actorid"],
        line=str(row.number),
        summary=f"{'; '.join(said)}.{where}",
    )


def _lineage(draft: Draft, rows: Sequence[Row]) -> None:
    alliances = {number for row in rows for number in row.listed("actoridalliance")}
    members = {(number, row["actorid"]) for row in rows for number in row.listed("actoridalliance")}
    for row in rows:
        for flag, number, name in _steps(row):
            if number == row["actorid"]:
                draft.notes.append(
                    f"Row {row.number} says that {name} split from itself ({row['actorid']}): left out."
                )
                continue
            other = ucdp_actor(draft, number, name, "militant_group")  # of the few without a row of their own
            this = ucdp_actor(draft, row["actorid"], row["namedata"], ORGS[row["org"]][0])
            if flag in ("splinter", "splittemp"):
                _step(draft, row, flag, number, "split", (other, this))
            else:
                joins = flag == "alliance" or number in alliances
                said = _joined(row, flag, joins, (row["actorid"], number) in members)
                _step(draft, row, flag, number, "join_umbrella" if joins else "absorb", (this, other), said)


def _joined(row: Row, flag: str, joins: bool, reverse: bool) -> Cells:
    """What a claim about joining says besides: the rule, and a doubt where the file says the reverse too."""
    if flag == "alliance":
        return {}
    said: Cells = {"basis": "inferred", "rule": JOINED_ALLIANCE if joins else JOINED}
    if reverse:
        note = f"The file also says that the other entered an alliance as {row['namedata']}."
        said |= {"status": "disputed", "note": note}
    return said


def _steps(row: Row) -> Iterator[tuple[str, str, str]]:
    """(flag, number, name) of each actor that the row says something of."""
    for flag, (names_column, numbers_column, _) in STEPS.items():
        if row[flag] == "1":
            numbers, listed = row.listed(numbers_column), row.listed(names_column)
            if len(numbers) == 1:  # a name may hold commas
                listed = [row[names_column]]
            if len(numbers) != len(listed):
                listed = [f"UCDP actor {number}" for number in numbers]
            for number, name in zip(numbers, listed, strict=True):
                yield flag, number, name


def _step(
    draft: Draft,
    row: Row,
    flag: str,
    number: str,
    relation: str,
    ends: tuple[str, str],
    said: Cells | None = None,
) -> None:
    """One claim for a step; two flags that say the same of two actors are one claim."""
    ident = f"ucdp-actor-{row['actorid']}-{relation.replace('_', '-')}-{number}"
    there = draft.records.get("lineage", {}).get(ident)
    if there:
        there["type_as_printed"] += f"; {PRINTED[flag]}"
        return
    draft.add(
        "lineage",
        id=ident,
        from_=ends[0],
        to=ends[1],
        relation=relation,
        coder="UCDP",
        type_as_printed=PRINTED[flag],
        evidence=(f"ucdp-actor-ev-{row['actorid']}",),
        **(said or {}),
    )
