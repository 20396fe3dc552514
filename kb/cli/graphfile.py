"""`kb query NAME --graph FILE`: the paths of an answer as a picture, or for programs that draw networks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb import catalog
from kb.cli.options import say, told, write_whole
from kb.errors import InputError, NotFound
from kb.table import Table

COLUMN = "path"  # a query that returns paths calls its column so
ENDINGS = (".html", ".gexf")


def check(question: catalog.Query, file: Path) -> None:
    """Raises InputError for a file of no format of ours, and for a question without paths."""
    if file.suffix.lower() not in ENDINGS:
        raise InputError(f"--graph writes {' or '.join(ENDINGS)}, not {file.name}.", "Choose such a name.")
    if COLUMN not in question.columns:
        able = [name for name, query in catalog.library().items() if COLUMN in query.columns]
        raise InputError(f"The query {question.name} returns no paths.", f"These do: {', '.join(able)}.")


def write(question: catalog.Query, values: Mapping[str, Any], table: Table, file: Path) -> None:
    """Write the paths of the answer to the file. Raises NotFound when there are none."""
    from kb.export.network import drawn, gexf, of_paths

    network = of_paths(row[table.columns.index(COLUMN)] for row in table.rows)
    if not network.nodes:
        raise NotFound(f"Nothing to draw: no rows for {question.title}{told(values, ' (', ')')}.")
    if file.suffix.lower() == ".gexf":
        text = gexf(network)
    else:
        words = re.sub(r"`([^`]*)`", r"“\1”", question.question)
        text = drawn(network, question.title, [words, question.name + told(values, ": ")])
    write_whole(file, text)
    claims = len({line.claim for line in network.lines} - {""})
    say(f"Wrote {len(network.nodes)} actors and {claims} claims to {file}.")
