"""Finding the passage: words and filters to ranked cards.

Each word is looked for in four full-text indexes: what the evidence says, the titles of its works, the titles
and notes of its claims, and the names of the actors it is about. A passage ranks by the sum of what its words
score; those that lack a word that others have are left out. Filters on claims have to be met by one claim.

In a large graph without a filter, all passages that say all words themselves are found, but of those in which
the words stand in different places (one in the title, one in a name) only what is among the best of each.
Where that leaves a word out, every passage is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb.errors import NotFound, quoted
from kb.evidence.cards import Card, Cited, Work, what_it_says
from kb.evidence.quotations import whole_quotation
from kb.evidence.texts import Texts
from kb.loading import read
from kb.loading.plan import graph_names
from kb.resolve import NameIndex, fold

NEAREST = 3  # works named when one is not known
LARGE = 10_000  # passages of a graph in which only the best of each word are looked at first
REACH = 1_000  # so many in each place where the word may stand
EVERY = 1_000_000  # more than any graph has
_EMPTY = "Is a book loaded? Try `kb demo` or `kb load`."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is left empty does not narrow.

    `actor` and `other` (an id, or a name of one or several actors) take part in the claim; `speaker` is an
    actor, any person of whose name this is a part, or a part of `speaker_text`; `source` is an id, or a part
    of title or author; `archive` a part of archive or document number. `since` and `until` keep the claims
    that possibly held on a day between them.
    """

    words: tuple[str, ...] = ()
    actor: str | None = None
    other: str | None = None
    claim_type: str | None = None
    support_type: str | None = None
    speaker: str | None = None
    source: str | None = None
    archive: str | None = None
    since: date | None = None
    until: date | None = None
    stance: str | None = None

    @property
    def terms(self) -> list[str]:
        """The words in which there is a letter or digit, each once."""
        split = (word for words in self.words for word in words.split())
        return list(dict.fromkeys(word for word in split if re.search(r"[^\W_]", word)))

    @property
    def of_claims(self) -> bool:
        """Whether there is a filter that a claim has to meet."""
        asked = (self.actor, self.other, self.claim_type, self.support_type, self.since, self.until)
        return any((*asked, self.stance))


@dataclass(frozen=True, slots=True)
class Found:
    """The best cards, how many there were in all, and how many of the words each of them has.

    Unless it is `exact`, there may be more than `total`. `meant` says for a name that stands for several
    which they are; `hints`, when nothing was found, what to leave out or write instead.
    """

    cards: list[Card]
    total: int
    words: int
    meant: dict[str, list[str]]
    hints: tuple[str, ...] = ()
    exact: bool = True


def look_up(graph: read.Reader, wanted: Wanted, limit: int = 20, texts: Texts | None = None) -> Found:
    """The passages that are wanted, the best first; with `texts`, whole quotations are read from them.

    Raises NotFound, with the nearest names, for an actor, speaker or source that is not known.
    """
    names = _Names(graph)
    meant = {
        "actors": names.actors(wanted.actor),
        "others": names.actors(wanted.other),
        "sources": _works_like(graph, wanted.source),
    }
    speakers, spoken = names.speakers(wanted.speaker)
    terms = wanted.terms
    values = {
        **meant,
        "speakers": speakers,
        "spoken": spoken,
        "words": [query_of(term) for term in terms],
        "together": " ".join(f"+({query_of(term)})" for term in terms),
        "label": wanted.claim_type and wanted.claim_type.capitalize(),
        "support_type": wanted.support_type,
        "archive": wanted.archive and wanted.archive.lower(),
        "since": wanted.since,
        "until": wanted.until,
        "stance": wanted.stance,
        "of_claims": wanted.of_claims,
        "limit": limit,
    }
    if wanted.words and not terms:
        return Found([], 0, 0, {})
    best = _best_rows(graph, values)
    rows = best or _rows(graph, values)
    several = {**meant, "speakers": [*(speakers or ()), *(spoken or ())]}
    return Found(
        list(cards(graph, {row["id"]: row["claims"] for row in rows}, texts)),
        rows[0]["total"] if rows else 0,
        rows[0]["words"] if rows else 0,
        {kind: found for kind, found in several.items() if found and len(found) > 1},
        () if rows else tuple(_hints(graph, wanted, values)),
        exact=not best,
    )


