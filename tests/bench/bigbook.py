"""A made-up book of ten times the size of MGAR, for benchmarks of reading.

26,000 actors, 75,000 ties, 250,000 claims in all, 100,000 passages. Seven hubs have ten times the partners
that the best tied actors of the casebook have in pledges, support and ties: the Islamic State 97, al-Qaeda
46, then 16, 11, 10, 10 and 9. (In UCDP External Support 18.1 the government with the most recipients has 37.)
The partners of the rest fall with their rank. Two hubs break with two others. Dates are of 1945 to 2020 and
as exact as in the literature: years, months, days, spells, some without an end, some uncertain, some missing.
One claim in ten is disputed, rejected or unready, one in eight is another reading of a happening. Names and
sentences are put together from made-up words.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from kb.model import (
    ACTS,
    ARRANGEMENT_TYPES,
    EVENT_TYPES,
    FIVE_TYPES,
    LASTING_EVENTS,
    LINEAGE_RELATIONS,
    NAME_TYPES,
    RELATION_TYPES,
    SCOPES,
)

HUBS = (970, 460, 160, 110, 100, 100, 90)  # partners of hub-1, hub-2, …
SHARES = {"ties": 75, "support": 120, "pledges": 25, "lineage": 10, "events": 20}  # of 250 claims
KINDS = {  # of a thousand actors
    "militant_group": 840, "faction": 40, "cell": 20, "umbrella": 10, "person": 65, "state": 8,
    "arrangement": 4, "organisation": 8, "collective": 5,
}  # fmt: skip
SAID = (
    "training camp weapons money pledge allegiance caliph explosives fighters leader letter border safe haven"
)
COUNTRIES = [f"Land {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]

Row = dict[str, Any]


def write_table(folder: Path, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the rows of one table; the first one has all the columns."""
    rows = iter(rows)
    first = next(rows)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def write_big_book(folder: Path, claims: int = 250_000) -> Path:
    """The book with this many claims, and everything else in proportion."""
    folder.mkdir(parents=True)
    book = _Book(claims)
    for table in _TABLES:
        write_table(folder, table, getattr(book, table)())
    return folder


_TABLES = (
    "actors", "names", "sources", "references", "cases", "concepts", "evidence", "ties", "support", "pledges",
    "schisms", "lineage", "events", "searches", "citations", "findings", "judgements",
)  # fmt: skip


