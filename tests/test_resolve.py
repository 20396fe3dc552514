"""Names to actors: what counts as the same name, and what is near."""

from __future__ import annotations

import pytest

from kb.dates import Bounds, parse
from kb.resolve import Candidate, NameIndex, fold


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
