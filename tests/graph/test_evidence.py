"""`kb evidence`, and whole quotations in the graph: made-up books with made-up texts, then the real ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.evidence import lookup
from kb.evidence.norm import sum_of
from kb.evidence.texts import Texts
from kb.graph import Graph
from kb.loading.words import keep_words
from tests.graph.books import empty, load, write_book
from tests.graph.shell import Done, kb

SALT = (
    "We took grain, salt and two boats from the hill people before the first frost came to the upper valley."
)
ROPE = "They gave us nothing but old rope and promises."
REPORT = f"A made-up report.\n\n“{SALT}”\n\nLater it says “{ROPE}”\n"
ACTORS = [
    {"id": "river-men", "name": "River Men", "kind": "militant_group"},
    {"id": "hill-people", "name": "Hill People", "kind": "militant_group"},
    {"id": "marsh-league", "name": "Marsh League", "kind": "umbrella"},
    {"id": "old-tern", "name": "Old Tern", "kind": "person"},
    {"id": "young-tern", "name": "Young Tern", "kind": "person"},
    {"id": "tern-circle", "name": "Tern Circle", "kind": "militant_group"},
]
SOURCES = [
    {"id": "report", "type": "report", "title": "A made-up report", "author": "Reed, Ann",
     "text": "report.txt"},
    {"id": "letter", "type": "document", "title": "A letter", "archive": "Mud Archive",
     "archive_location": "MUD-2001-0042"},
]  # fmt: skip
IN_REPORT = {"found_in": "report", "locator_label": "page", "locator": "3"}
EVIDENCE = [
    {"id": "ev-salt", **IN_REPORT, "line": "3", "source": "letter", "source_locator": "2",
     "quote_start": "We took grain, salt", "quote_end": "the upper valley.", "quote_words": "20",
     "quote_sha256": sum_of(SALT), "speaker": "old-tern", "said_on": "2001-11",
     "summary": "A commander tells of a raid that brought food."},
    {"id": "ev-rope", **IN_REPORT, "line": "5",
     "quote_start": "They gave us nothing", "quote_end": "and promises.", "quote_words": "9",
     "quote_sha256": sum_of(ROPE), "speaker_text": "a boatman of the Terns",
     "summary": "Nothing of use was given."},
    {"id": "ev-boats", **IN_REPORT, "line": "7", "summary": "Boats were lent for a crossing.",
     "note": "compare the almanac"},
]  # fmt: skip
SUPPORT = {"from": "hill-people", "to": "river-men"}
BOOK: dict[str, list[dict[str, str]]] = {
    "actors": ACTORS,
    "names": [
        {"id": "n-fishers", "actor": "river-men", "name": "The Fishers", "name_type": "alias"},
        {"id": "n-fishers-2", "actor": "marsh-league", "name": "The Fishers", "name_type": "former"},
    ],
    "sources": SOURCES,
    "evidence": EVIDENCE,
    "support": [
        {**SUPPORT, "id": "s-boats", "support_type": "material", "date": "2001", "confidence": "high",
         "evidence": "ev-salt;ev-boats"},
        {**SUPPORT, "id": "s-money", "support_type": "financial", "date": "2003/2004", "status": "disputed",
         "note": "the boatman denies it", "evidence": "ev-boats"},
    ],
    "pledges": [{"id": "p-marsh", "from": "river-men", "to": "marsh-league", "act": "pledge", "date": "2005",
                 "evidence": "ev-rope"}],
    "citations": [{"claim": "s-money", "evidence": "ev-rope", "stance": "contradicts"}],
}  # fmt: skip


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """The folder with the text of the report."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shelf(connection: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The made-up book, loaded once for the tests at the beginning, which only read it."""
    empty(connection)
    load(connection, write_book(tmp_path_factory.mktemp("shelf") / "book", BOOK))


@pytest.fixture
def book(graph: Graph, tmp_path: Path) -> Path:
    """The made-up book, loaded without its text into a graph that the test may change."""
    folder = write_book(tmp_path / "book", BOOK)
    load(graph, folder)
    return folder