class _Book:
    """The rows of each table, the same for each run."""

    def __init__(self, claims: int) -> None:
        self.chance = random.Random(6)  # noqa: S311 - the same book each time
        self.size = claims / 250_000
        self.words = [_word(self.chance) for _ in range(6_000)] + SAID.split()
        self.often = list(accumulate(1 / (n + 20) for n in range(len(self.words))))
        self.ids = {
            kind: [f"{kind.replace('_', '-')}-{n:05}" for n in range(1, max(3, self._number(26 * share)) + 1)]
            for kind, share in KINDS.items()
        }
        self.hubs = [f"hub-{n}" for n in range(1, len(HUBS) + 1)]
        self.groups = [*self.ids["militant_group"], *self.ids["faction"], *self.ids["cell"]]
        self.chance.shuffle(self.groups)
        self.weights = list(accumulate((n + 1) ** -0.6 for n in range(len(self.groups))))
        self.works = [f"work-{n:04}" for n in range(self._number(3_000))]
        self.passages = [f"passage-{n:06}" for n in range(self._number(100_000))]
        self.pairs = self._pairs(self._number(45_000))

    def _number(self, full: float) -> int:
        return max(2, round(full * self.size))

    def _some(self, number: int) -> list[str]:
        """Groups, those of low rank the most often."""
        return self.chance.choices(self.groups, cum_weights=self.weights, k=number)

    def _pairs(self, number: int) -> list[tuple[str, str, int]]:
        """Two groups that have to do with each other, and the year in which that begins."""
        pairs = {
            (group, hub)
            for hub, partners in zip(self.hubs, HUBS, strict=True)
            for group in self.chance.sample(self.groups, self._number(partners))
        }
        while len(pairs) < number:
            one, other = self._some(2)
            if one != other:
                pairs.add((one, other))
        ordered = sorted(pairs)
        self.chance.shuffle(ordered)
        return [(one, other, self.chance.randint(1945, 2010)) for one, other in ordered]

    def _text(self, least: int, most: int) -> str:
        number = self.chance.randint(least, most)
        return " ".join(self.chance.choices(self.words, cum_weights=self.often, k=number))

    def _date(self, first: int = 1945, last: int = 2019, spell: bool = False) -> str:
        """A date of these years as the literature has them; `spell` may last."""
        kind, year = self.chance.random(), self.chance.randint(first, last)
        month, later = self.chance.randint(1, 12), min(2020, year + self.chance.randint(1, 9))
        if spell and kind < 0.5:
            return (
                f"{year}/.."
                if kind < 0.08
                else f"{year}/{later}"
                if kind < 0.4
                else f"{year}-{month:02}/{later}"
            )
        if kind < 0.55:
            return str(year) + self.chance.choices(["", "?", "~"], [90, 6, 4])[0]
        if kind < 0.75:
            return f"{year}-{month:02}"
        if kind < 0.92:
            return f"{year}-{month:02}-{self.chance.randint(1, 28):02}"
        return f"{year // 10}X" if kind < 0.94 else f"[{year}..{later}]" if kind < 0.96 and not spell else ""

    def _claim(self, ident: str, happening: str = "") -> Row:
        """The columns that all claims share."""
        status = self.chance.choices(["accepted", "disputed", "rejected", "needs_work"], [90, 5, 2, 3])[0]
        n, passages = self.chance.random(), self.chance.choices([0, 1, 2, 3], [2, 60, 28, 10])[0]
        return {
            "id": ident,
            "occurrence": happening,
            "status": status,
            "confidence": self.chance.choice(["low", "moderate", "high", "not_stated"]),
            "basis": "inferred" if n < 0.05 else "stated",
            "rule": "a made-up rule" if n < 0.05 else "",
            "coder": "made-up",
            "note": "" if status == "accepted" else f"Doubted: {self._text(3, 8)}",
            "place": self.chance.choice(COUNTRIES) if n < 0.3 else "",
            "evidence": ";".join(self.chance.sample(self.passages, passages)),
            "concepts": f"idea-{self.chance.randrange(60):02}" if n > 0.97 else "",
            "cases": f"case-{self.chance.randrange(30):02}" if n > 0.95 else "",
        }  # fmt: skip

    def _of_pairs(self, table: str, number: int) -> Iterator[tuple[Row, str, str, int]]:
        """Claims of the pairs in turn; one pair in eight has several readings of one happening."""
        for n in range(number):
            turn = n % len(self.pairs)
            happening = f"{table}-happening-{turn:05}" if turn % 8 == 0 else ""
            yield self._claim(f"{table}-{n:06}", happening), *self.pairs[turn]

    def _share(self, table: str) -> int:
        return self._number(SHARES[table] * 1_000)

    # --- tables

    def actors(self) -> Iterator[Row]:
        for hub in self.hubs:
            yield {"id": hub, "name": f"Made-up {hub}", "kind": "militant_group", "arrangement_type": "",
                   "country": self.chance.choice(COUNTRIES), "founded": "1940", "dissolved": ""}  # fmt: skip
        for kind, ids in self.ids.items():
            for ident in ids:
                founded = self.chance.randint(1930, 1945)
                types = self.chance.sample(list(ARRANGEMENT_TYPES), 2) if kind == "arrangement" else []
                yield {
                    "id": ident,
                    "name": f"{self._text(2, 4).title()} {ident[-5:]}",
                    "kind": kind,
                    "arrangement_type": ";".join(types),
                    "country": self.chance.choice(COUNTRIES) if self.chance.random() < 0.7 else "",
                    "founded": founded if self.chance.random() < 0.3 else "",
                    "dissolved": founded + 75 if self.chance.random() < 0.1 else "",
                }

    def names(self) -> Iterator[Row]:
        everybody = [*self.hubs * 20, *(ident for ids in self.ids.values() for ident in ids)]
        shared = [self._text(2, 3).title() for _ in range(self._number(400))]
        for n in range(self._number(30_000)):
            year = self.chance.randint(1945, 2010)
            yield {
                "id": f"name-{n:05}",
                "actor": self.chance.choice(everybody),
                "name": self.chance.choice(shared) if n % 40 == 0 else f"{self._text(2, 4).title()} {n:05}",
                "name_type": self.chance.choice(list(NAME_TYPES)),
                "valid": f"{year}/{year + 9}" if n % 4 == 0 else "",
                "evidence": self.chance.choice(self.passages),
            }

    def sources(self) -> Iterator[Row]:
        for n, ident in enumerate(self.works):
            captured = n % 20 == 0
            yield {
                "id": ident,
                "type": "document" if captured else self.chance.choice(["book", "report", "article-journal"]),
                "title": f"On {self._text(3, 7)}",
                "author": f"{self._text(1, 1).title()}, {self._text(1, 1).title()}",
                "issued": self.chance.randint(1960, 2022),
                "archive": "Made-up Archive" if captured else "",
                "archive_location": f"MU-{n:04}" if captured else "",
                "repeats": self.chance.choice(self.works[:n]) if n % 15 == 14 else "",
            }

    def references(self) -> Iterator[Row]:
        pairs = {tuple(self.chance.sample(self.works, 2)) for _ in range(self._number(6_000))}
        return ({"citing": one, "cited": other, "in_text": "true"} for one, other in sorted(pairs))

    def cases(self) -> Iterator[Row]:
        return ({"id": f"case-{n:02}", "title": f"Made-up case {n}"} for n in range(30))

    def concepts(self) -> Iterator[Row]:
        return ({"id": f"idea-{n:02}", "term": f"{self._text(2, 2)} {n}"} for n in range(60))

    def evidence(self) -> Iterator[Row]:
        often = list(accumulate((n + 5) ** -0.8 for n in range(len(self.works))))
        for n, ident in enumerate(self.passages):
            work = self.chance.choices(self.works, cum_weights=often)[0]
            quoted, lot = n % 3 == 0, self.chance.random()
            yield {
                "id": ident,
                "found_in": work,
                "source": self.chance.choice(self.works) if lot < 0.25 else "",
                "locator_label": "page",
                "locator": n % 300 + 1,
                "line": n % 2_000 + 1,
                "quote_start": self._text(8, 8) if quoted else "",
                "quote_end": self._text(5, 5) if quoted else "",
                "quote_words": 40 if quoted else "",
                "speaker": self.chance.choice(self.ids["person"]) if lot > 0.85 else "",
                "speaker_text": "a made-up commander" if 0.8 < lot < 0.85 else "",
                "relies_on": self.chance.choice(self.works) if 0.4 < lot < 0.55 else "",
                "variant_of": self.passages[n - 1] if n % 50 == 49 else "",
                "summary": f"Says that {self._text(12, 24)}.",
            }

    def ties(self) -> Iterator[Row]:
        types = ["alliance", "affiliation", "association", "host", "rivalry", "clash", "contact"]
        among = self._others()
        for row, one, other, year in self._of_pairs("ties", self._share("ties") - len(among)):
            kind = self.chance.choices(types, [30, 8, 14, 5, 22, 13, 8])[0]
            presence = "absent" if self.chance.random() < 0.05 else "present"
            yield {**row, "from": one, "to": other, "tie_type": kind, "presence": presence, "role": "",
                   "date": self._date(year, year + 3, spell=True)}  # fmt: skip
        for n, (one, other, kind) in enumerate(among):
            role = "leader" if kind == "membership" and n % 7 == 0 else ""
            yield {**self._claim(f"ties-other-{n:05}"), "from": one, "to": other, "tie_type": kind,
                   "presence": "present", "role": role, "date": self._date(spell=True)}  # fmt: skip

    def _others(self) -> list[tuple[str, str, str]]:
        """Ties that are not among groups: of persons, of states with arrangements and with each other."""
        choice, states, bodies = self.chance.choice, self.ids["state"], self.ids["arrangement"]
        members = [(person, choice([*self.hubs, *self._some(5)])) for person in self.ids["person"] * 2]
        members += [(choice(states), choice(bodies)) for _ in range(self._number(1_500))]
        pairs = [(one, choice(states)) for one in states * 4]
        return [
            *((one, other, "membership") for one, other in members),
            *((one, other, choice(["rivalry", "alliance"])) for one, other in pairs if one != other),
        ]

    def support(self) -> Iterator[Row]:
        kinds = [*FIVE_TYPES, "unspecified", "other"]
        for row, one, other, year in self._of_pairs("support", self._share("support")):
            absent = self.chance.random() < 0.15
            stage = self.chance.choices(["given", "promised", "sought"], [93, 4, 3])[0]
            giver, taker = (one, other) if self.chance.random() < 0.5 else (other, one)
            if self.chance.random() < 0.04:
                giver = self.chance.choice(self.ids["state"])
            yield {
                **row, "from": giver, "to": taker,
                "support_type": "any" if absent and self.chance.random() < 0.5 else self.chance.choice(kinds),
                "presence": "absent" if absent else "present",
                "stage": "given" if absent else stage,
                "direction": self.chance.choices(["one_way", "mutual", "not_stated"], [85, 10, 5])[0],
                "alleged": "true" if self.chance.random() < 0.04 else "",
                "date": self._date(year + 1, year + 9, spell=True),
            }  # fmt: skip

    def pledges(self) -> Iterator[Row]:
        often = {"pledge": 45, "not_stated": 12, "accept": 12, "offer": 6, "deny": 2}
        acts = {act: often.get(act, 5) for act in ACTS}
        for row, small, large, year in self._of_pairs("pledges", self._share("pledges")):
            act = self.chance.choices(list(acts), list(acts.values()))[0]
            ends = (large, small) if act in ("accept", "recognise", "refuse", "claim") else (small, large)
            yield {
                **row, "from": ends[0], "to": ends[1], "act": act,
                "relation_type": self.chance.choice(list(RELATION_TYPES)),
                "scope": self.chance.choices(list(SCOPES), [90, 6, 4])[0],
                "date": self._date(year, year + 6),
            }  # fmt: skip

    def schisms(self) -> Iterator[Row]:
        first = ("hub-2", "hub-1", "schism-one", ["2009", "2009-02", "2008-11"])
        second = ("hub-4", "hub-3", "schism-two", ["1998-06", "1998-06-12"])
        ends = zip(self._some(200), self._some(200), strict=True)
        small = [(one, other, f"schism-{n:04}", [f"{1960 + n % 55}"]) for n, (one, other) in enumerate(ends)]
        for child, parent, happening, readings in [first, second, *small]:
            for date in readings if child != parent else ():
                row = self._claim(f"{happening}-{date}", happening)
                yield {**row, "status": "accepted", "from": child, "to": parent, "trigger": "", "date": date}

    def lineage(self) -> Iterator[Row]:
        for n in range(self._share("lineage")):
            part, (whole,) = self.chance.choice(self.groups), self._some(1)
            if part != whole:
                relation = self.chance.choice(list(LINEAGE_RELATIONS))
                yield {**self._claim(f"lineage-{n:06}"), "from": part, "to": whole, "relation": relation,
                       "date": self._date()}  # fmt: skip

    def events(self) -> Iterator[Row]:
        for n in range(self._share("events")):
            kind = self.chance.choice(list(EVENT_TYPES))
            one, other, year = self.chance.choice(self.pairs)
            issuer = self.chance.choice(self.ids["person"])
            yield {
                **self._claim(f"events-{n:06}"), "title": f"{kind} of {self._text(3, 6)}", "event_type": kind,
                "date": self._date(year, year + 9, spell=kind in LASTING_EVENTS),
                "participants": f"{one}=target;{other}=initiator;{issuer}=issuer",
            }  # fmt: skip

    def searches(self) -> Iterator[Row]:
        for n, (one, other, year) in enumerate(self.pairs[: self._number(3_000)]):
            yield {
                "id": f"search-{n:04}", "subject": one, "object": other,
                "looked_for": "any" if n % 3 else "training;financial", "window": f"{year}/{year + 12}",
                "where_searched": "a made-up archive", "searched_on": "2020-05-01",
                "outcome": self.chance.choice(["found", "none_found", "none_found", "inconclusive"]),
            }  # fmt: skip

    def citations(self) -> Iterator[Row]:
        """Passages that contradict claims, or stand beside them."""
        for n in self.chance.sample(range(self._share("support")), self._number(6_000)):
            stance = "contradicts" if n % 3 else "context"
            passage = self.chance.choice(self.passages)
            yield {"claim": f"support-{n:06}", "evidence": passage, "stance": stance, "note": "made up"}

    def findings(self) -> Iterator[Row]:
        for n in range(self._number(1_000)):
            yield {
                "id": f"finding-{n:04}", "kind": self.chance.choice(["result", "interpretation", "count"]),
                "statement": f"It holds that {self._text(6, 12)}.", "group": self.chance.choice(self.hubs),
                "source": self.chance.choice(self.works), "occurrence": f"found-{n // 2:04}",
            }  # fmt: skip

    def judgements(self) -> Iterator[Row]:
        """Groups judged different, and collectives of which no claim speaks judged the same."""
        for judgement, kind in (("different", "militant_group"), ("same", "collective")):
            ids = self.ids[kind][: self._number(200)]
            for left, right in zip(ids[::2], ids[1::2], strict=False):
                yield {"left": left, "right": right, "judgement": judgement, "coder": "made-up"}


def _word(chance: random.Random) -> str:
    syllables = "ba be da di fa ga ho hu ja ka ki la li lo ma me na ni qa ra ri sa sha ta ti wa ya za zu"
    return "".join(chance.choices(syllables.split(), k=chance.randint(2, 4)))
