"""Every README: its commands print what it shows, its Python runs, and CI sets up as the main one says.

A `console` block holds commands after `$ ` and what they print: on stdout, and for a command that fails on
stderr as well. The commands of a README run one after the other, against the graph of the casebook, in a
scratch folder with a copy of the casebook: `kb check casebook` works, and so does reading a file that an
earlier command wrote. They must not write to the graph: what cannot be replayed goes into a `text` block.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.paths import resource
from tests.graph.shell import Done, kb

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("kb", "loaders", "casebook", "cypher")
READMES = [ROOT / "README.md", *sorted(path for name in FOLDERS for path in (ROOT / name).rglob("README.md"))]


def blocks(readme: Path, language: str) -> list[str]:
    """The code blocks of a README in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", readme.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def consoles(readme: Path) -> Iterator[tuple[str, str]]:
    """(command, output) of every `$ command` in a console block; a command goes on after a backslash."""
    for block in blocks(readme, "console"):
        for shown in re.finditer(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            yield shown[1], shown[2]


def each(language: str) -> pytest.MarkDecorator:
    """The test for every README that has blocks in this language."""
    names = [path.relative_to(ROOT).as_posix() for path in READMES if blocks(path, language)]
    return pytest.mark.parametrize("name", names)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the commands run: a copy of the casebook, and `kb` for the shell."""
    folder, programs = tmp_path / "scratch", tmp_path / "programs"
    shutil.copytree(resource("casebook"), folder / "casebook")
    programs.mkdir()
    (programs / "kb").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kb "$@"\n', "utf-8")
    (programs / "kb").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
    monkeypatch.chdir(folder)
    return folder


def run(command: str) -> Done:
    """A command as a shell takes it; `kb` with nothing for a shell to do runs within this process."""
    program, *words = shlex.split(command.replace("\\\n", ""))
    unquoted = re.sub(r"'[^']*'|\"[^\"$`\\]*\"|\\\n", "", command)
    if program == "kb" and re.fullmatch(r"[\w\s./,:=@%+-]*", unquoted):
        return kb(*words)
    return process("sh", "-c", command)


def process(*words: str) -> Done:
    """A command as a process of its own."""
    done = subprocess.run(words, capture_output=True, text=True)
    return Done(done.returncode, done.stdout, done.stderr.splitlines())


@each("console")
@pytest.mark.usefixtures("casebook", "scratch")
def test_every_command_prints_what_the_readme_shows(name: str) -> None:
    """Each command, run in a terminal of 80 columns, gives exactly the lines below it."""
    _write_files(ROOT / name)
    for command, output in consoles(ROOT / name):
        done = run(command)
        printed = done.out + "".join(f"{line}\n" for line in done.err if done.status)
        assert printed == output, f"{name}: $ {command}\n" + "\n".join(done.err)


def _write_files(readme: Path) -> None:
    """Each query that the README shows after "This is `FILE`:" lies in that file."""
    shown = r"This is `([\w/-]+\.cypher)`:\n\n```cypher\n(.*?)^```$"
    for path, text in re.findall(shown, readme.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(text, "utf-8")


@pytest.mark.usefixtures("casebook", "scratch")
def test_the_first_command_prints_the_same_as_a_process() -> None:
    """The program that is started by its name prints what the command prints within the tests."""
    shown = list(consoles(ROOT / "README.md"))
    assert len(shown) >= 3
    command, output = shown[0]
    done = process("sh", "-c", command)
    assert (done.status, done.out) == (0, output)


@each("python")
@pytest.mark.usefixtures("casebook", "scratch")
def test_the_python_runs(name: str) -> None:
    """The Python blocks of a README run as they are, one after the other, and print something."""
    done = process(sys.executable, "-c", "\n".join(blocks(ROOT / name, "python")))
    assert done.status == 0, done.err
    assert done.out
    assert name != "README.md" or "material" in done.out


def test_ci_sets_up_and_tests_as_the_readme_says() -> None:
    """The commands of the README's first block are those of `.ci/run`."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    first = blocks(ROOT / "README.md", "sh")[0]
    for command in re.split(r" && |\n", first.strip()):
        said = command.replace("python3 -m venv", "python3 -m venv").replace(
            "pip install -e", "pip install --quiet -e"
        )
        assert said in script, command
