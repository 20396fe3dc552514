"""Questions about passages, beyond the examples of their headers, and what no question may show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kb import catalog
from kb.graph import Graph, Tx
from tests.graph.test_queries import answer


def ids(graph: Graph, name: str, column: str = "evidence", **values: object) -> list[Any]:
    """One column of an answer."""
    return [row[column] for row in answer(graph, name, **values).records()]


@pytest.mark.parametrize(
    "words",
    ["morale algeria", "MORALE ( AND", '"morale" \\ helicopters*', "morale~ && NOT:[", "moral menacing"],
)
def test_no_character_means_anything_to_the_search(casebook: Graph, words: str) -> None:
    """Marks are passed over, AND is a word as others are; words are found in any case, by their beginning."""
    assert ids(casebook, "passages_with_words", words=words) == ["bp-ev-algeria-liaison-quote"]


@pytest.mark.parametrize("words", ['( * "', " ", "quetzal"])
def test_nothing_is_found_for_marks_alone(casebook: Graph, words: str) -> None:
    """No error, no rows."""
    assert not ids(casebook, "passages_with_words", words=words)


def test_words_can_be_narrowed_to_an_actor(casebook: Graph) -> None:
    """Of the two passages with a liaison only the one from Algeria is cited for him."""
    assert len(ids(casebook, "passages_with_words", words="liaison")) == 2
    found = ids(casebook, "passages_with_words", words="liaison", actor="al-qaeda-liaison-algeria")
    assert found == ["bp-ev-algeria-liaison-quote"]


def test_what_says_all_words_itself_is_found_with_the_least_reach(casebook: Graph) -> None:
    """The best passage of each word alone need not be the one that has both."""
    near = ids(casebook, "passages_with_words", words="morale menacing", reach=1)
    assert near == ["bp-ev-algeria-liaison-quote"]


@pytest.mark.parametrize(
    "name",
    ["claims_resting_on_source", "passages_with_words", "single_origin_happenings", "switches_of_hub"],
)
def test_only_so_many_rows_are_listed_the_first_ones(casebook: Graph, name: str) -> None:
    """The same row comes first, and no other; a note says that there may be more."""
    example = catalog.find(name).example
    whole = answer(casebook, name, **example)
    assert len(whole.rows) > 1
    assert whole.notes == ()
    first = answer(casebook, name, **example, limit=1)
    assert first.rows == whole.rows[:1]
    assert first.notes == ("There may be more rows: give a limit above 1.",)


def test_speakers_who_are_no_actors_are_found_by_what_the_text_calls_them(casebook: Graph) -> None:
    """Part of it is enough, in any case; a speaker and a part that is not his give nothing."""
    found = answer(casebook, "passages_by_speaker", named="mccants").records()
    assert {row["speaker"] for row in found} == {"William McCants"}
    assert len(found) == 2
    assert not ids(casebook, "passages_by_speaker", speaker="ahmed-hashim", named="mccants")


def test_all_documents_of_an_archive_are_found_by_a_part_of_its_name(casebook: Graph) -> None:
    """The one document of the briefing book is known in paraphrase as well."""
    rows = answer(casebook, "passages_from_archive", archive="briefing book").records()
    assert {row["document_id"] for row in rows} == {"nsaebb343-bin-laden-file-01"}
    assert rows


def test_without_the_only_denial_a_claim_is_no_longer_denied(casebook: Graph) -> None:
    """One book stands behind the public break of 2013 in one text, the formal one of 2014 in the other."""
    rows = answer(casebook, "claims_resting_on_source", source="fishman-2016").records()
    found = {row["claim"]: (row["effect"], row["denials_lost"]) for row in rows}
    assert found["pp-schism-aq-is-2014"] == ("no longer denied", ["pp-ev-schism-2013"])
    assert found["bp-schism-is-aq-2014-02"] == ("no passage left", ["pp-ev-schism-2013"])
    assert found["pp-schism-aq-is-2013"] == ("no passage left", ["bp-ev-aq-severs-ties-2014-02"])


def test_a_happening_has_the_actors_of_all_its_readings(casebook: Graph) -> None:
    """An event and a lineage of one happening: who is involved in the one, and both ends of the other."""
    rows = answer(casebook, "single_origin_happenings").records()
    mixed = 0
    for row in rows:
        held = casebook.rows(
            "MATCH (c:Claim)-[way:FROM|TO|INVOLVES]->(x) "
            "WHERE c.id IN $ids AND (c:Event OR type(way) <> 'INVOLVES') "
            "RETURN [label IN labels(c) WHERE label <> 'Claim'][0] AS kind, c.id AS id, x.name AS name",
            {"ids": row["claims"]},
        )
        assert set(row["actors"]) == {one["name"] for one in held}
        assert {one["kind"] for one in held if one["id"] == row["claims"][0]} <= {row["kind"]}
        mixed += len({one["kind"] for one in held}) > 1
    assert mixed


def test_disputes_are_found_by_an_actor(casebook: Graph) -> None:
    """Whether the help to Boko Haram can be told is the only dispute in which the group stands."""
    asked = {"actor": "boko-haram"}
    assert set(ids(casebook, "sides_of_a_dispute", "dispute", **asked)) == {"is-boko-haram-operational"}


def test_every_disputed_claim_is_in_a_dispute(casebook: Graph) -> None:
    """Asked without an actor or claim, none is missing."""
    disputed = {row["id"] for row in casebook.rows("MATCH (c:Claim {status: 'disputed'}) RETURN c.id AS id")}
    assert disputed <= set(ids(casebook, "sides_of_a_dispute", "claim"))


def test_a_pledge_without_a_date_is_a_tie_at_any_time(casebook: Graph) -> None:
    """Al-Qaeda took the Islamic State in on a day that no text tells."""
    rows = answer(casebook, "groups_tied_to_both_hubs", first="al-qaeda", second="boko-haram").records()
    ties = {row["actor_id"]: row["with_first"] for row in rows}
    assert "pledge (accept)" in ties["islamic-state"]


# To plan every question again within a transaction would take too long.
ABOUT_CLAIMS = (
    *("passages_from_archive", "sides_of_a_dispute", "single_origin_happenings", "claims_resting_on_source"),
    *("support_between", "secondary_source_claims"),
)


def test_rejected_claims_are_in_no_answer(casebook: Graph) -> None:
    """With every claim rejected, none is named."""
    known = {row["id"] for row in casebook.rows("MATCH (c:Claim) RETURN c.id AS id")}
    shown = {}
    with casebook.imagined(_reject_all) as without:
        for query in map(catalog.find, ABOUT_CLAIMS):
            table = without.answer(query, query.bind(query.example))
            shown[query.name] = [text for row in table.rows for text in _texts(row) if text in known]
    assert shown == {name: [] for name in ABOUT_CLAIMS}


def _reject_all(tx: Tx) -> None:
    tx.run("MATCH (c:Claim) SET c.status = 'rejected'")


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _texts(item)
