"""`kb verify` on a made-up book: verdicts, exit status, and what `--fill` writes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kb.evidence.norm import sum_of
from kb.loading.export import csv_text
from tests.graph.shell import Done, kb

REPORT = """A made-up report.

“The river men took grain, salt and two boats from the hill people
before the first frost came.” Later it says “they sent back

[page 2]

nothing but old rope”. Twice it has “a poor and bitter winter”, first here, “a poor and bitter winter” there.
"""
SOURCES = [
    ["id", "type", "title", "text"],
    ["report", "report", "A made-up report", "report.txt"],
    ["letter", "document", "A made-up letter", ""],
]
EVIDENCE = [
    ["id", "found_in", "quote_start", "quote_end", "quote_words", "summary"],
    ["long", "report", "The river men took grain, salt", "the first frost came.", "16", "a raid"],
    ["cut", "report", "they sent | nothing but", "back | old rope", "7", "what came back"],
    ["plain", "report", "", "", "", "a passage without quotation marks"],
]
FAULTY = [
    ["twice", "report", "a poor and bitter winter", "", "5", "a winter"],
    ["gone", "report", "The river men stole grane and salt", "", "7", "another raid"],
    ["letters", "letter", "they wrote to us in spring", "", "6", "a letter"],
    ["unknown", "elsewhere", "they wrote to us in spring", "", "6", "a letter"],
]
LONG = sum_of(
    "The river men took grain, salt and two boats from the hill people before the first frost came."
)
CUT = sum_of("they sent back nothing but old rope")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with two quotations that can be found, in the folder `book`; its text is in `texts`."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "report.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "book").mkdir()
    write(tmp_path / "book", EVIDENCE)
    return tmp_path / "book"


def write(book: Path, evidence: list[list[str]]) -> None:
    (book / "sources.csv").write_text(csv_text(SOURCES))
    (book / "evidence.csv").write_text(csv_text(evidence))


def verify(book: Path, *options: str) -> Done:
    return kb("verify", str(book), "--texts", str(book.parent / "texts"), *options)


def verdicts(done: Done) -> dict[str, str]:
    return {row["evidence"]: row["verdict"] for row in json.loads(done.out)}


def test_quotations_without_a_sum_are_unchecked(book: Path) -> None:
    """A book whose quotations were never summed fails, and says what to write."""
    done = verify(book)
    assert done.status == 1
    assert done.out.splitlines()[0] == "report: 2 unchecked"
    assert "unchecked long (evidence.csv row 2, column quote_sha256)" in done.out
    assert done.err == ["2 quotations: 2 unchecked.", "Sums that are missing are written by --fill."]


def test_fill_writes_the_sums_and_nothing_else(book: Path) -> None:
    """After --fill all is exact, also when asked again; the other cells are as they were."""
    done = verify(book, "--fill")
    assert done.status == 0
    assert done.out == "report: 2 exact\n"
    assert verify(book).status == 0
    assert (book / "evidence.csv").read_text() == csv_text(
        [[*row, {"id": "quote_sha256", "long": LONG, "cut": CUT}.get(row[0], "")] for row in EVIDENCE]
    )
    text = hashlib.sha256(REPORT.encode()).hexdigest()
    assert (book / "sources.csv").read_text() == csv_text(
        [[*row, {"id": "text_sha256", "report": text}.get(row[0], "")] for row in SOURCES]
    )


def test_fill_twice_writes_nothing(book: Path) -> None:
    """What is filled is not touched again."""
    verify(book, "--fill")
    before = [(p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(book.iterdir())]
    assert verify(book, "--fill").err == ["2 quotations: 2 exact."]
    assert [(p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(book.iterdir())] == before


def test_a_workbook_is_verified_and_filled(book: Path) -> None:
    """The same for a book in one .xlsx file."""
    path = book.parent / "book.xlsx"
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in (("evidence", EVIDENCE), ("sources", SOURCES)):
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    assert "evidence long" not in verify(path).out
    assert "(book.xlsx [evidence] row 2, column quote_sha256)" in verify(path).out
    assert verify(path, "--fill").status == 0
    assert verify(path).status == 0
    assert [cell.value for cell in load_workbook(path)["evidence"]["G"]] == ["quote_sha256", LONG, CUT, None]


def test_each_verdict_has_its_line_and_status(book: Path) -> None:
    """Lost and ambiguous fail with their place and the nearest words; no_text is only said."""
    write(book, EVIDENCE + FAULTY)
    verify(book, "--fill")
    done = verify(book)
    lines = {line.split()[1]: line for line in done.out.splitlines() if line.startswith("  ")}
    assert done.status == 1
    assert set(lines) == {"twice", "gone", "letters", "unknown"}
    assert lines["twice"].startswith(
        "  ambiguous twice (evidence.csv row 5, column quote_start): it stands 2"
    )
    assert lines["gone"].startswith("  lost gone (evidence.csv row 6, column quote_start): the first words")
    assert "nearest, line 3: “The river men took grain, salt and" in lines["gone"]
    assert lines["letters"].endswith(
        "no_text letters (evidence.csv row 7, column found_in): the source names no text"
    )
    assert lines["unknown"].endswith("the source is not in the book")


def test_json_lists_evidence_verdict_source_and_nearest(book: Path) -> None:
    """Evidence without a selector is not listed; nearest is null when there is nothing to show."""
    write(book, EVIDENCE + FAULTY)
    done = verify(book, "--format", "json", "--fill")
    rows = json.loads(done.out)
    assert all(list(row) == ["evidence", "verdict", "source", "nearest"] for row in rows)
    assert rows[0] == {"evidence": "long", "verdict": "exact", "source": "report", "nearest": None}
    assert verdicts(done) == {
        "long": "exact",
        "cut": "exact",
        "twice": "ambiguous",
        "gone": "lost",
        "letters": "no_text",
        "unknown": "no_text",
    }
    assert next(row for row in rows if row["evidence"] == "gone")["nearest"].startswith("The river men took")


def test_without_its_text_a_quotation_only_warns(book: Path) -> None:
    """A reader who has no texts is not told that the book is wrong."""
    (book.parent / "texts" / "report.txt").unlink()
    done = verify(book, "--fill")
    assert done.status == 0
    assert done.out.count("no_text") == 3
    assert "there is no report.txt in" in done.out
    assert "sha256" not in (book / "evidence.csv").read_text()


def test_a_text_that_changed_is_a_fault(book: Path) -> None:
    """The row of the source is named; its quotations are still looked for, and none is summed anew."""
    verify(book, "--fill")
    with (book / "evidence.csv").open("a") as file:
        file.write("new,report,They met in the old mill.,,6,a meeting,\n")
    text = book.parent / "texts" / "report.txt"
    text.write_text(REPORT.replace("two boats", "ten boats") + "They met in the old mill.", encoding="utf-8")
    done = verify(book, "--fill", "--format", "json")
    assert done.status == 1
    assert "sources.csv row 2, column text_sha256: changed: the text report.txt of report" in done.err[0]
    assert verdicts(done) == {"long": "changed", "cut": "exact", "new": "unchecked"}
    assert not any("Wrote" in line for line in done.err)


def test_a_text_that_changed_elsewhere_is_a_fault_too(book: Path) -> None:
    """When every quotation is still exact, the exit status tells that the file is another one."""
    verify(book, "--fill")
    text = book.parent / "texts" / "report.txt"
    text.write_text(REPORT + "A new last line.\n", encoding="utf-8")
    done = verify(book)
    assert (done.status, done.out) == (1, "report: 2 exact\n")
    assert "column text_sha256" in done.err[0]


def test_a_book_with_faulty_selectors_is_not_verified(book: Path) -> None:
    """A selector longer than allowed has its fault with row and column, and exit status 2."""
    long = "The river men took grain, salt and two boats"
    write(book, [*EVIDENCE, ["more", "report", long, "", "9", "a raid"]])
    done = verify(book)
    assert done.status == 2
    assert "evidence.csv row 5, column quote_start" in done.err[0]
    assert "[quote-length] 9 words, at most 8 are allowed" in done.err[0]
    assert done.out == ""


def test_faults_of_other_tables_do_not_matter(book: Path) -> None:
    """Quotations can be proved while claims are still being coded."""
    (book / "pledges.csv").write_text("id,from,to,act\np1,a-group,b-group,sings\n")
    assert verify(book, "--fill").status == 0


def test_a_folder_that_is_not_there_is_one_line(book: Path) -> None:
    """Wrong paths and missing options are input errors."""
    for words in ((book, "--texts", "nowhere"), (book,), ("nowhere", "--texts", book)):
        done = kb("verify", *words)
        assert (done.status, len(done.err)) == (2, 1)


def test_a_book_without_quotations_is_proved(book: Path) -> None:
    """Nothing to find is nothing lost."""
    write(book, [EVIDENCE[0], EVIDENCE[3]])
    done = verify(book)
    assert (done.status, done.out) == (0, "")
    assert done.err == ["0 quotations: none to find."]


def test_sums_go_to_the_evidence_even_when_a_claim_took_its_id(book: Path) -> None:
    """A claim that wrongly bears the id of an evidence is the business of `kb check`."""
    (book / "pledges.csv").write_text("id,from,to,act\nlong,a-group,b-group,pledge\n")
    assert verify(book, "--fill").status == 0
    assert "sha256" not in (book / "pledges.csv").read_text()
