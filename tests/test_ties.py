"""Ties: force spells, joined absences and classes, worked by hand from model section 5."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kb import dates
from kb.dates import Bounds, Window, at_most, hull, parse
from kb.model import FIVE_TYPES, OPENING_ACTS
from kb.ties import (
    ANSWERS,
    CLAIMING_ACTS,
    DERIVED,
    HUB_ACTS,
    MATERIAL,
    NO_TIE,
    NOT_STATED,
    REFUSALS,
    RHETORICAL,
    SEARCHED,
    Claim,
    Ledger,
    PairClass,
    classify,
    closes,
    content,
    derive,
    ledger,
    opens,
)

HUB, GROUP = "islamic-state", "ansar"
AFTER_BREAK = Window(date(2014, 2, 3), date(2014, 2, 3), date(2015, 12, 31), date(2015, 12, 31))
UNSURE_BREAK = Window(date(2013, 1, 1), date(2014, 2, 28), date(2015, 12, 31), date(2015, 12, 31))


def pledge(ident: str, when: str, act: str = "pledge", **more: Any) -> Claim:
    """A pledge act of the group, or of the hub when it is a hub's act."""
    ends = (HUB, GROUP) if act in HUB_ACTS else (GROUP, HUB)
    more = {"from_": ends[0], "to": ends[1], **more}
    return Claim(ident, "pledge", bounds=parse(when), act=act, **more)


def schism(ident: str, when: str, **more: Any) -> Claim:
    return Claim(ident, "schism", GROUP, HUB, bounds=parse(when), **more)


def tie(ident: str, when: str, tie_type: str = "alliance", **more: Any) -> Claim:
    mode = "whole" if more.get("presence") == "absent" else "sometime"
    return Claim(ident, "tie", GROUP, HUB, bounds=_parse(when, mode), tie_type=tie_type, **more)


def given_support(ident: str, when: str, support_type: str = "training", **more: Any) -> Claim:
    """Support that the hub gave to the group."""
    more = {"from_": HUB, "to": GROUP, **more}
    return Claim(ident, "support", bounds=parse(when), support_type=support_type, **more)


def absent(ident: str, when: str, support_type: str = "any", direction: str = "mutual", **more: Any) -> Claim:
    """Support that was not given, in both directions unless told otherwise."""
    more = {"from_": HUB, "to": GROUP, "direction": direction, **more}
    return Claim(
        ident, "support", bounds=_parse(when, "whole"), support_type=support_type, presence="absent", **more
    )


def search(ident: str, when: str, subject: str, looked_for: Sequence[str] = ("any",), **more: Any) -> Claim:
    other = GROUP if subject == HUB else HUB
    more = {"outcome": "none_found", **more}
    return Claim(ident, "search", subject, other, bounds=_parse(when, "whole"), looked_for=looked_for, **more)


def _parse(when: str, mode: Any) -> Bounds:
    return parse(when, mode=mode)


def class_of(*claims: Claim, window: Window = AFTER_BREAK, parts: Sequence[str] = ()) -> PairClass:
    return classify(claims, window, HUB, GROUP, parts=parts)


def words(*days: date | None) -> str:
    """Days as text, None as `-`."""
    return " ".join("-" if d is None else d.isoformat() for d in days)


# --- force spells ----------------------------------------------------------------------------------------

