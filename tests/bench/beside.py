"""The same questions without the library: in pandas over the CSV files, and in Cypher without indexes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from kb.dates import UNDATED, Bounds, parse


class Book:
    """The tables of a book as frames; an empty cell is an empty text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Table to frame; `first` and `last` day of what may be meant, where there is a date."""
        found = {}
        for path in sorted(self.folder.glob("*.csv")):
            frame = found[path.stem] = pd.read_csv(path, dtype=str, keep_default_na=False)
            column = _DATED.get(path.stem, "date")
            if column in frame:
                bounds = [_bounds(path.stem, *row) for row in _dates(frame, column)]
                frame["dated"] = [b.dated for b in bounds]
                for name, days in (
                    ("first", [b.start_lo for b in bounds]),
                    ("last", [b.end_hi for b in bounds]),
                ):
                    frame[name] = pd.to_datetime(pd.Series(days, dtype=object), errors="coerce")
        return found

    def column(self, table: str, column: str) -> list[str]:
        """The values of a column, each once."""
        return list(self.frames[table][column].unique())


_DATED = {"names": "valid"}


def _dates(frame: pd.DataFrame, column: str) -> list[tuple[str, str]]:
    presence = frame["presence"] if "presence" in frame else [""] * len(frame)
    return list(zip(frame[column], presence, strict=True))


def _bounds(table: str, text: str, presence: str) -> Bounds:
    if not text:
        return UNDATED
    return parse(text, mode="spell" if table == "names" else "whole" if presence == "absent" else "sometime")


Answer = Callable[[Book, Mapping[str, Any]], "set[tuple[Any, ...]]"]
ANSWERS: dict[str, Answer] = {}


def naive(cypher: str) -> str:
    """The statement with the look-ups by id or occurrence made so that no index can serve them."""
    anonymous = iter(range(1000))
    text = re.sub(
        r"\((\w*):(\w+(?:\|\w+)*) \{(id|occurrence): ([$\w.]+)\}\)",
        lambda m: (
            f"({m[1] or f'_{next(anonymous)}'}:{m[2]} WHERE "
            f"{m[1] or f'_{next(anonymous) - 1}'}.{m[3]} + '' = {m[4]})"
        ),
        cypher,
    )
    return re.sub(r"\b(\w+)\.(id|occurrence) (=|IN) (\$\w+)", r"\1.\2 + '' \3 \4", text)


# --- in pandas: the keys of the rows, without what the library says besides (certainty, citations, origins)


def _answers(name: str) -> Callable[[Answer], Answer]:
    def enter(answer: Answer) -> Answer:
        ANSWERS[name] = answer
        return answer

    return enter


def _counted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["status"] != "rejected"]


def _keys(frame: pd.DataFrame, *columns: str) -> set[tuple[Any, ...]]:
    return set(frame[list(columns)].itertuples(index=False, name=None))


def _among(frame: pd.DataFrame, column: str, wanted: list[str] | None) -> pd.Series[bool]:
    return frame[column].isin(wanted) if wanted is not None else frame[column].notna()


def _in_window(frame: pd.DataFrame, values: Mapping[str, Any]) -> pd.DataFrame:
    """The rows that possibly hold in the window, and those without a date."""
    since, until = (pd.Timestamp(values[name]) if values[name] else None for name in ("since", "until"))
    if until:
        frame = frame[~(frame["first"] > until)]
    return frame[~(frame["last"] < since)] if since else frame


@_answers("pledges_of")
def _pledges_of(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    frame = _counted(book.frames["pledges"])
    return _keys(frame[(frame["from"] == values["actor"]) | (frame["to"] == values["actor"])], "id")


@_answers("pledges_by_recipient")
def _pledges_by_recipient(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    frame = _counted(book.frames["pledges"])
    return _keys(frame[_among(frame, "act", values["act"])], "to")


@_answers("pledges_by_country")
def _pledges_by_country(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    frame = _counted(book.frames["pledges"])
    frame = frame[_among(frame, "act", values["act"])]
    if values["recipient"]:
        frame = frame[frame["to"] == values["recipient"]]
    frame = frame.merge(book.frames["actors"], left_on="from", right_on="id")
    country = frame["country"].where(frame["country"] != "", frame["place"])
    return {(name or "not stated",) for name in country}


@_answers("refused_renewed_withdrawn")
def _refused_renewed_withdrawn(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    frame = _counted(book.frames["pledges"])
    frame = frame[_among(frame, "act", values["act"])]
    if values["actor"]:
        frame = frame[(frame["from"] == values["actor"]) | (frame["to"] == values["actor"])]
    return _keys(frame, "id")


@_answers("claimed_by_one_side")
def _claimed_by_one_side(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    frame = _counted(book.frames["pledges"])
    claims = frame[frame["act"] == "claim"]
    if values["actor"]:
        claims = claims[(claims["from"] == values["actor"]) | (claims["to"] == values["actor"])]
    words = frame[_among(frame, "act", ["pledge", "renew", "not_stated", "accept", "recognise"])]
    words = words[words["status"] == "accepted"]
    said = pd.MultiIndex.from_frame(words[["to", "from"]])
    claims = claims[~pd.MultiIndex.from_frame(claims[["from", "to"]]).isin(said)]
    happening = claims["occurrence"].where(claims["occurrence"] != "", claims["id"])
    return _keys(claims.assign(happening=happening), "happening", "from", "to")


def _support_of(book: Book, values: Mapping[str, Any], side: str, other: str) -> pd.DataFrame:
    """Support on one side of which this actor stands, or on either where the direction is not one."""
    frame = _counted(book.frames["support"])
    mine = (frame[side] == values["actor"]) | (frame[other] == values["actor"]) & (
        frame["direction"] != "one_way"
    )
    frame = frame[mine & _among(frame, "stage", values["stage"])]
    return _in_window(frame[_among(frame, "support_type", values["support_type"])], values)


@_answers("support_given_by")
def _support_given_by(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    return _keys(_support_of(book, values, "from", "to"), "id")


@_answers("support_received_by")
def _support_received_by(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    return _keys(_support_of(book, values, "to", "from"), "id")


@_answers("support_between")
def _support_between(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    frame, ends = _counted(book.frames["support"]), [values["actor"], values["other"]]
    return _keys(_in_window(frame[frame["from"].isin(ends) & frame["to"].isin(ends)], values), "id")


@_answers("support_by_year")
def _support_by_year(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    frame = _counted(book.frames["support"])
    frame = frame[(frame["stage"] == "given") & (frame["presence"] == "present")]
    rows = set()
    for mine, theirs, side in (("from", "to", "gave"), ("to", "from", "got")):
        both = (frame[theirs] == values["actor"]) & (frame["direction"] != "one_way")
        for row in frame[(frame[mine] == values["actor"]) | both].itertuples():
            rows |= {(year, side, row.support_type) for year in _years(row, values["since"], values["until"])}
    return rows


def _years(row: Any, since: int, until: int) -> list[int | None]:
    if not row.dated:
        return [None]
    first = since if pd.isna(row.first) else max(since, row.first.year)
    last = until if pd.isna(row.last) else min(until, row.last.year)
    return list(range(first, last + 1))


@_answers("evidence_for")
def _evidence_for(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    beside = book.frames["citations"]
    found = set(beside[beside["claim"] == values["id"]]["evidence"])
    for table in ("support", "pledges", "ties", "events", "lineage", "schisms", "names"):
        for cell in book.frames[table].loc[lambda f: f["id"] == values["id"], "evidence"]:
            found |= set(cell.split(";")) - {""}
    return {(ident,) for ident in found}


@_answers("captured_documents")
def _captured_documents(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    works, said = book.frames["sources"], book.frames["evidence"]
    held = set(works[works["archive"].isin(values["archive"])]["id"])
    said = said[said["quote_start"] != ""]
    places = pd.concat([said.assign(document=said["source"]), said.assign(document=said["relies_on"])])
    places = places[places["document"].isin(held)]
    if values["actor"]:
        cited = _of_actor(book, values["actor"])
        places = places[places["id"].isin(cited) | (places["speaker"] == values["actor"])]
    return _keys(places, "document", "id")


def _of_actor(book: Book, actor: str) -> set[str]:
    """The passages of the claims of an actor."""
    found: set[str] = set()
    for table in ("support", "pledges", "ties", "events", "lineage", "schisms"):
        frame = _counted(book.frames[table])
        if table == "events":
            mine = frame["participants"].str.contains(f"(?:^|;){re.escape(actor)}=")
        else:
            mine = (frame["from"] == actor) | (frame["to"] == actor)
        for cell in frame[mine]["evidence"]:
            found |= set(cell.split(";"))
        listed = book.frames["citations"]
        denied = listed["claim"].isin(frame[mine]["id"]) & (listed["stance"] == "contradicts")
        found |= set(listed[denied]["evidence"])
    return found


@_answers("claims_without_evidence")
def _claims_without_evidence(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    tables = ("support", "pledges", "ties", "events", "lineage", "schisms")
    frames = [book.frames[table] for table in tables]
    return {key for frame in frames for key in _keys(frame[frame["evidence"] == ""], "id")}


@_answers("sources_never_used")
def _sources_never_used(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    said, works, listed = book.frames["evidence"], book.frames["sources"], book.frames["references"]
    used = [said["found_in"], said["source"], said["relies_on"], listed["cited"], listed["citing"],
            works["repeats"], works[works["repeats"] != ""]["id"],
            book.frames["findings"]["source"]]  # fmt: skip
    return _keys(works[~works["id"].isin(pd.concat(used))], "id")


@_answers("names_at")
def _names_at(book: Book, values: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    frame = book.frames["names"]
    frame = frame[frame["actor"] == values["actor"]]
    if values["on"]:
        frame = _in_window(frame, {"since": values["on"], "until": values["on"]})
    return _keys(frame, "name", "name_type")
