"""What bears on a year: leaving out the claims of other years changes no answer."""

from __future__ import annotations

from hypothesis import given, settings

from kb import ties
from kb.analysis import frames
from tests.graph.test_class_agrees import Pair, _named, graphs


@settings(max_examples=40, deadline=None)
@given(drawn=graphs)
def test_the_claims_of_a_year_decide_as_all_claims_do(drawn: list[Pair]) -> None:
    """For every made-up pair and year: the same class, claims and flags, and the same of each type."""
    parts = frozenset(f"made-up-actor-{p}" for p, pair in enumerate(drawn) if pair.part)
    book = ties.ledger(_named(drawn), parts)
    for pair in book.pairs:
        by_year = dict(frames.by_year(book, pair, 2013, 2015))
        for year in (2013, 2014, 2015):
            window = frames.year_window(year)
            whole = ties.classify(book, window, *pair)
            if year not in by_year:
                assert whole.class_ == ties.NO_TIE
                continue
            assert ties.classify(by_year[year], window, *pair) == whole
            for flow in (pair, pair[::-1]):
                assert ties.by_type(by_year[year], window, *flow) == ties.by_type(book, window, *flow)
