"""Dates as bounds: a small EDTF parser, windows, and what is certain or possible (model, section 4).

A date is four days, `start_lo <= start_hi` and `end_lo <= end_hi`: what began, began somewhere in the
first pair and ended somewhere in the second. `None` = unknown. Everything here is a pure function.

The forms that are read, and nothing else of EDTF::

    2014-11-10  2014-11  2014        a day, a month, a year
    199X  2014-02-XX                 a decade; a day of that month
    1970-22                          a season: 21 Mar-May, 22 Jun-Aug, 23 Sep-Nov,
                                     24 Dec of that year to the end of Feb of the next
    2014?  2014~  2014?~  2014%      uncertain, approximate, both (% is ?~)
    2014/2015-03  2015/..  ../2014   a spell; `..` as end = still going on, as start = unknown
    /2016  2014-08/                  a spell whose start or end is unknown
    [2015-03..2016]  [..2014-02]  [2001..]    one unknown day between
    (nothing)                        not stated: all four bounds unknown

`~` widens by one unit of the date's own precision on each side: a year, a month, a season (three months);
three days for a day. A decade has no unit, because `X` with `~` is an error. Days before the year 1 or
after 9999 do not exist for Python: widening stops there.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, NamedTuple
from unicodedata import digit

Mode = Literal["sometime", "whole", "spell"]
DateMode = Literal["sometime", "throughout", "whole"]
DateCode = Literal["date-syntax", "date-reversed", "date-future"]
Verdict = Literal["certain", "possible", "no"]


class DateError(ValueError):
    """A date that cannot be used: `code` of model section 8, a one-line `message`, a `hint` what to write."""

    def __init__(self, code: DateCode, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code: DateCode = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


@dataclass(frozen=True, slots=True)
class Bounds:
    """The stored form of a date: four days (None = unknown), what qualifies it, and how it is meant.

    `mode` is the `date_mode` of the model: `sometime` = one unknown day inside, `whole` = all of it,
    `throughout` = from a start somewhere in the first pair to an end somewhere in the second.
    """

    start_lo: date | None = None
    start_hi: date | None = None
    end_lo: date | None = None
    end_hi: date | None = None
    end_open: bool = False
    uncertain: bool = False
    approximate: bool = False
    mode: DateMode = "sometime"

    @property
    def dated(self) -> bool:
        """Whether anything is known: a claim without any date decides nothing (model, section 4)."""
        return not (self.start_lo is self.start_hi is self.end_lo is self.end_hi is None)


UNDATED = Bounds()
"""The bounds of an empty cell."""


def stored(cells: Mapping[str, Any]) -> Bounds:
    """The bounds that a record holds under the names of the model: no day is unknown, no flag is not so."""
    return Bounds(
        cells.get("start_lo"),
        cells.get("start_hi"),
        cells.get("end_lo"),
        cells.get("end_hi"),
        bool(cells.get("end_open")),
        bool(cells.get("date_uncertain")),
        bool(cells.get("date_approximate")),
        cells.get("date_mode") or "sometime",
    )


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time with uncertain ends: it opens in `w1_lo..w1_hi` and closes in `w2_lo..w2_hi`."""

    w1_lo: date | None
    w1_hi: date | None
    w2_lo: date | None
    w2_hi: date | None


# --- reading ---------------------------------------------------------------------------------------------


def parse(
    text: str, *, mode: Mode = "sometime", known_until: date | None = None, today: date | None = None
) -> Bounds:
    """The bounds of a date written in the forms above (model, section 4); empty text gives unknown bounds.

    `mode` says how a single date or `[a..b]` is meant: `sometime` = one unknown day of it; `whole` = all of
    it (absent claims, `Search.window`); `spell` = began and ended somewhere in it (`names.valid`, always
    `throughout`). A spell `a/b` reads the same in every mode.
    `known_until` is the first day of the latest `issued` of the works the record was found in: until then a
    spell that is still going on (`2015/..`) is known to last, never less than to its `start_hi`.
    With `today`, a date that begins after it is an error.
    In `whole` mode `~` moves both ends both ways, so that absence "about 2014" is certain on no day.

    Raises DateError with code date-syntax, date-reversed (ends before it can start) or date-future.
    """
    return _parse(text, mode, known_until, today)


