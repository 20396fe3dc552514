"""The README: its commands print what it says, its Python runs, and CI sets up as it says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.graph import Graph
from kb.paths import resource
from tests.graph.books import load

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of the README in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def consoles() -> Iterator[tuple[str, str]]:
    """(command, output) of every `$ command` in a console block."""
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


@pytest.fixture
def casebook(graph: Graph) -> Graph:
    """The graph with the bundled casebook."""
    load(graph, resource("casebook"))
    return graph


@pytest.mark.usefixtures("casebook")
def test_every_command_prints_what_the_readme_shows() -> None:
    """Each `$ kb …` of the README, run in a terminal of 80 columns, gives exactly the lines below it."""
    shown = list(consoles())
    assert len(shown) >= 3
    for command, output in shown:
        program, *words = shlex.split(command)
        assert program == "kb"
        done = subprocess.run([sys.executable, "-m", "kb", *words], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout == output, f"README: {command}"


@pytest.mark.usefixtures("casebook")
def test_the_python_example_runs() -> None:
    """The Python block of the README runs as it is."""
    (example,) = blocks("python")
    done = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "material" in done.stdout


def test_ci_sets_up_and_tests_as_the_readme_says() -> None:
    """The commands of the README's first block are those of `.ci/run`."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    first = blocks("sh")[0]
    for command in re.split(r" && |\n", first.strip()):
        said = command.replace("python3 -m venv", "python3 -m venv").replace(
            "pip install -e", "pip install --quiet -e"
        )
        assert said in script, command