FORCES: list[tuple[str, list[Claim], str]] = [
    (
        "no closing act: known to last to the end of its own date, possibly for ever",
        [pledge("p", "2014-11-10")],
        "in_force 2014-11-10 2014-11-10 2014-11-10 -",
    ),
    ("the same, for a year", [pledge("p", "2014")], "in_force 2014-01-01 2014-12-31 2014-12-31 -"),
    (
        "an acceptance of the other side opens and does not close",
        [pledge("p", "2014-11-10"), pledge("a", "2014-11-13", "accept")],
        "in_force 2014-11-10 2014-11-10 2014-11-10 -",
    ),
    (
        "withdrawn: lasted until the month of the withdrawal, ended within it",
        [pledge("p", "2014-11-10"), pledge("w", "2015-03", "withdraw")],
        "in_force 2014-11-10 2014-11-10 2015-03-01 2015-03-31",
    ),
    (
        "the first closing act closes, whichever kind it is",
        [pledge("p", "2014-11-10"), schism("s", "2016"), pledge("w", "2015-03", "withdraw")],
        "in_force 2014-11-10 2014-11-10 2015-03-01 2015-03-31",
    ),
    (
        "a schism closes in either direction",
        [pledge("p", "2010"), Claim("s", "schism", HUB, GROUP, bounds=parse("2014-02-03"))],
        "in_force 2010-01-01 2010-12-31 2014-02-03 2014-02-03",
    ),
    (
        "a schism between others closes nothing",
        [pledge("p", "2010"), Claim("s", "schism", HUB, "al-qaeda", bounds=parse("2014-02-03"))],
        "in_force 2010-01-01 2010-12-31 2010-12-31 -",
    ),
    (
        "a closing act of the same year is possibly after: it may have ended, it need not",
        [pledge("p", "2014"), pledge("w", "2014-06", "withdraw")],
        "in_force 2014-01-01 2014-12-31 2014-06-01 -",
    ),
    (
        "`after` decides what the dates leave open",
        [pledge("p", "2014"), pledge("w", "2014-06", "withdraw", after=["p"])],
        "in_force 2014-01-01 2014-12-31 2014-06-01 2014-06-30",
    ),
    (
        "`after` the other way round: the withdrawal came first and closes nothing",
        [pledge("p", "2014", after=["w"]), pledge("w", "2014-06", "withdraw")],
        "in_force 2014-01-01 2014-12-31 2014-12-31 -",
    ),
    (
        "`after` may name another reading of the happening",
        [
            pledge("p", "2014", occurrence="o"),
            pledge("q", "2014-03", occurrence="o"),
            pledge("w", "2014-06", "withdraw", after=["q"]),
        ],
        "in_force 2014-01-01 2014-12-31 2014-06-01 2014-06-30",
    ),
    (
        "any reading of the closing happening may say what came earlier",
        [
            pledge("p", "2014"),
            pledge("w", "2014-06", "withdraw", occurrence="o"),
            pledge("x", "2014-06", "withdraw", occurrence="o", after=["p"]),
        ],
        "in_force 2014-01-01 2014-12-31 2014-06-01 2014-06-30",
    ),
    (
        "`after` never overrules the dates",
        [pledge("p", "2015"), pledge("w", "2014", "withdraw", after=["p"])],
        "in_force 2015-01-01 2015-12-31 2015-12-31 -",
    ),
    (
        "two `after` that contradict each other say nothing",
        [pledge("p", "2014", after=["w"]), pledge("w", "2014-06", "withdraw", after=["p"])],
        "in_force 2014-01-01 2014-12-31 2014-06-01 -",
    ),
    (
        "a closing act that may have come any time in the year of the pledge ends not before it begins",
        [pledge("p", "2014-06"), pledge("w", "2014", "withdraw")],
        "in_force 2014-06-01 2014-06-30 2014-06-01 -",
    ),
    (
        "an earlier withdrawal closes nothing",
        [pledge("w", "2013", "withdraw"), pledge("p", "2014")],
        "in_force 2014-01-01 2014-12-31 2014-12-31 -",
    ),
    (
        "two acts of one day are in no order",
        [pledge("p", "2014-11-10"), pledge("w", "2014-11-10", "withdraw")],
        "in_force 2014-11-10 2014-11-10 2014-11-10 -",
    ),
    (
        "but `after` orders them",
        [pledge("p", "2014-11-10"), pledge("w", "2014-11-10", "withdraw", after=["p"])],
        "in_force 2014-11-10 2014-11-10 2014-11-10 2014-11-10",
    ),
    (
        "a disputed closing act proves neither that the tie lasted nor that it ended",
        [pledge("p", "2014"), pledge("w", "2015-03", "withdraw", status="disputed")],
        "in_force 2014-01-01 2014-12-31 2014-12-31 -",
    ),
    (
        "a disputed closing act brings the end forward, a later accepted one ends it",
        [
            pledge("p", "2014-11-10"),
            pledge("w", "2015-03", "withdraw", status="disputed"),
            schism("s", "2016"),
        ],
        "in_force 2014-11-10 2014-11-10 2015-03-01 2016-12-31",
    ),
    (
        "needs_work counts as disputed, rejected does not count",
        [
            pledge("p", "2014-11-10"),
            pledge("w", "2015-03", "withdraw", status="needs_work"),
            pledge("x", "2015-01", "withdraw", status="rejected"),
            schism("s", "2016"),
        ],
        "in_force 2014-11-10 2014-11-10 2015-03-01 2016-12-31",
    ),
    (
        "an undated closing act decides nothing",
        [pledge("p", "2014"), pledge("w", "", "withdraw")],
        "in_force 2014-01-01 2014-12-31 2014-12-31 -",
    ),
    (
        "unless `after` orders it: then the tie may have ended as soon as it began",
        [pledge("p", "2014"), pledge("w", "", "withdraw", after=["p"])],
        "in_force 2014-01-01 2014-12-31 2014-01-01 -",
    ),
    (
        "a closing act dated with ? never ends a tie for certain",
        [pledge("p", "2014-11-10"), pledge("w", "2015?", "withdraw")],
        "in_force 2014-11-10 2014-11-10 2014-11-10 -",
    ),
    (
        "nor does anything end for certain what began on a day with ?",
        [pledge("p", "2014?"), pledge("w", "2015-03", "withdraw")],
        "in_force 2014-01-01 2014-12-31 2015-03-01 -",
    ),
    (
        "a closing act by some day: may have ended at once, ended by then only if surely after",
        [pledge("p", "2014-11-10"), pledge("w", "[..2015]", "withdraw")],
        "in_force 2014-11-10 2014-11-10 2014-11-10 -",
    ),
    (
        "rival readings of the closing act: earliest and latest day, the coarser 2014 left out",
        [
            pledge("p", "2010"),
            schism("s1", "2013", occurrence="break"),
            schism("s2", "2014-02", occurrence="break"),
            schism("s3", "2014", occurrence="break"),
        ],
        "in_force 2010-01-01 2010-12-31 2013-01-01 2014-02-28",
    ),
    (
        "a rival reading that is no closing act leaves open whether it closed",
        [
            pledge("p", "2014-11-10"),
            pledge("w", "2015-03", "withdraw", occurrence="o"),
            pledge("r", "2015-03", "renew", occurrence="o"),
        ],
        "in_force 2014-11-10 2014-11-10 2014-11-10 -",
    ),
    (
        "a reading of the opening act itself does not close it",
        [pledge("p", "2014", occurrence="o"), pledge("w", "2014-06", "withdraw", occurrence="o")],
        "in_force 2014-01-01 2014-12-31 2014-12-31 -",
    ),
    (
        "first answered by a refusal: refused",
        [pledge("p", "2014-11-10"), pledge("r", "2014-12", "refuse")],
        "refused 2014-11-10 2014-11-10 2014-12-01 2014-12-31",
    ),
    (
        "first answered by a denial: refused",
        [pledge("p", "2014"), pledge("d", "2014", "deny", from_=HUB, to=GROUP)],
        "refused 2014-01-01 2014-12-31 2014-01-01 -",
    ),
    (
        "its own denial is no answer, it closes",
        [pledge("p", "2014-11-10"), pledge("d", "2014-12-01", "deny")],
        "in_force 2014-11-10 2014-11-10 2014-12-01 2014-12-01",
    ),
    (
        "a refusal before the pledge refuses something else",
        [pledge("r", "2013", "refuse"), pledge("p", "2014-11-10")],
        "in_force 2014-11-10 2014-11-10 2014-11-10 -",
    ),
    (
        "accepted first, refused later: in force until then",
        [pledge("p", "2014-11-10"), pledge("a", "2014-11-13", "accept"), pledge("r", "2015", "refuse")],
        "in_force 2014-11-10 2014-11-10 2015-01-01 2015-12-31",
    ),
    (
        "refused first, accepted later: the pledge is refused (the acceptance opens the tie)",
        [pledge("p", "2014-11-10"), pledge("r", "2014-12", "refuse"), pledge("a", "2015", "accept")],
        "refused 2014-11-10 2014-11-10 2014-12-01 2014-12-31",
    ),
    (
        "accepted and refused on one day: the acceptance counts as first",
        [pledge("p", "2014-11-10"), pledge("a", "2014-11-12", "accept"), pledge("r", "2014-11-12", "refuse")],
        "in_force 2014-11-10 2014-11-10 2014-11-12 2014-11-12",
    ),
    (
        "a disputed refusal does not refuse, though it may have ended the tie",
        [pledge("p", "2014"), pledge("r", "2014-12", "refuse", status="disputed")],
        "in_force 2014-01-01 2014-12-31 2014-12-01 -",
    ),
    (
        "an undated refusal decides nothing",
        [pledge("p", "2014-11-10"), pledge("r", "", "refuse")],
        "in_force 2014-11-10 2014-11-10 2014-11-10 -",
    ),
    (
        "unless `after` says what it answers",
        [pledge("p", "2014-11-10"), pledge("r", "", "refuse", after=["p"])],
        "refused 2014-11-10 2014-11-10 2014-11-10 -",
    ),
    (
        "members who leave close nothing for the whole",
        [pledge("p", "2014-11-10"), pledge("w", "2015-03", "withdraw", scope="individuals")],
        "in_force 2014-11-10 2014-11-10 2014-11-10 -",
    ),
    (
        "a tie only listed by a source is in force from its date",
        [pledge("p", "2014", "not_stated")],
        "in_force 2014-01-01 2014-12-31 2014-12-31 -",
    ),
]


@pytest.mark.parametrize(("claims", "expected"), [f[1:] for f in FORCES], ids=[f[0] for f in FORCES])
def test_force_spells(claims: list[Claim], expected: str) -> None:
    """An opening act is in force until the first closing happening after it (model, section 5)."""
    got = derive(claims)["p"]
    spell = (got[f"force_{name}"] for name in ("start_lo", "start_hi", "end_lo", "end_hi"))
    assert f"{got['force']} {words(*spell)}" == expected


@pytest.mark.parametrize("act", ["offer", "claim", "refuse", "withdraw", "deny"])
def test_offers_claims_and_closing_acts_open_nothing(act: str) -> None:
    """Only pledge, accept, recognise, renew and not_stated have a force spell."""
    got = derive([pledge("p", "2014", act)])["p"]
    assert set(got) == set(DERIVED["pledge"])
    assert set(got.values()) == {None}


@pytest.mark.parametrize(
    ("claim", "parts", "in_force"),
    [
        (pledge("p", "2014", scope="whole"), (), True),
        (pledge("p", "2014", scope="faction"), (), False),
        (pledge("p", "2014", scope="individuals"), (), False),
        (pledge("p", "2014", scope="faction"), (GROUP,), True),
        (pledge("p", "2014", scope="faction"), (HUB,), False),
        (pledge("p", "2014", "accept", scope="faction"), (), False),
        (pledge("p", "2014", "accept", scope="faction"), (GROUP,), True),
    ],
)
def test_a_faction_does_not_bind_the_whole(claim: Claim, parts: Sequence[str], in_force: bool) -> None:
    """Scope faction or individuals opens a tie only for an actor that is itself a part."""
    assert (derive([claim], parts)["p"]["force"] == "in_force") is in_force
    expected = NOT_STATED if in_force else NO_TIE
    assert class_of(claim, parts=parts).class_ == expected


def test_an_undated_opening_act_decides_nothing_but_may_be_refused() -> None:
    """No force is stored for an undated act, unless it was refused: that needs no date."""
    undated = pledge("p", "")
    assert derive([undated])["p"]["force"] is None
    assert derive([undated])["p"]["sure"] is False
    refused = derive([undated, pledge("r", "2015", "refuse")])["p"]
    assert (refused["force"], refused["sure"]) == ("refused", False)


# --- what is sure ----------------------------------------------------------------------------------------

