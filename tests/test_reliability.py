"""Two coders of one book: the measures on published examples, and the book of what they must decide."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from nltk.metrics.agreement import AnnotationTask
from openpyxl import load_workbook

from kb.analysis.reliability import measure, reliability
from loaders.tables import read_book
from tests.graph.books import write_book
from tests.graph.shell import kb

HEAD = "id,from,to,act,date,coder,evidence\n"
ACTORS = "id,name,kind\nalpha,Alpha,militant_group\nbeta,Beta,militant_group\ngamma,Gamma,militant_group\n"
EVIDENCE = "id,found_in,summary\npassage,work,Says that it happened\n"
SOURCES = "id,type,title\nwork,book,A work\n"
ONE = HEAD + "p1,alpha,beta,pledge,2014,mk,passage\np2,gamma,beta,offer,2015,mk,passage\n"
TWO = HEAD + "p1,alpha,beta,renew,,js,passage\np3,gamma,alpha,offer,2015,js,passage\n"


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a table written as CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def coded(text: str) -> np.ndarray:
    """Letters as numbers."""
    return np.array([ord(letter) - ord("a") for letter in text])


@pytest.fixture
def books(tmp_path: Path) -> tuple[Path, Path]:
    """The same book by two coders: one row agreed on in part, one row each that the other has not."""
    rest = {"actors": rows(ACTORS), "evidence": rows(EVIDENCE), "sources": rows(SOURCES)}
    return (
        write_book(tmp_path / "one", {"pledges": rows(ONE), **rest}),
        write_book(tmp_path / "two", {"pledges": rows(TWO), **rest}),
    )


@pytest.mark.parametrize(
    ("first", "second", "agreement", "alpha"),
    [
        ("abaaaaaaba", "bbbaabaaaa", 0.6, 0.095),  # Krippendorff 2011, two observers, binary
        ("aabbdcccedda", "babbbccceddd", 0.75, 0.692),  # the same, five values
    ],
)
def test_alpha_is_that_of_the_published_examples(
    first: str, second: str, agreement: float, alpha: float
) -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A and B."""
    shares, _, alphas = measure(coded(first), coded(second), resamples=9)
    assert shares.value == pytest.approx(agreement)
    assert alphas.value == pytest.approx(alpha, abs=0.0006)


def test_kappa_is_that_of_the_textbook() -> None:
    """20 and 15 of 50 on the diagonal, margins 25:25 and 30:20: kappa = (0.7 - 0.5) / (1 - 0.5) = 0.4."""
    first = coded("a" * 25 + "b" * 25)
    second = coded("a" * 20 + "b" * 5 + "a" * 10 + "b" * 15)
    _, kappa, _ = measure(first, second, resamples=99)
    assert kappa.value == pytest.approx(0.4)
    assert kappa.low is not None
    assert kappa.high is not None
    assert kappa.low < 0.4 < kappa.high


def test_kappa_and_alpha_are_those_of_another_library() -> None:
    """NLTK computes both by other means, from a list of judgements."""
    chance = random.Random(3)  # noqa: S311
    for size, letters in ((7, "ab"), (40, "abc"), (90, "abcdefgh")):
        first = "".join(chance.choices(letters, k=size))
        second = "".join(a if chance.random() < 0.6 else chance.choice(letters) for a in first)
        judged = [(who, n, value) for who, text in enumerate((first, second)) for n, value in enumerate(text)]
        _, kappa, alpha = measure(coded(first), coded(second), resamples=9)
        task = AnnotationTask(judged)
        assert kappa.value == pytest.approx(task.kappa())
        assert alpha.value == pytest.approx(task.alpha())


def test_a_single_value_throughout_leaves_nothing_to_measure() -> None:
    """Complete agreement on one value: 100 %, and no kappa, rather than a perfect one."""
    units = pd.DataFrame(
        [("pledges", n, "act", "pledge", "pledge") for n in range(5)],
        columns=["table", "record", "column", "first", "second"],
    )
    (row,) = reliability(units).to_dict("records")
    assert (row["n"], row["agreement"]) == (5, 1.0)
    assert pd.isna(row["kappa"])
    assert pd.isna(row["alpha"])


