"""The figures of Blair and Potter counted again: the network by year, and two hubs on eight dimensions.

Figures 1 and 2 of The Strategic Logic of Large Militant Alliance Networks come from MGAR. Where the frames
hold claims of MGAR only those are used, for years that it codes (what holds for certain); without them the
claims of the texts, over what possibly holds. Functions as in `kb.analysis.recount`.
"""

from __future__ import annotations

from kb import ties
from kb.analysis import frames
from kb.analysis.basis import AQ, HUBS, IS, MOST, Basis, Count, Finding, NotHere, Number, Ours, Row, tidy
from kb.analysis.describe import passed
from kb.model import FIVE_TYPES

PAIRS = 2  # of each hub, the least that a difference is made of

# --- the network by year: figure 1 of text 000 -------------------------------------------------------------


def partners_over(first: int, last: int) -> Count:
    """The partners that the Islamic State has in any of these years."""

    def count(basis: Basis, _: Finding) -> Ours:
        rows = basis.partners[basis.partners["hub"] == basis.hub(IS)]
        rows = rows[(rows["year"] >= first) & (rows["year"] <= last)]
        sure, may = (
            rows.loc[rows[c] != ties.NO_TIE, "partner"].nunique() for c in ("class_certain", "class")
        )
        reason = f"from {basis.data}: named partners in {first} to {last}, {sure} of them for certain"
        number = sure if basis.is_mgar else may
        if not number:
            raise NotHere(f"from {basis.data}: no named partner of the Islamic State in {first} to {last}")
        return Ours(number, reason)

    return count


def fall_in_2013(basis: Basis, _: Finding) -> Ours:
    """The change of al-Qaeda's partners from 2012 to 2013."""
    before, after = (basis.band(AQ, year, frames.ANY_TIE) for year in (2012, 2013))
    rise = [basis.band(IS, year, frames.ANY_TIE) for year in (2012, 2013)]
    reason = f"from {basis.data}: partners of al-Qaeda {_span(*before)} in 2012, {_span(*after)} in 2013"
    also = f"; of the Islamic State {_span(*rise[0])} and {_span(*rise[1])}"
    return _change(after[0] - before[1], after[1] - before[0], reason + also)


def slower_growth(basis: Basis, _: Finding) -> Ours:
    """Growth of al-Qaeda's partners a year, 2000 to 2010 against 1990 to 1999."""
    early, late = _growth(basis, 1990, 1999), _growth(basis, 2000, 2010)
    told = [(year, basis.band(AQ, year, frames.ANY_TIE)) for year in (1990, 1999, 2000, 2010)]
    counts = ", ".join(f"{_span(*band)} in {year}" for year, band in told)
    reason = f"from {basis.data}: partners of al-Qaeda {counts}"
    return _change(tidy(late[0] - early[1], 2), tidy(late[1] - early[0], 2), reason)


def _growth(basis: Basis, first: int, last: int) -> tuple[float, float]:
    """The least and the most that al-Qaeda's partners can have grown by a year."""
    before, after = (basis.band(AQ, year, frames.ANY_TIE) for year in (first, last))
    return (after[0] - before[1]) / (last - first), (after[1] - before[0]) / (last - first)


def growth_by_kind(hub: str, kind: str) -> Count:
    """How many more partners a hub has of one kind than of the other in its year of most partners.

    `kind` is `material` or `rhetorical`. Text 000 calls a tie rhetorical when none of the five types is
    coded, which here is rhetorical or searched, none found (model, section 5); `not stated` is neither.
    """

    def count(basis: Basis, _: Finding) -> Ours:
        own = basis.partners[basis.partners["hub"] == basis.hub(hub)]
        sizes = {year: basis.band(hub, int(year), frames.ANY_TIE) for year in sorted(set(own["year"]))}
        year = max(sizes, key=lambda y: (sizes[y][1], sizes[y][0], y))
        gave, words = basis.band(hub, year, ties.MATERIAL), basis.band(hub, year, *_WORDS)
        silent = basis.band(hub, year, ties.NOT_STATED)
        reason = (
            f"from {basis.data}: in {year}, its year of most partners ({_span(*sizes[year])}), "
            f"{_span(*gave)} material, {_span(*words)} rhetorical, {_span(*silent)} not stated"
        )
        if silent[1] > (1 - MOST) * sizes[year][1]:
            raise NotHere(f"{reason}: too many are not stated to say which kind made the growth")
        if not _codes_words(basis):
            raise NotHere(f"{reason}; {_NO_WORDS}")
        one, other = (gave, words) if kind == ties.MATERIAL else (words, gave)
        return _change(one[0] - other[1], one[1] - other[0], reason)

    return count


