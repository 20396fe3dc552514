"""A dossier as Markdown, the form from which the others are made.

Every sentence and row ends in a note with the passages it rests on and the ids of its records. A section
without content is left out; what is not known has a section of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kb.evidence.cards import quotation
from kb.export.citations import DEFAULT_STYLE, Citations
from kb.export.dossier.facts import Cells, Fact, Facts, Happening, Pair
from kb.export.dossier.words import at, counted, joined, number_word, says, sentence, told, vague, when
from kb.export.footnotes import LEADS, Passage, footnote, works, works_read
from kb.export.markdown import escaped
from kb.model import FIVE_TYPES, NAME_TYPES
from kb.ties import CLASSES, MATERIAL, NO_TIE, NOT_STATED, RHETORICAL, SEARCHED

Figures = Mapping[str, str]  # network, timeline: the name of the file
_SECTIONS = 10


def markdown(
    facts: Facts,
    figures: Figures,
    style: str = DEFAULT_STYLE,
    step: Callable[[int, int], None] = lambda *_: None,
) -> str:
    """The whole document. `step` is told how many sections are done.

    Raises InputError where the extra `cite` is absent, NotFound for a style that is not known.
    """
    return _Writer(facts, figures, style).text(step)


class Notes:
    """The notes of a document, numbered as they come; the same ids have the same note."""

    def __init__(self, facts: Facts, style: str) -> None:
        self._facts = facts
        self._citations = Citations(list(facts.sources.values()), style, "md")
        self._seen: set[str] = set()
        self._numbers: dict[tuple[str, ...], int] = {}
        self._short: dict[tuple[Any, ...], str] = {}
        self.texts: list[str] = []
        self.read: set[str] = set()

    def of(self, *facts: Fact) -> str:
        """The mark of the note on these records."""
        return self._mark([fact.id for fact in facts], self._facts.passages(*facts))

    def of_evidence(self, cells: Cells) -> str:
        """The mark of the note on one passage."""
        return self._mark([], [Passage(cells)])

    def of_finding(self, cells: Cells) -> str:
        """The mark of the note on a finding."""
        place = {"id": cells["id"], "found_in": cells["source"], **_some(cells, "locator_label", "locator")}
        return self._mark([], [Passage(place)])

    def _mark(self, ids: Sequence[str], passages: Sequence[Passage]) -> str:
        key = (*ids, *(str(passage.cells["id"]) for passage in passages))
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.texts.append(self._text(key, passages))
        return f"[^{self._numbers[key]}]"

    def _text(self, key: Sequence[str], passages: Sequence[Passage]) -> str:
        self.read |= set(works_read(passages))
        ids = ", ".join(f"`{ident}`" for ident in key)
        places = {_place(passage): passage for passage in reversed(passages)}
        order = sorted(places.values(), key=lambda p: list(LEADS).index(p.stance))
        cited = [self._cite(passage) for passage in order]
        if not cited:
            return f"No passage is recorded ({ids})."
        rest = [_BEFORE_NEXT.sub(r"\1", one) for one in cited[:-1]]
        first, *others = [*rest, cited[-1]]
        return "; ".join([first, *map(_continued, others)]) + f" ({ids})"

    def _cite(self, passage: Passage) -> str:
        """A passage in full, or in short once all its works were named; what repeats is made once."""
        named = set(works([passage]))
        if not named <= self._seen:
            self._seen |= named
            return footnote(self._citations, [passage])
        key = _place(passage)
        if key not in self._short:
            self._short[key] = footnote(self._citations, [passage], short=True)
        return self._short[key]

    def bibliography(self) -> list[str]:
        """The works that were read for what the notes cite."""
        return self._citations.bibliography(self.read)


_BEFORE_NEXT = re.compile(r"\.([”*)]*)$")


def _continued(cited: str) -> str:
    """A citation that does not begin its note."""
    return cited[:1].lower() + cited[1:] if cited.startswith(("See also", "But see")) else cited


def _place(passage: Passage) -> tuple[Any, ...]:
    """What tells two citations apart; passages of one place are cited once."""
    cells = passage.cells
    columns = ("found_in", "locator_label", "locator", "source", "source_locator", "relies_on")
    return passage.stance, bool(cells.get("quote_start")), *(cells.get(column) for column in columns)


class _Writer:
    """Writes the sections one after the other; the notes are numbered on the way."""

    def __init__(self, facts: Facts, figures: Figures, style: str) -> None:
        self._f = facts
        self._figures = figures
        self._style = style
        self._notes = Notes(facts, style)
        self._happenings = facts.happenings()

    def text(self, step: Callable[[int, int], None]) -> str:
        sections = (
            self._head, self._names, self._timeline, self._ties, self._people, self._support,
            self._passages, self._disputed, self._findings, self._unknown,
        )  # fmt: skip
        blocks: list[str] = []
        for done, section in enumerate(sections, start=1):
            blocks += section()
            step(done, _SECTIONS)
        blocks += self._bibliography()
        notes = [f"[^{n}]: {text}" for n, text in enumerate(self._notes.texts, start=1)]
        return "\n\n".join([*blocks, *notes]) + "\n"

    # --- who it is

    def _head(self) -> Iterator[str]:
        yield f"# {escaped(self._title())}"
        yield f"*{escaped(self._made())}*"
        yield from (*self._who(), *self._in_short())

    def _title(self) -> str:
        if self._f.kind != "claim":
            return self._f.title
        first = min(self._happenings[0].readings, key=vague)
        return " ".join([says(first, self._f.name), at(first.cells.get("date"))]).strip()

    def _made(self) -> str:
        stand = self._f.stand
        day = when(stand.made_on.isoformat())
        if not stand.loaded_at:
            return f"Made on {day}, before any load."
        loaded = when(stand.loaded_at.date().isoformat())
        return f"Made on {day} from the graph as of {stand.load}, loaded on {loaded}."

    def _who(self) -> Iterator[str]:
        if self._f.kind == "case":
            yield from (
                escaped(sentence(self._f.case[c])) for c in ("question", "note") if self._f.case.get(c)
            )
            return
        if self._f.kind == "claim":
            return
        for ident in self._f.subject:
            yield self._portrait(self._f.actors[ident])

    def _portrait(self, cells: Cells) -> str:
        """One paragraph on an actor: what it is, where, since when."""
        kind = _article(cells["kind"].replace("_", " "))
        where = f" ({joined(list(cells['country']))})" if cells.get("country") else ""
        text = sentence(f"{cells['name']} is {kind}{where}")
        if cells.get("arrangement_type"):
            text += " " + sentence(
                f"its form is that of {joined([_article(_plain(t)) for t in cells['arrangement_type']])}"
            )
        if cells.get("ideology"):
            text += " " + sentence(f"its ideology is given as {joined(list(cells['ideology']))}")
        spans = [
            f"{word} {at(cells[c])}"
            for c, word in (("founded", "founded"), ("dissolved", "dissolved"))
            if cells.get(c)
        ]
        if spans:
            text += " " + sentence(f"it was {joined(spans)}")
        if cells.get("note"):
            text += " " + sentence(cells["note"])
        return escaped(text)

    def _in_short(self) -> Iterator[str]:
        """How much there is, and what it comes to."""
        claims = self._f.claims
        if not claims:
            yield "The graph holds no claim on this."
            return
        cited = {c.evidence for claim in claims for c in claim.cites}
        origins = len({self._f.evidence[ident]["origin"] for ident in cited})
        same = len(self._happenings) != len(claims)
        text = f"The graph holds {counted(len(claims), 'claim')}"
        text += f" on {counted(len(self._happenings), 'happening')}" * same
        if cited:
            text += (
                f", resting on {counted(len(cited), 'passage')} of {counted(origins, 'independent origin')}"
            )
        yield " ".join(filter(None, [sentence(text), _doubts(claims), escaped(self._worth())]))

    def _worth(self) -> str:
        """What the ties of the subject come to, in a sentence."""
        ties = [pair for pair in self._f.pairs if pair.worth.class_ != NO_TIE and self._is_relation(pair)]
        if not ties:
            return ""
        if len(ties) == 1:
            return sentence(
                f"the one cooperative tie, {self._named(ties[0])}, is {_CLASS_SAID[ties[0].worth.class_]}"
            )
        numbers = Counter(pair.worth.class_ for pair in ties)
        parts = [f"{number_word(numbers[name])} {_CLASS_SAID[name]}" for name in CLASSES if numbers[name]]
        return sentence(f"there are {number_word(len(ties))} cooperative ties: {joined(parts)}")

    def _named(self, pair: Pair) -> str:
        hub, actor = (self._f.name(ident) for ident in pair.ends)
        return f"with {actor}" if self._f.kind == "actor" else f"between {hub} and {actor}"

    # --- names

    def _names(self) -> Iterator[str]:
        known = {(fact.start, fact.cells["name"]) for fact in self._f.names}
        if len(known) <= len(self._f.subject) or self._f.kind not in ("actor", "pair"):
            return
        rows = [row for ident in self._f.subject for row in self._names_of(ident)]
        yield "## Names"
        several = self._f.kind == "pair"
        head = [*(["Actor"] if several else []), "Name", "Sort", "Borne"]
        yield _table(head, rows if several else [row[1:] for row in rows])

    def _names_of(self, actor: str) -> Iterator[list[str]]:
        """A row for each name and spell, the records of it in one note; the name in use first."""
        grouped: dict[tuple[str, str, str], list[Fact]] = {}
        for fact in self._f.names:
            if fact.start == actor:
                key = (fact.cells["name"], fact.cells["name_type"], fact.cells.get("valid") or "")
                grouped.setdefault(key, []).append(fact)
        order = list(NAME_TYPES)
        for (name, kind, valid), facts in sorted(grouped.items(), key=lambda g: (order.index(g[0][1]), g[0])):
            lang = {fact.cells["lang"] for fact in facts if fact.cells.get("lang")}
            sort = _plain(kind) + f" ({', '.join(sorted(lang))})" * bool(lang)
            borne = when(valid) if valid else "not stated"
            yield [escaped(self._f.name(actor)), escaped(name) + self._notes.of(*facts), sort, borne]

    # --- timeline

    def _timeline(self) -> Iterator[str]:
        if self._f.kind == "claim":
            yield from self._readings()
            return
        rows = [self._row(h) for h in self._happenings if h.dated]
        undated = list(self._without_date())
        if not rows and not undated:
            return
        yield "## Timeline"
        if rows and "timeline" in self._figures:
            yield f"![Timeline of the dated claims]({self._figures['timeline']})"
        if rows:
            yield _table(["When", "What", "Remarks"], rows)
        yield from undated

    def _without_date(self) -> Iterator[str]:
        """What happened on days that nobody names, in the order that the sources give, where they do."""
        found = [h for h in self._happenings if not h.dated and not any(map(self._belongs, h.readings))]
        if found:
            yield (
                "Without a date are:"
                if any(h.dated for h in self._happenings)
                else "Nothing is dated. There are:"
            )
            yield "\n".join(f"- {self._line(h)}" for h in _in_turn(found))

    def _row(self, happening: Happening) -> list[str]:
        dates = _dates(happening)
        clauses = told(happening.readings, self._f.name)
        text = escaped(sentence(clauses[0])) + self._notes.of(*happening.readings)
        if len(clauses) > 1:
            text += " Also told as: " + escaped(sentence("; ".join(clauses[1:])))
        return [_upper(dates), text, _standing(happening.readings)]

    def _readings(self) -> Iterator[str]:
        yield "## Readings"
        if len(self._f.claims) > 1:
            yield f"{counted(len(self._f.claims), 'reading')} of this happening are on record.".capitalize()
        for happening in self._happenings:
            rows = [self._reading(fact) for fact in happening.readings]
            yield _table(["Reading", "When", "As printed", "Standing", "Remark"], rows)

    def _reading(self, fact: Fact) -> list[str]:
        printed = [
            fact.cells[c]
            for c in ("type_as_printed", "date_as_printed", "name_as_printed")
            if fact.cells.get(c)
        ]
        others = [f"{self._f.name(actor)} ({_plain(role)})" for actor, role in fact.roles]
        text = escaped(sentence(says(fact, self._f.name))) + self._notes.of(fact)
        if others:
            text += escaped(f" Taking part: {joined(others)}.")
        quoted = "; ".join(f"“{one}”" for one in printed)
        return [
            text,
            when(fact.cells.get("date")),
            escaped(quoted),
            _plain(fact.status),
            escaped(_remark(fact)),
        ]

    # --- ties

    def _ties(self) -> Iterator[str]:
        pairs = [pair for pair in self._f.pairs if self._is_relation(pair)]
        if not pairs:
            return
        yield "## Ties"
        if "network" in self._figures:
            yield f"![The ties and what they are worth]({self._figures['network']})"
        one = "The tie" if len(pairs) == 1 else "Each tie"
        yield (
            f"{one} is judged over the whole time of which the claims on the two speak, and is certain where "
            "the claims that hold for certain give the same answer as those that possibly hold."
        )
        for name in CLASSES:
            rows = [self._pair_row(pair) for pair in pairs if pair.worth.class_ == name]
            if rows:
                yield f"### {_heading(name, len(rows))}"
                yield _CLASS_WORDS[name]
                yield _table(self._pair_head(), rows)

    def _is_relation(self, pair: Pair) -> bool:
        """Persons who merely belong to an actor have a section of their own."""
        return bool(self._between(pair))

    def _between(self, pair: Pair) -> list[Fact]:
        found = [f for f in self._f.claims if f.kind in _TIED and {f.start, f.end} == set(pair.ends)]
        return [f for f in found if not self._belongs(f)]

    def _belongs(self, fact: Fact) -> bool:
        return fact.kind == "tie" and fact.cells["tie_type"] == "membership"

    def _pair_head(self) -> list[str]:
        who = "With" if self._f.kind == "actor" else "Between"
        rests = "What it rests on" if self._f.kind != "case" else "Claims of the case"
        return [who, "Since", "Certainty", rests, "Remarks"]

    def _pair_row(self, pair: Pair) -> list[str]:
        hub, actor = (self._f.name(ident) for ident in pair.ends)
        who = actor if self._f.kind == "actor" else f"{hub} and {actor}"
        claims = self._between(pair)
        remarks = sentence("; ".join([*_directions(pair, hub, actor), *_flags(pair.worth.flags)]))
        since = when(pair.worth.since) if pair.worth.since else "not stated"
        marks = "".join(self._notes.of(*h.readings) for h in self._deciding(pair, claims))
        return [escaped(who), since, pair.worth.certainty, _matters(claims) + marks, escaped(remarks)]

    def _deciding(self, pair: Pair, claims: Sequence[Fact]) -> list[Happening]:
        """The happenings whose claims decide the class; all of the pair where none does."""
        ids = {claim.id for claim in claims}
        wanted = ids & set(pair.worth.claims) or ids
        return [h for h in self._happenings if any(reading.id in wanted for reading in h.readings)]

    # --- persons

    def _people(self) -> Iterator[str]:
        found = [h for h in self._happenings if any(self._belongs(f) for f in h.readings)]
        if not found or self._f.kind == "claim":
            return
        yield "## Members and leaders"
        yield "\n".join(f"- {self._line(h)}" for h in found)

    def _line(self, happening: Happening) -> str:
        first = happening.first
        text = f"{says(first, self._f.name)} {at(first.cells.get('date'))}"
        doubt = f" ({first.status.replace('_', ' ')})" if first.status != "accepted" else ""
        return escaped(sentence(text.strip() + doubt)) + self._notes.of(*happening.readings)

    # --- support

    def _support(self) -> Iterator[str]:
        if self._f.kind == "claim":
            return
        found = self._f.happenings("support")
        if not found:
            return
        yield "## Support"
        for title, keep in _SUPPORT_PARTS.items():
            some = [h for h in found if keep(h.first.cells)]
            if some:
                yield f"### {title}"
                yield _table(["From", "To", "Kind", "When", "Origins", "Remarks"], map(self._flow, some))

    def _flow(self, happening: Happening) -> list[str]:
        fact = happening.first
        cells = fact.cells
        printed = f": “{cells['type_as_printed']}”" if cells.get("type_as_printed") else ""
        kind = cells["support_type"] + printed * (cells["support_type"] in ("other", "unspecified"))
        arrow = {"mutual": " (mutual)", "not_stated": " (direction not stated)"}.get(
            cells.get("direction", ""), ""
        )
        return [
            escaped(self._f.name(fact.start)), escaped(self._f.name(fact.end)) + arrow,
            escaped(kind) + self._notes.of(*happening.readings), _dates(happening),
            str(self._f.origins(*happening.readings)), _standing(happening.readings),
        ]  # fmt: skip

    # --- passages

    def _passages(self) -> Iterator[str]:
        cited: dict[str, list[tuple[Fact, str, str]]] = {}
        for fact in (*self._f.claims, *self._f.searches):
            for one in fact.cites:
                cited.setdefault(one.evidence, []).append((fact, one.stance, one.note))
        shown = self._f.evidence if self._f.kind == "case" else cited
        rows = sorted(
            (self._f.evidence[i] for i in shown), key=lambda c: (c["found_in"], c.get("line") or 0, c["id"])
        )
        words = [cells for cells in rows if cells.get("quote_start")]
        others = [cells for cells in rows if not cells.get("quote_start")]
        for title, some in (("Quotations", words), ("Passages told in our own words", others)):
            if some:
                yield f"## {title}"
                for cells in some:
                    yield from self._passage(cells, cited.get(cells["id"], []))

    def _passage(self, cells: Cells, cited: Sequence[tuple[Fact, str, str]]) -> Iterator[str]:
        if cells.get("quote_start"):
            yield (
                "> "
                + escaped(quotation({**cells, "words": cells.get("words")}))
                + self._notes.of_evidence(cells)
            )
            yield escaped(f"{sentence(cells['summary'])} {sentence(_speaker(cells, self._f.name))}".strip())
        else:
            mark = self._notes.of_evidence(cells)
            yield escaped(sentence(cells["summary"])) + mark + escaped(_padded(_speaker(cells, self._f.name)))
        lines = [f"- {line}" for line in self._bears_on(cells, cited)]
        if lines:
            yield "\n".join(lines)

    def _bears_on(self, cells: Cells, cited: Sequence[tuple[Fact, str, str]]) -> Iterator[str]:
        for stance, word in (
            ("supports", "Supports"),
            ("contradicts", "Contradicts"),
            ("context", "Helps to read"),
        ):
            ids = [
                f"`{fact.id}`" + (f" ({escaped(note)})" if note else "")
                for fact, is_, note in cited
                if is_ == stance
            ]
            if ids:
                yield f"{word} {joined(ids)}."
        if cells.get("note"):
            yield escaped(sentence(f"Coder's note: {cells['note']}"))

    # --- what is disputed

    def _disputed(self) -> Iterator[str]:
        lines = [line for happening in self._happenings for line in self._dispute(happening)]
        if lines:
            yield "## What is disputed"
            yield "\n".join(f"- {line}" for line in lines)

    def _dispute(self, happening: Happening) -> Iterator[str]:
        for fact in happening.readings:
            if fact.status in ("disputed", "rejected"):
                text = f"{says(fact, self._f.name)} {at(fact.cells.get('date'))}".strip()
                why = f": {fact.cells['note']}" if fact.cells.get("note") else ""
                yield (
                    escaped(sentence(f"{_upper(text)} ({fact.status}){why}"))
                    + self._notes.of(fact)
                    + self._against(happening, fact)
                )
            against = [c for c in fact.cites if c.stance == "contradicts"]
            for one in against:
                who = _speaker(self._f.evidence[one.evidence], self._f.name)
                by = one.note or self._f.evidence[one.evidence]["summary"]
                text = f"{says(fact, self._f.name)}: contradicted by {by}"
                yield (
                    escaped(sentence(text))
                    + self._notes.of_evidence(self._f.evidence[one.evidence])
                    + (escaped(_padded(who)))
                )
        yield from self._rivals(happening)

    def _against(self, happening: Happening, fact: Fact) -> str:
        """The accepted reading of the same happening, if there is one."""
        other = next((r for r in happening.readings if r.status == "accepted" and r.kind == fact.kind), None)
        if other is None:
            return ""
        text = f"{says(other, self._f.name)} {at(other.cells.get('date'))}".strip()
        return escaped(f" Against it stands an accepted reading: {sentence(text)}") + self._notes.of(other)

    def _rivals(self, happening: Happening) -> Iterator[str]:
        """Accepted readings that give other days, neither within the other."""
        dated = [r for r in happening.readings if r.bounds.dated and r.status != "rejected"]
        rivals = [
            (a, b) for n, a in enumerate(dated) for b in dated[n + 1 :] if a.kind == b.kind and _apart(a, b)
        ]
        for a, b in rivals[:3]:
            days = f"one reading has {when(a.cells['date'])}, another {when(b.cells['date'])}"
            text = f"{says(a, self._f.name)}: {days}"
            yield escaped(sentence(text)) + self._notes.of(a, b)

    # --- findings

    def _findings(self) -> Iterator[str]:
        if self._f.findings:
            yield "## What the literature concludes"
            yield "\n".join(f"- {self._finding(cells)}" for cells in self._f.findings)

    def _finding(self, cells: Cells) -> str:
        text = sentence(cells["statement"])
        doubt = " (Disputed.)" * (cells.get("status") == "disputed")
        return escaped(text) + (self._notes.of_finding(cells) if cells.get("source") else "") + doubt

    # --- what is not known

    def _unknown(self) -> Iterator[str]:
        parts = [*self._silent(), *self._searched(), *self._undated(), *self._single()]
        if parts:
            yield "## What is not known"
            yield from parts

    def _silent(self) -> Iterator[str]:
        pairs = [p for p in self._f.pairs if p.worth.class_ != NO_TIE and self._is_relation(p)]
        if not pairs:
            return
        lines = [line for pair in pairs for line in self._silence(pair)]
        if lines:
            yield "### Support on which nothing is stated"
            yield (
                "Silence is not absence: for these kinds no source here says that support passed, "
                "nor that it did not."
            )
            yield "\n".join(f"- {line}" for line in _merged(lines))

    def _silence(self, pair: Pair) -> Iterator[tuple[str, str]]:
        for giver, taker in (pair.ends, pair.ends[::-1]):
            spoken = {
                fact.cells["support_type"]
                for fact in self._f.claims
                if fact.kind == "support" and _flows(fact, giver, taker)
            }
            silent = [kind for kind in FIVE_TYPES if kind not in spoken] if "any" not in spoken else []
            if silent:
                kinds = (
                    "any of the five kinds"
                    if len(silent) == len(FIVE_TYPES)
                    else f"{joined(silent, 'or')} support"
                )
                yield f"{kinds}", f"from {self._f.name(giver)} to {self._f.name(taker)}"

    def _searched(self) -> Iterator[str]:
        lines = [self._search(fact) for fact in self._f.searches if fact.cells["outcome"] != "found"]
        if lines:
            yield "### Searched for"
            yield "\n".join(f"- {line}" for line in lines)

    def _search(self, fact: Fact) -> str:
        looked = joined(["all five kinds" if t == "any" else t for t in fact.cells["looked_for"]], "or")
        came = {"none_found": "none was found", "inconclusive": "the search did not decide it"}[
            fact.cells["outcome"]
        ]
        searched = f"{fact.cells['where_searched']} (searched {at(fact.cells['searched_on'])})"
        text = (
            f"support ({looked}) from {self._f.name(fact.start)} to {self._f.name(fact.end)}, "
            f"{when(fact.cells['window'])}: {came} in {searched}"
        )
        return escaped(sentence(text)) + self._notes.of(fact)

    def _undated(self) -> Iterator[str]:
        number = sum(not h.dated for h in self._happenings)
        if number and self._f.kind != "claim":
            yield "### Dates"
            if number == len(self._happenings):
                yield "Nothing here is dated."
            else:
                verb = "happenings has" if number == 1 else "happenings have"
                yield f"{_upper(number_word(number))} of {len(self._happenings)} {verb} no date."

    def _single(self) -> Iterator[str]:
        lone = [h for h in self._happenings if self._f.origins(*h.readings) == 1]
        none = [h for h in self._happenings if self._f.origins(*h.readings) == 0]
        if (not lone and not none) or not self._happenings:
            return
        yield "### Thin evidence"
        if lone:
            yield self._thin(lone, "on a single independent origin")
        if none:
            yield self._thin(none, "on no passage at all")

    def _thin(self, some: Sequence[Happening], how: str) -> str:
        if len(some) == len(self._happenings):
            return f"All of it rests {how}." if len(some) > 1 else f"It rests {how}."
        ids = joined([f"`{h.first.id}`" for h in some])
        verb = "rests" if len(some) == 1 else "rest"
        told_in = "It is" if len(some) == 1 else "They are"
        share = f"{number_word(len(some))} of {counted(len(self._happenings), 'happening')} {verb} {how}"
        return sentence(share) + f" {told_in} told in {ids}."

    # --- works

    def _bibliography(self) -> Iterator[str]:
        entries = self._notes.bibliography()
        if entries:
            yield "## Bibliography"
            yield from entries


# --- words of the sections ------------------------------------------------------------------------------

_TIED = ("pledge", "support", "tie", "schism")
_CLASS_HEADS = {
    MATERIAL: "Material ties",
    RHETORICAL: "Rhetorical ties",
    SEARCHED: "Ties searched for support, none found",
    NOT_STATED: "Ties whose support is not stated",
    NO_TIE: "Other relations",
}
_ONE_HEADS = {
    MATERIAL: "A material tie",
    RHETORICAL: "A rhetorical tie",
    SEARCHED: "A tie searched for support, none found",
    NOT_STATED: "A tie whose support is not stated",
    NO_TIE: "Another relation",
}
_CLASS_SAID = {
    MATERIAL: "material",
    RHETORICAL: "rhetorical",
    SEARCHED: "searched for support without finding any",
    NOT_STATED: "of a kind not stated",
}
_CLASS_WORDS = {
    MATERIAL: "Support of one of the five kinds passed in at least one direction.",
    RHETORICAL: "A tie was in force, and it is coded that no support passed, in either direction.",
    SEARCHED: "A tie was in force; somebody looked for support and found none.",
    NOT_STATED: "A tie was in force, and nobody says whether support passed.",
    NO_TIE: "No cooperative tie was in force at the time of which these claims speak.",
}
_SUPPORT_PARTS: dict[str, Callable[[Cells], bool]] = {
    "Given": lambda c: c.get("presence") != "absent" and c.get("stage", "given") == "given",
    "Promised": lambda c: c.get("presence") != "absent" and c.get("stage") == "promised",
    "Sought": lambda c: c.get("presence") != "absent" and c.get("stage") == "sought",
    "Coded as absent": lambda c: c.get("presence") == "absent",
}


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; cells hold Markdown already, and a column without any content is left out."""
    rows = list(rows)
    kept = [n for n in range(len(head)) if any(row[n] for row in rows)]
    lines = [[line[n] for n in kept] for line in (head, ["---"] * len(head), *rows)]
    return "\n".join("| " + " | ".join(" ".join(cell.split()) for cell in line) + " |" for line in lines)


