"""UCDP External Support 18.1 (actor-year): who supported a warring party in a year, as support claims.

A row names all supporters of a party in a year; its type flags cover all states together (`_s`) and all
other supporters together (`_ns`). Which one gave what is certain only where there is one of its kind.
Rules and codes are explained in `loaders/README.md`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.errors import InputError
from loaders.outside import NOBODY, Cells, Draft, Known, Row, check_numbers, read_rows, ucdp_actor

WHAT = "UCDP External Support 18.1 (actor-year)"
SOURCE: Cells = {
    "id": "ucdp-esd-18-1",
    "type": "dataset",
    "title": "UCDP External Support Dataset (ESD), actor-year, version 18.1",
    "author": ("Meier, Vanessa", "Karlén, Niklas", "Pettersson, Therése", "Croicu, Mihai"),
    "publisher": "Uppsala Conflict Data Program",
    "url": "https://ucdp.uu.se/downloads/",
    "note": "Described in External support in armed conflicts, Journal of Peace Research 60 (3): 545-554, "
    "2023, doi 10.1177/00223433221079864. Years 1975 to 2017. CC BY 4.0.",
}
YEARS = range(1975, 2018)

LETTERS = {
    # letter: (our type, how the source names it)
    "x": ("operational", "troops"),
    "p": ("operational", "foreign troop presence"),
    "y": ("operational", "infrastructure or joint operations"),
    "i": ("operational", "intelligence"),
    "w": ("material", "weapons"),
    "m": ("material", "materiel"),
    "l": ("territorial", "territory"),
    "t": ("training", "training"),
    "f": ("financial", "funding"),
    "o": ("other", "other"),
    "u": ("unspecified", "unknown"),
}
KINDS = {"s": "states", "ns": "others"}
COLUMNS = (
    "id", "active", "year", "actor_id", "actor_name", "actor_nonstate", "oppo_name", "dyad_id", "ext_id",
    "ext_name", "ext_coalition_name", "ext_bothsides", "ext_sup", "ext_count_s", "ext_count_ns",
    *(f"ext_{letter}_{kind}" for letter in LETTERS for kind in KINDS),
)  # fmt: skip

# Numbers of supporters that UCDP Actor 22.1 does not list, or lists under another name (554: there Seleka).
WITHOUT_ID = frozenset(
    map(str, (
        394, 554, 1205, 1206, 1236, 2026, 2073, 2427, 2437, 2442, 2707, 3303, 4185, 4412, 4499, 5744, 5752,
        6593, 6688, 6882, 7127, 7349, 7761, 7764, 7765, 7767, 7768, 7769, 7770, 7771, 7772, 7773, 7774, 7777,
        7905, 7906, 7907, 7908, 7909, 7911, 7912, 7913, 7914, 7915, 7916,
    ))
)  # fmt: skip
SEVERAL = "one of several supporters"


@dataclass(frozen=True, slots=True)
class Supporter:
    """One supporter of a row: number, name, and whether the two belong together for certain."""

    number: str
    name: str
    certain: bool

    @property
    def side(self) -> str:
        """The kind it is counted with: `s` for states and for elements of a state, else `ns`."""
        return "s" if self.name.startswith("Government of ") or self.name.endswith(" elements") else "ns"


def read(path: Path) -> list[Row]:
    """The rows of the file. Raises InputError when it is another file or another release."""
    rows = read_rows(path, COLUMNS, WHAT, "Give the file ucdp-esd-ay-181.")
    other = next((row for row in rows if not row["year"].isdigit() or int(row["year"]) not in YEARS), None)
    if other:
        problem = f"{path} row {other.number} is of the year '{other['year']}', not of 1975 to 2017."
        raise InputError(problem, "Only release 18.1 is read.")
    check_numbers(path, rows, "id", "actor_id")
    check_numbers(path, [row for row in rows if row["ext_sup"] == "1"], "ext_id")
    return rows


def records(rows: Sequence[Row], known: Known = NOBODY, states: bool = False) -> Draft:
    """The book of the file; support between two states only when `states`."""
    draft = Draft(known)
    draft.add("sources", **SOURCE)
    named = names_of_supporters(rows)
    left_out = 0
    for row in rows:
        if row["ext_sup"] == "1":
            given = supporters(row, named)
            wanted = [s for s in given if states or s.side == "ns" or row["actor_nonstate"] == "1"]
            left_out += len(given) - len(wanted)
            if wanted:
                _row(draft, row, wanted)
    _share_occurrences(draft)
    if left_out:
        draft.notes.append(f"Support of {left_out:,} states for states was left out; --states adds it.")
    return draft


def names_of_supporters(rows: Sequence[Row]) -> dict[str, str]:
    """Number to name, out of the rows that list as many names as numbers."""
    named: dict[str, str] = {}
    for row in rows:
        numbers, names = row.listed("ext_id"), row.listed("ext_name")
        if len(numbers) == len(names):
            named.update(zip(numbers, names, strict=True))
    return named


def supporters(row: Row, named: Mapping[str, str]) -> list[Supporter]:
    """The supporters of a row. Names that hold commas are not torn apart: they are what the others leave."""
    numbers, names = row.listed("ext_id"), row.listed("ext_name")
    if len(numbers) == len(names):
        return [Supporter(*pair, True) for pair in zip(numbers, names, strict=True)]
    found = {number for number in numbers if named.get(number) in names}
    rest = ", ".join(name for name in names if name not in {named[number] for number in found})
    unclear = [number for number in numbers if number not in found]
    several = len(unclear) > 1
    return [
        Supporter(n, named[n], True)
        if n in found
        else Supporter(n, f"{rest} (number {n})" if several else rest, False)
        for n in numbers
    ]


def _row(draft: Draft, row: Row, wanted: Sequence[Supporter]) -> None:
    to = _party(draft, row)
    evidence = _evidence(draft, row)
    for supporter in wanted:
        giver = _giver(draft, supporter)
        for kind, said in _claims(row, supporter.side):
            draft.add(
                "support",
                id=f"ucdp-esd-{row['id']}-{supporter.number}-{kind}",
                from_=giver,
                to=to,
                support_type=kind,
                date=row["year"],
                coder="UCDP",
                evidence=(evidence,),
                **said,
            )


def _claims(row: Row, side: str) -> Iterator[tuple[str, Cells]]:
    """(type, cells of the claim block) of each claim about one supporter that is counted with this side."""
    coded = [letter for letter in LETTERS if row[f"ext_{letter}_{side}"] == "1"]
    if row[f"ext_count_{side}"] == "1":
        kinds = defaultdict(list)
        for letter in coded:
            kinds[LETTERS[letter][0]].append(LETTERS[letter][1])
        for kind, words in kinds.items():
            yield kind, {"type_as_printed": "; ".join(words)}
        return
    words = [LETTERS[letter][1] for letter in coded]
    said: Cells = {"basis": "inferred", "rule": SEVERAL, "type_as_printed": "; ".join(words)}
    if coded == ["o"]:
        yield "other", said
    elif "o" in coded:  # this one may have given nothing but what the source calls other
        together = f"{row[f'ext_count_{side}']} {'supporters' if side == 'ns' else 'states'} together"
        note = f"The source codes {', '.join(words)} for {together}."
        yield "unspecified", {**said, "status": "disputed", "note": note}
    else:
        yield "unspecified", said


def _party(draft: Draft, row: Row) -> str:
    name = row["actor_name"]
    kind = "militant_group" if row["actor_nonstate"] == "1" else _state_or_several(name)
    return ucdp_actor(draft, row["actor_id"], name, kind)


def _giver(draft: Draft, supporter: Supporter) -> str:
    name, number = supporter.name, supporter.number
    if supporter.certain and number not in WITHOUT_ID:
        kind = "militant_group" if supporter.side == "ns" else _state_or_several(name)
        return ucdp_actor(draft, number, name, kind)
    kind = "state" if name.startswith("Government of ") else "collective"
    note = f"Number {number} of {SOURCE['title']}; not an actor of UCDP Actor 22.1 for certain."
    return draft.actor(f"ucdp-esd-actor-{number}", name, kind, note=note)


def _state_or_several(name: str) -> str:
    return "collective" if ", Government of " in name else "state"


def _evidence(draft: Draft, row: Row) -> str:
    coded = [
        f"{KINDS[side]}: {row[f'ext_count_{side}']} ({_words(row, side)})"
        for side in KINDS
        if row[f"ext_count_{side}"] != "0"
    ]
    summary = (
        f"Codes for {row['year']} that {row['ext_name']} supported {row['actor_name']} against "
        f"{row['oppo_name']}; {', '.join(coded)}."
    )
    notes = [
        "No active conflict in this year." if row["active"] == "0" else "",
        "The same supporters stood on both sides." if row["ext_bothsides"] == "1" else "",
        f"Coalition: {row['ext_coalition_name']}." if row["ext_coalition_name"] not in ("", "0") else "",
    ]
    return draft.add(
        "evidence",
        id=f"ucdp-esd-ev-{row['id']}",
        found_in=SOURCE["id"],
        locator_label="row id",
        locator=f"{row['id']} (dyad {row['dyad_id']})",
        line=str(row.number),
        summary=summary,
        note=" ".join(filter(None, notes)),
    )


def _words(row: Row, side: str) -> str:
    return ", ".join(words for letter, (_, words) in LETTERS.items() if row[f"ext_{letter}_{side}"] == "1")


def _share_occurrences(draft: Draft) -> None:
    """One type between two actors in a year is one happening, also when two conflicts report it."""
    claims = draft.records.get("support", {}).values()
    keys = [(c["from"], c["to"], c["date"], c["support_type"]) for c in claims]
    often = Counter(keys)
    for claim, key in zip(claims, keys, strict=True):
        if often[key] > 1:
            claim["occurrence"] = "ucdp-esd-" + "-".join(key)
