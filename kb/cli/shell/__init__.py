"""`kb shell`: a prompt for read-only Cypher, with history and completion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from kb.cli.options import OneLine, can_ask, limits, say, stdin_lines
from kb.errors import KbError

if TYPE_CHECKING:
    from kb.cli.shell.session import Session


@click.command(cls=OneLine)
@limits
def shell(limit: int, timeout: float) -> None:
    """A prompt for your own read-only Cypher.

    Statements end with `;` or an empty line. Tab completes labels, relationship types, properties, functions
    and the names of queries; `:help` lists the commands of the prompt. Earlier statements are kept under
    KB_HOME. Without a terminal, statements are read from standard input, where only `;` ends one, and the
    first error ends it all.

    \b
    Examples:
      kb shell
      kb shell < statements.cypher
      kb --store scratch shell --timeout 120
    """
    from kb.cli.shell.session import Quit, Session

    session = Session(limit, timeout)
    try:
        if can_ask():
            _talk(session)
        else:
            _take_all(session, stdin_lines())
    except Quit:
        pass
    finally:
        session.close()


def _talk(session: Session) -> None:
    """Ask for statements until the reader leaves; an error is one line, and the next one can be typed."""
    from kb.cli.shell.prompt import prompt
    from kb.cli.shell.words import vocabulary

    graph = session.graph
    asking = prompt(session, vocabulary(graph))
    say(f"Reading {graph.address.uri}; nothing can be changed here. :help explains, :quit leaves.")
    while True:
        try:
            text = asking.prompt(handle_sigint=False)  # its own way prints a traceback at times
        except KeyboardInterrupt:
            continue  # what was typed is thrown away
        except EOFError:
            return
        _do(session, text)


def _do(session: Session, text: str) -> None:
    try:
        _take_all(session, text.splitlines(keepends=True))
    except KbError as error:
        say(f"Error: {error}")
    except KeyboardInterrupt:
        say("Stopped.")


def _take_all(session: Session, lines: Iterable[str]) -> None:
    """Take commands and statements, each as soon as it is complete. Raises the first error."""
    from kb.tokens import says_something, split

    text = ""
    for line in lines:
        if line.lstrip().startswith(":") and not says_something(text):
            session.take(line)
            text = ""
            continue
        text += line
        if ";" in line:  # looking at all of it for each line would take minutes for a long statement
            complete, text = split(text)
            for statement in complete:
                session.take(statement)
    session.take(text)
