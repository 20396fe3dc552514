"""A dossier as the files that are written."""

from __future__ import annotations

from collections.abc import Callable

from kb.export.dossier.facts import Facts
from kb.export.dossier.figures import Form, figures
from kb.export.dossier.markdown import markdown
from kb.export.dossier.tokens import parsed


def written(
    facts: Facts, stem: str, form: str, style: str, step: Callable[[int, int], None]
) -> dict[str, str | bytes]:
    """Name to content: the document under the empty name, then the figures that lie beside it.

    `form` = md, html or docx; `stem` is the name of the document without its ending. Raises InputError where
    an extra is absent: `plot` for the figures, `cite` for the notes, `docs` for HTML and Word.
    """
    if form != "md":
        parsed("")  # before the work is done: are the packages there?
    kind: Form = "png" if form == "docx" else "svg"
    drawn = {name: (f"{stem}-{name}.{kind}", content) for name, content in figures(facts, kind).items()}
    text = markdown(facts, {name: file.replace(" ", "%20") for name, (file, _) in drawn.items()}, style, step)
    inside = {file.replace(" ", "%20"): content for file, content in drawn.values()}
    if form == "html":
        from kb.export.dossier.html import html

        return {"": html(text, inside)}
    if form == "docx":
        from kb.export.dossier.docx import docx

        return {"": docx(text, inside)}
    return {"": text, **dict(drawn.values())}