def _some(cells: Cells, *columns: str) -> dict[str, Any]:
    return {column: cells[column] for column in columns if cells.get(column)}


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _flows(fact: Fact, giver: str, taker: str) -> bool:
    """Whether a claim, not a rejected one, says of support that it passed this way or did not."""
    if fact.status == "rejected" or fact.cells.get("stage") != "given":
        return False
    back = fact.cells.get("direction") != "one_way" and (fact.end, fact.start) == (giver, taker)
    return (fact.start, fact.end) == (giver, taker) or back


def _standing(readings: Sequence[Fact]) -> str:
    """What qualifies the readings; nothing where all are plainly accepted."""
    doubts = Counter(_plain(r.status) for r in readings if r.status != "accepted")
    if len(readings) > 1:
        marks = [f"{counted(number, 'reading')} {status}" for status, number in doubts.items()]
    else:
        marks = list(doubts)
    for mark, holds in (("alleged", "alleged"), ("inferred", "basis")):
        number = sum(r.cells.get(holds) in (True, "inferred") for r in readings)
        if number:
            marks.append(mark if number == len(readings) else f"{counted(number, 'reading')} {mark}")
    if any(c.stance == "contradicts" for r in readings for c in r.cites):
        marks.append("contradicted")
    return _upper("; ".join(marks))


