"""BibTeX and RIS, read back by readers that others wrote or that follow the specification."""

from __future__ import annotations

import csv
import re
import warnings
from pathlib import Path

import pytest

from kb.export.bibtex import bibtex, escaped
from kb.export.csl import csl_json, items
from kb.export.ris import ris
from kb.model import SOURCE_TYPES
from kb.paths import resource
from tests.export.sources import ALL, ARTICLE, CAPTURED, CHAPTER

EVERY_TYPE = [{"id": f"a-{kind}", "type": kind, "title": "A"} for kind in SOURCE_TYPES]


@pytest.fixture(scope="module")
def casebook_sources() -> list[dict[str, str]]:
    """All works of the casebook."""
    with (resource("casebook") / "sources.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_an_article_in_bibtex() -> None:
    """Pages with two hyphens, the month as a macro, the remark where no style prints it."""
    assert (
        bibtex([ARTICLE])
        == """\
@article{reed-2016,
  author = {Reed, Ann B.},
  title = {{Salt and Grain: Raids on the River}},
  journal = {River Studies},
  volume = {25},
  number = {2},
  pages = {353--384},
  year = {2016},
  month = mar,
  doi = {10.1000/xyz},
  language = {en},
  annote = {read in print},
}
"""
    )


def test_an_archive_in_bibtex() -> None:
    """Archive and number have fields, and `howpublished` prints them."""
    text = bibtex([CAPTURED])
    assert "  howpublished = {Mud Archive, MUD-2001-0042},\n" in text
    assert "  archive_location = {MUD-2001-0042},\n" in text


def test_latex_finds_no_command_in_a_text() -> None:
    """Letters of other scripts stay."""
    assert escaped("50% & a_b #1 {x} ~ ^ $ \\ é 三") == (
        r"50\% \& a\_b \#1 \{x\} \textasciitilde{} \textasciicircum{} \$ \textbackslash{} é 三"
    )


def test_a_bibtex_reader_reads_every_work_back(
    casebook_sources: list[dict[str, str]], tmp_path: Path
) -> None:
    """Keys, titles, years and names are those of the CSL items."""
    from citeproc.source.bibtex import BibTeX

    path = tmp_path / "works.bib"
    path.write_text(bibtex([*casebook_sources, *EVERY_TYPE]), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it knows no archive
        read = BibTeX(str(path), encoding="utf-8")
    assert len(read) == len(casebook_sources) + len(EVERY_TYPE)
    for work in items(casebook_sources):
        found = read[work["id"]]
        families = [name.get("family") or name.get("literal") for name in work.get("author", [])]
        if not any(" and " in family for family in families):  # braces keep `and`, but not for this reader
            assert [n.get("family") or n.get("literal") for n in found.get("author", [])] == families
        if "volume" in work:
            assert str(found["volume"]) == work["volume"]


def records(text: str) -> list[dict[str, list[str]]]:
    """RIS as its specification reads it: tag, two blanks, hyphen, blank, value; `ER` ends a record."""
    found: list[dict[str, list[str]]] = [{}]
    for line in filter(None, text.split("\n")):
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "ER":
            found.append({})
        else:
            found[-1].setdefault(match[1], []).append(match[2])
    assert found.pop() == {}
    return found


def test_a_chapter_in_ris() -> None:
    """Editors, container, place and year."""
    (found,) = records(ris([CHAPTER]))
    assert (found["TY"], found["AU"], found["ED"]) == (
        ["CHAP"],
        ["Bank, Dennis A."],
        ["Oar, Paul K.", "Sail, Kim"],
    )
    assert (found["T2"], found["CY"], found["DA"]) == (["Boats and Rafts"], ["Ithaca, NY"], ["1992///"])


def test_ris_reads_back(casebook_sources: list[dict[str, str]]) -> None:
    """One record for each work and each type, with pages, archive and number."""
    found = records(ris([*casebook_sources, *EVERY_TYPE]))
    assert [one["ID"] for one in found] == [[work["id"]] for work in [*casebook_sources, *EVERY_TYPE]]
    article, *_, captured, _ = records(ris(ALL))
    assert (article["SP"], article["EP"], captured["AN"]) == (["353"], ["384"], ["MUD-2001-0042"])


def test_csl_json_is_a_list_of_items() -> None:
    """Unicode as it is."""
    assert csl_json([CAPTURED]).startswith('[\n  {\n    "id": "mud-42",')
