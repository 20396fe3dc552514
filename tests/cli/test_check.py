"""`kb check`: exit status, what goes where, and that nothing ends in a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.graph import shell
from tests.tables import AROUND, write_tables

PLEDGE = "id,from,to,act,date,evidence\np-1,red-front,blue-front,{act},2014,{evidence}\n"
FIELDS = ["table", "sheet", "row", "column", "value", "code", "severity", "message", "hint"]


def kb(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `kb check` to its end within this process."""
    done = shell.kb("check", *words)
    return subprocess.CompletedProcess([], done.status, done.out, "".join(f"{line}\n" for line in done.err))


def process(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `kb check` as a process of its own."""
    command = [sys.executable, "-m", "kb", "check", *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", env={**os.environ, **environment}
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A book without faults."""
    return write_tables(tmp_path / "good", **AROUND, pledges=PLEDGE.format(act="pledge", evidence="ev-1"))


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A book with one warning: a claim without evidence."""
    return write_tables(tmp_path / "doubtful", **AROUND, pledges=PLEDGE.format(act="pledge", evidence=""))


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A book with one fault: a misspelt code."""
    return write_tables(tmp_path / "bad", **AROUND, pledges=PLEDGE.format(act="plegde", evidence="ev-1"))


def test_a_good_book_prints_nothing_but_the_summary(good: Path) -> None:
    """Exit 0, data on stdout (none), the summary on stderr."""
    for run in (kb, process):
        done = run(good, "--strict")
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == "8 rows in 5 files: no faults.\n"


def test_a_warning_fails_only_when_strict(doubtful: Path) -> None:
    """Exit 0, or 1 with --strict; the line is the same."""
    line = (
        "pledges.csv row 2, column evidence: warning [no-evidence] no evidence for this claim. "
        "Name the passage that says it in evidence.\n"
    )
    for words, status in (((), 0), (("--strict",), 1)):
        done = kb(doubtful, *words)
        assert (done.returncode, done.stdout) == (status, line)
        assert done.stderr == "8 rows in 5 files: 0 faults, 1 warning.\n"


def test_a_fault_fails_always(bad: Path) -> None:
    """Exit 2, with and without --strict."""
    line = (
        "pledges.csv row 2, column act: error [bad-value] 'plegde' is not allowed here. "
        "Did you mean 'pledge'?\n"
    )
    for words in ((), ("--strict",)):
        done = kb(bad, *words)
        assert (done.returncode, done.stdout) == (2, line)
        assert done.stderr == "8 rows in 5 files: 1 fault, 0 warnings.\n"


def test_json_has_the_fields_of_the_model(bad: Path, good: Path) -> None:
    """Section 8, in its order; an empty list when there is nothing."""
    done = kb(bad, "--format", "json")
    assert done.returncode == 2
    (fault,) = json.loads(done.stdout)["faults"]
    assert list(fault) == FIELDS
    assert list(fault.values()) == [
        "pledges", "pledges.csv", 2, "act", "plegde", "bad-value", "error", "'plegde' is not allowed here",
        "Did you mean 'pledge'?",
    ]  # fmt: skip
    done = kb(good, "--format", "json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"faults": []})


def test_csv_has_the_same_fields(bad: Path, good: Path) -> None:
    """A header always; then a row for each fault."""
    done = kb(bad, "--format", "csv")
    assert done.returncode == 2
    header, row = csv.reader(io.StringIO(done.stdout))
    assert header == FIELDS
    assert row[:7] == ["pledges", "pledges.csv", "2", "act", "plegde", "bad-value", "error"]
    done = kb(good, "--format", "csv")
    assert (done.returncode, done.stdout) == (0, ",".join(FIELDS) + "\n")


def test_files_folders_and_workbooks_can_be_named_together(good: Path, tmp_path: Path) -> None:
    """They are one book: what one refers to may lie in another."""
    made = Workbook()
    made.worksheets[0].title = "Pledges"
    for row in (["ID", "From", "To", "Act", "Evidence"], ["p-2", "red-front", "green-army", "offer", "ev-2"]):
        made.worksheets[0].append(row)
    made.save(tmp_path / "more.xlsx")
    (tmp_path / "one.d").mkdir()
    cases = write_tables(tmp_path / "one.d", cases="id,title\nc-1,One\n") / "cases.csv"
    done = kb(good, tmp_path / "more.xlsx", cases)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "10 rows in 7 files: no faults.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["no-such-book"], "There is no file or folder no-such-book. Check the spelling of the path."),
        (["."], "The folder . holds no .csv and no .xlsx file. Name the folder of a book."),
        (["notes.txt"], "notes.txt is neither .csv nor .xlsx. Save the table as CSV UTF-8 or as XLSX."),
        ([], "Missing argument 'PATH…'. See `kb check --help`."),
        (
            ["x", "--formt", "csv"],
            "No such option '--formt'. Did you mean '--format'? See `kb check --help`.",
        ),
    ],
    ids=["nothing there", "empty folder", "other ending", "no path", "misspelt option"],
)
def test_what_cannot_be_checked_is_one_line_and_exit_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str
) -> None:
    """Nothing on stdout, one line on stderr."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").touch()
    done = kb(*words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"Error: {message}\n")


def test_a_file_that_is_no_table_at_all_is_one_fault(tmp_path: Path) -> None:
    """Other encodings, other programs' files: one line each, exit 2."""
    text = PLEDGE.format(act="pledge", evidence="свидетель")
    made = {
        "pledges 3.csv": (text.encode("cp1251"), "row 2", "the file is not UTF-8: byte 0xf1 in this row."),
        "pledges 4.csv": (b'id,from\n"p-1', "row 2", "the file is not CSV from this row on: unexpected end"),
        "pledges 5.csv": (bytes(range(128, 256)), "row 1", "the file is not UTF-8: byte 0x80 in this row."),
        "pledges 6.xlsx": (
            b"PK\x03\x04 and no more",
            "",
            "the file is not an XLSX workbook (File is not a zip",
        ),
    }
    for name, (data, _, _) in made.items():
        (tmp_path / name).write_bytes(data)
    done = kb(tmp_path)
    assert done.returncode == 2
    lines = done.stdout.splitlines()
    assert len(lines) == len(made)
    for line, (name, (_, row, message)) in zip(lines, made.items(), strict=True):
        assert line.startswith(f"{name} {row}".rstrip())
        assert f"error [type-error] {message}" in line


