"""Imports point down only (the levels of the house, lowest first)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent

LEVELS = [
    ["kb", "kb.errors", "kb.extras", "kb.paths", "kb.table"],
    ["kb.blocking", "kb.model", "kb.dates", "kb.lexicon", "kb.likeness", "kb.spelling", "kb.ties"],
    [
        "kb.catalog",
        "kb.dictionary",
        "kb.guard",
        "kb.literals",
        "kb.tokens",
        "kb.typos",
        "kb.evidence",
        "kb.analysis",
        "kb.render",
        "kb.schema",
        "kb.plot",
        "kb.export",
    ],
    ["kb.server"],
    ["kb.graph"],
    ["kb.loading", "kb.resolve", "kb.duplicates", "kb.duplicate_claims", "kb.evidence.lookup"],
    ["kb.loading", "kb.resolve", "kb.evidence.lookup", "kb.analysis.read"],
    ["kb.loading", "kb.resolve", "kb.evidence.lookup", "kb.evidence.cite"],
    [
        *("kb.loading", "kb.resolve", "kb.duplicates", "kb.duplicate_claims"),
        *("kb.evidence.lookup", "kb.evidence.cite", "kb.export.dossier.gather"),
    ],
    ["loaders"],
    ["kb.cli", "kb.__main__"],
]


def _files() -> list[Path]:
    return sorted([*ROOT.glob("kb/**/*.py"), *ROOT.glob("loaders/**/*.py")])


def _level(module: str) -> int:
    """The level of the longest name in LEVELS that the module is or lies in."""
    found = [
        (len(name), level)
        for level, names in enumerate(LEVELS)
        for name in names
        if module == name or (module.startswith(f"{name}.") and name != "kb")
    ]
    assert found, f"{module} has no level: add it to LEVELS"
    return max(found)[1]


def _imported(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports, at its head or inside functions."""
    for node in _nodes(path):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if _is_module(name) else node.module for name in inside]
        yield from (name for name in names if name.partition(".")[0] in ("kb", "loaders"))


@cache
def _nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _is_module(name: str) -> bool:
    place = ROOT / name.replace(".", "/")
    return place.is_dir() or place.with_suffix(".py").is_file()


def test_imports_point_down_only() -> None:
    """No module imports one of a higher level; only `kb.connect` reaches up, when it is called."""
    wrong = []
    for path in _files():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        wrong += [f"{module} imports {name}" for name in _imported(path) if _level(name) > _level(module)]
    assert wrong == ["kb imports kb.graph"] * 2


def test_only_the_graph_imports_the_driver() -> None:
    """The driver has one door."""
    users = [path.relative_to(ROOT).as_posix() for path in _files() if "neo4j" in _packages(path)]
    assert users == ["kb/graph.py"]


def _packages(path: Path) -> set[str]:
    """The first names of all that a file imports."""
    names = []
    for node in _nodes(path):
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    return {name.partition(".")[0] for name in names}
