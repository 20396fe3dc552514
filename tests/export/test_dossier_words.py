"""Claims and dates of a dossier as sentences."""

from __future__ import annotations

from typing import Any

import pytest

from kb.dates import parse
from kb.export.dossier.facts import Fact
from kb.export.dossier.words import at, counted, joined, says, sentence, told, when
from kb.model import ACTS, LINEAGE_RELATIONS, TIE_TYPES

NAMES = {"hub": "Made-up Hub", "front": "Made-up Front"}


def name(actor: str | None) -> str:
    """The name of an invented actor."""
    return NAMES[actor or ""]


def fact(kind: str, start: str = "front", end: str = "hub", **cells: Any) -> Fact:
    """A claim between two invented actors."""
    return Fact("made-up", kind, cells, start, end, bounds=parse(cells.get("date", "")))


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2015-03-07", "7 March 2015"),
        ("2015-03", "March 2015"),
        ("2015", "2015"),
        ("199X", "the 1990s"),
        ("1970-22", "summer 1970"),
        ("2014-02-XX", "February 2014"),
        ("2014?", "perhaps 2014"),
        ("2014-11~", "about November 2014"),
        ("2014%", "perhaps about 2014"),
        ("[2015-03..2015-10-29]", "between March and 29 October 2015"),
        ("[2014..2015]", "between 2014 and 2015"),
        ("[2015-03..]", "March 2015 or later"),
        ("[..2014-02]", "February 2014 or earlier"),
        ("2014/2015-03", "2014 to March 2015"),
        ("2014-05/2014-07", "May to July 2014"),
        ("2015/..", "from 2015 on"),
        ("2014-08/", "from August 2014, end not known"),
        ("../2014", "until 2014"),
        ("/2016", "until 2016"),
        ("/..", "still going on, the beginning not known"),
        ("", "undated"),
    ],
)
def test_a_date_is_said_as_prose_has_it(edtf: str, said: str) -> None:
    """Every form that the model reads has words."""
    assert when(edtf) == said


def test_a_date_within_a_sentence_has_its_preposition() -> None:
    """On a day, in a month or year, none before a word that has one."""
    assert at("2015-03-07") == "on 7 March 2015"
    assert at("2015-03") == "in March 2015"
    assert at("2014/2015") == "2014 to 2015"
    assert at("../2014") == "until 2014"
    assert at(None) == ""


def test_every_kind_of_claim_has_a_sentence() -> None:
    """No act, tie or step of descent is without words, and both actors are named."""
    facts = [
        *(fact("pledge", act=act) for act in ACTS),
        *(fact("tie", tie_type=kind, presence=p) for kind in TIE_TYPES for p in ("present", "absent")),
        *(fact("lineage", relation=relation) for relation in LINEAGE_RELATIONS),
        fact("schism"),
    ]
    said = {says(one, name) for one in facts}
    assert len(said) == len(facts)
    assert all("Made-up Hub" in text and "Made-up Front" in text for text in said)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"support_type": "training"}, "Made-up Front gave Made-up Hub training"),
        (
            {"support_type": "financial", "alleged": True, "stage": "promised"},
            "Made-up Front allegedly promised Made-up Hub financial support",
        ),
        (
            {"support_type": "territorial", "stage": "sought"},
            "Made-up Hub sought a base or safe haven from Made-up Front",
        ),
        (
            {"support_type": "any", "presence": "absent", "direction": "mutual"},
            "no support of any of the five kinds passed between Made-up Front and Made-up Hub",
        ),
        (
            {"support_type": "unspecified", "direction": "not_stated"},
            "support of a kind not stated passed between Made-up Front and Made-up Hub, "
            "the direction not stated",
        ),
    ],
)
def test_support_says_who_gave_what(cells: dict[str, Any], said: str) -> None:
    """Stage, direction, absence and allegation are told apart."""
    assert says(fact("support", **cells), name) == said


def test_an_act_of_a_faction_is_not_that_of_the_whole() -> None:
    """The subject of the sentence is the faction."""
    assert says(fact("pledge", act="pledge", scope="faction"), name) == (
        "a faction of Made-up Front pledged itself to Made-up Hub"
    )


def test_readings_are_told_once_and_plain_ones_first() -> None:
    """What differs in `allegedly` alone is no other telling; a listing comes after a pledge."""
    alleged = fact("support", support_type="training", alleged=True, status="disputed")
    plain = fact("support", support_type="training")
    assert told([alleged, plain], name) == ["Made-up Front gave Made-up Hub training"]
    listed, pledged = fact("pledge", act="not_stated"), fact("pledge", act="pledge")
    assert told([listed, pledged], name) == [
        "Made-up Front pledged itself to Made-up Hub",
        "Made-up Front is listed as tied to Made-up Hub",
    ]


def test_numbers_lists_and_sentences_read_well() -> None:
    """Words up to ten, singular for one, commas and a last `and`, one full stop."""
    assert (counted(1, "claim"), counted(2, "claim"), counted(12, "claim")) == (
        "one claim",
        "two claims",
        "12 claims",
    )
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"], "or") == "a, b or c"
    assert (sentence("it ends."), sentence("it goes on"), sentence("")) == ("It ends.", "It goes on.", "")