def found(*words: str | Path) -> list[dict[str, Any]]:
    """The JSON cards of a look-up."""
    done = kb("evidence", *words, "--format", "json")
    assert done.status == 0, done.err
    cards: list[dict[str, Any]] = json.loads(done.out)
    return cards


def ids(*words: str | Path) -> list[str]:
    """The ids of the cards, best first."""
    return [card["id"] for card in found(*words)]


def with_changes(**changes: str) -> dict[str, list[dict[str, str]]]:
    """The book with other cells of ev-salt."""
    return {**BOOK, "evidence": [{**EVIDENCE[0], **changes}, *EVIDENCE[1:]]}


def stored(graph: Graph) -> dict[str, str]:
    """Evidence to its whole quotation in the graph."""
    rows = graph.rows("MATCH (e:Evidence) WHERE e.words IS NOT NULL RETURN e.id AS id, e.words AS words")
    return {row["id"]: row["words"] for row in rows}


# --- words ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("grain", "ev-salt"),  # first words
        ("valley", "ev-salt"),  # last words
        ("raid", "ev-salt"),  # summary
        ("almanac", "ev-boats"),  # note
        ("letter", "ev-salt"),  # title of a work
        ("MUD-2001-0042", "ev-salt"),  # document number
        ("marsh", "ev-rope"),  # name of an actor of its claim
        ("boatman", "ev-rope"),  # speaker
        ("cross", "ev-boats"),  # the beginning of a word
    ],
)
def test_a_word_finds_the_passage(words: str, wanted: str) -> None:
    """Selectors, summaries, notes, titles, numbers and names are searched."""
    assert ids(words)[0] == wanted


@pytest.mark.usefixtures("shelf")
def test_passages_with_all_words_come_alone() -> None:
    """A passage that lacks a word is left out where others have them all."""
    assert set(ids("report")) == {"ev-salt", "ev-rope", "ev-boats"}
    assert ids("report", "raid") == ids("raid report") == ["ev-salt"]


@pytest.mark.usefixtures("shelf")
def test_words_that_no_passage_has_together_still_find_something() -> None:
    """The best are shown, and the reader is told."""
    done = kb("evidence", "grain", "raid", "zebra")
    assert done.out.splitlines()[0] == "ev-salt"
    assert "No passage has all 3 words; these have 2 of them." in done.err


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "word",
    ["AND (", "grain AND", '"', '"grain', "*", "gr*in?", "a:b", "[x TO", "\\", "~", "/x/", "+-&&||!", "NOT"],
)
def test_no_word_is_an_error_of_the_full_text_parser(word: str) -> None:
    """What means something to Lucene means nothing here."""
    done = kb("evidence", "--", word)
    assert done.status == 0, done.err
    assert not any("Error" in line for line in done.err)


@pytest.mark.usefixtures("shelf")
def test_nothing_found_says_what_was_looked_for() -> None:
    """Nothing on stdout, one line on stderr, exit 0; JSON is an empty list."""
    done = kb("evidence", "zebra", "*", "--actor", "River Men")
    lines = ["No passage found for: zebra * --actor River Men.", "Found without the words (3)."]
    assert done == Done(0, "", lines)
    assert found("zebra") == []


# --- filters ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ("", {"ev-salt", "ev-rope", "ev-boats"}),
        ("--actor hill-people", {"ev-salt", "ev-rope", "ev-boats"}),
        ("--actor marsh-league", {"ev-rope"}),
        ("--actor river-men --with marsh-league", {"ev-rope"}),
        ("--claim-type pledge", {"ev-rope"}),
        ("--claim-type schism", set()),
        ("--support-type material", {"ev-salt", "ev-boats"}),
        ("--support-type material --with marsh-league", set()),
        ("--stance contradicts", {"ev-rope"}),
        ("--stance contradicts --claim-type pledge", set()),
        ("--speaker old-tern", {"ev-salt"}),
        ("--source letter", {"ev-salt"}),
        ("--source reed", {"ev-salt", "ev-rope", "ev-boats"}),
        ("--archive mud-2001", {"ev-salt"}),
        ("--archive elsewhere", set()),
        ("--to 2001-06", {"ev-salt", "ev-boats"}),
        ("--from 2004-02 --to 2004-03", {"ev-rope", "ev-boats"}),
        ("--from 2006", set()),
        ("boats --stance supports --support-type financial", {"ev-boats"}),
    ],
)
def test_every_filter_narrows(options: str, wanted: set[str]) -> None:
    """One claim has to meet all that is asked of claims."""
    assert set(ids(*options.split())) == wanted