@lru_cache(maxsize=1 << 16)
def _parse(text: str, mode: Mode, known_until: date | None, today: date | None) -> Bounds:
    text = text.strip()
    if not text:
        return Bounds(mode="throughout" if mode == "spell" else mode)
    if text[0] == "[" and text[-1] == "]":
        first, last = _pair(text, text[1:-1], "..", _end_of_range)
        bounds = _single(first, last, mode)
    elif "/" in text:
        first, last = _pair(text, text, "/", _end_of_spell)
        bounds = _spell(first, last, known_until if last is not None and last.open else None)
    else:
        first = last = _read(text, text)
        bounds = _single(first, last, mode)
    _refuse_reversed(text, first, last)
    _refuse_future(text, (first, last), today)
    return bounds


class _Part(NamedTuple):
    """One written date: its first day and its last day, each with the room that `~` gives it."""

    first_lo: date | None
    first_hi: date | None
    last_lo: date | None
    last_hi: date | None
    uncertain: bool = False
    approximate: bool = False
    open: bool = False


_UNKNOWN = _Part(None, None, None, None)
_OPEN = _Part(None, None, None, None, open=True)
_DATE = re.compile(r"([0-9]{3}[0-9X])(?:-([0-9]{2})(?:-([0-9]{2}|XX))?)?(\?~|~\?|[?~%])?")
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}
_DAY_ROOM = timedelta(days=3)


def _read(written: str, text: str) -> _Part:
    """One date without `/` or `..`; `text` is the whole cell, for the message."""
    found = _DATE.fullmatch(written)
    if found is None:
        raise _syntax(text)
    year, month, day, marks = found.groups()
    doubt, about = _marks(marks, written, text)
    if day and day != "XX":
        first, last = _day(int(year) if year.isdigit() else 0, int(month), int(day), text), timedelta(0)
        room = _DAY_ROOM if about else last
        lo, hi = _shift(first, -room), _shift(first, room)
        return _Part(lo, hi, lo, hi, doubt, about)
    index, length = _months(year, month, day, text)
    room_months = length if about else 0
    return _Part(
        _month_start(index - room_months),
        _month_start(index + room_months),
        _month_end(index - room_months + length - 1),
        _month_end(index + room_months + length - 1),
        doubt,
        about,
    )


def _marks(marks: str | None, written: str, text: str) -> tuple[bool, bool]:
    """(uncertain, approximate) of the qualifiers."""
    if not marks:
        return False, False
    about = "~" in marks or marks == "%"
    if about and "X" in written:
        raise DateError(
            "date-syntax", f"'{text}' joins X with ~.", "Write one of the two: X is vague already."
        )
    return "?" in marks or marks == "%", about


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _syntax(text) from None


def _months(year: str, month: str | None, day: str | None, text: str) -> tuple[int, int]:
    """(number of the first month counted from year 0, how many months) of a decade, year, season or month."""
    if year.endswith("X"):
        if month:
            raise _syntax(text)
        index, length = int(year[:3]) * 120, 120
    elif month is None:
        index, length = int(year) * 12, 12
    elif 1 <= int(month) <= 12:
        index, length = int(year) * 12 + int(month) - 1, 1
    elif int(month) in _SEASON_STARTS and day is None:
        index, length = int(year) * 12 + _SEASON_STARTS[int(month)] - 1, 3
    else:
        raise _syntax(text)
    if index < 12:
        raise DateError("date-syntax", f"'{text}' reaches before the year 1.", "Years run from 0001 to 9999.")
    return index, length


