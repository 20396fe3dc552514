"""The prompt on a terminal: editing over several lines, colours, completion, history."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import has_focus
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import split_lines
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.output import create_output
from prompt_toolkit.styles import Style

from kb import paths
from kb.cli.options import say
from kb.cli.shell.complete import choices
from kb.cli.shell.session import Session
from kb.cli.shell.words import WORDS, Vocabulary
from kb.errors import ServerError
from kb.server.files import private
from kb.tokens import Token, is_complete, tokens

STYLE = Style.from_dict(
    {
        "keyword": "bold ansiblue",
        "text": "ansigreen",
        "number": "ansicyan",
        "parameter": "ansimagenta",
        "label": "ansiyellow",
        "comment": "italic ansibrightblack",
    }
)


def prompt(session: Session, words: Vocabulary) -> PromptSession[str]:
    """A prompt whose `prompt()` gives the next statement or command; EOFError for Ctrl-D."""
    return PromptSession(
        "kb> ",
        prompt_continuation="  > ",
        multiline=True,
        key_bindings=_keys(),
        completer=_Names(session, words),
        lexer=_Colours(),
        style=STYLE,
        history=_history(),
        output=create_output(always_prefer_tty=True),  # rows may go into a file
        enable_open_in_editor=False,
    )


def ends(text: str) -> bool:
    """Whether Enter behind this text sends it: a command, a `;`, or an empty line with nothing left open."""
    if text.lstrip().startswith(":") or not text.strip() or is_complete(text):
        return True
    return not text.rpartition("\n")[2].strip() and not tokens(text)[-1].open


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter", filter=has_focus(DEFAULT_BUFFER))
    def _(event: KeyPressEvent) -> None:
        if ends(event.current_buffer.text):
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    @keys.add("escape", "enter", filter=has_focus(DEFAULT_BUFFER))
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    return keys


class _Names(Completer):
    def __init__(self, session: Session, words: Vocabulary) -> None:
        self._session = session
        self._words = words

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        before = document.text_before_cursor
        for choice in choices(before, self._words, self._session.commands, self._session.params):
            yield Completion(choice.text, -choice.replaces, display_meta=choice.what)


class _Colours(Lexer):
    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        lines = list(split_lines(coloured(document.text)))
        return lambda number: lines[number] if number < len(lines) else []


def coloured(text: str) -> StyleAndTextTuples:
    """The whole text in pieces, each with its style."""
    pieces: StyleAndTextTuples = []
    at, before = 0, ""
    for token in tokens(text):
        pieces += [("", text[at : token.start]), (_style(token, before), token.text)]
        at, before = token.end, token.text
    return [*pieces, ("", text[at:])]


def _style(token: Token, before: str) -> str:
    if token.kind in ("word", "quoted") and before in (":", "|", "&"):
        return "class:label"
    if token.kind == "word":
        return "class:keyword" if token.text.upper() in WORDS and before != "." else ""
    return f"class:{token.kind}" if token.kind not in ("sign", "quoted") else ""


def _history() -> History:
    """Earlier statements, in a file that only its owner can read; where it cannot be made, in none."""
    try:
        path = private(paths.home()) / "shell_history"
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        path.chmod(0o600)
    except (OSError, ServerError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        say(f"Note: statements are not kept for another time: {reason}.")
        return InMemoryHistory()
    return _Kept(path)


class _Kept(FileHistory):
    """A history in a file; a full disk or broken text loses a statement, and does not end the shell."""

    def store_string(self, string: str) -> None:
        with suppress(OSError, UnicodeError):
            super().store_string(string)