@pytest.mark.usefixtures("shelf")
def test_an_empty_answer_says_which_filter_to_drop() -> None:
    """Each that alone is in the way; a speaker who never spoke gets the nearest who did."""
    done = kb("evidence", "grain", "--actor", "hill-people", "--stance", "contradicts")
    assert done.err[1:] == ["Found without the words (1) or --stance (1)."]
    done = kb("evidence", "--speaker", "Young Tern")
    near = "Nearest speakers: Old Tern; a boatman of the Terns."
    assert done.err[1] == f"Nobody of the name 'Young Tern' speaks in a passage. {near}"


@pytest.mark.usefixtures("shelf")
def test_a_word_finds_its_other_forms() -> None:
    """Without its English ending."""
    assert ids("boat") == ids("boating")
    assert ids("raiding") == ["ev-salt"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("form", "wanted"),
    [("bibtex", "@techreport{report,"), ("ris", "ID  - letter"), ("csl-json", '"id": "report"'),
     ("csv", "id,claim,stance,summary,"), ("md", "### ev-salt")],
)  # fmt: skip
def test_every_format_holds_the_card_or_its_works(form: str, wanted: str, tmp_path: Path) -> None:
    """On stdout, or in a file that is not written over."""
    assert wanted in kb("evidence", "grain", "--format", form).out
    out = tmp_path / "found"
    assert kb("evidence", "grain", "--format", form, "--out", out).status == 0
    assert wanted in out.read_text("utf-8")
    done = kb("evidence", "grain", "--format", form, "--out", out)
    assert done.err == [f"Error: {out} exists already. Choose another name, or add --force."]
    assert kb("evidence", "grain", "--format", form, "--out", out, "--force").status == 0


@pytest.mark.usefixtures("shelf")
def test_a_style_adds_the_citation_to_the_card() -> None:
    """In text and Markdown; elsewhere it is refused, and so is an unknown one."""
    done = kb("evidence", "grain", "--style", "apa")
    assert "  cite as (A letter, n.d., p. 2, as cited in Reed, n.d., p. 3)" in done.out.splitlines()
    assert kb("evidence", "grain", "--style", "apa", "--format", "ris").status == 2
    assert kb("evidence", "grain", "--style", "appa").err == [
        "Error: No citation style 'appa'. Did you mean 'apa'?"
    ]


@pytest.mark.usefixtures("shelf")
def test_a_part_of_a_name_matches_every_speaker_it_may_mean() -> None:
    """Persons of that name and speakers who are no actors; groups only by their whole name."""
    done = kb("evidence", "--speaker", "tern", "--format", "json")
    assert {card["id"] for card in json.loads(done.out)} == {"ev-salt"}
    assert done.err == ["Any of these speakers: old-tern, young-tern"]
    assert ids("--speaker", "boatman") == ["ev-rope"]


@pytest.mark.usefixtures("shelf")
def test_a_name_that_two_actors_bore_means_both() -> None:
    """Both are looked for, and the reader is told."""
    done = kb("evidence", "--actor", "the fishers", "--claim-type", "pledge")
    assert done.out.splitlines()[0] == "ev-rope"
    assert done.err == ["Any of these actors: marsh-league, river-men"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("option", "line"),
    [
        ("--actor=Rivr Men", "Error: No actor 'Rivr Men' in this graph. Nearest: River Men (river-men, "),
        ("--with=Rivr Men", "Error: No actor 'Rivr Men' in this graph. Nearest: River Men (river-men, "),
        ("--speaker=Old Turn", "Error: No speaker 'Old Turn' in this graph. Nearest: Old Tern (old-tern, "),
        ("--source=lettre", "Error: No source 'lettre' in this graph. Nearest: letter."),
    ],
)
def test_an_unknown_name_is_one_line_with_the_nearest(option: str, line: str) -> None:
    """Exit 1, nothing on stdout."""
    done = kb("evidence", option)
    assert (done.status, done.out, len(done.err)) == (1, "", 1)
    assert done.err[0].startswith(line)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("options", "line"),
    [
        ("--from 2014-13", "Error: --from: '2014-13' is not a date this program reads. Months are"),
        ("--from 2015 --to 2014", "Error: --from 2015 is later than --to 2014. Exchange them."),
        ("--claim-type tie --support-type any", "Error: --support-type goes with --claim-type support."),
        ("--texts no-such-folder", "Error: There is no folder no-such-folder."),
        ("--stance pro", "Error: Invalid value for '--stance'"),
    ],
)
def test_a_faulty_option_is_one_line(options: str, line: str) -> None:
    """Exit 2, what is wrong and what to write."""
    done = kb("evidence", *options.split())
    assert (done.status, done.out, len(done.err)) == (2, "", 1)
    assert done.err[0].startswith(line)