def _month_start(index: int) -> date:
    if index < 12:
        return date.min
    return date(index // 12, index % 12 + 1, 1) if index < 120_000 else date.max


def _month_end(index: int) -> date:
    if index < 12:
        return date.min
    if index >= 120_000:
        return date.max
    year, month = index // 12, index % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _shift(day: date, room: timedelta) -> date:
    try:
        return day + room
    except OverflowError:
        return date.min if room < timedelta(0) else date.max


def _pair(text: str, inside: str, mark: str, end: Callable[[str, str, bool], _Part]) -> tuple[_Part, _Part]:
    """The two sides of a spell or of `[a..b]`."""
    sides = inside.split(mark)
    if len(sides) != 2 or not any(sides):
        raise _syntax(text)
    return end(sides[0], text, False), end(sides[1], text, True)


def _end_of_range(written: str, text: str, _last: bool) -> _Part:
    return _read(written, text) if written else _UNKNOWN


def _end_of_spell(written: str, text: str, last: bool) -> _Part:
    if written == "..":
        return _OPEN if last else _UNKNOWN
    return _read(written, text) if written else _UNKNOWN


def _single(first: _Part, last: _Part, mode: Mode) -> Bounds:
    """A single date (`first` is `last`) or `[a..b]`."""
    doubt, about = first.uncertain or last.uncertain, first.approximate or last.approximate
    lo, hi = first.first_lo, last.last_hi
    if mode == "whole":
        # Cut as in a spell (`[2014~..2014]`), but an unknown side stays unknown.
        start_hi = _least(first.first_hi, hi) if first.first_hi else None
        end_lo = _most(last.last_lo, lo) if last.last_lo else None
        return Bounds(lo, start_hi, end_lo, hi, False, doubt, about, "whole")
    return Bounds(lo, hi, lo, hi, False, doubt, about, "throughout" if mode == "spell" else "sometime")


def _spell(first: _Part, last: _Part, known_until: date | None) -> Bounds:
    """`a/b`: began somewhere in a, ended somewhere in b; each bound is cut where it would pass the other."""
    doubt, about = first.uncertain or last.uncertain, first.approximate or last.approximate
    start_hi = _least(first.last_hi, last.last_hi)
    end_lo = _most(known_until, start_hi) if last.open else _most(last.first_lo, first.first_lo)
    return Bounds(first.first_lo, start_hi, end_lo, last.last_hi, last.open, doubt, about, "throughout")


def _least(*days: date | None) -> date | None:
    """The earliest of the known days ("minima ignore nulls", model section 4)."""
    return min((d for d in days if d is not None), default=None)


def _most(*days: date | None) -> date | None:
    """The latest of the known days."""
    return max((d for d in days if d is not None), default=None)


# --- what is wrong with it -------------------------------------------------------------------------------

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = "(" + "|".join(f"{month}[a-z]*" for month in MONTHS) + r")\.?"
_NO_DAY = "There is no such day in the calendar."
_HINTS = [
    (
        r"([0-9]{4})\s*[-\u2013]\s*([0-9]{4})",
        r"Write \1/\2 for a spell, [\1..\2] for one unknown day between.",
    ),
    (
        r"\[?([0-9X-]{4,10}) ?(?:\.\.+|,|\u2013| or ) ?([0-9X-]{4,10})\]?",
        r"Write [\1..\2] for one unknown day between.",
    ),
    (r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*", r"Write \1, without the time of day."),
    (r"(?i:c|ca|circa|about)\.? ?([0-9]{4}(?:-[0-9]{2}){0,2})", r"Write \1~ for an approximate date."),
    (r"([0-9]{4})-XX(?:-XX)?", r"Write \1."),
    (r"([0-9]{2})XX", r"Write [\g<1>00..\g<1>99] for one unknown day between."),
    (r"([0-9]{4})-([0-9])", r"Write \1-0\2."),
    (r"([0-9]{4})-([0-9])-([0-9])", r"Write \1-0\2-0\3."),
    (r"([0-9]{4})-([0-9])-([0-9]{2})", r"Write \1-0\2-\3."),
    (r"([0-9]{4})-([0-9]{2})-([0-9])", r"Write \1-\2-0\3."),
    (r"([0-9]{3})x", r"Write \1X."),
    (r"([0-9]{3})0s", r"Write \1X."),
    (r"([12][0-9]{3})(0[1-9]|1[0-2])", r"Write \1-\2."),
    (r"([12][0-9]{3})(0[1-9]|1[0-2])([0-3][0-9])", r"Write \1-\2-\3."),
    (r"\[([^],]*)\]([?~%]+)", r"Put \2 on the date inside the brackets."),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}[?~%]*", _NO_DAY),
    (r"[0-9]{4}-[0-9]{2}[?~%]*", r"Months are 01 to 12, seasons 21 to 24."),
    (r"\[\.\.\]|/|\.\./|\.\.", r"Leave the cell empty when no date is known."),
]
_FORMS = "Write 2014-11-10, 2014-11, 2014, 199X, 2014/2015 (a spell) or [2014..2015] (one unknown day)."


def _syntax(text: str) -> DateError:
    return DateError("date-syntax", f"'{text}' is not a date this program reads.", _hint(text))


def _hint(text: str) -> str:
    """What to write instead, for the mistakes people make most."""
    if (plain := "".join(str(digit(c)) if c.isdecimal() else c for c in text)) != text:
        return _in_plain_digits(plain)
    for pattern, advise in _READINGS:
        if (found := re.fullmatch(pattern, text, re.IGNORECASE)) and (advice := advise(*found.groups())):
            return advice
    for pattern, advice in _HINTS:
        found = re.fullmatch(pattern, text)
        if found:
            return found.expand(advice)
    return _FORMS


def _in_plain_digits(text: str) -> str:
    """What to write for a date whose digits are of another script, here as 0 to 9."""
    try:
        _parse(text, "sometime", None, None)
    except DateError as error:
        return error.hint
    return f"Write {text}."


def _days(year: str, *months_and_days: tuple[int, int]) -> str:
    """Advice to write one of these days, those that the calendar has."""
    days = []
    for month, day in months_and_days:
        try:
            days.append(date(int(year), month, day).isoformat())
        except ValueError:
            continue
    return f"Write {' or '.join(dict.fromkeys(days))}." if days else _NO_DAY


def _either_order(first: str, second: str, year: str) -> str:
    """10/11/2014: nobody can tell the day from the month, so both are named."""
    one, other = int(first), int(second)
    return _days(year, (other, one), (one, other))


def _short_spell(century: str, year: str, mark: str, other: str) -> str:
    """1914/18 and 1914-18: two years, or a year and a month."""
    first, last = f"{century}{year}", f"{century}{other}"
    spell = f"{first}/{last} for a spell, [{first}..{last}] for one unknown day between." * (last > first)
    if mark == "-":
        return f"Months are 01 to 12, seasons 21 to 24{f'; write {spell}' if spell else '.'}"
    if 1 <= int(other) <= 12:
        return f"Write {first}-{other} for a month{f', {spell}' if spell else '.'}"
    return f"Write {spell}" if spell else ""


def _short_year(first: str, second: str, year: str) -> str:
    """12.3.15: both days, in the century that is likelier."""
    advice = _either_order(first, second, f"{20 if int(year) < 50 else 19}{year}")
    return advice if advice == _NO_DAY else f"{advice[:-1]}, the year with four digits."


def _open_side(side: str, written: str) -> str:
    """before 2002: until the day before it; after 2016: from the day after it; as exact as it is written."""
    try:
        part = _read(written, written)
    except DateError:
        return ""
    before = side.lower() == "before"
    day = part.first_lo if before else part.last_hi
    if day is None or not date.min < day < date.max:
        return ""
    edge = (day + timedelta(-1 if before else 1)).isoformat()[: len(written)]
    return f"Write {f'[..{edge}]' if before else f'[{edge}..]'} for one unknown day."


def _third(part: str, year: str) -> str:
    """early 2012: the first four months."""
    first = {"early": 1, "mid": 5, "late": 9}[part.lower()]
    return f"Write [{year}-{first:02}..{year}-{first + 3:02}] for one unknown day between."


def _third_of_decade(part: str, decade: str) -> str:
    """mid-1980s: the years in the middle."""
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[part.lower()]
    return f"Write [{decade}{first}..{decade}{last}] for one unknown day between."


def _season(name: str, year: str) -> str:
    number = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}[name.lower()]
    return f"Write {year}-{number}{f' or {int(year) - 1}-24' if number == 24 else ''}."