O = {"occurrence": "o"}  # noqa: E741 - readings of one happening
SURE: list[tuple[str, list[Claim], str | None]] = [
    ("a plain accepted claim", [given_support("c", "2014-05")], "2014-05-31 2014-05-01"),
    ("a spell", [tie("c", "2012/2015")], "2012-12-31 2015-01-01"),
    ("disputed", [given_support("c", "2014-05", status="disputed")], None),
    ("needs work", [given_support("c", "2014-05", status="needs_work")], None),
    ("alleged", [given_support("c", "2014-05", alleged=True)], None),
    ("a date with ?", [given_support("c", "2014-05?")], None),
    ("undated", [given_support("c", "")], None),
    (
        "a rival date: latest start, earliest end",
        [given_support("c", "2014-05", **O), given_support("d", "2014-08", **O)],
        "2014-08-31 2014-05-01",
    ),
    (
        "a coarser reading changes nothing",
        [given_support("c", "2014-05", **O), given_support("d", "2014", **O)],
        "2014-05-31 2014-05-01",
    ),
    (
        "another of the five types agrees",
        [given_support("c", "2014-05", **O), given_support("d", "2014-05", "unspecified", **O)],
        "2014-05-31 2014-05-01",
    ),
    (
        "another kind of type does not",
        [given_support("c", "2014-05", **O), given_support("d", "2014-05", "other", **O)],
        None,
    ),
    (
        "a coarser reading that says something else is a rival all the same",
        [given_support("c", "2014-05", **O), given_support("d", "2014", "other", **O)],
        None,
    ),
    (
        "another stage does not agree",
        [given_support("c", "2014-05", **O), given_support("d", "2014-05", stage="promised", **O)],
        None,
    ),
    (
        "the other direction does not agree",
        [given_support("c", "2014-05", **O), given_support("d", "2014-05", from_=GROUP, to=HUB, **O)],
        None,
    ),
    (
        "another recipient does not agree",
        [given_support("c", "2014-05", **O), given_support("d", "2014-05", to="other-group", **O)],
        None,
    ),
    (
        "mutual support is the same from either side",
        [
            given_support("c", "2014-05", direction="mutual", **O),
            given_support("d", "2014-05", direction="not_stated", from_=GROUP, to=HUB, **O),
        ],
        "2014-05-31 2014-05-01",
    ),
    (
        "a denial of it as a reading of its own does not agree",
        [given_support("c", "2014-05", **O), absent("d", "2014-05", "training", "one_way", **O)],
        None,
    ),
    (
        "a rejected reading has no say",
        [given_support("c", "2014-05", **O), given_support("d", "2014-08", "other", status="rejected", **O)],
        "2014-05-31 2014-05-01",
    ),
    (
        "a disputed rival has",
        [given_support("c", "2014-05", **O), given_support("d", "2014-08", status="disputed", **O)],
        "2014-08-31 2014-05-01",
    ),
    (
        "an undated reading is no rival",
        [given_support("c", "2014-05", **O), given_support("d", "", "other", **O)],
        "2014-05-31 2014-05-01",
    ),
    (
        "a rival date with ? is never certain",
        [given_support("c", "2014-05", **O), given_support("d", "2014-08?", **O)],
        None,
    ),
    (
        "cooperative ties agree with each other",
        [tie("c", "2014-05", **O), tie("d", "2014-05", "host", **O)],
        "2014-05-31 2014-05-01",
    ),
    ("a rivalry does not agree", [tie("c", "2014-05", **O), tie("d", "2014-05", "rivalry", **O)], None),
    (
        "claims of other kinds are no readings",
        [tie("c", "2014-05", **O), given_support("d", "2014-08", **O)],
        "2014-05-31 2014-05-01",
    ),
    (
        "absence of one type is not absence of another",
        [absent("c", "2014", "training", **O), absent("d", "2014", "financial", **O)],
        None,
    ),
    (
        "opening acts agree, over their force spells",
        [
            pledge("c", "2014-11-10", **O),
            pledge("d", "2014-11-03", "accept", **O),
            pledge("w", "2015-03", "withdraw"),
        ],
        "2014-11-10 2015-03-01",
    ),
    (
        "an offer does not agree",
        [pledge("c", "2014-11-10", **O), pledge("d", "2014-11-10", "offer", **O)],
        None,
    ),
    ("refused", [pledge("c", "2014-11-10"), pledge("r", "2014-12", "refuse")], None),
    (
        "perhaps refused first",
        [pledge("c", "2014-11-10"), pledge("a", "2014", "accept"), pledge("r", "2014-12", "refuse")],
        None,
    ),
    (
        "perhaps refused at all",
        [pledge("c", "2014-11-10"), pledge("r", "2014-12", "refuse", status="disputed")],
        None,
    ),
    (
        "a refusal years before is no answer, though its date has ?",
        [pledge("c", "2014-11-10"), pledge("r", "2010?", "refuse")],
        "2014-11-10 2014-11-10",
    ),
    (
        "readings that disagree on who refused",
        [
            pledge("c", "2014-11-10"),
            pledge("r", "2014-12", "refuse", **O),
            pledge("s", "2014-12", "refuse", from_=GROUP, to=HUB, **O),
        ],
        None,
    ),
    (
        "accepted before it was refused, but whether it was accepted is disputed",
        [
            pledge("c", "2014-11-10"),
            pledge("a", "2014-11-13", "accept", status="disputed"),
            pledge("r", "2014-12", "refuse"),
        ],
        None,
    ),
    (
        "accepted before it was refused",
        [pledge("c", "2014-11-10"), pledge("a", "2014-11-13", "accept"), pledge("r", "2014-12", "refuse")],
        "2014-11-10 2014-12-01",
    ),
]


@pytest.mark.parametrize(("claims", "core"), [s[1:] for s in SURE], ids=[s[0] for s in SURE])
def test_sure_needs_an_accepted_claim_and_rivals_that_agree(claims: list[Claim], core: str | None) -> None:
    """`sure_start` and `sure_end`: latest start and earliest end over the claim and its rivals."""
    got = derive(claims)["c"]
    assert got["sure"] is (core is not None)
    assert words(got["sure_start"], got["sure_end"]) == (core or "- -")


def test_rejected_claims_have_no_properties() -> None:
    """They never count, and what was stored before is taken away (None for each property)."""
    for claim in (pledge("p", "2014", status="rejected"), absent("p", "2014", status="rejected")):
        got = derive([claim])["p"]
        assert set(got) == set(DERIVED[claim.kind])
        assert set(got.values()) == {None}


# --- joined absences -------------------------------------------------------------------------------------

COVERS: list[tuple[str, list[Claim], str]] = [
    ("one spell", [absent("c", "2014")], "2014-01-01 2014-12-31 2014-01-01 2014-12-31"),
    (
        "adjoining spells are joined",
        [absent("c", "2014"), absent("d", "2015-01")],
        "2014-01-01 2015-01-31 2014-01-01 2015-01-31",
    ),
    (
        "a gap of one day is a gap",
        [absent("c", "2014"), absent("d", "[2015-01-02..2015]")],
        "2014-01-01 2014-12-31 2014-01-01 2014-12-31",
    ),
    (
        "overlapping and nested spells",
        [absent("c", "2014-06"), absent("d", "2014"), absent("e", "[2014-12..2016]")],
        "2014-01-01 2016-12-31 2014-01-01 2016-12-31",
    ),
    (
        "a spell whose ends are uncertain covers less for certain",
        [absent("c", "2013/2015")],
        "2013-12-31 2015-01-01 2013-01-01 2015-12-31",
    ),
    (
        "2014/2015 is sure of one night only",
        [absent("c", "2014/2015")],
        "2014-12-31 2015-01-01 2014-01-01 2015-12-31",
    ),
    ("a year about which nothing is sure", [absent("c", "2014~")], "- - 2013-01-01 2015-12-31"),
    (
        "a disputed spell joins the possible one only",
        [absent("c", "2014"), absent("d", "2015", status="disputed")],
        "2014-01-01 2014-12-31 2014-01-01 2015-12-31",
    ),
    ("disputed itself", [absent("c", "2014", status="disputed")], "- - 2014-01-01 2014-12-31"),
    (
        "with ? only possible",
        [absent("c", "2014"), absent("d", "2015?")],
        "2014-01-01 2014-12-31 2014-01-01 2015-12-31",
    ),
    (
        "`any` prolongs a type",
        [absent("c", "2014", "training"), absent("d", "2015")],
        "2014-01-01 2015-12-31 2014-01-01 2015-12-31",
    ),
    (
        "a type does not prolong `any`",
        [absent("c", "2014"), absent("d", "2015", "training")],
        "2014-01-01 2014-12-31 2014-01-01 2014-12-31",
    ),
    (
        "nor another type, nor `any` what is not of the five",
        [absent("c", "2014", "other"), absent("d", "2015", "training"), absent("e", "2015")],
        "2014-01-01 2014-12-31 2014-01-01 2014-12-31",
    ),
    (
        "both directions prolong one",
        [absent("c", "2014", direction="one_way"), absent("d", "2015", direction="not_stated")],
        "2014-01-01 2015-12-31 2014-01-01 2015-12-31",
    ),
    (
        "one direction does not prolong both",
        [absent("c", "2014"), absent("d", "2015", direction="one_way")],
        "2014-01-01 2014-12-31 2014-01-01 2014-12-31",
    ),
    (
        "nor the other direction",
        [
            absent("c", "2014", direction="one_way"),
            absent("d", "2015", direction="one_way", from_=GROUP, to=HUB),
        ],
        "2014-01-01 2014-12-31 2014-01-01 2014-12-31",
    ),
    (
        "absence that was only promised, and other pairs, do not count",
        [absent("c", "2014"), absent("d", "2015", stage="promised"), absent("e", "2015", to="other-group")],
        "2014-01-01 2014-12-31 2014-01-01 2014-12-31",
    ),
    (
        "rival dates: certain where all agree",
        [absent("c", "[2014..2016]", **O), absent("d", "[2015..2017]", **O)],
        "2015-01-01 2016-12-31 2014-01-01 2017-12-31",
    ),
    ("an open end", [absent("c", "2014/..")], "2014-12-31 2014-12-31 2014-01-01 -"),
    ("an unknown start", [absent("c", "[..2014]")], "- - - 2014-12-31"),
    ("undated", [absent("c", "")], "- - - -"),
    ("present support covers nothing", [given_support("c", "2014")], "- - - -"),
]