def _dates(happening: Happening) -> str:
    """The days that the readings give, the most exact first."""
    rows = [when(r.cells["date"]) for r in happening.readings if r.cells.get("date")]
    return "; or ".join(dict.fromkeys(rows)) or "not stated"


def _in_turn(some: Sequence[Happening]) -> list[Happening]:
    """Happenings in the order that `after` gives."""
    place = {reading.id: n for n, h in enumerate(some) for reading in h.readings}

    def depth(n: int, seen: frozenset[int]) -> int:
        earlier = {place[i] for r in some[n].readings for i in r.cells.get("after") or () if i in place}
        return 1 + max((depth(m, seen | {m}) for m in earlier - seen), default=0)

    return [some[n] for n in sorted(range(len(some)), key=lambda n: (depth(n, frozenset({n})), n))]


def _flags(flags: Iterable[str]) -> Iterator[str]:
    """What the classifier remarks, in words; the doubts on single claims in one clause."""
    doubts = [flag for flag in ("alleged", "disputed", "inferred", "needs work") if flag in flags]
    if doubts:
        yield f"some of the claims are {joined(doubts, 'or')}"
    for flag in sorted(set(flags) - set(doubts)):
        yield "some of the claims are undated" if flag == "undated" else flag


def _heading(name: str, number: int) -> str:
    return _CLASS_HEADS[name] if number > 1 else _ONE_HEADS[name]