_WORDS = (ties.RHETORICAL, ties.SEARCHED)
_NO_WORDS = "of no tie is it coded that nothing passed, so that no kind can be set against the other"


def _codes_words(basis: Basis) -> bool:
    """Whether a tie is coded as words only: data that hold nothing but support cannot tell."""
    return bool(basis.partners["class"].isin(_WORDS).any())


def share_of_words(basis: Basis, _: Finding) -> Ours:
    """The share of pair-years in which nothing of value passed, of those of which it is known."""
    column = "class_certain" if basis.is_mgar else "class"
    known = dict.fromkeys(frames.TIE_CLASSES, 0) | basis.partners[column].value_counts().to_dict()
    words, stated = sum(known[k] for k in _WORDS), known[ties.MATERIAL] + sum(known[k] for k in _WORDS)
    silent = known[ties.NOT_STATED]
    reason = (
        f"from {basis.data}: {words} of {stated} pair-years whose kind is stated; not stated in {silent} more"
    )
    if silent > (1 - MOST) * (stated + silent):
        raise NotHere(f"{reason}, so that a share would say little")
    if not words:
        raise NotHere(f"{reason}; {_NO_WORDS}")
    return Ours(tidy(100 * words / stated), reason)


def _span(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low} to {high}"


def _change(low: Number, high: Number, reason: str) -> Ours:
    """A change that lies between the two: given when both have one sign."""
    if low <= 0 <= high and low != high:
        raise NotHere(f"{reason}; the change is anything from {low:+g} to {high:+g}")
    value = low if low == high else f"{low:+g} to {high:+g}"
    return Ours(value, reason, low if low > 0 or low == high else high)


# --- two hubs on eight dimensions: table 1 and figure 2 of text 000 ----------------------------------------


def dimension(name: str) -> Count:
    """The difference of the two hubs on a dimension, in the direction in which the finding has it."""

    def count(basis: Basis, finding: Finding) -> Ours:
        row = _tested(basis, name)
        first, second = (row[f"mean_{side}"] for side in _order(finding))
        return Ours(tidy(first - second), _how(basis, row, finding))

    return count


def both_dimensions(*names: str) -> Count:
    """The smaller of the differences on these dimensions, as the finding has them: above 0 when all are."""

    def count(basis: Basis, finding: Finding) -> Ours:
        found = {name: dimension(name)(basis, finding) for name in names}
        value = ", ".join(f"{name} {ours.value:+g}" for name, ours in found.items())
        reasons = "; ".join(f"{name}: {ours.reason}" for name, ours in found.items())
        return Ours(value, reasons, min(ours.compared or 0 for ours in found.values()))

    return count


def own_mean(hub: str, name: str) -> Count:
    """The mean of one hub on a dimension of capacity: its number minus that of its partners."""

    def count(basis: Basis, _: Finding) -> Ours:
        row = basis.compared[name]
        side = HUBS.index(hub) + 1
        if row[f"mean_{side}"] is None:
            raise NotHere(_empty(basis, row, f"mean of {row[f'hub_{side}']}"))
        pairs = f"{row[f'n_{side}']} pair-years of {row[f'pairs_{side}']} pairs"
        return Ours(tidy(row[f"mean_{side}"]), f"from your counts over {pairs}")

    return count


def most_share_ideology(basis: Basis, finding: Finding) -> Ours:
    """The share of pair-years with an ideology in common, the lower of the two hubs."""
    row = _tested(basis, "shared ideology")
    low = min(row["mean_1"], row["mean_2"])
    said = f"{row['mean_1']:.4g} and {row['mean_2']:.4g} percent of the pair-years"
    return Ours(said, _how(basis, row, finding), tidy(low))


