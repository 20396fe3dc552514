"""Options that several commands share, and how their rows leave the program."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kb.errors import InputError
from kb.paths import refuse_existing
from kb.render import FORMATS, cell, draw, render
from kb.table import Table

F = TypeVar("F", bound=Callable[..., Any])


class OneLine(click.Command):
    """A command whose faulty options are reported in one line, as every other error."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if isinstance(error, click.NoSuchOption) and error.possibilities:
                from difflib import get_close_matches

                nearest = get_close_matches(error.option_name, error.possibilities, n=1)
                error = click.NoSuchOption(error.option_name, possibilities=nearest, ctx=error.ctx)
            raise InputError(error.format_message(), f"See `{ctx.command_path} --help`.") from error


_FORMAT: dict[str, Any] = {
    "type": click.Choice(FORMATS),
    "help": "How to print the rows. [default: table, or what the ending of --out says]",
}


def _not_there(ctx: click.Context, _: click.Parameter, value: Path | None) -> Path | None:
    if value is not None:
        refuse_existing(value, bool(ctx.meta.get("force")))
    return value


def _remember(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta["force"] = value


def new_file(text: str) -> dict[str, Any]:
    """The settings of an option for a file to be written; one that is there is refused without --force."""
    return {
        "type": click.Path(dir_okay=False, path_type=Path),
        "metavar": "FILE",
        "callback": _not_there,
        "help": text,
    }


_OUT = new_file("Write the rows to a file instead.")
_FORCE: dict[str, Any] = {
    "is_flag": True,
    "is_eager": True,  # known before --out is looked at
    "expose_value": False,
    "callback": _remember,
    "help": "Write over a file that is there.",
}


def output_options(command: F) -> F:
    """Add `--format`, `--out` and `--force`; the command receives `form` and `out` for `emit`."""
    for names, settings in ((["--force"], _FORCE), (["--out"], _OUT), (["--format", "form"], _FORMAT)):
        command = click.option(*names, **settings)(command)
    return command


def output_params() -> list[click.Option]:
    """The same for a command that is made without decorators."""
    return [
        click.Option(["--format", "form"], **_FORMAT),
        click.Option(["--out"], **_OUT),
        click.Option(["--force"], **_FORCE),
    ]


class _Seconds(click.FloatRange):
    """A time in seconds, up to a day; "nan" is between no bounds and not beyond them either."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        if seconds != seconds:
            self.fail(f"{value!r} is not a number of seconds.", param, ctx)
        return seconds


def limits(command: F) -> F:
    """Add `--limit` (rows) and `--timeout` (seconds) of an ad hoc statement."""
    rows = click.option(
        "--limit", type=click.IntRange(min=1), default=1000, show_default=True, help="Rows at most."
    )
    seconds = click.option(
        "--timeout",
        type=_Seconds(min=0.1, max=86_400),
        default=30,
        show_default=True,
        help="Seconds at most.",
    )
    return rows(seconds(command))


texts_option = click.option(
    "--texts",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of the full texts, for whole quotations; their file names stand in sources.text.",
)


def style_option(default: str | None = None) -> Callable[[F], F]:
    """Add `--style`, a citation style by its name; `default` is taken without it."""
    return click.option(
        "--style",
        default=default,
        show_default=default is not None,
        metavar="NAME",
        help="How to cite: chicago-note-bibliography, apa, apsa, mla or any name of citationstyles.org.",
    )


def file_options(command: F) -> F:
    """Add `--out` and `--force`; the command receives `out` for `print_or_write`."""
    out = click.option("--out", **new_file("Write to a file instead."))
    return out(click.option("--force", **_FORCE)(command))


def print_or_write(content: str | bytes, out: Path | None) -> None:
    """What was made on stdout, or in the file: all or nothing."""
    if out is None:
        click.echo(content, nl=False)
        return
    write_whole(out, content)
    say(f"Wrote {out}.")


def told(values: Mapping[str, Any], before: str, after: str = "") -> str:
    """What was asked, `name = value` for each that is given, between two texts; nothing where nothing is."""
    asked = ", ".join(f"{name} = {cell(value)}" for name, value in values.items() if value is not None)
    return f"{before}{asked}{after}" if asked else ""


def say(line: str) -> None:
    """One line for the person, on stderr."""
    print(line, file=sys.stderr)


def stdin_lines() -> Iterator[str]:
    """The lines of standard input, none when it is closed. Raises InputError when they are no UTF-8 text."""
    try:
        for line in sys.stdin or ():
            line.encode()  # in some locales a faulty byte only shows here
            yield line
    except UnicodeError as error:
        raise InputError("Standard input is not UTF-8 text.", "Save it as UTF-8.") from error


def can_ask() -> bool:
    """Whether a person can answer: stdin is there, and a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()  # None when it was closed by the caller


WHOLE = "--format csv or json"


def emit(
    table: Table,
    form: str | None,
    out: Path | None,
    *,
    show: Sequence[str] = (),
    group: str | None = None,
    whole: str = WHOLE,
) -> None:
    """Print the rows, or write them to `out`: all or nothing. `show` and `group` as in `kb.render.draw`.

    `whole` is the way to see columns that do not fit the terminal.
    """
    form = form or _form_of(out)
    dropped: list[str] = []
    if form == "table":
        width = None if out else shutil.get_terminal_size((80, 24)).columns
        drawn = draw(table, width, show, group)
        text, dropped = (drawn.text, drawn.dropped) if table.rows or out else ("", [])
    else:
        text = render(table, form)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_whole(out, text)
        say(f"Wrote {len(table.rows)} row{'s' * (len(table.rows) != 1)} to {out}.")
    if dropped:
        say(f"Columns that do not fit: {', '.join(dropped)}. See all with {whole}.")


def _form_of(out: Path | None) -> str:
    ending = out.suffix[1:].lower() if out else ""
    if ending in FORMATS:
        return ending
    if ending not in ("", "txt"):
        raise InputError(
            f"'.{ending}' is no format this program writes.", f"Give --format: {', '.join(FORMATS)}."
        )
    return "table"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises InputError when it cannot be written."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(part, path)
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
