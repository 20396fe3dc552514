"""Works as CSL-JSON: names, dates, and what the notes of the books hold."""

from __future__ import annotations

from typing import Any

import pytest

from kb.export.csl import csl_date, item, name
from tests.export.sources import ARTICLE, BOOK, CAPTURED, CHAPTER


def test_an_article_has_its_volume_issue_and_whole_pages() -> None:
    """They stand at the head of the note; the rest of the note stays, and the DOI is bare."""
    assert item(ARTICLE) == {
        "id": "reed-2016", "type": "article-journal", "title": "Salt and Grain: Raids on the River",
        "author": [{"family": "Reed", "given": "Ann B."}], "issued": {"date-parts": [[2016, 3]]},
        "container-title": "River Studies", "volume": "25", "issue": "2", "page": "353–384",
        "DOI": "10.1000/xyz", "language": "en", "note": "read in print",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"note": "26: 611-39"}, {"volume": "26", "page": "611–639"}),
        ({"note": "7(4)"}, {"volume": "7", "issue": "4"}),
        ({"note": "1–25"}, {"page": "1–25"}),
        ({"note": "the record has vol. 8, no. 1"}, {"volume": "8", "issue": "1"}),
        ({"note": "1950 letters were read"}, {}),
        ({"container_title": "Security 25 (2): 7-9"}, {"volume": "25", "issue": "2", "page": "7–9"}),
    ],
)
def test_volumes_are_read_where_they_stand(cells: dict[str, str], wanted: dict[str, str]) -> None:
    """At the end of the container title or in the note; a year in a remark is no volume."""
    found = item({"id": "a", "type": "article-journal", "title": "A", **cells})
    assert {key: found[key] for key in ("volume", "issue", "page") if key in found} == wanted


def test_a_chapter_has_editors_and_place() -> None:
    """Both come from the note, which is used up."""
    found = item(CHAPTER)
    editors = [{"family": "Oar", "given": "Paul K."}, {"family": "Sail", "given": "Kim"}]
    assert (found["editor"], found["publisher-place"], "note" in found) == (editors, "Ithaca, NY", False)
    assert item(BOOK)["publisher-place"] == "New York"


def test_a_remark_is_no_place() -> None:
    """Only words that all begin with a capital can be a town."""
    remark = "The list sets the publisher in the title"
    found = item({"id": "a", "type": "book", "title": "A", "note": remark})
    assert ("publisher-place" in found, found["note"]) == (False, remark)


def test_the_number_of_a_document_is_no_part_of_its_title() -> None:
    """It has a field of its own."""
    assert item(CAPTURED)["title"] == "Captured letter of a boatman"


@pytest.mark.parametrize(
    ("author", "wanted"),
    [
        ("Reed, Ann", {"family": "Reed", "given": "Ann"}),
        ("Reed, Ann, II", {"family": "Reed", "given": "Ann", "suffix": "II"}),
        ("al-Ubaydi, Muhammad", {"family": "al-Ubaydi", "given": "Muhammad"}),
        ("Abu Bakr al-Baghdadi", {"literal": "Abu Bakr al-Baghdadi"}),
    ],
)
def test_a_name_is_taken_apart_at_its_commas_only(author: str, wanted: dict[str, str]) -> None:
    """A body, a nom de guerre and a lone surname stay whole."""
    assert name(author) == wanted


@pytest.mark.parametrize(
    ("edtf", "wanted"),
    [
        ("2014-11-10", {"date-parts": [[2014, 11, 10]]}),
        ("2014-11", {"date-parts": [[2014, 11]]}),
        ("199X", {"date-parts": [[1990], [1999]]}),
        ("2014-02-XX", {"date-parts": [[2014, 2]]}),
        ("1970-22", {"date-parts": [[1970]], "season": 2}),
        ("2014?", {"date-parts": [[2014]], "circa": True}),
        ("2014-11~", {"date-parts": [[2014, 11]], "circa": True}),
        ("2014/2015-03", {"date-parts": [[2014], [2015, 3]]}),
        ("2015/..", {"date-parts": [[2015], [0]]}),
        ("../2014", {"date-parts": [[2014]], "circa": True}),
        ("[2015-03..2016]", {"date-parts": [[2015, 3], [2016]], "circa": True}),
        ("[2001..]", {"date-parts": [[2001], [0]], "circa": True}),
        ("", None),
    ],
)
def test_every_form_of_date_has_one_in_csl(edtf: str, wanted: dict[str, Any] | None) -> None:
    """Bounds become ranges, doubt becomes circa."""
    assert csl_date(edtf) == wanted
