"""A dossier's Markdown as HTML and as a Word document."""

from __future__ import annotations

import io
from xml.etree import ElementTree
from zipfile import ZipFile

from docx import Document

from kb.export.dossier.docx import docx
from kb.export.dossier.html import html

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><g id="one"/><use href="#one"/></svg>'
# The smallest picture there is: one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "a7e04f450000000049454e44ae426082"
)
TEXT = """# Made-up & Co

![A figure](x.svg)

| Who | What |
| --- | --- |
| *One* | gave \\<b\\>much\\</b\\>[^1][^2] |

- Again.[^1] Not a note: \\[^2\\]

[^1]: Somebody, *A Work*, 3. (`made-up-id`)

[^2]: Somebody else, 4.
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_html_has_everything_within_itself() -> None:
    """Figure and styles are inside, notes are linked both ways, and what looks like a tag is text."""
    page = html(TEXT, {"x.svg": SVG})
    assert "<script" not in page
    assert "<title>Made-up &amp; Co</title>" in page
    assert '<svg role="img" aria-label="A figure"' in page
    assert 'href="#a-figure-one"' in page
    assert "&lt;b&gt;much&lt;/b&gt;" in page
    assert page.count('href="#note-1"') == 2
    assert page.count('id="mark-1"') == 1
    assert 'id="note-2"' in page
    assert "Not a note: [^2]" in page


def test_word_has_headings_tables_figures_and_footnotes() -> None:
    """A footnote stands where it is first used; a later use repeats its number."""
    content = docx(TEXT, {"x.svg": PNG})
    document = Document(io.BytesIO(content))
    assert [p.text for p in document.paragraphs if p.style.name in ("Title", "Heading 1")] == ["Made-up & Co"]
    assert document.tables[0].cell(1, 0).text == "One"
    assert len(document.inline_shapes) == 1
    with ZipFile(io.BytesIO(content)) as files:
        notes = ElementTree.fromstring(files.read("word/footnotes.xml"))  # noqa: S314 - our own file
        body = ElementTree.fromstring(files.read("word/document.xml"))  # noqa: S314
        kinds = files.read("[Content_Types].xml").decode()
    assert "footnotes+xml" in kinds
    assert [note.get(f"{W}id") for note in notes] == ["-1", "0", "1", "2"]
    assert "".join(t.text or "" for t in notes[2].iter(f"{W}t")) == " Somebody, A Work, 3. (made-up-id)"
    assert [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")] == ["1", "2"]
    assert [p.text for p in document.paragraphs if "Again" in p.text] == ["Again.1 Not a note: [^2]"]


def test_a_dossier_without_notes_has_no_section_of_notes() -> None:
    """Nothing is left empty."""
    assert "Notes" not in html("# Nothing\n\nNothing is known.\n", {})