def test_not_coded_against_coded_is_a_disagreement_and_two_empty_cells_are_nothing() -> None:
    """One cell empty on one side counts against, one empty on both sides is left out."""
    cells = [("2014", "2014"), ("2014", ""), ("", ""), ("2015", "2015")]
    units = pd.DataFrame(
        [("pledges", n, "date", *pair) for n, pair in enumerate(cells)],
        columns=["table", "record", "column", "first", "second"],
    )
    (row,) = reliability(units, resamples=9).to_dict("records")
    assert row["n"] == 3
    assert row["agreement"] == pytest.approx(2 / 3)


def test_the_command_prints_one_row_for_each_column(books: tuple[Path, Path]) -> None:
    """Only rows of both books are compared; the others are named."""
    done = kb("reliability", *books, "--format", "csv")
    assert done.status == 0, done.err
    rows = {tuple(line.split(",")[:2]): line.split(",")[2:5] for line in done.out.splitlines()[1:]}
    assert rows["pledges", "act"] == ["1", "2", "0.0"]
    assert rows["pledges", "from"] == ["1", "1", "1.0"]
    assert rows["pledges", "date"] == ["1", "2", "0.0"]
    assert ("pledges", "coder") not in rows
    assert "p2 (pledges)" in " ".join(done.err)
    assert "p3 (pledges)" in " ".join(done.err)


def test_coders_who_agree_throughout_are_told_so(books: tuple[Path, Path]) -> None:
    """A book against itself: no row of differences, one line."""
    done = kb("reliability", books[0], books[0])
    assert (done.status, done.out) == (0, "")
    assert "the coders agree in every cell" in " ".join(done.err)


def test_the_sheet_loads_when_every_cell_is_decided(books: tuple[Path, Path], tmp_path: Path) -> None:
    """UNDECIDED is refused with its place; the decided sheet is a book without faults."""
    sheet = tmp_path / "decide.xlsx"
    done = kb("reliability", *books, "--sheet", sheet)
    assert done.status == 0, done.err
    assert "4 cells to decide" in " ".join(done.err)
    refused = kb("check", sheet)
    assert refused.status == 2
    assert refused.out.count("the coders differ here and nobody has decided") == 4
    _decide(sheet, {("p1", "act"): "renew", ("p1", "date"): "2014", ("p2", "from"): "gamma"}, drop="p3")
    book = read_book([sheet])
    assert book.errors == []
    pledges = {placed.record.ident: placed.record.cells() for placed in book.of("pledges")}
    assert set(pledges) == {"p1", "p2"}
    assert (pledges["p1"]["act"], pledges["p1"]["date"]) == ("renew", "2014")
    assert pledges["p1"]["coder"] == "js and mk"


def _decide(sheet: Path, values: dict[tuple[str, str], str], drop: str) -> None:
    workbook = load_workbook(sheet)
    pledges = workbook["pledges"]
    header = [cell.value for cell in pledges[1]]
    for row in range(pledges.max_row, 1, -1):
        ident = str(pledges.cell(row, 1).value)
        for (key, column), value in values.items():
            if key == ident:
                pledges.cell(row, header.index(column) + 1).value = value
        if ident == drop:
            pledges.delete_rows(row)
    workbook.save(sheet)


def test_a_sheet_that_is_there_is_not_overwritten(books: tuple[Path, Path], tmp_path: Path) -> None:
    """Without --force the decisions of an afternoon stay."""
    sheet = tmp_path / "decide.xlsx"
    sheet.write_text("mine")
    done = kb("reliability", *books, "--sheet", sheet)
    assert done.status == 2
    assert f"{sheet} exists already. Choose another name, or add --force." in " ".join(done.err)
    assert sheet.read_text() == "mine"


def test_books_without_common_rows_are_refused(books: tuple[Path, Path], tmp_path: Path) -> None:
    """Two books that cannot be compared: one line, exit 2."""
    other = write_book(tmp_path / "other", {"cases": rows("id,title\nc1,A case\n")})
    done = kb("reliability", books[0], other)
    assert done.status == 2
    assert "The two books have no table in common." in " ".join(done.err)
