"""Citations written by hand from the Chicago Manual of Style (17th) and the APA manual (7th)."""

from __future__ import annotations

import csv
import warnings

import pytest

from kb.errors import NotFound
from kb.export.citations import Citations, Cite, Place
from kb.paths import resource
from tests.export.sources import ALL

CHICAGO = {
    # Chicago Manual 14.168 (journal), 14.100 (book), 14.106 (chapter), 14.191 (newspaper), 14.207 (web page)
    "reed-2016": "Ann B. Reed, “Salt and Grain: Raids on the River,” River Studies 25, no. 2 "
    "(March 2016): 161, https://doi.org/10.1000/xyz.",
    "marsh-2020": "Harold J. Marsh, Craig Hill, and Charlie Fen, The Reader: Texts of the Marsh "
    "(New York: Oxford University Press, 2020), 161.",
    "bank-1992": "Dennis A. Bank, “Boats of the North,” in Boats and Rafts, ed. Paul K. Oar and Kim Sail "
    "(Ithaca, NY: Cornell University Press, 1992), 161.",
    "tide-2014": "Tim Tide, “An Uneasy Peace on the River,” The River Times, June 18, 2014, 161, "
    "https://example.org/peace.",
    "tern-speech": "Old Tern, “Speech on the grain,” 2014, 161.",
    "page": "“Who Rules the River,” River Watch, 161, https://example.org/river.",
}
BIBLIOGRAPHY = [
    "Bank, Dennis A. “Boats of the North.” In Boats and Rafts, edited by Paul K. Oar and Kim Sail. "
    "Ithaca, NY: Cornell University Press, 1992.",
    "“Captured letter of a boatman.” n.d. MUD-2001-0042. Mud Archive.",
    "Marsh, Harold J., Craig Hill, and Charlie Fen. The Reader: Texts of the Marsh. "
    "New York: Oxford University Press, 2020.",
    "Old Tern. “Speech on the grain.” 2014.",
    "Reed, Ann B. “Salt and Grain: Raids on the River.” River Studies 25, no. 2 (March 2016): 353–84. "
    "https://doi.org/10.1000/xyz.",
    "River Watch. “Who Rules the River.” https://example.org/river.",
    "Tide, Tim. “An Uneasy Peace on the River.” The River Times, June 18, 2014. https://example.org/peace.",
]
APA = [
    "Bank, D. A. (1992). Boats of the North. In P. K. Oar & K. Sail (Eds.), Boats and Rafts. "
    "Cornell University Press.",
    "Captured letter of a boatman. (n.d.). Mud Archive (MUD-2001-0042).",
    "Marsh, H. J., Hill, C., & Fen, C. (2020). The Reader: Texts of the Marsh. Oxford University Press.",
    "Old Tern. (2014). Speech on the grain.",
    "Reed, A. B. (2016). Salt and Grain: Raids on the River. River Studies, 25(2), 353–384. "
    "https://doi.org/10.1000/xyz",
    "River Watch. (n.d.). Who Rules the River. https://example.org/river",
    "Tide, T. (2014, June 18). An Uneasy Peace on the River. The River Times. https://example.org/peace",
]


def cited(
    citations: Citations,
    work: str,
    label: str | None = None,
    locator: str | None = None,
    quoted_in: Place | None = None,
    short: bool = False,
) -> str:
    """The note for one place, whose words were read in another work or not."""
    read = (("quoted in", quoted_in),) if quoted_in else ()
    return citations.joined([Cite((work, label, locator), read)], short)


@pytest.mark.parametrize("work", CHICAGO)
def test_notes_follow_the_chicago_manual(work: str) -> None:
    """One pattern for each kind of work."""
    assert cited(Citations(ALL), work, "page", "161") == CHICAGO[work]


def test_a_captured_document_is_cited_with_its_number_and_archive() -> None:
    """Chicago Manual 14.221: item, then where it lies."""
    note = "“Captured letter of a boatman,” n.d., MUD-2001-0042, Mud Archive."
    assert cited(Citations(ALL), "mud-42") == note


@pytest.mark.parametrize(("style", "wanted"), [("chicago-note-bibliography", BIBLIOGRAPHY), ("apa", APA)])
def test_bibliographies_follow_their_manuals(style: str, wanted: list[str]) -> None:
    """In alphabetical order, with no locator of a note."""
    citations = Citations(ALL, style)
    cited(citations, "reed-2016", "page", "161")
    assert citations.bibliography() == wanted


@pytest.mark.parametrize(
    ("work", "wanted"),
    [
        ("reed-2016", "Reed, “Salt and Grain,” 162."),
        ("marsh-2020", "Marsh, Hill, and Fen, The Reader, 162."),
        ("tide-2014", "Tide, “An Uneasy Peace on the River,” 162."),
    ],
)
def test_the_second_citation_is_short(work: str, wanted: str) -> None:
    """Chicago Manual 14.30: family name, main title, page."""
    assert cited(Citations(ALL), work, "page", "162", short=True) == wanted


