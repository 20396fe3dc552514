"""What is only there when the reader asked for it: packages of the extras in `pyproject.toml`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from kb.errors import InputError


def need(module: str, extra: str) -> Any:
    """The module of an extra, imported now. Raises InputError that says how to get it where it is absent."""
    package = module.partition(".")[0]
    if find_spec(package) is None:
        raise InputError(
            f"{package} is not installed.", f"Install it with: pip install 'alliance-kb[{extra}]'."
        )
    return import_module(module)
