"""Names to actors: what counts as the same name, and what is near."""

from __future__ import annotations

import pytest

from kb.dates import Bounds, parse
from kb.likeness import compare
from kb.resolve import LEAST, Candidate, NameIndex, fold, names_country
from tests.test_likeness import LIKELY, OTHERS, SPELT


def spell(text: str) -> Bounds:
    """The spell in which a name was borne."""
    return parse(text, mode="spell")


@pytest.fixture
def index() -> NameIndex:
    """Three invented actors, one name that two of them bear."""
    made = NameIndex()
    made.add(
        "red-front", [("Red Front", None), ("Jama'at al-Ḥamrāʾ", None), ("The Front", spell("2001/2005"))]
    )
    made.add("blue-front", [("Blue Front", None), ("The Front", spell("2006/2009"))])
    made.add("green-army", [("Green Army", None), ("Army of the Green Hills", spell("1999"))])
    return made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boko Haram", "boko  haram"),
        ("Jabhat al-Nuṣra", "Jabhat al Nusra"),
        ("Da'esh", "Daesh"),
        ("Jamāʿat", "Jama’at"),
        ("ŞÎN", "sin"),
        ("STRASSE", "straße"),
        ("E.T.A.", "E. T. A."),
        ("جَبهة", "جبهة"),
    ],
)
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    """Case, diacritics, apostrophes, hyphens, points and blanks make no other name."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Red Front", "Red Fronts"), ("???", "!!!"), ("1920", "1921")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    """Letters and digits count; a name of signs only is compared sign by sign."""
    assert fold(one) != fold(other)


def test_one_bearer_is_found_by_any_of_its_names(index: NameIndex) -> None:
    """Names, aliases and spellings are alike."""
    assert [c.actor for c in index.find("jamaat al hamra")] == ["red-front"]


def test_all_bearers_of_a_name_are_found(index: NameIndex) -> None:
    """Homonyms are listed by id, each with its own spell."""
    found = index.find("the front")
    assert [(c.actor, c.borne) for c in found] == [
        ("blue-front", (spell("2006/2009"),)),
        ("red-front", (spell("2001/2005"),)),
    ]


def test_an_unknown_name_has_no_bearer(index: NameIndex) -> None:
    """A part of a name is not the name."""
    assert index.find("Front") == []


def test_a_name_borne_twice_keeps_both_spells(index: NameIndex) -> None:
    """An actor may go back to an old name."""
    index.add("red-front", [("The Front", spell("2012/2013"))])
    (_, red) = index.find("The Front")
    assert red.borne == (spell("2001/2005"), spell("2012/2013"))


@pytest.mark.parametrize(
    "order", [(None, "2001/2005"), ("2001/2005", None), ("2001/2005", None, "2010/2011")]
)
def test_a_name_without_a_spell_is_not_limited(order: tuple[str | None, ...]) -> None:
    """When one row gives no dates the name may have been borne at any time."""
    made = NameIndex()
    for text in order:
        made.add("red-front", [("Red Front", spell(text) if text else None)])
    assert made.find("Red Front") == [Candidate("red-front", "Red Front", 100)]


def test_the_nearest_names_come_best_first_one_for_an_actor(index: NameIndex) -> None:
    """A misspelt name finds its actor, with a score."""
    near = index.nearest("Gren Army")
    assert near[0].actor == "green-army"
    assert 75 <= near[0].score < 100
    assert [c.actor for c in near].count("green-army") == 1
    assert str(Candidate("red-front", "Red Front", 91.4)) == "Red Front (red-front, 91: same name)"


def test_what_is_not_near_is_not_named(index: NameIndex) -> None:
    """A far name is worse than none."""
    assert index.nearest("Xyzzy Quux") == []


def test_a_whole_text_is_not_compared(index: NameIndex) -> None:
    """A cell of a million letters is no name, and takes no time."""
    assert index.nearest("red front " * 100_000) == []


# --- country and date -------------------------------------------------------------------------------------


@pytest.fixture
def soldiers() -> NameIndex:
    """Three groups of one name in three countries; one of them bore it for two years."""
    made = NameIndex()
    made.describe("soldiers-algeria", "Jund al-Khilafah", ["Algeria"])
    made.describe("soldiers-egypt", "Jund al-Khilafah", ["Egypt"])
    made.describe("soldiers-tunisia", "Soldiers of Tunisia", ["Tunisia"])
    made.add("soldiers-tunisia", [("Jund al-Khilafah", spell("2014/2015"))])
    return made


@pytest.mark.parametrize(
    ("country", "on", "order"),
    [
        ([], "", ["algeria", "egypt", "tunisia"]),
        (["Egypt"], "", ["egypt", "algeria", "tunisia"]),
        (["Kasserine, Tunisia"], "2014", ["tunisia", "algeria", "egypt"]),
        (["Tunisian border"], "", ["tunisia", "algeria", "egypt"]),
        ([], "2019", ["algeria", "egypt", "tunisia"]),
        (["Elsewhere"], "", ["algeria", "egypt", "tunisia"]),
    ],
)
def test_country_and_date_rank_homonyms_and_never_choose(
    soldiers: NameIndex, country: list[str], on: str, order: list[str]
) -> None:
    """The likeliest comes first, and the name stays ambiguous."""
    found = soldiers.match("jund al khilafah", 5, country, parse(on))
    assert found.decision == "ambiguous"
    assert [c.actor.removeprefix("soldiers-") for c in found.candidates] == order


def test_what_country_and_date_say_stands_beside_the_reason(soldiers: NameIndex) -> None:
    """The score is that of the names alone."""
    tunisia, algeria, _ = soldiers.find("Jund al-Khilafah", ["Tunisia"], parse("2014-05"))
    assert str(tunisia) == ("Jund al-Khilafah (soldiers-tunisia, 100: same name, in Tunisia, borne then)")
    assert str(algeria) == "Jund al-Khilafah (soldiers-algeria, 100: same name, elsewhere (Algeria))"
    assert soldiers.find("Jund al-Khilafah", on=parse("2020"))[-1].then is False


@pytest.mark.parametrize(
    ("country", "decision"),
    [
        ([], "taken"),
        (["Egypt"], "taken"),
        (["Sinai"], "taken"),
        (["Libya"], "ambiguous"),
        (["Gaza"], "ambiguous"),
    ],
)
def test_the_only_bearer_is_not_taken_when_it_is_of_another_country(
    country: list[str], decision: str
) -> None:
    """A province counts as its country; an actor whose country is not stated may be of any."""
    made = NameIndex()
    made.describe("partisans-egypt", "Ansar al-Sharia", ["Egypt"])
    made.describe("red-front", "Red Front")
    assert made.match("Ansar al-Sharia", 5, country).decision == decision
    assert made.match("Red Front", 5, country).decision == "taken"


def test_a_longer_name_in_the_country_asked_for_is_shown_beside_the_same_name_elsewhere() -> None:
    """What is too far off elsewhere may be the one that is meant there."""
    made = NameIndex()
    made.describe("council-iraq", "Mujahideen Shura Council", ["Iraq"])
    made.describe("council-jerusalem", "Mujahideen Shura Council in the Environs of Jerusalem", ["Egypt"])
    found = made.match("Mujahideen Shura Council", 5, ["Egypt"])
    assert found.decision == "ambiguous"
    assert [c.actor for c in found.candidates] == ["council-iraq", "council-jerusalem"]
    assert [c.actor for c in made.match("Mujahideen Shura Council").candidates] == ["council-iraq"]


@pytest.mark.parametrize(
    ("place", "known"),
    [
        ("Libya", True),
        ("Raqqa", True),
        ("eastern Gaza", True),
        ("Sahel", False),
        ("West Africa", False),
        ("a camp", False),
    ],
)
def test_a_place_names_a_country_when_it_is_one_or_lies_in_one(place: str, known: bool) -> None:
    """Regions of many countries and places that are not known tell nothing."""
    assert names_country(place) is known


def test_country_ranks_the_nearest_names_too(soldiers: NameIndex) -> None:
    """Three names that are equally near: the one of the country first."""
    near = soldiers.nearest("Jund al-Khilafat", 1, ["Egypt"])
    assert [(c.actor, c.fits) for c in near] == [("soldiers-egypt", True)]


# --- the decision -----------------------------------------------------------------------------------------


def test_one_bearer_is_taken_and_those_that_are_near_are_shown(index: NameIndex) -> None:
    """The one that is taken comes first."""
    found = index.match("red front")
    assert (found.decision, found.candidates[0].actor) == ("taken", "red-front")
    assert all(candidate.score < 100 for candidate in found.candidates[1:])


@pytest.mark.parametrize("name", ["Red Frnt", "The Red Front", "Red Front Army", "RF", "Jama'a al-Hamra"])
def test_a_name_that_is_only_like_another_is_never_taken(index: NameIndex, name: str) -> None:
    """However near it is."""
    found = index.match(name)
    assert found.decision == "none"
    assert found.candidates[0].actor == "red-front"


def test_the_real_ira_is_not_taken_for_the_ira() -> None:
    """It is shown, with what tells them apart."""
    made = NameIndex()
    made.describe("ira", "Irish Republican Army")
    made.add("ira", [("IRA", None)])
    found = made.match("Real IRA")
    assert found.decision == "none"
    assert [(c.actor, c.reason) for c in found.candidates] == [
        ("ira", "1 of 2 words shared, only one has 'Real'")
    ]


def test_every_bearer_of_a_name_is_shown_whatever_the_limit(soldiers: NameIndex) -> None:
    """A limit cuts those that are merely near."""
    assert len(soldiers.match("Jund al-Khilafah", 1).candidates) == 3


# --- the index --------------------------------------------------------------------------------------------


def test_the_index_finds_what_a_comparison_with_every_name_finds() -> None:
    """The best of all names is among the few that are compared."""
    names = sorted({one for one, _ in (*SPELT, *LIKELY, *OTHERS)})
    made = NameIndex()
    for name in names:
        made.describe(fold(name), name)
    for _, asked in (*SPELT, *LIKELY):
        best = max(compare(asked, name).score for name in names)
        near = made.nearest(asked, 1)
        assert best < LEAST or near[0].score == best, (asked, near)


def test_a_name_that_is_added_later_is_found() -> None:
    """The index is made anew when names come in."""
    made = NameIndex()
    made.describe("red-front", "Red Front")
    assert made.nearest("Blue Frontt") == []
    made.describe("blue-front", "Blue Front")
    assert [c.actor for c in made.nearest("Blue Frontt")] == ["blue-front"]


@pytest.mark.parametrize("name", ["", "???", "al", "the of", "\x00", "\u0627\u0644"])
def test_a_name_without_words_has_nothing_near(index: NameIndex, name: str) -> None:
    """Signs and articles alone are no name."""
    assert index.nearest(name) == []
