"""`kb dossier`: all that is known of one actor, pair, claim or case as one document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.asof import as_of_option, seen_from
from kb.cli.load import open_graph
from kb.cli.options import OneLine, say, style_option, write_whole
from kb.errors import InputError
from kb.paths import refuse_existing

if TYPE_CHECKING:
    from kb.cli.progress import Bar
    from kb.loading.moment import Moment

_ENDINGS = (".md", ".html", ".docx")


@click.command(cls=OneLine)
@click.argument("subjects", nargs=-1, required=True, metavar="ACTOR|CLAIM|CASE…")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it; the ending says the form: .md, .html or .docx.",
)
@click.option("--force", is_flag=True, help="Write over files that are there.")
@style_option(default="chicago-note-bibliography")
@as_of_option
def dossier(subjects: tuple[str, ...], out: Path, force: bool, style: str, as_of: Moment | None) -> None:
    """Write one document on an actor, a claim, a case, or two actors and what is between them.

    Names, timeline, ties and what they are worth, support, every quotation, what is disputed, what is not
    known, and the works. Each sentence has a note with the passages and ids it rests on. A Markdown file
    gets its figures as files beside it; HTML and Word have them inside.

    \b
    Examples:
      kb dossier "Boko Haram" --out boko-haram.html
      kb dossier "Boko Haram" "Islamic State" --out pair.docx
      kb dossier case-boko-haram --out case.md
    """
    from dataclasses import replace
    from datetime import UTC, datetime

    from kb.cli.progress import progress
    from kb.export.dossier.gather import gather, stand_at
    from kb.export.dossier.written import written
    from kb.export.processor import load_style

    form = _form(out)
    load_style(style)
    refuse_existing(out, force)
    with progress("Reading") as bar:
        today = datetime.now(UTC).date()
        with open_graph() as live, seen_from(live, as_of, apart=True) as graph:
            facts = gather(graph, subjects, today, _step(bar, "Reading"))
            facts = replace(facts, stand=stand_at(live, today, as_of.last if as_of else None))
        files = written(facts, out.stem, form, style, _step(bar, "Writing"))
    paths = [out, *(out.with_name(name) for name in files if name)]
    for path in paths:
        refuse_existing(path, force)
    for path, content in zip(paths, files.values(), strict=True):
        write_whole(path, content)
    say(f"Wrote {', '.join(map(str, paths))}.")


def _form(out: Path) -> str:
    ending = out.suffix.lower()
    if ending not in _ENDINGS:
        raise InputError(f"A dossier cannot be written as {out.name!r}.", f"End it in {', '.join(_ENDINGS)}.")
    if not out.parent.is_dir():
        raise InputError(f"There is no folder {out.parent}.", "Make it first.")
    return ending[1:]


def _step(bar: Bar | None, label: str) -> Callable[[int, int], None]:
    def step(done: int, total: int) -> None:
        if bar:
            bar.label(label)
            bar.step(done, total)

    return step