def _padded(text: str) -> str:
    return f" {sentence(text)}" if text else ""


def _remark(fact: Fact) -> str:
    confidence = fact.cells.get("confidence")
    known = [f"{confidence} confidence"] if confidence not in (None, "not_stated") else []
    return "; ".join([*known, *(fact.cells[c] for c in ("rule", "note") if fact.cells.get(c))])


def _doubts(claims: Sequence[Fact]) -> str:
    """How many are disputed, and how many undated."""
    parts = []
    for status in ("disputed", "rejected"):
        number = sum(claim.status == status for claim in claims)
        parts += [f"{counted(number, 'claim')} {'is' if number == 1 else 'are'} {status}"] * bool(number)
    undated = sum(not claim.bounds.dated for claim in claims)
    parts += [f"{counted(undated, 'claim')} {'has' if undated == 1 else 'have'} no date"] * bool(undated)
    return sentence(joined(parts)) if parts else ""


def _directions(pair: Pair, hub: str, actor: str) -> list[str]:
    """What passed in which direction, for a material tie of which only one is."""
    if pair.worth.class_ != MATERIAL or pair.worth.class_from_hub == pair.worth.class_to_hub:
        return []
    way = (hub, actor) if pair.worth.class_from_hub == MATERIAL else (actor, hub)
    return [f"support from {way[0]} to {way[1]}"]