@pytest.mark.parametrize(("claims", "expected"), [c[1:] for c in COVERS], ids=[c[0] for c in COVERS])
def test_absences_are_joined(claims: list[Claim], expected: str) -> None:
    """Of one direction and type, adjoining or overlapping; certain over sure claims, possible over all."""
    got = derive(claims)["c"]
    assert (
        words(*(got[name] for name in ("covers_from", "covers_to", "may_cover_from", "may_cover_to")))
        == expected
    )


# --- classes ---------------------------------------------------------------------------------------------

ALLIED = tie("t", "2013/2016")
"""An alliance from some day of 2013 to some day of 2016: in force throughout the window."""
ALWAYS = "[2012..2016]"

CLASSES: list[tuple[str, list[Claim], str, str]] = [
    ("nothing at all", [], NO_TIE, NO_TIE),
    ("a rivalry is no tie", [tie("t", "2013/2016", "rivalry")], NO_TIE, NO_TIE),
    ("a coded non-tie is no tie", [tie("t", "2014", presence="absent")], NO_TIE, NO_TIE),
    ("an alliance, and silence", [ALLIED], NOT_STATED, NOT_STATED),
    ("a pledge within the window", [pledge("p", "2014-11-10")], NOT_STATED, NOT_STATED),
    ("a pledge before it that nothing closed", [pledge("p", "2010")], NOT_STATED, NO_TIE),
    ("a pledge after it", [pledge("p", "2016")], NO_TIE, NO_TIE),
    (
        "a pledge before it, closed within it: was in force until then",
        [pledge("p", "2010"), pledge("w", "2015", "withdraw")],
        NOT_STATED,
        NOT_STATED,
    ),
    (
        "a pledge closed before it",
        [pledge("p", "2010"), pledge("w", "2013", "withdraw")],
        NO_TIE,
        NO_TIE,
    ),
    ("a disputed alliance", [tie("t", "2014", status="disputed")], NOT_STATED, NO_TIE),
    ("a rejected alliance", [tie("t", "2014", status="rejected")], NO_TIE, NO_TIE),
    ("an alliance dated with ?", [tie("t", "2014-06?")], NOT_STATED, NO_TIE),
    ("an undated alliance", [tie("t", "")], NO_TIE, NO_TIE),
    ("an offer", [pledge("p", "2014", "offer")], NO_TIE, NO_TIE),
    (
        "an undated pledge decides nothing, whenever it was withdrawn",
        [pledge("p", ""), pledge("w", "2015", "withdraw", after=["p"])],
        NO_TIE,
        NO_TIE,
    ),
    (
        "a tie on an unknown day by the end of 2014, and absence in that year",
        [tie("t", "[..2014]"), absent("n", "2014")],
        RHETORICAL,
        NO_TIE,
    ),
    (
        "a tie on an unknown day from 2015 on, and absence in that year",
        [tie("t", "[2015..]"), absent("n", "2015")],
        RHETORICAL,
        NO_TIE,
    ),
    ("training given", [ALLIED, given_support("g", "2015")], MATERIAL, MATERIAL),
    ("support without any tie", [given_support("g", "2015")], MATERIAL, MATERIAL),
    ("support of a kind not said", [given_support("g", "2015", "unspecified")], MATERIAL, MATERIAL),
    ("publicity is not material", [ALLIED, given_support("g", "2015", "other")], NOT_STATED, NOT_STATED),
    ("promised", [ALLIED, given_support("g", "2015", stage="promised")], NOT_STATED, NOT_STATED),
    ("sought", [ALLIED, given_support("g", "2015", stage="sought")], NOT_STATED, NOT_STATED),
    ("alleged", [ALLIED, given_support("g", "2015", alleged=True)], MATERIAL, NOT_STATED),
    ("given in 2014, which began before the window", [given_support("g", "2014")], MATERIAL, NO_TIE),
    ("given before the window", [ALLIED, given_support("g", "2013")], NOT_STATED, NOT_STATED),
    ("undated", [ALLIED, given_support("g", "")], NOT_STATED, NOT_STATED),
    (
        "rival dates in and before the window",
        [given_support("g", "2015", **O), given_support("h", "2013", **O)],
        MATERIAL,
        NO_TIE,
    ),
    (
        "rival dates both within it",
        [given_support("g", "2015", **O), given_support("h", "2014-06", **O)],
        MATERIAL,
        MATERIAL,
    ),
    ("coded absent both ways", [ALLIED, absent("n", ALWAYS)], RHETORICAL, RHETORICAL),
    (
        "coded absent, direction not stated",
        [ALLIED, absent("n", ALWAYS, direction="not_stated")],
        RHETORICAL,
        RHETORICAL,
    ),
    ("absence without a tie is no tie", [absent("n", ALWAYS)], NO_TIE, NO_TIE),
    (
        "absent one way, silence the other",
        [ALLIED, absent("n", ALWAYS, direction="one_way")],
        NOT_STATED,
        NOT_STATED,
    ),
    (
        "absent each way",
        [
            ALLIED,
            absent("n", ALWAYS, direction="one_way"),
            absent("m", ALWAYS, direction="one_way", from_=GROUP, to=HUB),
        ],
        RHETORICAL,
        RHETORICAL,
    ),
    (
        "absent both ways, given all the same",
        [ALLIED, absent("n", ALWAYS), given_support("g", "2015")],
        MATERIAL,
        MATERIAL,
    ),
    (
        "absent both ways, given as somebody alleges",
        [ALLIED, absent("n", ALWAYS), given_support("g", "2015", alleged=True)],
        MATERIAL,
        RHETORICAL,
    ),
    ("disputed absence", [ALLIED, absent("n", ALWAYS, status="disputed")], RHETORICAL, NOT_STATED),
    ("absence in 2014 only", [ALLIED, absent("n", "2014")], NOT_STATED, NOT_STATED),
    ("two adjoining years", [ALLIED, absent("n", "2014"), absent("m", "2015")], RHETORICAL, RHETORICAL),
    (
        "all five types, one by one",
        [ALLIED, *(absent(f"n-{t}", ALWAYS, t) for t in FIVE_TYPES)],
        RHETORICAL,
        RHETORICAL,
    ),
    (
        "four of them",
        [ALLIED, *(absent(f"n-{t}", ALWAYS, t) for t in FIVE_TYPES[:4])],
        NOT_STATED,
        NOT_STATED,
    ),
    (
        "four of them, and `any` for the rest of the time",
        [ALLIED, *(absent(f"n-{t}", "2014", t) for t in FIVE_TYPES[:4]), absent("n", "2015")],
        NOT_STATED,
        NOT_STATED,
    ),
    (
        "five of them in 2014, and `any` in 2015",
        [ALLIED, *(absent(f"n-{t}", "2014", t) for t in FIVE_TYPES), absent("n", "2015")],
        RHETORICAL,
        RHETORICAL,
    ),
    (
        "absence has to cover only the time in force",
        [
            pledge("p", "2014-11-10"),
            pledge("w", "2015-03-01", "withdraw"),
            absent("n", "[2014-11-10..2015-03-01]"),
        ],
        RHETORICAL,
        RHETORICAL,
    ),
    (
        "for certain only when it covers all the time in which the tie is possibly in force",
        [pledge("p", "2014-11-10"), absent("n", "2014")],
        RHETORICAL,
        NOT_STATED,
    ),
    (
        "uncertain end: certain only if the latest end is covered",
        [pledge("p", "2014-11-10"), pledge("w", "2015", "withdraw"), absent("n", "[2014-11..2015-06]")],
        RHETORICAL,
        NOT_STATED,
    ),
    (
        "every tie in force has to be covered",
        [pledge("p", "2014-11-10"), pledge("w", "2015", "withdraw"), ALLIED, absent("n", "[2014-11..2015]")],
        NOT_STATED,
        NOT_STATED,
    ),
    (
        "a disputed tie that is not covered leaves doubt",
        [
            pledge("p", "2014-11-10"),
            pledge("w", "2015-03-01", "withdraw"),
            tie("t", "2015-06", status="disputed"),
            absent("n", "[2014-11..2015-03]"),
        ],
        NOT_STATED,
        NOT_STATED,
    ),
    (
        "searched both ways",
        [ALLIED, search("s", ALWAYS, HUB), search("r", ALWAYS, GROUP)],
        SEARCHED,
        SEARCHED,
    ),
    (
        "searched for all five by name",
        [ALLIED, search("s", ALWAYS, HUB, FIVE_TYPES), search("r", ALWAYS, GROUP, FIVE_TYPES)],
        SEARCHED,
        SEARCHED,
    ),
    (
        "searched for four",
        [ALLIED, search("s", ALWAYS, HUB, FIVE_TYPES[:4]), search("r", ALWAYS, GROUP)],
        NOT_STATED,
        NOT_STATED,
    ),
    ("searched one way", [ALLIED, search("s", ALWAYS, HUB)], NOT_STATED, NOT_STATED),
    (
        "searched one way, coded absent the other",
        [ALLIED, search("s", ALWAYS, HUB), absent("n", ALWAYS, direction="one_way", from_=GROUP, to=HUB)],
        SEARCHED,
        SEARCHED,
    ),
    (
        "coded absent both ways beats a search",
        [ALLIED, search("s", ALWAYS, HUB), search("r", ALWAYS, GROUP), absent("n", ALWAYS)],
        RHETORICAL,
        RHETORICAL,
    ),
    (
        "an inconclusive search",
        [ALLIED, search("s", ALWAYS, HUB, outcome="inconclusive"), search("r", ALWAYS, GROUP)],
        NOT_STATED,
        NOT_STATED,
    ),
    (
        "a disputed search",
        [ALLIED, search("s", ALWAYS, HUB, status="disputed"), search("r", ALWAYS, GROUP)],
        SEARCHED,
        NOT_STATED,
    ),
    (
        "searches are not joined",
        [
            ALLIED,
            search("s", "2014", HUB),
            search("q", "2015", HUB),
            search("r", ALWAYS, GROUP),
        ],
        NOT_STATED,
        NOT_STATED,
    ),
    ("searched without a tie", [search("s", ALWAYS, HUB), search("r", ALWAYS, GROUP)], NO_TIE, NO_TIE),
    (
        "a refused pledge is no tie",
        [pledge("p", "2014-11-10"), pledge("r", "2014-12", "refuse")],
        NO_TIE,
        NO_TIE,
    ),
    (
        "a refused pledge, accepted later",
        [pledge("p", "2014-11-10"), pledge("r", "2014-12", "refuse"), pledge("a", "2015-05", "accept")],
        NOT_STATED,
        NOT_STATED,
    ),
]


