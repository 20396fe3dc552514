"""A moment of the past as a person writes it: a day, or a time of day, each meaning its end, in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kb.errors import InputError, quoted

_FORM = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(?P<seconds>:\d\d(?P<part>\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_DAY = len("2026-05-01")
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was written, its first and its last microsecond; what was loaded by the last one counts."""

    text: str
    first: datetime
    last: datetime

    @property
    def before(self) -> datetime:
        """Where a stretch of time begins: a day counts whole, a time is over."""
        return self.first - _TICK if len(self.text) == _DAY else self.last

    def __str__(self) -> str:
        return said(self.last)


def said(when: datetime) -> str:
    """A moment in UTC for a message, to the second where its microseconds say nothing more."""
    return f"{when:%Y-%m-%d %H:%M:%S}{f'.{when:%f}' if when.microsecond not in (0, 999_999) else ''} UTC"


def moment(text: str, option: str = "--as-of") -> Moment:
    """The moment of `2026-05-01`, `2026-05-01T10:15`, `… 10:15:30.25`, with `Z` or `+02:00` where not UTC.

    Each means its end: the last microsecond of that day, minute, second or part of a second. Raises
    InputError that names the option.
    """
    text = text.strip()
    form = _FORM.fullmatch(text)
    try:
        if not form:
            raise ValueError
        local = datetime.fromisoformat(text)
        first = (local if local.tzinfo else local.replace(tzinfo=UTC)).astimezone(UTC)
        return Moment(text, first, first + _unit(text, form) - _TICK)
    except (ValueError, OverflowError):
        raise InputError(
            f"{option} takes a day or a time, not {quoted(text)}.",
            "Write 2026-05-01, or 2026-05-01T10:15:30 (UTC).",
        ) from None


def now() -> Moment:
    """This very moment."""
    this = datetime.now(UTC)
    return Moment("now", this, this)


def _unit(text: str, form: re.Match[str]) -> timedelta:
    if len(text) == _DAY:
        return timedelta(days=1)
    if not form["seconds"]:
        return timedelta(minutes=1)
    digits = len(form["part"] or ".") - 1
    return timedelta(microseconds=10 ** (6 - digits))
