"""`kb schema`: what the graph holds, in words, as JSON, and as a diagram."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.options import OneLine, file_options, print_or_write
from kb.errors import InputError

_FORMATS = ("text", "json", "mermaid", "png")
_ENDINGS = {".json": "json", ".mmd": "mermaid", ".png": "png"}


@click.command(cls=OneLine)
@click.argument("name", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="How to show it. [default: text, or what the ending of --out says: .json, .mmd, .png]",
)
@file_options
def schema(name: str | None, form: str | None, out: Path | None) -> None:
    """List labels, relationship types and properties, each with its number and a statement to start from.

    NAME is one label or relationship type. The number of a property is left out where all have it.

    \b
    Examples:
      kb schema
      kb schema Pledge
      kb schema --format mermaid
      kb schema --out schema.png
    """
    from kb.graph import Graph
    from kb.schema import read

    form = form or (_ENDINGS.get(out.suffix.lower(), "text") if out else "text")
    if form == "png" and out is None:
        raise InputError("A picture needs a file.", "Add --out schema.png.")
    if name and form in ("png", "mermaid"):
        raise InputError(f"A diagram shows the whole graph, not {name} alone.", "Leave the name out.")
    with Graph.connect() as graph:
        found = read(graph)
    found = found.only(name) if name else found
    if form == "png":
        from kb.schema.picture import png

        print_or_write(png(found), out)
        return
    from kb.schema import text

    shown = {"text": text.text, "json": text.as_json, "mermaid": text.mermaid}[form](found)
    print_or_write(shown, out)