def _best_rows(graph: read.Reader, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is found among the best in a large graph; nothing when a word or a filter needs more."""
    if not values["words"] or any(_is_asked(values, name) for name in _CONDITIONS):
        return []
    if graph.rows("MATCH (e:Evidence) RETURN count(e) AS number")[0]["number"] <= LARGE:
        return []
    rows = _rows(graph, values, max(REACH, values["limit"]))
    return rows if rows and rows[0]["words"] == len(values["words"]) else []


def _is_asked(values: Mapping[str, Any], name: str) -> bool:
    return values[name] not in (None, False)


def _rows(graph: read.Reader, values: Mapping[str, Any], reach: int = EVERY) -> list[dict[str, Any]]:
    asked = [condition for name, condition in _CONDITIONS.items() if _is_asked(values, name)]
    where = f"WHERE {' AND '.join(asked)}\n" if asked else ""
    return graph.rows((_OF_WORDS if values["words"] else _ALL) + where + _BEST, {**values, "reach": reach})


_FILTERS: dict[str, dict[str, Any]] = {
    # option: the values that it sets, and what they are without it
    "the words": {"words": []},
    "--actor": {"actors": None},
    "--with": {"others": None},
    "--claim-type": {"label": None, "support_type": None},
    "--support-type": {"support_type": None},
    "--speaker": {"speakers": None, "spoken": None},
    "--source": {"sources": None},
    "--archive": {"archive": None},
    "--from": {"since": None},
    "--to": {"until": None},
    "--stance": {"stance": None},
}
_OF_CLAIMS = ("actors", "others", "label", "support_type", "since", "until", "stance")


def _hints(graph: read.Reader, wanted: Wanted, values: Mapping[str, Any]) -> Iterator[str]:
    """Which filter to leave out (each that alone is in the way), and who spoke when the speaker did not."""
    if wanted.speaker and not graph.rows(_SAID_BY, {key: values[key] for key in ("speakers", "spoken")}):
        near = _nearest_speakers(graph, wanted)
        yield f"Nobody of the name {quoted(wanted.speaker)} speaks in a passage. {near}"
    asked = {option for option, less in _FILTERS.items() if any(values[key] for key in less)}
    less_of = {option: less for option, less in _FILTERS.items() if option in asked} if len(asked) > 1 else {}
    counts = []
    for option, less in less_of.items():
        fewer = {**values, **less}
        fewer["of_claims"] = any(fewer[key] for key in _OF_CLAIMS)
        if rows := _rows(graph, {**fewer, "limit": 1}):
            counts.append(f"{option} ({rows[0]['total']:,})")
    if counts:
        yield f"Found without {' or '.join(counts)}."


def _nearest_speakers(graph: read.Reader, wanted: Wanted) -> str:
    from rapidfuzz import fuzz, process

    who = [row["name"] for row in graph.rows(_WHO_SPOKE)]
    near = process.extract((wanted.speaker or "")[:100], who, scorer=fuzz.WRatio, limit=NEAREST)
    return f"Nearest speakers: {'; '.join(name for name, _, _ in near)}." if near else ""


_SAID_BY = """
MATCH (e:Evidence)
WHERE e.speaker_text IN $spoken OR EXISTS { (e)-[:SPOKEN_BY]->(a:Actor) WHERE a.id IN $speakers }
RETURN e.id AS id LIMIT 1
"""
_WHO_SPOKE = """
MATCH (e:Evidence)
WITH DISTINCT coalesce(head([(e)-[:SPOKEN_BY]->(a:Actor) | a.name]), e.speaker_text) AS name
WHERE name IS NOT NULL RETURN name ORDER BY name
"""


def query_of(word: str) -> str:
    """What the full-text parser gets for a word: a phrase, in which nothing but `"` and `\\` has a meaning.

    A plain word of four letters or more also finds its other forms: the words that begin as it does without
    an English ending (`pledging`: pledged, pledges).
    """
    phrase = '"' + re.sub(r'(["\\])', r"\\\1", word) + '"'
    return f"{phrase}^3 OR {_stem(word.lower())}*" if word.isalnum() and len(word) >= 4 else phrase


def _stem(word: str) -> str:
    """The word without its ending, if four letters or more are left."""
    for ending in ("ings", "ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


_OF_WORDS = """
CALL () {
  CALL db.index.fulltext.queryNodes('evidence_words', $together) YIELD node AS e, score
  RETURN e, size($words) AS words, score
  UNION ALL
  UNWIND $words AS word
  CALL (word) {
    CALL (word) {
      CALL db.index.fulltext.queryNodes('evidence_words', word, {limit: $reach}) YIELD node AS e, score
      RETURN e, score
      UNION ALL
      CALL db.index.fulltext.queryNodes('source_words', word, {limit: 200}) YIELD node, score
      MATCH (node)<-[:FOUND_IN|QUOTES|RELIES_ON]-(e:Evidence)
      RETURN DISTINCT e, score / 4 AS score LIMIT $reach
      UNION ALL
      CALL db.index.fulltext.queryNodes('claim_words', word, {limit: 200}) YIELD node, score
      MATCH (node)-[:CITES]->(e:Evidence)
      RETURN DISTINCT e, score / 2 AS score LIMIT $reach
      UNION ALL
      CALL db.index.fulltext.queryNodes('actor_names', word, {limit: 200}) YIELD node, score
      MATCH (node)-[:OF|SAME_AS]->{0,1}(a:Actor)
      WITH a, max(score) / 2 AS score ORDER BY score DESC
      CALL (a) {
        MATCH (a)<-[:SPOKEN_BY]-(e:Evidence)
        RETURN e
        UNION ALL
        MATCH (a)<-[:FROM|TO|INVOLVES|ABOUT|OF]-()-[:CITES]->(e:Evidence)
        RETURN e
      }
      RETURN DISTINCT e, score LIMIT $reach
    }
    RETURN e, max(score) AS score
  }
  RETURN e, count(*) AS words, sum(score) AS score
}
WITH e, max(words) AS words, max(score) AS score
"""
_ALL = "MATCH (e:Evidence) WITH e, 0 AS words, 0.0 AS score\n"
_CLAIMS = """
  MATCH (e)<-[cites:CITES]-(r)
  WHERE ($stance IS NULL OR cites.stance = $stance)
    AND ($label IS NULL OR $label IN labels(r))
    AND ($support_type IS NULL OR r.support_type = $support_type)
    AND ($actors IS NULL OR r.id IN $actors
         OR EXISTS { (r)-[:FROM|TO|INVOLVES|ABOUT|OF]->(a:Actor) WHERE a.id IN $actors })
    AND ($others IS NULL OR EXISTS { (r)-[:FROM|TO|INVOLVES|ABOUT]->(a:Actor) WHERE a.id IN $others })
    AND ($since IS NULL AND $until IS NULL
         OR coalesce(r.start_lo, r.start_hi, r.end_lo, r.end_hi) IS NOT NULL
            AND coalesce(r.end_hi >= $since, true) AND coalesce(r.start_lo <= $until, true))
"""
_CONDITIONS = {  # by the value that asks for it
    "speakers": """
  (e.speaker_text IN $spoken OR EXISTS { (e)-[:SPOKEN_BY]->(a:Actor) WHERE a.id IN $speakers })""",
    "sources": "EXISTS { (e)-[:FOUND_IN|QUOTES|RELIES_ON]->(s:Source) WHERE s.id IN $sources }",
    "archive": """EXISTS {
    (e)-[:FOUND_IN|QUOTES|RELIES_ON]->(s:Source)
    WHERE toLower(s.archive) CONTAINS $archive OR toLower(s.archive_location) CONTAINS $archive
  }""",
    "of_claims": f"EXISTS {{{_CLAIMS}}}",
}
# A word may stand in a good part of all passages: only those that score as the last one shown are read.
_BEST = f"""
WITH words, collect(e) AS found, collect(score) AS scores ORDER BY words DESC LIMIT 1
CALL (scores) {{
  UNWIND scores AS score
  WITH score ORDER BY score DESC LIMIT $limit
  RETURN min(score) AS least
}}
UNWIND [i IN range(0, size(found) - 1) WHERE scores[i] >= least] AS i
WITH found[i] AS e, scores[i] AS score, words, size(found) AS total
ORDER BY score DESC, e.quote_start IS NULL, e.id LIMIT $limit
RETURN e.id AS id, COLLECT {{{_CLAIMS} RETURN r.id}} AS claims, words, total
ORDER BY score DESC, e.quote_start IS NULL, id
"""


# --- names to ids ---------------------------------------------------------------------------------------


class _Names:
    """Actors by id or name; the names are read when first asked for."""

    def __init__(self, graph: read.Reader) -> None:
        self._graph = graph
        self._index: NameIndex | None = None

    @property
    def index(self) -> NameIndex:
        """Every name of the graph."""
        self._index = self._index or graph_names(self._graph)
        return self._index

    def actors(self, asked: str | None) -> list[str] | None:
        """The actors of this id, else all that bear this name; None when nobody was asked for."""
        if asked is None:
            return None
        found = self._of_id(asked) or [candidate.actor for candidate in self.index.find(asked)]
        if not found:
            raise self._unknown("actor", asked)
        return found

    def speakers(self, asked: str | None) -> tuple[list[str] | None, list[str] | None]:
        """The actors, and the texts that name a speaker who is none; see `Wanted`."""
        if asked is None:
            return None, None
        if found := self._of_id(asked):
            return found, []
        part = f" {fold(asked)} "
        persons = {row["id"] for row in self._graph.rows("MATCH (p:Person) RETURN p.id AS id")}
        like = {actor for name, held in self.index.names.items() if part in f" {name} " for actor in held}
        actors = {candidate.actor for candidate in self.index.find(asked)} | like & persons
        texts = [row["text"] for row in self._graph.rows(_SPEAKERS) if part in f" {fold(row['text'])} "]
        if not actors and not texts:
            raise self._unknown("speaker", asked)
        return sorted(actors), texts

    def _of_id(self, asked: str) -> list[str]:
        """The actor of this id, as which it counts when it was judged the same as another."""
        rows = self._graph.rows(_OF_ID, {"id": asked})
        return [row["id"] for row in rows]

    def _unknown(self, kind: str, asked: str) -> NotFound:
        near = "; ".join(map(str, self.index.nearest(asked)))
        hint = f"Nearest: {near}." if near else _hint(bool(self.index.names))
        return NotFound(f"No {kind} {quoted(asked)} in this graph.", hint)


_OF_ID = "MATCH (:Actor|Duplicate {id: $id})-[:SAME_AS]->{0,1}(a:Actor) RETURN a.id AS id"
_SPEAKERS = (
    "MATCH (e:Evidence) WHERE e.speaker_text IS NOT NULL RETURN DISTINCT e.speaker_text AS text ORDER BY text"
)


def _works_like(graph: read.Reader, asked: str | None) -> list[str] | None:
    """The work of this id, else those with this in their title or author; None when none was asked for."""
    if asked is None:
        return None
    if read.kinds(graph, [asked]).get(asked) == "Source":
        return [asked]
    works = graph.rows("MATCH (s:Source) RETURN s.id AS id, s.title AS title, s.author AS author ORDER BY id")
    part = f" {fold(asked)} "
    said = {row["id"]: f" {fold(' | '.join([row['title'], *(row['author'] or ())]))} " for row in works}
    found = [ident for ident, text in said.items() if part in text]
    if not found:
        raise NotFound(f"No source {quoted(asked)} in this graph.", _nearest(asked, list(said)))
    return found


def _nearest(asked: str, ids: list[str]) -> str:
    from rapidfuzz import fuzz, process

    near = process.extract(asked[:100], ids, scorer=fuzz.WRatio, score_cutoff=60, limit=NEAREST)
    return f"Nearest: {', '.join(ident for ident, _, _ in near)}." if near else _hint(bool(ids))


def _hint(anything: bool) -> str:
    return "Nothing is near; look for it as a word instead." if anything else _EMPTY


# --- cards ----------------------------------------------------------------------------------------------


def cards(
    graph: read.Reader, wanted: Mapping[str, Collection[str]], texts: Texts | None = None
) -> Iterator[Card]:
    """A card for each evidence, in the order given; `wanted` maps its id to the claims that come first."""
    cells = {ident: cells for _, ident, cells in read.nodes(graph, "Evidence", wanted)}
    linked = {row["id"]: row for row in graph.rows(_LINKED, {"ids": list(wanted), "kinds": _KINDS})}
    for ident, first in wanted.items():
        row = linked[ident]
        found_in = Work(**row["found_in"])
        whole = (texts and _whole(cells[ident], found_in, texts)) or row["words"] or ""
        yield Card(
            cells[ident],
            found_in,
            first=Work(**row["first"]) if row["first"] else None,
            relies_on=tuple(Work(**work) for work in row["relies_on"]),
            speaker=row["speaker"] or "",
            quotation=whole,
            claims=_sorted(map(_cited, row["cited"]), first),
        )


def _whole(cells: dict[str, Any], work: Work, texts: Texts) -> str:
    text = texts.present({work.id: {"text": work.text}}).get(work.id)
    return whole_quotation(cells, text) if text and cells.get("quote_start") else ""


def _sorted(claims: Iterable[Cited], first: Collection[str]) -> tuple[Cited, ...]:
    """Those looked for first, then what it supports, deeds and words before names."""

    def rank(claim: Cited) -> tuple[Any, ...]:
        doubted = claim.status not in (None, "accepted")
        names = claim.kind in ("name", "actor")
        kind = _KINDS.index(claim.kind)
        return claim.id not in first, names, claim.stance != "supports", doubted, kind, claim.id

    return tuple(sorted(claims, key=rank))


def _cited(row: dict[str, Any]) -> Cited:
    props = row["props"]
    return Cited(
        row["id"],
        row["stance"],
        what_it_says(row["kind"], props, row["start"] or "", row["end"] or ""),
        row["kind"],
        next((props[c] for c in ("date", "valid", "window") if props.get(c)), None),
        props.get("status"),
        props.get("confidence"),
        tuple((other["id"], other["stance"]) for other in row["others"]),
    )


_KINDS = ["support", "pledge", "tie", "schism", "event", "lineage", "search", "name", "actor"]
_WORK = "{.id, .title, .archive, .archive_location, .text}"
_LINKED = f"""
MATCH (e:Evidence) WHERE e.id IN $ids
RETURN e.id AS id, e.words AS words,
  head([(e)-[:SPOKEN_BY]->(a) | a.name]) AS speaker,
  head([(e)-[:FOUND_IN]->(s) | s {_WORK}]) AS found_in,
  head([(e)-[:QUOTES]->(s) | s {_WORK}]) AS first,
  COLLECT {{ MATCH (e)-[:RELIES_ON]->(s) RETURN s {_WORK} ORDER BY s.id }} AS relies_on,
  COLLECT {{
    MATCH (e)<-[cites:CITES]-(r)
    RETURN {{
      id: r.id, stance: cites.stance, props: properties(r),
      kind: head([l IN labels(r) WHERE toLower(l) IN $kinds | toLower(l)]),
      start: head([(r)-[f:FROM|OF|ABOUT]->(a) WHERE type(f) <> 'ABOUT' OR f.role = 'subject' | a.name]),
      end: head([(r)-[t:TO|ABOUT]->(a) WHERE type(t) <> 'ABOUT' OR t.role = 'object' | a.name]),
      others: COLLECT {{
        MATCH (r)-[also:CITES]->(o:Evidence) WHERE o <> e
        RETURN {{id: o.id, stance: also.stance}} ORDER BY also.stance <> 'supports', o.id
      }}
    }}
  }} AS cited
"""