@pytest.mark.parametrize(
    ("claims", "possible", "certain"), [c[1:] for c in CLASSES], ids=[c[0] for c in CLASSES]
)
def test_classes(claims: list[Claim], possible: str, certain: str) -> None:
    """Over what possibly holds, and over what holds for certain, from 2014-02-03 to the end of 2015."""
    got = class_of(*claims)
    assert (got.class_, got.class_certain) == (possible, certain)
    assert got.certainty == ("certain" if possible == certain else "possible")


def test_an_uncertain_break_makes_what_lies_in_it_only_possible() -> None:
    """The break lies in 2013-01-01..2014-02-28: support of 2013 is possibly after it, of 2015 surely."""
    break_ = [parse(text) for text in ("2013", "2014-02", "2014")]
    assert dates.window_after(break_, date(2015, 12, 31)) == UNSURE_BREAK
    early = class_of(given_support("g", "2013-06"), window=UNSURE_BREAK)
    late = class_of(given_support("g", "2015"), window=UNSURE_BREAK)
    assert (early.class_, early.class_certain) == (MATERIAL, NO_TIE)
    assert (late.class_, late.class_certain) == (MATERIAL, MATERIAL)


def test_directions_are_classed_one_by_one() -> None:
    """The hub trained the group; what came back is coded absent."""
    back = absent("n", ALWAYS, direction="one_way", from_=GROUP, to=HUB)
    got = class_of(ALLIED, given_support("g", "2015", alleged=True), back)
    assert (got.class_from_hub, got.class_from_hub_certain) == (MATERIAL, NOT_STATED)
    assert (got.class_to_hub, got.class_to_hub_certain) == (RHETORICAL, RHETORICAL)
    assert (got.class_, got.class_certain) == (MATERIAL, NOT_STATED)


@pytest.mark.parametrize("direction", ["mutual", "not_stated"])
def test_mutual_and_undirected_flows_count_both_ways(direction: str) -> None:
    """Both directions are material, whichever side is FROM."""
    for ends in ({}, {"from_": GROUP, "to": HUB}):
        got = class_of(given_support("g", "2015", direction=direction, **ends))
        assert (got.class_from_hub, got.class_to_hub) == (MATERIAL, MATERIAL)
    one_way = class_of(given_support("g", "2015"))
    assert (one_way.class_from_hub, one_way.class_to_hub) == (MATERIAL, NO_TIE)


def test_a_faction_that_left_is_not_bound_by_the_whole() -> None:
    """The acts of each actor are its own: the faction's tie is not the group's, nor the other way round."""
    own = pledge("p", "2014-11-10", from_="ansar-faction", scope="faction")
    whole = tie("t", "2013/2016", "alliance")
    assert class_of(own, parts=["ansar-faction"]).class_ == NO_TIE
    faction = classify([whole, own], AFTER_BREAK, HUB, "ansar-faction", parts=["ansar-faction"])
    assert (faction.class_, faction.claims) == (NOT_STATED, ("p",))


DECIDED: list[tuple[str, list[Claim], str, str | None]] = [
    ("material: the support", [ALLIED, given_support("g", "2015"), absent("n", "2014")], "g", "2013"),
    ("material without a tie", [given_support("g", "2015")], "g", "2015"),
    ("rhetorical: ties and absences", [ALLIED, absent("n", ALWAYS)], "n t", "2013"),
    (
        "searched: ties and searches",
        [ALLIED, search("s", ALWAYS, HUB), search("r", ALWAYS, GROUP)],
        "r s t",
        "2013",
    ),
    ("not stated: ties", [ALLIED, pledge("p", "2014-11-10")], "p t", "2013"),
    ("no tie: nothing", [given_support("g", "2013")], "", None),
]


@pytest.mark.parametrize(("claims", "ids", "since"), [d[1:] for d in DECIDED], ids=[d[0] for d in DECIDED])
def test_deciding_claims_are_named(claims: list[Claim], ids: str, since: str | None) -> None:
    """`claims` decide the class; `since` is when the first tie in force, else the first of them, began."""
    got = class_of(*claims)
    assert got.claims == tuple(ids.split())
    assert got.since == since


