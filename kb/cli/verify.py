"""`kb verify`: find every quotation of a book again in the full texts, and fill in missing sums."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.options import OneLine, say
from kb.errors import FaultsError

if TYPE_CHECKING:
    from kb.evidence.texts import FullText
    from kb.loading.book import Book, Placed


@click.command(cls=OneLine)
@click.argument("book", required=False, type=click.Path(path_type=Path), metavar="[BOOK]")
@click.option(
    "--texts",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of the full texts; their file names stand in sources.text.",
)
@click.option("--fill", is_flag=True, help="Write missing sums of quotations and texts into the book.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def verify(book: Path | None, folder: Path, fill: bool, form: str) -> None:
    """Find every quotation again in the full texts and compare its sum.

    BOOK is a folder of CSV files or an XLSX workbook. [default: the bundled casebook] Verdicts: exact,
    changed, ambiguous, lost, unchecked (no sum yet), no_text. Exit status: 0 when all are exact or
    have no text, 1 otherwise, 2 for a book with faults.

    \b
    Examples:
      kb verify --texts ../texts
      kb verify my-book --texts ../texts --fill
    """
    from kb import paths
    from kb.evidence import quotations
    from kb.evidence.report import counts, proofs_text
    from kb.evidence.texts import Texts
    from loaders.cells import fill as fill_book

    path = book or paths.resource("casebook")
    read = _read(path)
    texts = Texts(folder)
    placed = {p.record.ident: p for p in read.of("sources", "evidence")}
    sources = {p.record.ident: p.record.cells() for p in read.of("sources")}
    proofs = quotations.prove_all((p.record.cells() for p in read.of("evidence")), sources, texts)
    if fill:
        sums = quotations.missing_sums(proofs, sources, texts)
        for file, number in fill_book(read, path, sums).items():
            say(f"Wrote {number:,} sum{'s' * (number != 1)} into {file}.")
        proofs = [p.filled() if (p.evidence, "quote_sha256") in sums else p for p in proofs]
    if form == "json":
        click.echo(json.dumps([p.as_dict() for p in proofs], ensure_ascii=False, indent=2))
    else:
        click.echo("".join(f"{line}\n" for line in proofs_text(proofs, placed)), nl=False)
    changed = quotations.changed_texts(sources, texts)
    for ident, text in changed.items():
        say(_changed(placed[ident], text))
    say(f"{len(proofs):,} quotation{'s' * (len(proofs) != 1)}: {counts(proofs) or 'none to find'}.")
    if any(p.verdict == "unchecked" for p in proofs):
        say("Sums that are missing are written by --fill.")
    sys.exit(1 if changed or any(p.verdict in quotations.BAD for p in proofs) else 0)


def _read(path: Path) -> Book:
    """The book; raises FaultsError after printing the faults that keep quotations from being read."""
    from kb.loading.report import faults_text
    from loaders.tables import read_book

    book = read_book([path])
    faults = [f for f in book.errors if f.table in ("evidence", "sources", "")]
    if faults:
        for line in faults_text(faults):
            say(line)
        raise FaultsError(faults)
    return book


def _changed(source: Placed, text: FullText) -> str:
    return (
        f"{source.sheet} row {source.row}, column text_sha256: changed: the text {text.name} of "
        f"{source.record.ident} is another file than the one summed. Put the old one back, or empty the "
        "cell and run `kb verify --fill`."
    )