def _month_first(month: str, year: str) -> str:
    return f"Write {year}-{int(month):02}." if 1 <= int(month) <= 12 else ""


def _named_month(month: str) -> int:
    return MONTHS.index(month[:3].title()) + 1


def _serial(number: str) -> str:
    """41953: how a spreadsheet counts days, from the end of 1899 or, on old Macs, from 1904."""
    days = timedelta(int(number))
    day, mac = date(1899, 12, 30) + days, date(1904, 1, 1) + days
    return f"As a spreadsheet counts days it is {day}, or {mac} where it counts from 1904: write the date."


_READINGS: list[tuple[str, Callable[..., str]]] = [
    (r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})(?:[T ,].*)?", _either_order),
    (r"([0-9]{4})[/. ]([0-9]{1,2})[/. ]([0-9]{1,2})(?:[T ,].*)?", lambda y, m, d: _days(y, (int(m), int(d)))),
    (r"([0-9]{4})-([0-9]{2})-([0-9]{2})", lambda y, d, m: _days(y, (int(m), int(d)))),
    (r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]'?([0-9]{2})", _short_year),
    (r"(before|after)\s+([0-9-]{4,10})", _open_side),
    (r"(early|mid|late)(?: |-| in )([0-9]{4})", _third),
    (r"(early|mid|late)(?: |-| in )(?:the )?([0-9]{3})0s", _third_of_decade),
    (r"(spring|summer|autumn|fall|winter)(?: of)?[ ,]+([0-9]{4})", _season),
    (r"([0-9]{1,2})[/.-]([0-9]{4})", _month_first),
    (r"([0-9]{2})([0-9]{2})([/-])([0-9]{2})", _short_spell),
    (
        rf"([0-9]{{1,2}})(?:st|nd|rd|th|\.)?[ -]*(?:of )?{_MONTH}[ ,-]*([0-9]{{4}})",
        lambda d, m, y: _days(y, (_named_month(m), int(d))),
    ),
    (
        rf"{_MONTH}[ -]*([0-9]{{1,2}})(?:st|nd|rd|th)?[ ,-]+([0-9]{{4}})",
        lambda m, d, y: _days(y, (_named_month(m), int(d))),
    ),
    (rf"{_MONTH}[ ,/-]*([0-9]{{4}})", lambda m, y: f"Write {y}-{_named_month(m):02}."),
    (rf"([0-9]{{4}})[ ,/-]*{_MONTH}", lambda y, m: f"Write {y}-{_named_month(m):02}."),
    (
        rf"{_MONTH}[ -]([0-9]{{2}})",
        lambda m, y: f"Write the year with four digits, as in 20{y}-{_named_month(m):02}.",
    ),
    (
        rf"([0-9]{{1,2}})[. -]*{_MONTH}(?:[ -][0-9]{{2}})?",
        lambda d, m: f"Write the whole year too, as in 2014-{_named_month(m):02}-{int(d):02}.",
    ),
    (r"([1-9][0-9]{4})(?:\.[0-9]+)?", _serial),
    (
        r"([0-9]{4}-[0-9]{2}-[0-9]{2}) \(([0-9]{4})\)",
        lambda day, year: f"The number {year} is shown as a day: write {year}, or {day}, as text.",
    ),
]