def rank_of_financial(basis: Basis, _: Finding) -> Ours:
    """The place of money among the five types that the Islamic State gives, from the least, by partners.

    A type of which nothing is told, neither that it passed nor that it did not, has no place.
    """
    own = basis.partners[basis.partners["hub"] == basis.hub(IS)]
    given = {t: own.loc[passed(own, (t,), "given", basis.holding), "partner"].nunique() for t in FIVE_TYPES}
    silent = [t for t in FIVE_TYPES if own[f"{t}_given"].isna().all()]
    counts = ", ".join(f"{t} {n}" for t, n in sorted(given.items(), key=lambda item: item[1]))
    if not any(given.values()):
        raise NotHere(f"from {basis.data}: no kind of support to a named partner is told")
    reason = f"from {basis.data}: named partners to which each type was given: {counts}"
    if silent:
        raise NotHere(f"{reason}; silence on {', '.join(silent)} support is no zero, so there is no rank")
    first = 1 + sum(number < given["financial"] for number in given.values())
    last = sum(number <= given["financial"] for number in given.values())
    return Ours(_span(first, last) if first < last else first, reason, first)


def dimensions_compared(basis: Basis, _: Finding) -> Ours:
    """The number of dimensions on which the two hubs can be compared."""
    found = [name for name in basis.compared if _can_be_compared(basis, name)]
    told = ", ".join(found) or "none of them has what a comparison needs, see the finding of each"
    reason = f"from {basis.data}: of the same {len(basis.compared)} dimensions, {told}"
    return Ours(len(found), reason)


def _can_be_compared(basis: Basis, name: str) -> bool:
    try:
        _tested(basis, name)
    except NotHere:
        return False
    return True


def _empty(basis: Basis, row: Row, what: str = "") -> str:
    """Which cells of a dimension are empty (those that name `what`), and why."""
    said = "; ".join(part for part in row["why"].split("; ") if what in part)
    needs = row["unit"] != "percent" and basis.counts is None
    return f"{said}; no table of a book counts attacks: give them with --counts" if needs else said


def _tested(basis: Basis, name: str) -> Row:
    """The row of a dimension that has a difference worth the name. Raises NotHere."""
    row = basis.compared[name]
    if row["difference"] is None:
        raise NotHere(f"from {basis.data}: {_empty(basis, row)}")
    for side in (1, 2):
        if row[f"pairs_{side}"] < PAIRS:
            known = f"of {row[f'hub_{side}']} the value is known for {row[f'pairs_{side}']} pair only"
            raise NotHere(f"from {basis.data}: {known}, too few for a difference")
    if name in FIVE_TYPES and {row["mean_1"], row["mean_2"]} == {100.0}:
        pairs = f"{row['n_1']} pair-years of {row['hub_1']} and {row['n_2']} of {row['hub_2']}"
        raise NotHere(
            f"from {basis.data}: {name} support is told of {pairs}, and of no year that it did not pass, so "
            "that there is no share to compare"
        )
    return row


def _how(basis: Basis, row: Row, finding: Finding) -> str:
    """Means, cells, test and interval, in words; the hub that the finding is of comes first."""
    sides = " against ".join(
        f"{row[f'mean_{side}']:.4g} ({row[f'n_{side}']} pair-years, {row[f'pairs_{side}']} pairs)"
        for side in _order(finding)
    )
    counts = " and your counts" if basis.counts is not None and row["dimension"] not in FIVE_TYPES else ""
    few = f"; {row['why']}" if row["why"] else ""
    return f"from {basis.data}{counts}: {sides}{_test(row, finding)}{few}"


def _test(row: Row, finding: Finding) -> str:
    """The test of a difference, and what was published of it."""
    if row["p_one"] is None:
        return ""
    low, high = row["ci_low"], row["ci_high"]
    if _order(finding)[0] == 2:
        low, high = -high, -low
    said = f" (published: {finding['significance']})" if finding["significance"] else ""
    return (
        f", 95 % interval {low:.3g} to {high:.3g}, Welch p {row['p_one']:.3g} one-tailed, "
        f"{row['p_two']:.3g} two-tailed{said}"
    )


def _order(finding: Finding) -> tuple[int, int]:
    """The sides of the comparison in the order of the finding."""
    return (2, 1) if (finding["group"] or [IS])[0] == AQ else (1, 2)