@pytest.mark.parametrize(
    ("label", "locator", "ending"),
    [
        ("page", "161-63", "), 161–63."),
        ("note", "12", "), n. 12."),
        ("section", "44.1", "), sec. 44.1."),
        ("section", "The Marsh's Al-Qaeda", "), under “The Marsh’s Al-Qaeda.”"),
        ("table", "1", "), table 1."),
        ("table", "Table 1", "), table 1."),
        ("note", "Note 12", "), n. 12."),
        ("stanza", "4", "), stanza 4."),
        (None, "7", "), 7."),
    ],
)
def test_every_locator_says_what_it_counts(label: str | None, locator: str, ending: str) -> None:
    """A section with a name is a heading (Chicago Manual 14.160)."""
    assert cited(Citations(ALL), "marsh-2020", label, locator).endswith("2020" + ending)


def test_words_read_elsewhere_are_quoted_in_it() -> None:
    """Chicago Manual 14.260; APA 8.6 says `as cited in`."""
    place = ("marsh-2020", "page", "78")
    read = "quoted in Harold J. Marsh, Craig Hill, and Charlie Fen, The Reader: Texts of the Marsh"
    note = cited(Citations(ALL), "tern-speech", quoted_in=place)
    assert (
        note
        == f"Old Tern, “Speech on the grain,” 2014, {read} (New York: Oxford University Press, 2020), 78."
    )
    apa = cited(Citations(ALL, "apa"), "tern-speech", quoted_in=place)
    assert apa == "(Old Tern, 2014, as cited in Marsh et al., 2020, p. 78)"


def test_a_note_of_several_places_has_semicolons_and_names_a_work_in_full_once() -> None:
    """The second is short; what is against it begins with its own words."""
    places = [Cite(("reed-2016", "page", "1")), Cite(("reed-2016", "page", "2"), lead="but see ")]
    assert Citations(ALL).joined(places) == (
        "Ann B. Reed, “Salt and Grain: Raids on the River,” River Studies 25, no. 2 (March 2016): 1, "
        "https://doi.org/10.1000/xyz; but see Reed, “Salt and Grain,” 2."
    )
    assert Citations(ALL, "apa").joined(places) == "(Reed, 2016, p. 1; but see Reed, 2016, p. 2)"


def test_the_authorities_of_a_paraphrase_follow_and_keep_their_n_d() -> None:
    """A list with one `and`; the point of `n.d.` stays where no full stop of the note takes its place."""
    undated = [
        {"id": i, "type": "dataset", "title": f"List of {i.title()}"} for i in ("boats", "rafts", "ferries")
    ]
    citations = Citations([*ALL, *undated])
    read = "“Speech on the grain,” 2014, 3, citing “List of Boats,” n.d."
    assert citations.joined([Cite(("tern-speech", "page", "3"), citing=("boats",))]) == f"Old Tern, {read}"
    assert citations.joined([Cite(("tern-speech", "page", "3"), citing=("boats", "rafts", "ferries"))]) == (
        f"Old Tern, {read}, “List of Rafts,” n.d., and “List of Ferries,” n.d."
    )


def test_a_style_whose_language_forms_the_dates_prints_them() -> None:
    """MLA Handbook (9th) 5.1: author, title, container, day, place on the web."""
    assert Citations(ALL, "mla").bibliography()[-2] == (
        "Tide, Tim. “An Uneasy Peace on the River.” The River Times, 18 June 2014, https://example.org/peace."
    )


def test_no_mark_is_left_over_from_what_is_not_known() -> None:
    """A work without a publisher has neither ` .` nor `,.` in the style of the APSA."""
    work = {"id": "m", "type": "manuscript", "title": "Reeds", "author": ["Fen, Charlie"]}
    assert Citations([work], "apsa").bibliography() == ["Fen, Charlie. “Reeds.” unpublished manuscript."]


def test_markdown_and_html_carry_italics() -> None:
    """And escape what would be a mark."""
    work = {"id": "a", "type": "book", "title": "A *B* & C", "author": ["Reed, Ann"], "issued": "2001"}
    assert cited(Citations([work], output="html"), "a") == "Ann Reed, <i>A *B* &amp; C</i> (2001)."
    assert cited(Citations([work], output="md"), "a") == r"Ann Reed, *A \*B\* & C* (2001)."
    assert cited(Citations([work]), "a") == "Ann Reed, A *B* & C (2001)."


def test_an_unknown_style_names_the_nearest() -> None:
    """One line."""
    with pytest.raises(NotFound, match=r"No citation style 'appa'\. Did you mean 'apa'\?"):
        Citations(ALL, "appa")


@pytest.mark.parametrize("style", ["chicago-note-bibliography", "apa"])
def test_every_work_of_the_casebook_has_an_entry(style: str) -> None:
    """No warning, no empty field, no doubled mark; letters nobody can read are left to the notes."""
    with (resource("casebook") / "sources.csv").open(encoding="utf-8") as file:
        sources = list(csv.DictReader(file))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        citations = Citations(sources, style)
        entries = citations.bibliography()
        one_of_each = {source["type"]: source["id"] for source in sources}.values()
        notes = [cited(citations, ident, "page", "1") for ident in one_of_each]
    private = {"attiya-letter-to-bin-laden", "maqdisi-letter-caliphate"}
    assert len(entries) == len(sources) - len(private)
    for text in [*entries, *notes]:
        assert not {"..", ",,", "  ", "?.", "()", "“”", ", ,", "None", "<"} & {
            text[n : n + 2] for n in range(len(text))
        }
