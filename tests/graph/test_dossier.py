"""`kb dossier` on the casebook: what is in it, that each sentence can be traced, and the files."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from kb.export.dossier.facts import Facts
from kb.export.dossier.gather import gather
from kb.export.dossier.written import written
from kb.graph import Graph
from tests.conftest import CHROMIUM
from tests.graph.shell import kb

DAY = date(2026, 11, 21)
STYLE = "chicago-note-bibliography"


@pytest.fixture(scope="module")
def facts(casebook_graph: Graph) -> Facts:
    """What the casebook has on Boko Haram."""
    return gather(casebook_graph, ["Boko Haram"], DAY)


@pytest.fixture(scope="module")
def text(facts: Facts) -> str:
    """The dossier of Boko Haram as Markdown."""
    return str(written(facts, "bh", "md", STYLE, lambda *_: None)[""])


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |^\[\^1\]: )", text, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def test_it_tells_what_the_casebook_says_of_boko_haram(text: str) -> None:
    """The pledge on its day, the tie with its class, what is disputed, and on what nobody speaks."""
    assert text.startswith("# Boko Haram\n\n*Made on 21 November 2026 from the graph as of load-")
    assert "Boko Haram is a militant group (Nigeria)." in text
    assert "The one cooperative tie, with Islamic State, is material." in text
    assert re.search(r"\| 7 March 2015; or March 2015 \| Boko Haram pledged itself to Islamic State", text)
    assert "### A material tie" in section(text, "Ties")
    assert "Islamic State allegedly gave Boko Haram operational support" in section(text, "What is disputed")
    unknown = section(text, "What is not known")
    assert "Any of the five kinds: from Boko Haram to Islamic State." in unknown
    assert (
        "Material, territorial, training or financial support: from Islamic State to Boko Haram." in unknown
    )


def test_every_claim_and_passage_can_be_traced(facts: Facts, text: str) -> None:
    """Each id of a claim and of its evidence stands in a note, and each note is used."""
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.MULTILINE))
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert used == set(notes)
    named = set(re.findall(r"`([^`]+)`", " ".join(notes.values())))
    wanted = {claim.id for claim in facts.claims} | {c.evidence for f in facts.claims for c in f.cites}
    assert wanted <= named


def test_no_section_is_empty_and_no_word_of_the_machine_is_left(text: str) -> None:
    """A heading is followed by something; no codes, no None, no empty brackets."""
    assert not re.search(r"^(#+) .*\n+(?:## |\[\^)", text, re.MULTILINE)
    body = text[: text.index("\n[^1]: ")]
    assert not re.search(r"\bNone\b|not_stated|militant_group|\(\)|\[\]| ,|\.\.(?!\.)", body)


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        (["Boko Haram", "islamic-state"], "pair", "# Boko Haram and Islamic State"),
        (["boko-haram-pledge-to-is"], "claim", "## Readings"),
        (["case-boko-haram"], "case", "# Boko Haram"),
    ],
)
def test_pairs_claims_and_cases_have_a_dossier(
    casebook: Graph, asked: list[str], kind: str, said: str
) -> None:
    """A claim is told with all readings of its occurrence, a pair without third parties."""
    found = gather(casebook, asked, DAY)
    assert found.kind == kind
    assert said in str(written(found, "x", "md", STYLE, lambda *_: None)[""])
    if kind == "pair":
        assert all(
            {"boko-haram", "islamic-state"} <= f.actors or f.cells.get("occurrence") for f in found.claims
        )
    if kind == "claim":
        assert [f.id for f in found.claims] == [
            "bp-pledge-boko-haram-2015-03", "pp-pledge-boko-haram", "pp-t1-23-boko-haram",
        ]  # fmt: skip


@pytest.mark.usefixtures("casebook")
def test_files_are_written_and_never_over_others(tmp_path: Path) -> None:
    """A Markdown file has its figures beside it; an existing file is refused, and stays, without --force."""
    out = tmp_path / "pledge.md"
    done = kb("dossier", "red-brigades", "--out", out)
    assert done.status == 0, done.err
    figures = re.findall(r"!\[.*?\]\((.*?)\)", out.read_text("utf-8"))
    assert figures
    assert all((tmp_path / name).read_bytes().startswith(b"<?xml") for name in figures)
    (tmp_path / figures[0]).write_text("mine")
    out.unlink()
    refused = kb("dossier", "red-brigades", "--out", out)
    assert refused.status == 2
    assert "exists already" in refused.err[-1]
    assert not out.exists()
    assert (tmp_path / figures[0]).read_text() == "mine"


@pytest.mark.usefixtures("casebook")
@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["Boko Haran", "--out", "x.md"], 1, "Nearest: Boko Haram (boko-haram"),
        (["bp-pledge-boko-haram-2015-3", "--out", "x.md"], 1, "Nearest: "),
        (["a", "b", "c", "--out", "x.md"], 2, "one or two, not 3"),
        (["boko-haram", "Boko Haram", "--out", "x.md"], 2, "Both names mean Boko Haram"),
        (["boko-haram", "--out", "x.pdf"], 2, "End it in .md, .html, .docx."),
        (["boko-haram", "--out", "gone/x.md"], 2, "There is no folder gone"),
        (["boko-haram", "--out", "x.md", "--style", "no-such-style"], 1, "no-such-style"),
    ],
)
def test_what_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], status: int, said: str
) -> None:
    """Unknown and doubtful names, other endings, folders and styles that are not there; nothing is left."""
    monkeypatch.chdir(tmp_path)
    done = kb("dossier", *words)
    assert (done.status, len(done.err)) == (status, 1)
    assert said in done.err[0]
    assert not list(tmp_path.iterdir())


@pytest.mark.browser
def test_a_browser_shows_the_page_and_prints_it(facts: Facts, tmp_path: Path) -> None:
    """Chromium finds the sections, figures, and every note behind its mark; the print has pages."""
    page = tmp_path / "bh.html"
    page.write_text(str(written(facts, "bh", "html", STYLE, lambda *_: None)[""]), "utf-8")
    shown = chromium(tmp_path, page, "--dump-dom").stdout
    assert re.findall(r"<h1>(.*?)</h1>", shown) == ["Boko Haram"]
    assert shown.count("<svg ") == 2
    marks, notes = set(re.findall(r'href="#note-(\d+)"', shown)), set(re.findall(r'id="note-(\d+)"', shown))
    assert marks == notes
    assert not re.search(r'<script|(?:src|href)="(?!#)|url\((?!#)', shown)
    chromium(tmp_path, page, f"--print-to-pdf={tmp_path / 'bh.pdf'}", "--no-pdf-header-footer")
    printed = (tmp_path / "bh.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) > 3


def chromium(folder: Path, page: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Chromium on a page, with a profile of its own and nothing from the network."""
    assert CHROMIUM
    quiet = ["no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"]
    flags = [f"--{flag}" for flag in ("headless", "no-sandbox", "disable-gpu", *quiet)]
    command = [CHROMIUM, *flags, f"--user-data-dir={folder / 'profile'}", *words, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
