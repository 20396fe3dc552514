"""The form for one claim: a field for each column, and what can be said of an answer without a graph."""

from __future__ import annotations

import pytest

from kb.loading.add import claim_id, make_id, passage_id, work_id, work_key
from kb.loading.form import KINDS, form_of
from kb.model import CLAIM_TABLES, TABLES, Event, Evidence, Lineage, Pledge, Source, Support, Tie

MADE = {
    ("evidence", "id"), ("evidence", "quote_sha256"), ("sources", "id"), ("sources", "doi"),
    ("sources", "url"), ("sources", "text"), ("sources", "text_sha256"),
}  # fmt: skip


def test_every_kind_of_claim_has_a_form() -> None:
    """The words of the command line stand for the six tables of claims."""
    assert {word: kind.table for word, kind in KINDS.items()} == {
        "pledge": "pledges",
        "support": "support",
        "tie": "ties",
        "schism": "schisms",
        "lineage": "lineage",
        "event": "events",
    }
    assert {kind.table for kind in KINDS.values()} == set(CLAIM_TABLES)


@pytest.mark.parametrize("word", KINDS)
def test_every_column_has_one_field(word: str) -> None:
    """Columns of the claim, the evidence and the work, each once, but for those that the program writes."""
    form = form_of(KINDS[word])
    fields = [(field.table, field.column) for field in form.fields.values()]
    wanted = {
        (table, column)
        for table in (form.kind.table, "evidence", "sources")
        for column in TABLES[table].columns()
    }
    assert len(fields) == len(set(fields))
    assert set(fields) == wanted - MADE


def test_a_field_is_named_as_its_column() -> None:
    """Where two tables have the column, that of the passage or the work has the table in its name."""
    pledge, event = form_of(Pledge), form_of(Event)
    names = {(f.table, f.column): f.option for f in pledge.fields.values()}
    assert names["pledges", "from"] == "--from"
    assert names["pledges", "note"] == "--note"
    assert names["evidence", "note"] == "--evidence-note"
    assert names["sources", "note"] == "--source-note"
    assert names["evidence", "found_in"] == "--source"
    assert names["evidence", "source"] == "--first-source"
    assert names["sources", "title"] == "--title"
    assert event.fields["title"].table == "events"
    assert event.fields["source_title"].table == "sources"


def test_what_must_be_filled() -> None:
    """The required columns of the claim, and a passage unless evidence is named that is there."""

    def missing(**answers: str) -> list[str]:
        return [field.name for field in form_of(Pledge).missing(answers)]

    assert missing() == ["from", "to", "act", "source", "summary"]
    ends = {"from": "a", "to": "b", "act": "pledge"}
    assert missing(**ends, source="w", summary="s") == []
    assert missing(**ends, evidence="ev-1") == []
    assert missing(**ends, evidence="ev-1", locator="12") == ["source", "summary"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("act", "plegde", "'plegde' is not allowed here"),
        ("relation_type", "ally;frend", "'frend' is not allowed here"),
        ("date", "in spring", "'in spring' is not a date this program reads"),
        ("quote_words", "many", "'many' is not a whole number from 1 on"),
        ("summary", "bell \a", "the text holds the control character U+0007"),
        ("summary", "broken \udcff", "the text holds the control character U+DCFF"),
        ("id", "No Id", "'No Id' is not an id"),
        ("participants", "leader", "'leader' is not actor=role"),
    ],
)
def test_an_answer_is_checked_alone(name: str, text: str, message: str) -> None:
    """The checks of a cell say what is wrong with one answer, whatever else is still empty."""
    found = form_of(Pledge).fields[name].fault(text)
    assert found is not None
    assert found[2] == message


@pytest.mark.parametrize(
    ("name", "text"), [("act", "pledge"), ("from", "Any Name"), ("summary", "Two\nlines"), ("date", "199X")]
)
def test_a_right_answer_has_no_fault(name: str, text: str) -> None:
    """What a cell may hold is right by itself."""
    assert form_of(Pledge).fields[name].fault(text) is None


def test_a_doi_or_address_is_known_however_it_is_written() -> None:
    """Case, scheme, `www.`, the last slash and marks do not make another work; other paths do."""
    assert work_key("https://doi.org/10.1093/JOGSS/x") == work_key("10.1093/jogss/x") == "doi 10.1093/jogss/x"
    assert work_key("doi: 10.1093/jogss/x") == work_key("http://dx.doi.org/10.1093/jogss/x")
    same = ("http://www.Example.org/a/", "https://example.org/a", "https://example.org/a#top")
    assert {work_key(text) for text in same} == {"url example.org/a"}
    assert work_key("https://example.org/A") == "url example.org/A"
    assert work_key("https://example.org/a?p=1") == "url example.org/a?p=1"
    assert work_key("blair-potter") == work_key("www.example.org") == ""


def test_the_id_of_a_claim_is_made_from_its_parts() -> None:
    """Kind, actors, code and date; the code is left out where it is the word for the kind."""
    ends = {"id": "x1", "from": "boko-haram", "to": "islamic-state"}
    pledge = Pledge.model_validate({**ends, "act": "pledge", "date": "2015-03"})
    assert claim_id(pledge) == "pledge-boko-haram-islamic-state-2015-03"
    assert claim_id(pledge.model_copy(update={"act": "renew", "date": "[2015..2016-02]"})) == (
        "pledge-boko-haram-islamic-state-renew-2015-2016-02"
    )
    assert claim_id(Support.model_validate({**ends, "support_type": "training"})) == (
        "support-boko-haram-islamic-state-training"
    )
    assert claim_id(Lineage.model_validate({**ends, "relation": "split", "date": "199X"})) == (
        "lineage-boko-haram-islamic-state-split-199x"
    )
    event = Event(id="x1", title="The Group’s new name is told", event_type="rebranding", date="2015-04-01~")
    assert claim_id(event) == "event-rebranding-the-groups-new-name-is-2015-04-01"


def test_an_undirected_tie_has_one_id_either_way() -> None:
    """The ends stand in the order in which they are stored."""
    one = Tie.model_validate({"id": "x1", "from": "b-front", "to": "a-front", "tie_type": "alliance"})
    other = Tie.model_validate({"id": "x1", "from": "a-front", "to": "b-front", "tie_type": "alliance"})
    assert claim_id(one) == claim_id(other) == "tie-a-front-b-front-alliance"


def test_ids_of_works_and_passages() -> None:
    """Author and year, else title and year; work and place, else the first words of the summary."""

    def work(**cells: object) -> str:
        return work_id(
            Source.model_validate({"id": "x1", "type": "book", "title": "A Made-up Work", **cells})
        )

    assert work(author="Müller, Zoë; Roe, R.", issued="2016-05") == "muller-2016"
    assert work(issued="2016~") == "a-made-up-work-2016"
    assert work(author="Roe, R.") == "roe-a-made-up-work"
    passage = Evidence(id="x1", found_in="roe-2016", summary="The front swears an oath to the hub.")
    assert passage_id(passage) == "ev-roe-2016-the-front-swears-an-oath"
    placed = passage.model_copy(update={"locator_label": "page", "locator": "12–14"})
    assert passage_id(placed) == "ev-roe-2016-page-12-14"


def test_an_id_is_cut_at_words_and_never_empty() -> None:
    """Long parts lose their last words; what has no letters still makes an id."""
    long = make_id("pledge", "front-" * 20, "hub", "2015")
    assert long == "pledge-" + "front-" * 9 + "hub-2015"
    assert len(make_id("x" * 300)) == 72
    assert make_id("Жабхат", "2015") == "zhabkhat-2015"
    assert make_id("???") == "work"
