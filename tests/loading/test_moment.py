"""Days and times of the past, as they are written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kb.errors import InputError
from kb.loading.moment import moment


def utc(*parts: int) -> datetime:
    """A time in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-05-01", utc(2026, 5, 1, 23, 59, 59, 999_999)),
        ("2026-05-01T10:15", utc(2026, 5, 1, 10, 15, 59, 999_999)),
        ("2026-05-01 10:15:30", utc(2026, 5, 1, 10, 15, 30, 999_999)),
        ("2026-05-01T10:15:30.25", utc(2026, 5, 1, 10, 15, 30, 259_999)),
        ("2026-05-01T10:15:30.250001+00:00", utc(2026, 5, 1, 10, 15, 30, 250_001)),
        ("2026-05-01T10:15:30Z", utc(2026, 5, 1, 10, 15, 30, 999_999)),
        ("2026-05-01T01:15+02:00", utc(2026, 4, 30, 23, 15, 59, 999_999)),
        (" 2026-05-01 ", utc(2026, 5, 1, 23, 59, 59, 999_999)),
    ],
)
def test_a_moment_is_the_end_of_what_is_written(text: str, last: datetime) -> None:
    """A day lasts to midnight UTC, a minute to its last microsecond; an offset is taken into account."""
    assert moment(text).last == last


@pytest.mark.parametrize(
    "text",
    ["", "May", "2026-13-01", "2026-02-30", "2026", "2026-05-01T25:00", "2026-05-01T10:15:30.1234567",
     "9999-12-31T23:59:59-05:00", "٢٠٢٦-٠٥-٠١"],
)  # fmt: skip
def test_what_is_no_moment_is_refused_in_one_line(text: str) -> None:
    """The message names the option, repeats what was given and shows how to write it."""
    with pytest.raises(InputError) as refused:
        moment(text, "--from")
    assert str(refused.value) == (
        f"--from takes a day or a time, not '{text}'. Write 2026-05-01, or 2026-05-01T10:15:30 (UTC)."
    )


def test_a_stretch_begins_with_its_day_and_after_its_time() -> None:
    """`--from` a day has the whole day in it; `--from` a time begins where `--as-of` that time ends."""
    assert moment("2026-05-01").before == utc(2026, 4, 30, 23, 59, 59, 999_999)
    assert moment("2026-05-01T10:15").before == utc(2026, 5, 1, 10, 15, 59, 999_999)


def test_the_last_day_of_the_calendar() -> None:
    """A day without a next one is refused, not a crash."""
    with pytest.raises(InputError):
        moment("9999-12-31")