# --- cards ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("shelf")
def test_a_card_reads_well() -> None:
    """Words, speaker, day, where first said, where found, what it shows, the claim and how sure it is."""
    done = kb("evidence", "grain")
    assert (
        done.out
        == """\
ev-salt
  “We took grain, salt … the upper valley.” (20 words)
  said by Old Tern, 2001-11
  first in A letter (Mud Archive, MUD-2001-0042), 2
  found in A made-up report, page 3, line 3
  A commander tells of a raid that brought food.
  supports s-boats
    material support given: Hill People → River Men; 2001; accepted; confidence
      high
    see also ev-boats (supports)
"""
    )


@pytest.mark.usefixtures("shelf")
def test_a_json_card_has_all_that_a_citation_needs() -> None:
    """Ids beside names; the claim that was asked for comes first."""
    (card,) = found("nothing", "--stance", "contradicts")
    claims = card.pop("claims")
    assert card == {
        "id": "ev-rope", "claim": "s-money", "stance": "contradicts", "summary": "Nothing of use was given.",
        "quotation": None, "quote_start": "They gave us nothing", "quote_end": "and promises.",
        "quote_words": 9,
        "speaker": "a boatman of the Terns", "speaker_id": None, "said_on": None,
        "source": "A made-up report", "source_id": "report", "source_locator": None,
        "archive": None, "archive_location": None, "relies_on": [],
        "found_in": "A made-up report", "found_in_id": "report", "locator": "page 3", "line": 5, "note": None,
    }  # fmt: skip
    assert [claim["id"] for claim in claims] == ["s-money", "p-marsh"]
    assert claims[0] == {
        "id": "s-money", "stance": "contradicts", "kind": "support", "date": "2003/2004",
        "status": "disputed", "confidence": "not_stated",
        "what": "financial support given: Hill People → River Men",
        "others": [{"id": "ev-boats", "stance": "supports"}],
    }  # fmt: skip


@pytest.mark.usefixtures("shelf")
def test_a_limit_says_how_many_there_are() -> None:
    """The rest is counted on stderr."""
    done = kb("evidence", "--limit", "1")
    assert done.err == ["1 of 3 passages; narrow it, or raise --limit."]


@pytest.mark.usefixtures("shelf")
def test_a_large_graph_is_asked_for_the_best_of_each_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """What says all words itself is found, the rest where a word is left out; not all are counted."""
    monkeypatch.setattr(lookup, "LARGE", 0)
    monkeypatch.setattr(lookup, "REACH", 1)
    done = kb("evidence", "boats", "--limit", "1")
    assert done.err == ["1 of at least 2 passages; raise --limit, or narrow it by --actor …"]
    assert kb("evidence", "boats", "--actor", "river-men", "--limit", "1").err == [
        "1 of 2 passages; narrow it, or raise --limit."
    ]
    in_the_title = {word: ids("report", word) for word in ("salt", "promises", "crossing")}
    assert in_the_title == {"salt": ["ev-salt"], "promises": ["ev-rope"], "crossing": ["ev-boats"]}


# --- whole quotations -------------------------------------------------------------------------------------


