"""Packages that come with an extra."""

from __future__ import annotations

import pytest

from kb.errors import InputError
from kb.extras import need


def test_a_package_of_an_extra_is_imported_when_it_is_needed() -> None:
    """What is installed is handed over."""
    assert callable(need("statsmodels.stats.inter_rater", "stats").cohens_kappa)


def test_a_missing_package_says_how_to_get_it() -> None:
    """One line with the command, rather than an ImportError."""
    with pytest.raises(InputError, match=r"no_such_package is not installed\. .*'alliance-kb\[stats\]'"):
        need("no_such_package.part", "stats")
