"""A made-up MGAR file in which every published difference of text 000 must come out, to the last digit.

Two hubs, 25 partners each, two years: fifty pair-years a hub, so that an even percentage is a number of rows.
The attacks and tactics of partners alternate around their mean. What must come out has no error but rounding.
Everything in it is made up.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

IS, AQ = 1, 2
PARTNERS, YEARS = 25, 2
COLUMNS = ("opsupp", "matsupp", "terrsupp", "trainsupp", "finsupp")


@dataclass(frozen=True)
class Hub:
    """What is planted: percent of pair-years with support (`COLUMNS`) and of one ideology, and the counts."""

    number: int
    first_year: int
    percent: tuple[int, ...]
    same_ideology: int
    attacks: int
    partner_attacks: tuple[int, int]
    tactics: int
    partner_tactics: tuple[int, int]

    def pair_years(self) -> list[tuple[int, int, int]]:
        """(running number, partner, year)."""
        numbers = range(PARTNERS * YEARS)
        return [(i, 100 * self.number + i // YEARS, self.first_year + i % YEARS) for i in numbers]


HUBS = (
    Hub(
        *(IS, 2013, (58, 42, 4, 16, 8)),
        *(98, 1200, (60, 80), 9, (3, 5)),  # 1200 - 70 = 1130 attacks more, 9 - 4 = 5 tactics more
    ),
    Hub(
        *(AQ, 2011, (40, 30, 32, 20, 22)),
        *(94, 6, (8, 12), 4, (3, 5)),  # 6 - 10 = 4 attacks fewer, as many tactics
    ),
)


def write(folder: Path) -> tuple[Path, Path, Path]:
    """The data set, the list of names, and the counts by actor and year."""
    names = {IS: "Islamic State", AQ: "al-Qaeda"}
    rows, counts = [], []
    for hub in HUBS:
        counts += [
            [f"mgar-group-{hub.number}", hub.first_year + n, hub.attacks, hub.tactics, "Made-up creed"]
            for n in range(YEARS)
        ]
        for i, partner, year in hub.pair_years():
            names[partner] = f"Made-up partner {partner}"
            rows += _pair_year(hub, i, partner, year)
            creed = "Made-up creed" if _is_planted(i, hub.same_ideology) else "Another made-up creed"
            attacks, tactics = hub.partner_attacks[i % 2], hub.partner_tactics[i % 2]
            counts.append([f"mgar-group-{partner}", year, attacks, tactics, creed])
    return (
        _write(folder / "mgar.csv", ["group1_id", "group2_id", "year", "reltype", *COLUMNS], rows),
        _write(folder / "names.csv", ["group_id", "group_name"], [list(item) for item in names.items()]),
        _write(folder / "counts.csv", ["actor", "year", "attacks", "tactics", "ideology"], counts),
    )


def _pair_year(hub: Hub, i: int, partner: int, year: int) -> list[list[object]]:
    """Both directions: what passed goes one way or the other; words only (fans) when nothing passed."""
    passed = [int(_is_planted(i, percent)) for percent in hub.percent]
    relation = 1 if any(passed) else 4
    ways = [(hub.number, partner), (partner, hub.number)]
    ahead, back = ways if i % 3 else ways[::-1]
    return [[*ahead, year, relation, *passed], [*back, year, relation, *[0] * len(COLUMNS)]]


def _is_planted(i: int, percent: int) -> bool:
    """Whether the pair-year of this number is among the first so many percent."""
    return 100 * i < percent * PARTNERS * YEARS


def _write(path: Path, header: list[str], rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path
