"""A moment of the past as a person writes it: a day, or a time of day, each meaning its end, in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kb.errors import InputError, quoted

_FORM = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(?P<seconds>:\d\d(?P<part>\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was written, its first and its last microsecond; what was loaded by the last one counts."""

    text: str
    first: datetime
    last: datetime

    def __str__(self) -> str:
        short = "%Y-%m-%d %H:%M:%S" if self.last.microsecond in (0, 999_999) else "%Y-%m-%d %H:%M:%S.%f"
        return f"{self.last:{short}} UTC"


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
        said = datetime.fromisoformat(text)
        first = (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
        return Moment(text, first, first + _unit(text, form) - _TICK)
    except (ValueError, OverflowError):
        raise InputError(
            f"{option} takes a day or a time, not {quoted(text)}.",
            "Write 2026-05-01, or 2026-05-01T10:15:30 (UTC).",
        ) from None


def _unit(text: str, form: re.Match[str]) -> timedelta:
    if len(text) == len("2026-05-01"):
        return timedelta(days=1)
    if not form["seconds"]:
        return timedelta(minutes=1)
    digits = len(form["part"] or ".") - 1
    return timedelta(microseconds=10 ** (6 - digits))
