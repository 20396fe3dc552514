"""`kb import` without a graph: books of made-up files, and wrong files."""

from __future__ import annotations

from pathlib import Path

from tests.graph.shell import kb
from tests.loaders import sources

DATA = Path(__file__).parent.parent / "data"
GIVER = {"ext_id": "9002", "ext_name": "Made-up Giver", "ext_count_ns": "1", "ext_w_ns": "1"}


def test_each_source_becomes_a_book_that_checks(tmp_path: Path) -> None:
    """Folder or workbook; --no-match asks no graph."""
    actors = sources.actors(tmp_path / "actor.csv", {"ActorId": "9001", "NameData": "Made-up A"})
    files: list[list[str | Path]] = [
        ["ucdp-esd", sources.esd(tmp_path / "esd.csv", GIVER)],
        ["ucdp-actor", actors],
        ["ucdp-nonstate", sources.nonstate(tmp_path / "ns.csv", {})],
        ["mgar", DATA / "mgar_made_up.csv", "--names", DATA / "mgar_names_made_up.csv"],
    ]
    for words in files:
        for book in (tmp_path / f"{words[0]}", tmp_path / f"{words[0]}.xlsx"):
            done = kb("import", *words, "--book", book, "--no-match")
            assert (done.status, done.out) == (0, ""), done.err
            assert kb("check", "--strict", book).status == 0


def test_a_book_that_is_there_stays(tmp_path: Path) -> None:
    """Only --force writes over it."""
    words = [
        "import",
        "ucdp-esd",
        sources.esd(tmp_path / "esd.csv", GIVER),
        "--book",
        tmp_path / "book",
        "--no-match",
    ]
    assert kb(*words).status == 0
    there = f"Error: {tmp_path / 'book'} holds a book already (actors.csv)."
    assert kb(*words).err == [f"{there} Choose another folder, or add --force."]
    assert kb(*words, "--force").status == 0


def test_a_wrong_file_is_one_line(tmp_path: Path) -> None:
    """The file of another source, a missing one, MGAR without its names: exit status 2, no book."""
    nonstate = sources.nonstate(tmp_path / "ns.csv", {})
    mgar = DATA / "mgar_made_up.csv"
    for words, message in (
        (["ucdp-actor", nonstate], f"{nonstate} is not UCDP Actor 22.1: it has no column ActorId, NameData, "
         "NameOrig, NameOrigFull and 17 more. Give the file ucdp-actor-221.csv."),
        (["ucdp-esd", tmp_path / "none"], f"{tmp_path / 'none'} cannot be read: No such file or directory. "
         "Check the path."),
        (["mgar", mgar], "Missing option '--names'. See `kb import mgar --help`."),
        (["mgar", mgar, "--names", mgar], f"{mgar} is no list of groups: it needs a column group_id and a "
         "column group_name. Name its columns so."),
    ):  # fmt: skip
        done = kb("import", *words, "--book", tmp_path / "book", "--no-match")
        assert (done.status, done.err) == (2, [f"Error: {message}"])
        assert not (tmp_path / "book").exists()
