"""Where things lie: the files that ship with the package, and the user's own folders."""

from __future__ import annotations

import os
from pathlib import Path

from kb.errors import InputError

_HERE = Path(__file__).parent


def resource(name: str) -> Path:
    """The folder `cypher` or `casebook`: inside the wheel, or at the top of a checkout."""
    packed = _HERE / "_data" / name
    return packed if packed.exists() else _HERE.parent / name


def home() -> Path:
    """The folder of all stores: `KB_HOME`, else the user data folder of the system."""
    from platformdirs import user_data_path

    return Path(os.environ["KB_HOME"]) if os.environ.get("KB_HOME") else user_data_path("alliance-kb", False)


def cache() -> Path:
    """The folder of downloads that every store shares: `KB_CACHE`, else the user cache folder."""
    from platformdirs import user_cache_path

    return (
        Path(os.environ["KB_CACHE"]) if os.environ.get("KB_CACHE") else user_cache_path("alliance-kb", False)
    )


def store_name() -> str:
    """The name of the store in use (`kb --store`, `KB_STORE`, else `default`), not checked yet."""
    return os.environ.get("KB_STORE") or "default"


def refuse_existing(path: Path, force: bool) -> None:
    """Raises InputError when a file would be written over and nobody said `--force`."""
    if path.is_file() and not force:  # not /dev/stdout, nor a pipe
        raise InputError(f"{path} exists already.", "Choose another name, or add --force.")
