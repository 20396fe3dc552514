"""The marks of a manuscript, and what is compared between two checks."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from kb.errors import InputError
from kb.export.manuscript import Mark, State, beside, compare, marks, read_states, renewed, states_text

PLEDGE = State("pledge: a → b", "2014-07", "accepted", {"ev-one": "supports: “first words … last words”"})


def changed(**values: object) -> State:
    """The pledge with other values."""
    return State(**{**{n: getattr(PLEDGE, n) for n in State.__slots__}, **values})  # type: ignore[arg-type]


def said(now: State | None, then: State | None = PLEDGE) -> list[str]:
    """What a check reports of one claim."""
    known = {"p-one": now} if now else {}
    before = {"p-one": then} if then else {}
    return [p.what for p in compare([Mark("p-one", "line 1")], known, {"p-one": "was retracted"}, before)]


def test_marks_are_found_line_by_line(tmp_path: Path) -> None:
    """Several in one bracket, with other citations beside them; none in a fence or an address."""
    text = tmp_path / "text.md"
    text.write_text(
        "One [@claim:p-one; see @claim:p-two, p. 3].\n\n"
        "```\n[@claim:p-code]\n```\nme@claim:p-mail [@claim:p-one]\n"
    )
    assert marks(text) == [Mark("p-one", "line 1"), Mark("p-two", "line 1"), Mark("p-one", "line 6")]


def test_marks_are_found_in_a_word_document(tmp_path: Path) -> None:
    """Also where Word cuts a mark into pieces, and in tables."""
    document = Document()
    document.add_paragraph("Nothing here.")
    paragraph = document.add_paragraph("One [@cla")
    paragraph.add_run("im:p-one]").bold = True
    document.add_table(1, 1).cell(0, 0).text = "Two [@claim:p-two]"
    document.save(str(tmp_path / "text.docx"))
    assert marks(tmp_path / "text.docx") == [Mark("p-one", "paragraph 2"), Mark("p-two", "paragraph 3")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF"),
        ("a.md", b"\xff\xfe"),
        ("a.docx", b"no zip"),
        ("gone.md", None),
        ("gone.docx", None),
    ],
)
def test_what_is_no_manuscript_is_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    """Other endings, other encodings, broken and missing files."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as error:
        marks(tmp_path / name)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


def test_every_change_of_a_claim_is_reported() -> None:
    """Retracted, re-dated, disputed, other content, evidence lost, exchanged or against it; else nothing."""
    assert said(PLEDGE) == []
    assert said(None) == ["p-one was retracted"]
    assert said(changed(date="2014-08")) == ["p-one was re-dated: 2014-07 → 2014-08"]
    assert said(changed(status="disputed")) == ["p-one turned disputed (was accepted)"]
    assert said(changed(says="pledge: a → c")) == ["p-one says something else: pledge: a → b → pledge: a → c"]
    assert said(changed(evidence={})) == ["p-one lost its quotation ev-one"]
    more = {**PLEDGE.evidence, "ev-two": "contradicts: Not so."}
    assert said(changed(evidence=more)) == ["p-one is contradicted by ev-two now"]
    was, other = PLEDGE.evidence["ev-one"], {"ev-one": "supports: “other words”"}
    assert said(changed(evidence=other)) == [
        f"p-one has another quotation in ev-one: {was} → supports: “other words”"
    ]


def test_a_claim_that_is_new_in_the_text_must_be_sound() -> None:
    """Without an earlier state, doubt and missing evidence are reported; a sound claim is not."""
    assert said(PLEDGE, None) == []
    assert said(changed(status="needs_work"), None) == ["p-one is needs work"]
    assert said(changed(evidence={"ev-two": "context: Beside it."}), None) == [
        "p-one has no evidence that supports it"
    ]


def test_what_was_reported_is_kept_until_it_is_accepted() -> None:
    """A changed claim keeps its old state; accepted, the new one; a claim no longer named goes."""
    found, now = [Mark("p-one", "line 1")], {"p-one": changed(date="2015")}
    then = {"p-one": PLEDGE, "p-old": PLEDGE}
    assert renewed(found, now, then, accept=False) == {"p-one": PLEDGE}
    assert renewed(found, now, then, accept=True) == now
    assert renewed(found, {}, then, accept=True) == {"p-one": PLEDGE}


def test_the_file_of_states_reads_back_and_no_other_does(tmp_path: Path) -> None:
    """What was written is read; anything else is refused, not lost."""
    path = beside(tmp_path / "text.md")
    assert path.name == "text.md.claims.json"
    assert read_states(path) == {}
    path.write_text(states_text({"p-one": PLEDGE}, "load-1"), "utf-8")
    assert read_states(path) == {"p-one": PLEDGE}
    for broken in ("", "[]", '{"claims": {"p-one": {"nothing": 1}}}', '{"claims": []}'):
        path.write_text(broken)
        with pytest.raises(InputError, match="not the file of an earlier check"):
            read_states(path)