FLAGS: list[tuple[str, list[Claim], set[str]]] = [
    ("none", [ALLIED, given_support("g", "2015")], set()),
    ("disputed", [tie("t", "2014", status="disputed")], {"disputed"}),
    ("needs work", [tie("t", "2014", status="needs_work")], {"needs work"}),
    ("alleged", [given_support("g", "2015", alleged=True)], {"alleged"}),
    ("inferred", [given_support("g", "2015", basis="inferred")], {"inferred"}),
    (
        "what does not decide raises none of them",
        [given_support("g", "2015"), tie("t", "2014", status="disputed")],
        set(),
    ),
    ("undated tie", [tie("t", "")], {"undated"}),
    ("undated support", [ALLIED, given_support("g", "")], {"undated"}),
    ("undated pledge", [pledge("p", "")], {"undated"}),
    ("undated withdrawal", [ALLIED, pledge("w", "", "withdraw")], {"undated"}),
    ("undated offer or rejected tie", [pledge("p", "", "offer"), tie("t", "", status="rejected")], set()),
    ("refused", [pledge("p", "2014-11-10"), pledge("r", "2014-12", "refuse")], {"refused"}),
    ("refused before the window", [pledge("p", "2010"), pledge("r", "2011", "refuse")], set()),
    ("an offer", [pledge("p", "2014-11-10", "offer")], {"claimed, not acknowledged"}),
    (
        "a claim of the hub",
        [pledge("p", "2010", "claim", from_=HUB, to=GROUP)],
        {"claimed, not acknowledged"},
    ),
    (
        "an offer turned down before the window",
        [pledge("p", "2010", "offer"), pledge("r", "2011", "refuse")],
        set(),
    ),
    ("an offer beside a tie in force", [pledge("p", "2014-11-10", "offer"), ALLIED], set()),
    ("partly coded", [ALLIED, absent("n", ALWAYS, "training")], {"partly coded"}),
    ("partly coded, and only for a year", [ALLIED, absent("n", "2015", "training")], {"partly coded"}),
    (
        "in part of the time in which the tie is possibly in force",
        [pledge("p", "2014-11-10"), absent("n", "2014")],
        {"rhetorical in part (2014)"},
    ),
    ("disputed absence of all the time", [ALLIED, absent("n", ALWAYS, status="disputed")], {"disputed"}),
    ("absence of another time is no part", [ALLIED, absent("n", "2011", "training")], set()),
    ("absence of a kind that does not matter", [ALLIED, absent("n", ALWAYS, "other")], set()),
    ("in part", [ALLIED, absent("n", "2015")], {"rhetorical in part (2015)"}),
    ("in part, from before the window", [ALLIED, absent("n", "[2010..2014]")], {"rhetorical in part (2014)"}),
    (
        "in two parts",
        [tie("t", "2010/2019"), absent("n", "2014"), absent("m", "[2015-03..2015-05]")],
        {"rhetorical in part (2014, 2015)"},
    ),
    (
        "in part, over the turn of the year",
        [ALLIED, absent("n", "[2014-12..2015-02]")],
        {"rhetorical in part (2014-2015)"},
    ),
    (
        "in part where all five overlap",
        [ALLIED, *(absent(f"n-{t}", ALWAYS, t) for t in FIVE_TYPES[:4]), absent("n", "2015", FIVE_TYPES[4])],
        {"rhetorical in part (2015)"},
    ),
    (
        "all five, never at one time",
        [ALLIED, *(absent(f"n-{t}", "2014", t) for t in FIVE_TYPES[:4]), absent("n", "2015", FIVE_TYPES[4])],
        set(),
    ),
    (
        "all of one direction is no part: the class of the direction says it",
        [ALLIED, absent("n", ALWAYS, direction="one_way")],
        set(),
    ),
    (
        "an absence beside support contests it, and is no part",
        [given_support("g", "2014-06"), ALLIED, absent("n", "2015")],
        {"contested"},
    ),
    (
        "contested by an opposite coding",
        [given_support("g", "2015"), absent("n", "2015", "training", "one_way")],
        {"contested"},
    ),
    ("contested by absence of any", [given_support("g", "2015"), absent("n", "2014")], {"contested"}),
    (
        "contested by a disputed absence",
        [given_support("g", "2015"), absent("n", "2015", status="disputed")],
        {"contested"},
    ),
    (
        "what needs work contests nothing",
        [given_support("g", "2015"), absent("n", "2015", status="needs_work")],
        set(),
    ),
    ("absence of another type", [given_support("g", "2015"), absent("n", "2015", "financial")], set()),
    (
        "absence in the other direction",
        [given_support("g", "2015"), absent("n", "2015", direction="one_way", from_=GROUP, to=HUB)],
        set(),
    ),
    ("absence outside the window", [given_support("g", "2015"), absent("n", "2012")], set()),
    ("a coded non-tie contests a tie", [ALLIED, tie("u", "2015", presence="absent")], {"contested"}),
    ("but not a non-rivalry", [ALLIED, tie("u", "2015", "rivalry", presence="absent")], set()),
    (
        "contested by another reading",
        [given_support("g", "2015-01", **O), given_support("h", "2015-06", **O)],
        {"contested"},
    ),
    (
        "a coarser reading contests nothing, in either order",
        [given_support("g", "2015-01", **O), given_support("h", "2015", **O)],
        set(),
    ),
    (
        "two works that say the same contest nothing",
        [given_support("g", "2015-01", **O), given_support("h", "2015-01", "financial", **O)],
        set(),
    ),
    (
        "another reading names another recipient",
        [given_support("g", "2015-01", **O), given_support("h", "2015-01", to="other-group", **O)],
        {"contested"},
    ),
    (
        "a rejected reading contests nothing",
        [given_support("g", "2015-01", **O), given_support("h", "2015-06", status="rejected", **O)],
        set(),
    ),
]


@pytest.mark.parametrize(("claims", "flags"), [f[1:] for f in FLAGS], ids=[f[0] for f in FLAGS])
def test_flags(claims: list[Claim], flags: set[str]) -> None:
    """What the reader has to know besides the class (model, section 5)."""
    assert class_of(*claims).flags == flags


def test_a_ledger_serves_many_pairs() -> None:
    """Claims of other pairs do not mix in, and a ledger gives the same as the claims."""
    claims = [ALLIED, absent("n", ALWAYS), given_support("g", "2015", to="other-group")]
    book = ledger(claims)
    for actor, expected in ((GROUP, RHETORICAL), ("other-group", MATERIAL), ("nobody", NO_TIE)):
        from_ledger = classify(book, AFTER_BREAK, HUB, actor)
        assert from_ledger.class_ == expected
        assert from_ledger == classify(claims, AFTER_BREAK, HUB, actor)


# --- properties ------------------------------------------------------------------------------------------

DAYS = st.dates(date(2013, 6, 1), date(2016, 6, 30))
WHEN = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda d: d.isoformat()[:7]),
    DAYS.map(lambda d: d.isoformat()[:4]),
    st.sampled_from(
        ["2014", "2015", "2014-06", "[2014..2015]", "[2013-06..2014]", "[2014-06..]", "[..2015]"]
    ),
)
DOUBT = st.sampled_from(["", "", "", "?", "~"])
SPELLS = st.one_of(
    st.tuples(DAYS, DAYS).map(lambda d: f"{min(d).isoformat()[:7]}/{max(d).isoformat()[:7]}"),
    st.sampled_from(
        ["2013/2016", "2014/2015", "2014/..", "../2015", "[2013..2016]", "2014-02-03/2015-12-31"]
    ),
)
STATUSES = st.sampled_from(["accepted"] * 6 + ["disputed", "needs_work", "rejected"])
WINDOWS = st.one_of(
    st.just(AFTER_BREAK),
    st.just(UNSURE_BREAK),
    st.builds(
        lambda a, b, c, d: Window(min(a, b), max(a, b), max(min(c, d), min(a, b)), max(a, b, c, d)),
        DAYS,
        DAYS,
        DAYS,
        DAYS,
    ),
)