def _matters(claims: Sequence[Fact]) -> str:
    """`2 pledges, 3 support claims` and so on, in words of the claims."""
    numbers = Counter(_MATTER.get(c.kind, c.kind) for c in claims if c.kind != "tie")
    numbers.update(c.cells["tie_type"] for c in claims if c.kind == "tie")
    return _upper(", ".join(f"{kind} ({number})" if number > 1 else kind for kind, number in numbers.items()))


_MATTER = {"pledge": "words of allegiance"}


def _speaker(cells: Cells, name: Callable[[str | None], str]) -> str:
    """Who said it and when; empty where neither is known, or the summary names the speaker already."""
    who = name(cells["speaker"]) if cells.get("speaker") else cells.get("speaker_text") or ""
    day = at(cells.get("said_on"))
    if who and who in cells["summary"]:
        who = ""
    return " ".join(filter(None, ["said", who and f"by {who}", day])) if who or day else ""


def _apart(a: Fact, b: Fact) -> bool:
    """Whether the days of two readings have none in common."""
    one, other = a.bounds, b.bounds
    return bool(
        (one.end_hi and other.start_lo and one.end_hi < other.start_lo)
        or (other.end_hi and one.start_lo and other.end_hi < one.start_lo)
    )  # fmt: skip


def _merged(lines: Sequence[tuple[str, str]]) -> list[str]:
    """One line for each kind of silence, with all the directions that share it."""
    grouped: dict[str, list[str]] = {}
    for kinds, way in lines:
        grouped.setdefault(kinds, []).append(way)
    return [escaped(sentence(f"{kinds}: {'; '.join(ways)}")) for kinds, ways in grouped.items()]
