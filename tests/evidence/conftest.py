"""The real texts, which lie beside the checkout and never in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the texts the casebook is coded from: `$KB_SHARED/seeds`, by default `../shared/seeds`.

    Where it is absent the test is skipped with the reason; in CI (KB_REQUIRE_GRAPH=1) it fails.
    """
    folder = Path(os.environ.get("KB_SHARED") or ROOT.parent / "shared") / "seeds"
    if not folder.is_dir():
        reason = f"no full texts in {folder} (set KB_SHARED)"
        if os.environ.get("KB_REQUIRE_GRAPH") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
