"""The files of outside sources: what is read, and what is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from kb.errors import InputError
from loaders.outside import read_rows

NEITHER = "is neither a CSV file in UTF-8 nor an XLSX workbook. Give the file as it was published."


def refused(path: Path) -> str:
    """What is said of a file that should have the columns id and name."""
    with pytest.raises(InputError) as caught:
        read_rows(path, ("id", "name"), "the source", "Give the right one.")
    return str(caught.value)


def test_a_csv_file_with_a_bom_is_read(tmp_path: Path) -> None:
    """Header names in any case, outer blanks gone, rows numbered as a spreadsheet shows them."""
    path = tmp_path / "a.csv"
    path.write_text('\ufeffId, Name \n7,"Ümit, the second" \n\n8,B\n', "utf-8")
    rows = read_rows(path, ("id", "name"), "the source")
    assert [(row.number, row["id"], row["name"]) for row in rows] == [
        (2, "7", "Ümit, the second"),
        (4, "8", "B"),
    ]


def test_a_workbook_is_read_by_what_it_is_not_by_its_name(tmp_path: Path) -> None:
    """Numbers have no .0, an empty cell is empty; also when the file is called .csv."""
    book = Workbook()
    for row in (["id", "name", "more"], [7, "A", 1.0], [8, "B"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "a.xlsx")
    path = (tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
    assert [dict(row.cells) for row in read_rows(path, ("id",), "the source")] == [
        {"id": "7", "name": "A", "more": "1"},
        {"id": "8", "name": "B", "more": ""},
    ]


def test_a_list_in_a_cell_has_no_stray_blanks(tmp_path: Path) -> None:
    """Comma lists with blanks before and behind, and an empty place."""
    path = tmp_path / "a.csv"
    path.write_text('id,name\n"1 , 2,,3 ",x\n', "utf-8")
    assert read_rows(path, ("id",), "the source")[0].listed("id") == ["1", "2", "3"]


def test_a_file_without_the_columns_is_another_file(tmp_path: Path) -> None:
    """The first four that are missing, and how many more."""
    path = tmp_path / "a.csv"
    path.write_text("id\n1\n", "utf-8")
    assert refused(path) == f"{path} is not the source: it has no column name. Give the right one."
    with pytest.raises(InputError) as caught:
        read_rows(path, ("a", "b", "c", "d", "e", "f"), "the source")
    assert (
        str(caught.value)
        == f"{path} is not the source: it has no column a, b, c, d and 2 more. Check the file."
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not the source: it has no column id, name. Give the right one."),
        (b"id,name\n", "holds no rows. Check the file."),
        (b"id,name\n1\n", "row 2 has 1 cells, the header 2. The file is damaged; get it again."),
        (b"\xd0\xcf\x11\xe0", NEITHER),
        (b"id,name\n1,\xe9\n", NEITHER),
        (b"PK\x03\x04junk", "is not an XLSX workbook (File is not a zip file). Get the file again."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    """Empty, cut off, old Excel, another encoding, broken."""
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert refused(path) == f"{path} {message}"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere."""
    assert (
        refused(tmp_path / "none")
        == f"{tmp_path / 'none'} cannot be read: No such file or directory. Check the path."
    )


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    """A quotation mark that is never closed swallows the file."""
    path = tmp_path / "a.csv"
    path.write_text('id,name\n1,"' + "x" * 10_000_001, "utf-8")
    assert refused(path).startswith(f"{path} is not a CSV file (field larger than field limit (")