@st.composite
def one_claim(
    draw: st.DrawFn, number: int, kinds: str = "pledge pledge support support tie schism search"
) -> Claim:
    """Any claim of the pair, now and then of a third actor, of few happenings."""
    kind: Any = draw(st.sampled_from(kinds.split()))
    ends = draw(st.sampled_from([(GROUP, HUB), (HUB, GROUP)] * 4 + [(GROUP, "third")]))
    more: dict[str, Any] = {"status": draw(STATUSES)}
    if kind != "search":
        more["occurrence"] = draw(st.sampled_from([None, None, "o1", "o2"]))
        more["after"] = draw(st.lists(st.sampled_from([f"c{i}" for i in range(6)]), max_size=1))
    mode = "sometime"
    if kind == "pledge":
        acts = ["pledge", "accept", "renew", "refuse", "deny", "withdraw", "offer", "not_stated"]
        more |= {
            "act": draw(st.sampled_from(acts)),
            "scope": draw(st.sampled_from([None, None, "whole", "faction"])),
        }
    if kind == "support":
        presence = draw(st.sampled_from(["present", "absent", "absent"]))
        mode = "whole" if presence == "absent" else mode
        more |= {
            "presence": presence,
            "support_type": draw(st.sampled_from(["any"] * 4 + [*FIVE_TYPES, "other", "unspecified"])),
            "direction": draw(st.sampled_from(["one_way", "mutual", "mutual", "not_stated"])),
            "stage": draw(st.sampled_from(["given"] * 5 + ["promised"])),
            "alleged": draw(st.sampled_from([False, False, False, True])),
        }
    if kind == "tie":
        more |= {"tie_type": draw(st.sampled_from(["alliance", "host", "rivalry"]))}
    if kind == "search":
        mode = "whole"
        more |= {"outcome": draw(st.sampled_from(["none_found", "found"])), "looked_for": ("any",)}
    text = draw(WHEN) if kind in ("pledge", "schism") else draw(st.one_of(WHEN, SPELLS))
    if "[" not in text and "/" not in text:
        text += draw(DOUBT)
    text = draw(st.sampled_from([text] * 9 + [""]))
    return Claim(f"c{number}", kind, *ends, bounds=_parse(text, mode), **more)


CLAIMS = st.integers(0, 7).flatmap(lambda n: st.tuples(*(one_claim(i) for i in range(n)))).map(list)
PARTS = st.sampled_from([(), (GROUP,)])


