"""`kb cite`: the footnote and the bibliography for a claim or a passage, ready to paste."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.asof import as_of_option, seen_from
from kb.cli.load import open_graph
from kb.cli.options import OneLine, file_options, print_or_write, style_option

_HEADINGS = {"text": "{}:\n{}\n", "md": "**{}**\n\n{}\n", "html": "<h3>{}</h3>\n{}\n"}


@click.command(cls=OneLine)
@click.argument("ids", nargs=-1, required=True, metavar="CLAIM|EVIDENCE…")
@style_option(default="chicago-note-bibliography")
@click.option("--short", is_flag=True, help="Only the short form, for every citation after the first.")
@click.option("--format", "form", type=click.Choice(list(_HEADINGS)), default="text", help="How to print.")
@as_of_option
@file_options
def cite(ids: tuple[str, ...], style: str, short: bool, form: str, as_of: object, out: Path | None) -> None:
    """Print the footnote and the bibliography entry for claims or passages.

    All evidence of a claim goes into one note: what supports it, `see also` what helps to read it, and
    `but see` what contradicts it. Words first said elsewhere are `quoted in` the work they were read in,
    and the bibliography lists the works that were read.

    \b
    Examples:
      kb cite bp-ev-algeria-liaison-quote
      kb cite bp-pledge-boko-haram-2015-03 --style apa --format md
      kb cite bp-pledge-boko-haram-2015-03 --short
    """
    from kb.evidence.cite import passages_of, sources_of
    from kb.export.citations import Citations
    from kb.export.footnotes import footnote, works_read
    from kb.export.processor import load_style

    load_style(style)
    with open_graph() as live, seen_from(live, as_of, apart=True) as graph:  # type: ignore[arg-type]
        passages = passages_of(graph, ids)
        sources = sources_of(graph, passages)
    output = "plain" if form == "text" else form
    citations = Citations(sources, style, output)  # type: ignore[arg-type]
    brief = footnote(citations, passages, short=True)
    if short:
        text = _paragraphs([brief], form) + "\n"
    else:
        parts = {
            "Footnote" if citations.in_notes else "In the text": [footnote(citations, passages)],
            "After the first": [brief] if citations.in_notes else [],
            "Bibliography": citations.bibliography(works_read(passages)),
        }
        heading = _HEADINGS[form]
        text = "\n".join(
            heading.format(name, _paragraphs(some, form)) for name, some in parts.items() if some
        )
    print_or_write(text, out)


def _paragraphs(texts: list[str], form: str) -> str:
    if form == "html":
        return "\n".join(f"<p>{text}</p>" for text in texts)
    return ("\n\n" if form == "md" else "\n").join(texts)