def test_without_texts_nothing_whole_is_shown(book: Path, graph: Graph) -> None:
    """First and last words stand for the quotation, in every command."""
    for command in (("evidence", "grain"), ("show", "ev-salt"), ("show", "s-boats")):
        assert "two boats" not in kb(*command).out
    assert stored(graph) == {}


@pytest.mark.usefixtures("book")
def test_texts_show_whole_quotations_and_store_nothing(texts: Path, graph: Graph) -> None:
    """`kb evidence --texts` reads them from the folder."""
    assert found("grain", "--texts", texts)[0]["quotation"] == SALT
    assert f"“{SALT}” (20 words)" in " ".join(kb("evidence", "grain", "--texts", texts).out.split())
    assert stored(graph) == {}


@pytest.mark.usefixtures("book")
def test_a_quotation_that_is_not_exact_is_never_shown_whole(texts: Path) -> None:
    """Another text: the selector stands, and the reader is told."""
    (texts / "report.txt").write_text(REPORT.replace("two boats", "three boats"), encoding="utf-8")
    done = kb("evidence", "grain", "--texts", texts)
    assert "boats" not in done.out.replace("ev-boats", "").replace("s-boats", "")
    assert done.err == [f"Not found exactly in {texts}: ev-salt. See `kb verify`."]


def test_a_load_with_texts_makes_quotations_whole_and_searchable(
    book: Path, texts: Path, graph: Graph, tmp_path: Path
) -> None:
    """Also of a book that is loaded already; no change is logged, and an export has no more cells."""
    done = kb("load", book, "--texts", texts)
    assert done.out == "Nothing to change; no load was recorded.\n"
    assert done.err[-1] == "2 of 2 quotations found exactly and kept whole."
    assert stored(graph) == {"ev-salt": SALT, "ev-rope": ROPE}
    assert ids("frost") == ["ev-salt"]
    assert found("frost")[0]["quotation"] == SALT
    for shown in ("ev-salt", "s-boats"):
        assert SALT in " ".join(kb("show", shown).out.split())
    kb("export", "--book", tmp_path / "copy")
    assert "first frost" not in (tmp_path / "copy" / "evidence.csv").read_text("utf-8")
    assert graph.rows("MATCH (c:Change) WHERE c.after CONTAINS 'frost' RETURN c.id AS id") == []


def test_whole_quotations_survive_loads_that_change_other_cells(
    book: Path, texts: Path, graph: Graph, tmp_path: Path
) -> None:
    """A new summary leaves the words."""
    keep_words(graph, Texts(texts))
    load(graph, write_book(tmp_path / "new", with_changes(summary="A raid.", line="4")))
    assert set(stored(graph)) == {"ev-salt", "ev-rope"}
    assert found("frost")[0]["summary"] == "A raid."


@pytest.mark.parametrize(
    "changes",
    [
        {"quote_start": "We took grain"},
        {"found_in": "letter", "source": ""},
        {"quote_sha256": sum_of("other")},
    ],
    ids=["selector", "work", "sum"],
)
def test_a_changed_quotation_loses_its_words(
    changes: dict[str, str], book: Path, texts: Path, graph: Graph, tmp_path: Path
) -> None:
    """What was proved for another selector or work is not shown; an undo does not bring it back."""
    keep_words(graph, Texts(texts))
    receipt = load(graph, write_book(tmp_path / "new", with_changes(**changes)))
    assert set(stored(graph)) == {"ev-rope"}
    assert receipt is not None
    assert kb("undo", receipt.load).status == 0
    assert set(stored(graph)) == {"ev-rope"}


def test_a_text_that_changed_takes_its_words_back(book: Path, texts: Path, graph: Graph) -> None:
    """Loaded again with another text, what is not exact is dropped; without the text all stays."""
    keep_words(graph, Texts(texts))
    (texts / "report.txt").write_text(REPORT.replace("two boats", "three boats"), encoding="utf-8")
    done = kb("load", book, "--texts", texts)
    assert done.err[-2:] == [
        "1 of 2 quotations found exactly and kept whole.",
        "Not found exactly: ev-salt. See `kb verify`.",
    ]
    (texts / "report.txt").unlink()
    assert kb("load", book, "--texts", texts).status == 0
    assert set(stored(graph)) == {"ev-rope"}