@given(CLAIMS, PARTS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_claims_does_not_matter(
    claims: list[Claim], parts: Sequence[str], random: Random
) -> None:
    """Neither for what is stored nor for the class."""
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert derive(shuffled, parts) == derive(claims, parts)
    assert class_of(*shuffled, parts=parts) == class_of(*claims, parts=parts)


@given(CLAIMS, PARTS, WINDOWS)
@settings(deadline=None, max_examples=150)
def test_certain_classes_are_possible(claims: list[Claim], parts: Sequence[str], window: Window) -> None:
    """Material, or a tie, for certain: so possibly; rhetorical for certain: possibly that or material."""
    got = class_of(*claims, window=window, parts=parts)
    pairs = [
        (got.class_, got.class_certain),
        (got.class_from_hub, got.class_from_hub_certain),
        (got.class_to_hub, got.class_to_hub_certain),
    ]
    for possible, certain in pairs:
        if certain == MATERIAL:
            assert possible == MATERIAL
        if certain == RHETORICAL:
            assert possible in (MATERIAL, RHETORICAL)
        if certain == SEARCHED:
            assert possible in (MATERIAL, RHETORICAL, SEARCHED)
        if certain != NO_TIE:
            assert possible != NO_TIE


@given(CLAIMS, PARTS)
@settings(deadline=None)
def test_stored_bounds_are_in_order(claims: list[Claim], parts: Sequence[str]) -> None:
    """A force spell never ends before it begins; a certain absence lies within the possible one."""
    for got in derive(claims, parts).values():
        lo, end_lo, end_hi = (got.get(f"force_{n}") for n in ("start_lo", "end_lo", "end_hi"))
        assert lo is None or end_lo is None or lo <= end_lo
        assert end_lo is None or end_hi is None or end_lo <= end_hi
        if got.get("covers_from"):
            assert got["may_cover_from"] is None or got["may_cover_from"] <= got["covers_from"]
            assert got["may_cover_to"] is None or got["may_cover_to"] >= got["covers_to"]


@given(CLAIMS, PARTS, WINDOWS)
@settings(deadline=None, max_examples=200)
def test_stored_properties_give_the_same_classes(
    claims: list[Claim], parts: Sequence[str], window: Window
) -> None:
    """A reader of the stored properties, as the query is, comes to the class worked out from the claims."""
    got = class_of(*claims, window=window, parts=parts)
    reader = Reader(claims, derive(claims, parts), window)
    assert reader.classes(sure=False) == (got.class_, got.class_from_hub, got.class_to_hub)
    assert reader.classes(sure=True) == (
        got.class_certain,
        got.class_from_hub_certain,
        got.class_to_hub_certain,
    )


class Reader:
    """The headline rule over stored properties only: what a query can do."""

    def __init__(self, claims: list[Claim], stored: dict[str, dict[str, Any]], window: Window) -> None:
        self.claims = [
            c for c in claims if c.status != "rejected" and c.bounds.dated and set(c.pair) == {HUB, GROUP}
        ]
        self.stored = stored
        self.window = window

    def classes(self, sure: bool) -> tuple[str, str, str]:
        ahead, back = self.direction(HUB, GROUP, sure), self.direction(GROUP, HUB, sure)
        if MATERIAL in (ahead, back):
            return MATERIAL, ahead, back
        for name, allowed in ((RHETORICAL, {RHETORICAL}), (SEARCHED, {RHETORICAL, SEARCHED})):
            if {ahead, back} <= allowed:
                return name, ahead, back
        return (NOT_STATED if self.ties(sure) else NO_TIE), ahead, back

    def holds(self, claim: Claim, sure: bool) -> bool:
        got, w = self.stored[claim.id], self.window
        if sure:
            start, end = got["sure_start"], got["sure_end"]
            assert w.w1_hi
            assert w.w2_lo
            return bool(got["sure"] and start and end and start <= w.w2_lo and end >= w.w1_hi)
        lo, hi = claim.bounds.start_lo, claim.bounds.end_hi
        if got.get("force"):
            lo, hi = got["force_start_lo"], got["force_end_hi"]
        return at_most(lo, w.w2_hi, unknown=True) and at_most(w.w1_lo, hi, unknown=True)

    def ties(self, sure: bool) -> list[Claim]:
        found = [
            c
            for c in self.claims
            if self.stored.get(c.id, {}).get("force") == "in_force"
            or (c.kind == "tie" and c.presence == "present" and c.tie_type in ("alliance", "host"))
        ]
        return [c for c in found if self.holds(c, sure)]

    def needs(self) -> list[tuple[date | None, ...]]:
        """(first and last day for the certain pass, first and last day for the possible pass)"""
        needs: list[tuple[date | None, ...]] = []
        for claim in self.ties(False):
            got, b, w = self.stored[claim.id], claim.bounds, self.window
            spell = [b.start_lo, b.start_hi, b.end_lo, b.end_hi]
            if got.get("force"):
                spell = [got[f"force_{n}"] for n in ("start_lo", "start_hi", "end_lo", "end_hi")]
            lo = max(d for d in (w.w1_lo, spell[0]) if d)
            hi = min(d for d in (w.w2_hi, spell[3]) if d)
            assert w.w1_hi
            assert w.w2_lo
            needs.append((lo, hi, spell[1] and max(w.w1_hi, spell[1]), spell[2] and min(w.w2_lo, spell[2])))
        return needs

    def direction(self, giver: str, taker: str, sure: bool) -> str:
        flows = [
            c
            for c in self.claims
            if c.kind == "support"
            and c.stage == "given"
            and ((c.from_, c.to) == (giver, taker) or c.direction != "one_way")
        ]
        material = [
            c for c in flows if c.presence == "present" and c.support_type in (*FIVE_TYPES, "unspecified")
        ]
        if any(self.holds(c, sure) for c in material):
            return MATERIAL
        if not self.ties(sure):
            return NO_TIE
        absences = [c for c in flows if c.presence == "absent"]
        if all(all(self.denied(absences, t, n, sure) for t in FIVE_TYPES) for n in self.needs()):
            return RHETORICAL
        searches = [
            c for c in self.claims if c.kind == "search" and (c.from_, c.outcome) == (giver, "none_found")
        ]
        return (
            SEARCHED
            if all(any(self.searched(s, n, sure) for s in searches) for n in self.needs())
            else NOT_STATED
        )

    def denied(self, absences: list[Claim], support_type: str, need: Any, sure: bool) -> bool:
        for claim in absences:
            got = self.stored[claim.id]
            if claim.support_type not in (support_type, "any"):
                continue
            if sure and got["covers_from"] and got["covers_from"] <= need[0] and got["covers_to"] >= need[1]:
                return True
            lo, hi = got["may_cover_from"], got["may_cover_to"]
            starts = lo is None or need[2] is None or lo <= need[2]
            if not sure and starts and (hi is None or need[3] is None or hi >= need[3]):
                return True
        return False

    def searched(self, claim: Claim, need: Any, sure: bool) -> bool:
        b = claim.bounds
        if sure:
            firm = claim.status == "accepted" and not b.uncertain and b.start_hi and b.end_lo
            return bool(firm and b.start_hi <= need[0] and b.end_lo >= need[1])
        starts = b.start_lo is None or need[2] is None or b.start_lo <= need[2]
        return starts and (b.end_hi is None or need[3] is None or b.end_hi >= need[3])


# --- worlds: choose what truly happened, within all that the claims leave open ---------------------------


class World:
    """One way things may have been: each happening on one day, as one of its readings, or not at all."""

    def __init__(self, book: Ledger, claims: list[Claim], data: st.DataObject) -> None:
        self.book = book
        self.days: dict[str, date] = {}
        self.told: dict[str, Claim] = {}
        for key, readings in self.happenings(claims).items():
            accepted = any(c.status == "accepted" for c in readings)
            if accepted or data.draw(st.booleans()):
                told = data.draw(st.sampled_from(self.kept(readings)))
                self.told[key] = told
                self.days[key] = data.draw(between(told.bounds.start_lo, told.bounds.end_hi))

    @staticmethod
    def key(claim: Claim) -> str:
        return f"{claim.kind} {claim.occurrence or claim.id}"

    def happenings(self, claims: list[Claim]) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in claims:
            if claim.status != "rejected":
                found.setdefault(self.key(claim), []).append(claim)
        return found

    def kept(self, readings: list[Claim]) -> list[Claim]:
        first = readings[0]
        return self.book.rivals[first.kind, first.occurrence] if first.occurrence else readings

    def spells(self, acceptance_first: bool) -> list[tuple[date, date | None, date]]:
        """(first day, last day if it was closed, else last day known) of each opening act in force."""
        found = []
        for key, told in self.told.items():
            if opens(told, ()) and not self.refused(key, acceptance_first):
                later = [
                    self.days[k]
                    for k, c in self.told.items()
                    if closes(c, ()) and self.days[k] > self.days[key]
                ]
                known = max(self.days[key], told.bounds.end_hi or self.days[key])
                found.append((self.days[key], min(later, default=None), known))
        return found

    def refused(self, key: str, acceptance_first: bool) -> bool:
        opening, day = self.told[key], self.days[key]
        answers = [
            (self.days[k], (c.act in REFUSALS) == acceptance_first, c.act)
            for k, c in self.told.items()
            if k != key and c.act in ANSWERS and c.from_ == opening.to and self.days[k] >= day
        ]
        return bool(answers) and min(answers)[2] in REFUSALS


def between(lo: date | None, hi: date | None) -> st.SearchStrategy[date]:
    return st.dates(lo or date(2012, 1, 1), hi or date(2018, 1, 1))


@st.composite
def dated_acts(draw: st.DrawFn) -> list[Claim]:
    """Opening, closing and answering acts of the pair, dated without `?`, in few happenings."""
    claims = []
    for number in range(draw(st.integers(1, 6))):
        kind: Any = draw(st.sampled_from(["pledge", "pledge", "pledge", "schism"]))
        acts = ["pledge", "pledge", "accept", "renew", "refuse", "deny", "withdraw", "offer"]
        ends = draw(st.sampled_from([(GROUP, HUB), (HUB, GROUP)]))
        claims.append(
            Claim(
                f"c{number}",
                kind,
                *ends,
                bounds=parse(draw(WHEN)),
                act=draw(st.sampled_from(acts)) if kind == "pledge" else "",
                status=draw(STATUSES),
                occurrence=draw(st.sampled_from([None, None, f"{kind}-1", f"{kind}-2"])),
            )
        )
    return claims


@given(dated_acts(), st.data(), st.booleans())
@settings(deadline=None, max_examples=200)
def test_worlds_agree_with_ties_in_force(
    claims: list[Claim], data: st.DataObject, acceptance_first: bool
) -> None:
    """A tie in force for certain is so in every world; one that is in force in some world is possible."""
    book = ledger(claims)
    world = World(book, claims, data)
    # The rule takes a refusal that is not certainly earlier for an answer: no other worlds.
    for key, told in world.told.items():
        for other, reply in world.told.items():
            if opens(told, ()) and reply.act in REFUSALS and world.days[other] < world.days[key]:
                lo = told.bounds.start_lo
                hi = hull(c.bounds for c in claims if World.key(c) == other)[1]
                assume(lo is not None and hi is not None and hi < lo)
    start, end = AFTER_BREAK.w1_lo, AFTER_BREAK.w2_hi
    assert start
    assert end
    spells = world.spells(acceptance_first)
    known = any(first <= end and (last or without) >= start for first, last, without in spells)
    conceivable = any(first <= end and (last or date.max) >= start for first, last, _ in spells)
    got = classify(book, AFTER_BREAK, HUB, GROUP)
    assert known or got.class_certain == NO_TIE
    assert got.class_ == NOT_STATED or not conceivable


WIDE = st.sampled_from(
    ["[2013..2016]", "2013/2016", "[2012..2014]", "2013/2014-06", "[2015..2016]", "2014-06/2016"]
)


@st.composite
def covered_ties(draw: st.DrawFn) -> list[Claim]:
    """Ties and the absences that may cover them; no support given."""
    ties = [tie("t0", draw(st.one_of(WHEN, SPELLS))), tie("t1", draw(WHEN), status=draw(STATUSES))]
    types = draw(st.sampled_from([["any"] * 2, ["any"] * 3, [*FIVE_TYPES, "any"], ["any", *FIVE_TYPES]]))
    absences = [
        absent(f"n{i}", draw(WIDE), support_type, draw(st.sampled_from(["mutual", "one_way"])))
        for i, support_type in enumerate(types)
    ]
    return ties + absences


@given(covered_ties(), st.data())
@settings(
    deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)  # only what is rhetorical is of interest
def test_worlds_agree_with_absence(claims: list[Claim], data: st.DataObject) -> None:
    """Rhetorical for certain: in every world each day of each tie in the window has all five types denied."""
    got = class_of(*claims)
    assume(RHETORICAL in (got.class_from_hub_certain, got.class_to_hub_certain))
    true = [c for c in claims if c.status == "accepted" or (c.kind == "tie" and c.status != "rejected")]
    stretch = {}
    for claim in true:
        first = data.draw(between(claim.bounds.start_lo, claim.bounds.start_hi))
        last = data.draw(between(claim.bounds.end_lo, claim.bounds.end_hi))
        last = first if claim.bounds.mode == "sometime" else last
        assume(first <= last)
        stretch[claim.id] = first, last
    day, end = AFTER_BREAK.w1_lo, AFTER_BREAK.w2_hi
    assert day
    assert end
    while day <= end:
        there = [c for c in true if stretch[c.id][0] <= day <= stretch[c.id][1]]
        if any(c.kind == "tie" for c in there):
            for flow, name in (
                ((HUB, GROUP), got.class_from_hub_certain),
                ((GROUP, HUB), got.class_to_hub_certain),
            ):
                denied = {c.support_type for c in there if c.kind == "support" and flow in c.flows}
                assert name != RHETORICAL or "any" in denied or set(FIVE_TYPES) <= denied
        day += timedelta(days=1)


def test_the_words_of_the_rule_are_words_of_the_model() -> None:
    """Acts named here are acts, and content tells opening acts from others."""
    from kb.model import ACTS

    assert set(ACTS) == {*OPENING_ACTS, *CLAIMING_ACTS, "refuse", "deny", "withdraw"}
    assert content(pledge("p", "2014"), ()) == content(pledge("q", "2015", "accept"), ())
    assert content(pledge("p", "2014"), ()) != content(pledge("q", "2014", "withdraw"), ())