def _refuse_reversed(text: str, first: _Part, last: _Part) -> None:
    if first.first_lo is not None and last.last_hi is not None and first.first_lo > last.last_hi:
        raise DateError("date-reversed", f"'{text}' ends before it starts.", _turned(text))


def _turned(text: str) -> str:
    """The same two dates, the earlier one first."""
    if text[0] == "[":
        first, _, last = text[1:-1].partition("..")
        return f"Write [{last}..{first}]."
    first, _, last = text.partition("/")
    return f"Write {last}/{first} for a spell, [{last}..{first}] for one unknown day between."


def _refuse_future(text: str, parts: Sequence[_Part], today: date | None) -> None:
    """A written date is in the future when even its first possible day is."""
    if today is None:
        return
    if any(part.first_lo is not None and part.first_lo > today for part in parts):
        hint = "Write .. for an end that is still open." if "/" in text else "Check the year."
        raise DateError("date-future", f"'{text}' lies after {today.isoformat()}.", hint)


_ONE_DAY_KINDS = frozenset({"pledge", "schism", "event"})
_LASTING_EVENTS = frozenset({"clash", "operation"})


def spell_allowed(kind: str, event_type: str | None = None) -> bool:
    """Whether a spell `a/b` may date a claim of this kind (label or table name, any case).

    Pledges, schisms and events happen on a day; only events that last (clash, operation) may take a spell.
    """
    return kind.lower().removesuffix("s") not in _ONE_DAY_KINDS or event_type in _LASTING_EVENTS