def test_what_was_read_otherwise_is_said_in_one_line(good: Path) -> None:
    """On stderr, since it is no fault; the table is read."""
    ties = "id;from;to;tie_type;note;evidence\nt-1;red-front;blue-front;rivalry;Été;ev-1\n"
    (good / "ties.csv").write_bytes(ties.encode("cp1252"))
    done = kb(good, "--strict")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        "ties.csv is Windows-1252 and separated by semicolons, read as such. If Été looks wrong, save the "
        "file as 'CSV UTF-8'.\n9 rows in 6 files: no faults.\n"
    )


def test_ten_thousand_faults_stay_readable(tmp_path: Path) -> None:
    """Fifty lines, the number of each kind and where it begins; CSV and JSON have them all."""
    rows = "".join(
        f"p-{n},red-front,blue-front,{'plegde' if n % 2 else 'pledge'},"
        f"{'1/2/2014' if n % 5 == 0 else date(1970, 1, 1) + timedelta(n)},"
        f"ev-1,o-{n}\n"
        for n in range(15_000)
    )
    header = "id,from,to,act,date,evidence,occurrence\n"
    folder = write_tables(tmp_path, **AROUND, pledges=header + rows)
    done = shell.kb("check", folder)
    assert done.status == 2
    lines = done.out.splitlines()
    assert len(lines) == 54
    assert lines[0].startswith("pledges.csv row 2, column date: error [date-syntax] '1/2/2014'")
    assert lines[50:] == [
        "… and 10,450 more. All 10,500 by code and column:",
        "    7,500  bad-value (error), column act; first in pledges.csv row 3",
        "    3,000  date-syntax (error), column date; first in pledges.csv row 2",
        "For all of them: --format csv or --format json.",
    ]
    assert done.err == ["15,007 rows in 5 files: 10,500 faults, 0 warnings."]
    assert len(json.loads(shell.kb("check", folder, "--format", "json").out)["faults"]) == 10_500
    assert len(list(csv.reader(io.StringIO(shell.kb("check", folder, "--format", "csv").out)))) == 10_501


def test_output_in_another_encoding_is_no_crash(tmp_path: Path) -> None:
    """On a terminal that knows no Arabic."""
    folder = write_tables(tmp_path, cases="id,title\nجبهة,x\n")
    for form in ("text", "csv", "json"):
        assert process(folder, "--format", form, PYTHONIOENCODING="ascii").returncode == 2


def test_a_full_disk_is_one_line(bad: Path) -> None:
    """When what is printed cannot be written; and a reader that goes away is no error."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "kb", "check", str(bad)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == "Error: No space left on device. Check the disk and the permissions.\n"


def test_check_needs_neither_driver_nor_server(bad: Path, tmp_path: Path) -> None:
    """The driver is not even loaded, and no store is made."""
    code = (
        "import sys; from kb.cli import main\n"
        "try: main(['check', sys.argv[1]])\n"
        "finally: print('neo4j' in sys.modules, 'pandas' in sys.modules, file=sys.stderr)"
    )
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "-c", code, str(bad)],
        capture_output=True,
        text=True,
        env={**os.environ, "KB_HOME": str(home)},
    )
    assert done.stderr.splitlines()[-1] == "False False"
    assert not home.exists()
