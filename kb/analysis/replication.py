"""The published findings beside our own: what each is here, how far it differs, and why.

`COMPUTED` says which findings are counted again, and how (`kb.analysis.recount`); of every other result and
count `kb.analysis.unavailable` says what would be needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from kb.analysis import recompare, recount
from kb.analysis.basis import AQ, IS, Basis, Count, NotHere, Ours
from kb.analysis.frames import Frames
from kb.analysis.robustness import SETTINGS, Measure, Robustness, Same, robust, variants
from kb.analysis.unavailable import OF_KIND, REASONS, UNKNOWN
from kb.errors import NotFound, did_you_mean

FIGURES = (
    "network",  # text 000, figure 1: the partners of both hubs by year and kind of tie
    "dimensions",  # text 000, table 1 and figure 2: two hubs on eight dimensions
    "pledges",  # text 001, table 1 and figure 2: pledges to the Islamic State by month
)
DOZENS = (24, None)  # "dozens" is two dozen or more
WHOLE = 0.5  # half of the last digit that is printed: "about the same number" of tactics
_DIRECTIONS = {
    **dict.fromkeys(("more", "rise"), 1),
    **dict.fromkeys(("less", "lower", "fall", "falling after the start"), -1),
    "same": 0,
}


@dataclass(frozen=True, slots=True)
class Computed:
    """How a finding is counted again.

    `stands_for`: the lower and the upper number that published words stand for; `windowed`: whether it is of
    a window of time, which can be moved (see `_can_move`); `tolerance`: how near to zero is no difference.
    """

    count: Count
    figure: str = ""
    stands_for: tuple[float | None, float | None] = (None, None)
    windowed: bool = False
    tolerance: float = 0.0


def _on(name: str) -> Computed:
    return Computed(recompare.dimension(name), "dimensions")


COMPUTED = {
    # text 000, in prose
    "bp-finding-count-commanders-lost": Computed(recount.lost_commanders, stands_for=DOZENS),
    "bp-finding-count-mgar-end": Computed(recount.mgar_year(1)),
    "bp-finding-count-mgar-groups": Computed(recount.mgar_groups),
    "bp-finding-count-mgar-start": Computed(recount.mgar_year(0)),
    "bp-finding-count-types-of-support": Computed(recount.types_coded),
    "bp-finding-foreign-fighters-38200": Computed(
        recount.quantity(f"foreign-fighters-of-the-{IS}", "fighters")
    ),
    "bp-finding-is-allies-dozens-2014-2015": Computed(recount.pledgers, stands_for=DOZENS, windowed=True),
    "bp-finding-is-wilayats-21": Computed(recount.provinces, windowed=True),
    "bp-finding-jn-foreign-fighters-80-percent": Computed(
        recount.quantity("jabhat-al-nusra-foreign-fighters", "percent")
    ),
    "bp-finding-result-aq-leftist": Computed(recount.leftist_partners, stands_for=(2, None)),
    "bp-finding-result-is-allies-salafist": Computed(recount.salafist_allies),
    "bp-finding-result-non-salafi-aq": Computed(recount.other_ideology),
    # text 000, figure 1
    "bp-finding-growth-slower": Computed(recompare.slower_growth, "network", windowed=True),
    "bp-finding-is-partners-dozens": Computed(
        recompare.partners_over(2013, 2015), "network", stands_for=DOZENS, windowed=True
    ),
    "bp-finding-result-aq-growth-material": Computed(recompare.growth_by_kind(AQ, "material"), "network"),
    "bp-finding-result-is-growth-rhetorical": Computed(recompare.growth_by_kind(IS, "rhetorical"), "network"),
    "bp-finding-result-many-rhetorical": Computed(recompare.share_of_words, "network"),
    "bp-finding-result-replacement-2013": Computed(recompare.fall_in_2013, "network", windowed=True),
    # text 000, table 1 and figure 2
    "bp-finding-count-dimensions": Computed(recompare.dimensions_compared, "dimensions"),
    "bp-finding-result-method": Computed(recompare.dimensions_compared, "dimensions"),
    "bp-finding-pred-shared-ideology": _on("shared ideology"),
    "bp-finding-pred-operational-support": _on("operational"),
    "bp-finding-pred-material-support": _on("material"),
    "bp-finding-pred-territorial-support": _on("territorial"),
    "bp-finding-pred-training-support": _on("training"),
    "bp-finding-pred-financial-support": _on("financial"),
    "bp-finding-pred-prose-ideology": _on("shared ideology"),
    "bp-finding-pred-prose-investments": Computed(
        recompare.both_dimensions("territorial", "financial"), "dimensions"
    ),
    "bp-finding-pred-prose-training-financing": Computed(
        recompare.both_dimensions("training", "financial"), "dimensions"
    ),
    "bp-finding-pred-prose-weaker-allies": _on("relative attacks"),
    "bp-finding-pred-relative-capacity-aq": Computed(
        recompare.own_mean(AQ, "relative attacks"), "dimensions"
    ),
    "bp-finding-pred-relative-capacity-is": Computed(
        recompare.own_mean(IS, "relative attacks"), "dimensions"
    ),
    "bp-finding-result-shared-ideology": _on("shared ideology"),
    "bp-finding-result-salafist-both": Computed(
        recompare.most_share_ideology, "dimensions", stands_for=(50, None)
    ),
    "bp-finding-result-operational-support": _on("operational"),
    "bp-finding-result-material-support": _on("material"),
    "bp-finding-result-territorial-support": _on("territorial"),
    "bp-finding-result-training-support": _on("training"),
    "bp-finding-result-financial-support": _on("financial"),
    "bp-finding-result-haven-finance": Computed(
        recompare.both_dimensions("territorial", "financial"), "dimensions"
    ),
    "bp-finding-result-significant-operational-material": Computed(
        recompare.both_dimensions("operational", "material"), "dimensions"
    ),
    "bp-finding-result-is-cash-second-least": Computed(
        recompare.rank_of_financial, "dimensions", stands_for=(2, 2)
    ),
    "bp-finding-result-relative-attacks-aq": Computed(
        recompare.own_mean(AQ, "relative attacks"), "dimensions"
    ),
    "bp-finding-result-relative-attacks-is": Computed(
        recompare.own_mean(IS, "relative attacks"), "dimensions"
    ),
    "bp-finding-result-relative-capacity-large": _on("relative attacks"),
    "bp-finding-result-relative-tactics-aq": Computed(
        recompare.own_mean(AQ, "relative tactics"), "dimensions", tolerance=WHOLE
    ),
    "bp-finding-result-relative-tactics-is": Computed(
        recompare.own_mean(IS, "relative tactics"), "dimensions"
    ),
    # text 001
    "pp-finding-foreign-fighters-38200": Computed(
        recount.quantity(f"foreign-fighters-of-the-{IS}", "fighters")
    ),
    "pp-finding-nusra-fighters-80": Computed(recount.quantity("jabhat-al-nusra-foreign-fighters", "percent")),
    "pp-finding-is-10-allies": Computed(recount.recruited("allies"), "pledges", windowed=True),
    "pp-finding-is-21-wilayats": Computed(recount.provinces, "pledges", windowed=True),
    "pp-finding-is-36-affiliates": Computed(recount.recruited("affiliates"), "pledges", windowed=True),
    "pp-finding-is-dozens-ties": Computed(
        recompare.partners_over(*recount.RECRUITED), "network", stands_for=DOZENS, windowed=True
    ),
    "pp-finding-is-monthly-ties-peak": Computed(recount.monthly_trend, "pledges"),
    "pp-finding-table-1-rows": Computed(recount.table_rows, "pledges"),
    "pp-finding-raf-ad-attacks": Computed(
        recount.joint_events("attack", "attacker", "red-army-faction", "action-directe")
    ),
    "pp-finding-raf-alliance-members": Computed(recount.joined("red-army-faction")),
    "pp-finding-raf-ccc-logistics": Computed(
        recount.support_given("communist-combatant-cells", "red-army-faction", "unspecified", "material")
    ),
    "pp-finding-raf-operations-1973-1976": Computed(
        recount.operations("red-army-faction", 1973, 1976), windowed=True
    ),
    "pp-finding-raf-rb-statements": Computed(
        recount.joint_events("declaration", "issuer", "red-army-faction", "red-brigades")
    ),
    # text 002
    "hb-finding-nato-28": Computed(recount.member_states("north-atlantic-treaty-organization")),
}
"""Id of a finding -> how it is counted again."""

COLUMNS = ("finding", "published", "ours", "difference", "reason", "kind", "figure", "statement")


def replicate(findings: pd.DataFrame, basis: Basis, figure: str | None = None) -> pd.DataFrame:
    """One row a finding (of a figure, or all): what was published, what comes out here, and why.

    `findings` as `kb.analysis.findings.finding_frame` gives them. published: the value and unit as printed,
    else the direction, else None. ours: the number, or words with it; None where these data do not give one.
    difference: ours minus the published number, 0 within published bounds; where only a direction is
    published `same direction`, `opposite direction` or `no difference`, where neither is `no number
    published`; None where there is nothing of ours. reason: in words, why it is what it is or is not there.

    Raises NotFound for an unknown figure.
    """
    rows = [_row(finding, basis) for finding in _asked(findings, figure)]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _asked(findings: pd.DataFrame, figure: str | None) -> Sequence[Mapping[Any, Any]]:
    """The findings of a figure, or the one of that id, or all."""
    rows: Sequence[Mapping[Any, Any]] = findings.to_dict("records")
    if figure is None:
        return rows
    if figure in FIGURES:
        return [row for row in rows if row["id"] in COMPUTED and COMPUTED[row["id"]].figure == figure]
    if one := [row for row in rows if row["id"] == figure]:
        return one
    near = did_you_mean(figure, [*FIGURES, *findings["id"]])
    raise NotFound(f"No figure or finding '{figure}'.", near or f"Figures: {', '.join(FIGURES)}.")


def _row(finding: Mapping[Any, Any], basis: Basis) -> list[Any]:
    found = _count(finding, basis)
    known = COMPUTED.get(finding["id"])
    ours = found if isinstance(found, Ours) else None
    return [
        finding["id"],
        published(finding),
        ours and ours.value,
        difference(finding, known, ours.compared) if known and ours and ours.compared is not None else None,
        ours.reason if ours else found,
        finding["kind"],
        known.figure or None if known else None,
        finding["statement"],
    ]


def _count(finding: Mapping[Any, Any], basis: Basis) -> Ours | str:
    """What comes out, or why nothing does."""
    known = COMPUTED.get(finding["id"])
    if known is None:
        reason = REASONS.get(finding["id"])
        return (
            f"not computable from these texts: {reason}" if reason else OF_KIND.get(finding["kind"], UNKNOWN)
        )
    try:
        return known.count(basis, finding)
    except NotHere as nothing:
        return f"not computable{'' if str(nothing).startswith('from ') else ':'} {nothing}"


def published(finding: Mapping[Any, Any]) -> str | None:
    """The value as printed with its unit, and the direction; None when neither is printed."""
    value, unit = finding["value"], finding["unit"]
    if value and unit and unit not in value and not ("%" in value and unit in _PERCENT):
        value = f"{value} [{unit}]"
    return ", ".join(filter(None, (value, finding["direction"]))) or None


_PERCENT = ("percent", "per cent")
SAME, OPPOSITE, NEITHER = "same direction", "opposite direction", "no difference"
NO_NUMBER = "no number published"


def difference(finding: Mapping[Any, Any], known: Computed, number: float) -> float | str:
    """Our number minus what was published, or how the directions compare; see `replicate`."""
    low, high = finding["value_lo"], finding["value_hi"]
    if low is None and high is None:
        low, high = known.stands_for
    if low is None and high is None:
        return _direction(finding, known, number) or NO_NUMBER
    if _DIRECTIONS.get(finding["direction"]) == -1:
        number = -number  # printed is how much less
    nearest = max(number, low) if low is not None else number
    nearest = min(nearest, high) if high is not None else nearest
    beyond = round(number - nearest, 6)
    return int(beyond) if beyond == int(beyond) else beyond


def _direction(finding: Mapping[Any, Any], known: Computed, number: float) -> str | None:
    """How the sign of our number compares with the published direction; None when none is."""
    wanted = _DIRECTIONS.get(finding["direction"])
    if wanted is None:
        return None
    if abs(number) <= known.tolerance:
        return NEITHER if wanted else SAME
    return SAME if number * wanted > 0 else OPPOSITE


# --- under each setting ------------------------------------------------------------------------------------

ROBUST_COLUMNS = ("finding", "ours", "difference", "holds", *SETTINGS, "breaks")


def robustness(findings: pd.DataFrame, basis: Basis, figure: str | None = None) -> pd.DataFrame:
    """One row a finding that can be computed: whether it holds when what can be doubted is set aside.

    A finding holds under a setting when it can still be computed and stands to what was published as before:
    in the published direction, against it, or without a difference; where no direction is published, within
    the published bounds, below or above them; where neither is, with the same sign.

    ours: the number that is compared; difference: as in `replicate`, since what is far from the published
    number can hold as well; holds: `holds under 5 of 7`; a column for each setting of
    `kb.analysis.robustness`: holds, breaks, or None where it is not asked (the window of what has none);
    breaks: what comes out where it does not hold. Raises NotFound for an unknown figure.
    """
    under = variants(basis.held)
    bases = {id(v.frames): replace(basis, held=v.frames) for v in under} | {id(basis.held): basis}
    rows = []
    for finding in _asked(findings, figure):
        if known := COMPUTED.get(finding["id"]):
            measure, same = _measure(finding, bases), _same(finding, known)
            found = robust(basis.held, under, measure, same, windowed=_can_move(known, basis))
            if found:
                rows.append(_robust_row(finding, known, found))
    return pd.DataFrame(rows, columns=list(ROBUST_COLUMNS), dtype=object)


def _can_move(known: Computed, basis: Basis) -> bool:
    """Whether the window of a finding can move by months: not over MGAR, which codes whole years."""
    return known.windowed and not (known.figure == "network" and basis.is_mgar)


def _measure(finding: Mapping[Any, Any], bases: Mapping[int, Basis]) -> Measure:
    """The number of a finding in frames, of which the basis is made once."""

    def measure(held: Frames) -> float | None:
        found = _count(finding, bases[id(held)])
        return found.compared if isinstance(found, Ours) else None

    return measure


def _same(finding: Mapping[Any, Any], known: Computed) -> Same:
    """Whether two numbers stand to what was published in the same way."""

    def relation(number: float) -> float | str:
        found = _direction(finding, known, number) or difference(finding, known, number)
        value = number if found == NO_NUMBER else found
        return value if isinstance(value, str) else (value > 0) - (value < 0)

    return lambda one, other: relation(one) == relation(other)


def _robust_row(finding: Mapping[Any, Any], known: Computed, found: Robustness) -> Sequence[Any]:
    words = {True: "holds", False: "breaks"}
    verdicts = [words[found.settings[name]] if name in found.settings else None for name in SETTINGS]
    away = difference(finding, known, found.value)
    return [finding["id"], found.value, away, found.line, *verdicts, found.breaks]