def hint_for(hint: str, kind: str) -> str:
    """The hint for a date of a claim of this kind: a spell is not advised where the next check refuses it."""
    if spell_allowed(kind):
        return hint
    if kind.lower().startswith("event"):
        return hint.replace("a spell", " or ".join(sorted(_LASTING_EVENTS)))
    return re.sub(r"[^ ]+ for a spell, |[^ ]+ \(a spell\) or ", "", hint)


def spell_fault(text: str, kind: str, event_type: str | None = None) -> DateError | None:
    """The fault of a spell written where one day is meant, with `[a..b]` as its hint; else None."""
    if "/" not in text or spell_allowed(kind, event_type):
        return None
    first, _, last = text.strip().partition("/")
    inside = f"{first.replace('..', '')}..{last.replace('..', '')}"
    one = kind.lower().removesuffix("s")
    return DateError(
        "date-syntax",
        f"'{text.strip()}' is a spell, but {'an' if one[0] in 'aeiou' else 'a'} {one} happens on one day.",
        f"Write [{inside}] for one unknown day between.",
    )


# --- what holds when -------------------------------------------------------------------------------------


def span(bounds: Bounds) -> tuple[date | None, date | None]:
    """The outer hull: first and last day on which it can have been (None = unbounded)."""
    return bounds.start_lo, bounds.end_hi


def at_most(a: date | None, b: date | None, *, unknown: bool) -> bool:
    """`a <= b`; when one is not known, `unknown`: False in a certain test, True in a possible one."""
    return unknown if a is None or b is None else a <= b


def is_coarser(a: Bounds, b: Bounds) -> bool:
    """Whether `[a]` contains `[b]` and is not equal to it (hulls; None = unbounded).

    A coarser reading of an occurrence is no rival: it widens nothing and contradicts nothing.
    """
    if span(a) == span(b):
        return False
    opens = a.start_lo is None or (b.start_lo is not None and a.start_lo <= b.start_lo)
    closes = a.end_hi is None or (b.end_hi is not None and a.end_hi >= b.end_hi)
    return opens and closes


def hull(readings: Iterable[Bounds]) -> tuple[date | None, date | None]:
    """First and last possible day over the dated readings, the coarser ones left out.

    A side is None when a reading leaves it open: an unknown end is not settled by what another reading says.
    2013, 2014-02 and 2014 give 2013-01-01 and 2014-02-28 (2014 is coarser than 2014-02).
    """
    dated = [r for r in set(readings) if r.dated]
    kept = [r for r in dated if not any(is_coarser(r, other) for other in dated)]
    starts, ends = [r.start_lo for r in kept], [r.end_hi for r in kept]
    return (
        None if None in starts else _least(*starts),
        None if None in ends else _most(*ends),
    )


def window_after(readings: Iterable[Bounds], until: date) -> Window:
    """From a happening to the end of the day `until`; the happening is as uncertain as its rival readings.

    It opens somewhere in the hull of the readings (see `hull`; without dated readings: unknown).
    """
    opens_lo, opens_hi = hull(readings)
    return Window(opens_lo, opens_hi, until, until)


def holds(bounds: Bounds, window: Window) -> Verdict:
    """Presence: on at least one day of the window (model, section 4).

    certain: `start_hi <= w2_lo and end_lo >= w1_hi`; possible: `start_lo <= w2_hi and end_hi >= w1_lo`, where
    unknown = possible. A date with `?` is never more than possible; without any date it decides nothing: no.
    """
    if not (
        bounds.dated
        and at_most(bounds.start_lo, window.w2_hi, unknown=True)
        and at_most(window.w1_lo, bounds.end_hi, unknown=True)
    ):
        return "no"
    certain = at_most(bounds.start_hi, window.w2_lo, unknown=False) and at_most(
        window.w1_hi, bounds.end_lo, unknown=False
    )
    return "certain" if certain and not bounds.uncertain else "possible"


