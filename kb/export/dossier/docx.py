"""A dossier as a Word document: real headings, tables, footnotes and figures."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from kb.export.dossier.tokens import parsed
from kb.extras import need

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
    for n, kind, mark in (
        (-1, "separator", "separator"),
        (0, "continuationSeparator", "continuationSeparator"),
    )
)


def docx(markdown: str, figures: Mapping[str, bytes]) -> bytes:
    """The document; `figures` holds the PNG of each image that the Markdown names, by that name.

    A footnote stands where its number is first used; later uses repeat the number. Raises InputError where
    the extra `docs` is absent.
    """
    document = parsed(markdown)
    writer = _Writer(figures, len(document.notes))
    writer.body(document.body)
    writer.footnotes(document.notes)
    return writer.saved(document.title)


class _Writer:
    """Puts tokens into a document of python-docx."""

    def __init__(self, figures: Mapping[str, bytes], notes: int) -> None:
        self._document = need("docx", "docs").Document()
        self._qn = need("docx.oxml.ns", "docs").qn
        self._figures = figures
        self._seen: set[str] = set()
        styles = self._document.styles
        styles["Normal"].font.name = "Georgia"
        styles["Normal"].font.size = need("docx.shared", "docs").Pt(10.5)

    def body(self, tokens: Sequence[Any]) -> None:
        """Every block, one after the other."""
        style = None
        stream = iter(tokens)
        for token in stream:
            if token.type == "table_open":
                self._table(list(_until(stream, "table_close")))
            elif token.type in ("bullet_list_open", "blockquote_open"):
                style = "List Bullet" if token.type == "bullet_list_open" else "Intense Quote"
            elif token.type in ("bullet_list_close", "blockquote_close"):
                style = None
            elif token.type == "heading_open":
                level = int(token.tag[1]) - 1
                self._inline(self._document.add_heading(level=level), next(stream).children)
            elif token.type == "inline":
                self._inline(self._document.add_paragraph(style=style), token.children)

    def _table(self, tokens: Sequence[Any]) -> None:
        rows: list[list[Any]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token.children)
        table = self._document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for number, cells in enumerate(rows):
            row = table.add_row()
            for cell, children in zip(row.cells, cells, strict=True):
                self._inline(cell.paragraphs[0], children, bold=number == 0, size=8.5)
        self._repeated(table.rows[0])
        self._document.add_paragraph()

    def _repeated(self, row: Any) -> None:
        """The head of the table stands on every page again."""
        element = need("docx.oxml", "docs").OxmlElement("w:tblHeader")
        row._tr.get_or_add_trPr().append(element)

    def _inline(
        self, paragraph: Any, tokens: Sequence[Any], bold: bool = False, size: float | None = None
    ) -> None:
        italic = strong = False
        after = ""
        for token in tokens:
            if token.type in ("em_open", "em_close"):
                italic = token.type == "em_open"
            elif token.type in ("strong_open", "strong_close"):
                strong = token.type == "strong_open"
            elif token.type == "note":
                self._mark(paragraph, token.content, after == "note")
            elif token.type == "image":
                self._picture(paragraph, token)
            elif text := " " if token.type in ("softbreak", "hardbreak") else token.content:
                run = paragraph.add_run(_printable(text))
                run.italic, run.bold = italic or None, (bold or strong) or None
                if token.type == "code_inline":
                    run.font.name = "Consolas"
                if size:
                    run.font.size = need("docx.shared", "docs").Pt(size)
            after = token.type

    def _picture(self, paragraph: Any, token: Any) -> None:
        drawn = self._figures.get(token.attrs["src"])
        if drawn:
            width = need("docx.shared", "docs").Cm(15)
            shape = paragraph.add_run().add_picture(io.BytesIO(drawn), width=width)
            shape._inline.docPr.set("descr", token.content)
            self._document.add_paragraph(token.content, style="Caption")

    def _mark(self, paragraph: Any, number: str, comma: bool) -> None:
        run = paragraph.add_run(", " if comma else "")
        run.font.superscript = True
        if number in self._seen:  # a footnote of Word has one mark only
            run.add_text(number)
            return
        self._seen.add(number)
        element = need("docx.oxml", "docs").OxmlElement("w:footnoteReference")
        element.set(self._qn("w:id"), number)
        run._r.append(element)

    def footnotes(self, notes: Sequence[Sequence[Any]]) -> None:
        """The part of the file that holds the notes."""
        opc = need("docx.opc.part", "docs")
        name = need("docx.opc.packuri", "docs").PackURI("/word/footnotes.xml")
        texts = "".join(_footnote(number, tokens) for number, tokens in enumerate(notes, start=1))
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        xml = f"{head}<w:footnotes {_W}>{_SEPARATORS}{texts}</w:footnotes>"
        part = opc.Part(name, _TYPE, xml.encode(), self._document.part.package)
        self._document.part.relate_to(part, _RELATION)

    def saved(self, title: str) -> bytes:
        """The file."""
        self._document.core_properties.title = _printable(title)
        self._document.core_properties.author = ""
        self._document.core_properties.comments = ""
        buffer = io.BytesIO()
        self._document.save(buffer)
        return buffer.getvalue()


def _until(stream: Iterator[Any], last: str) -> Iterator[Any]:
    for token in stream:
        if token.type == last:
            return
        yield token


_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_SMALL = '<w:rPr>{}<w:sz w:val="17"/></w:rPr>'


def _footnote(number: int, tokens: Sequence[Any]) -> str:
    runs, italic = [f"<w:r>{_RAISED}<w:footnoteRef/></w:r>"], False
    for token in tokens:
        if token.type in ("em_open", "em_close"):
            italic = token.type == "em_open"
        elif token.content:
            style = _SMALL.format("<w:i/>" * italic)
            text = escape(_printable(token.content))
            runs.append(f'<w:r>{style}<w:t xml:space="preserve">{" " * (len(runs) == 1)}{text}</w:t></w:r>')
    return f'<w:footnote w:id="{number}"><w:p>{"".join(runs)}</w:p></w:footnote>'


def _printable(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