def covers(bounds: Bounds, window: Window) -> Verdict:
    """Absence: on every day of the window (model, section 4).

    certain: `start_hi <= w1_lo and end_lo >= w2_hi`; possible: `start_lo <= w1_hi and end_hi >= w2_lo`, where
    unknown = possible. A date with `?` is never more than possible; without any date it decides nothing: no.
    """
    if not (
        bounds.dated
        and at_most(bounds.start_lo, window.w1_hi, unknown=True)
        and at_most(window.w2_lo, bounds.end_hi, unknown=True)
    ):
        return "no"
    certain = at_most(bounds.start_hi, window.w1_lo, unknown=False) and at_most(
        window.w2_hi, bounds.end_lo, unknown=False
    )
    return "certain" if certain and not bounds.uncertain else "possible"


def certainly_after(a: Bounds, b: Bounds) -> bool:
    """Whether a began after b had ended, whatever the days: `a.start_lo > b.end_hi`, neither with `?`."""
    if a.uncertain or b.uncertain or a.start_lo is None or b.end_hi is None:
        return False
    return a.start_lo > b.end_hi


def possibly_after(a: Bounds, b: Bounds) -> bool:
    """Whether a may have begun after b had ended: `a.start_hi > b.end_lo`, unknown = possible."""
    return a.start_hi is None or b.end_lo is None or a.start_hi > b.end_lo


# --- showing ---------------------------------------------------------------------------------------------


def between(lo: date, hi: date | None) -> str:
    """One unknown day from `lo` to `hi` as EDTF, in years or months where they fit (None = no end).

    `2014-07-01`, `2014-07`, `2014`, `[2014..2015]`, `[2014-07..2015-03]`, `[2001..]`.
    """
    last = hi or date.max
    if (lo.month, lo.day, last.month, last.day) == (1, 1, 12, 31):
        size = 4
    elif lo.day == 1 and last == _month_end(last.year * 12 + last.month - 1):
        size = 7
    else:
        size = 10
    first, end = lo.isoformat()[:size], hi.isoformat()[:size] if hi else ""
    return first if first == end else f"[{first}..{end}]"


def show(bounds: Bounds) -> str:
    """Short text for people: `2014-11`, `all of 2014`, `2014 to 2015-03`, `since 2015`, `undated`.

    A day, month, season, year or decade without `~` is shown as it is written, so `parse` reads it back.
    """
    if not bounds.dated:
        return "undated"
    if bounds.mode == "throughout":
        text = _show_spell(bounds)
    else:
        text = _show_range(bounds.start_lo, bounds.end_hi)
        text = f"all of {text}" if bounds.mode == "whole" else text
    return ("about " if bounds.approximate else "") + text + ("?" if bounds.uncertain else "")


def _show_spell(bounds: Bounds) -> str:
    start = _show_range(bounds.start_lo, bounds.start_hi) if bounds.start_lo else ""
    if bounds.end_hi is None:
        start = start or "an unknown day"
        return f"since {start}" if bounds.end_open else f"{start} to an unknown day"
    end = _show_range(bounds.end_lo, bounds.end_hi)
    if not start:
        return f"until {end}"
    return start if start == end else f"{start} to {end}"


def _show_range(lo: date | None, hi: date | None) -> str:
    """The name of the day, month, season, year or decade from `lo` to `hi`, else the two days."""
    if lo is None:
        return f"{hi} or before"
    if hi is None:
        return f"{lo} or after"
    return lo.isoformat() if lo == hi else _unit(lo, hi) or f"{lo}..{hi}"


def _unit(lo: date, hi: date) -> str:
    """The EDTF name of the calendar unit that is exactly `lo` to `hi`, or nothing."""
    length = (hi.year - lo.year) * 12 + hi.month - lo.month + 1
    if lo.day != 1 or hi != _month_end(hi.year * 12 + hi.month - 1):
        return ""
    year, month = lo.isoformat()[:4], lo.month  # %Y does not pad years below 1000
    if length == 1:
        return f"{year}-{month:02}"
    if length == 3 and month in _SEASON_STARTS.values():
        return f"{year}-{20 + month // 3}"
    if length == 12 and month == 1:
        return year
    return f"{year[:3]}X" if length == 120 and month == 1 and lo.year % 10 == 0 else ""
