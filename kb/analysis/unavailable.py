"""Why a published result or count cannot be computed from what the three texts tell.

Each reason says what would be needed, or what the texts lack. What can be computed is in
`kb.analysis.replication`.
"""

from __future__ import annotations

_SIZES = "no table of a book holds the size of a group"
_SURVEY = "needs surveys of opinion, and no table holds any"
_MANY_STATES = "needs every alliance and war of states over many years; the chapter names single cases"

_TEXT_000 = {
    "count-fighters-of-affiliates": f"quoted from Byman; {_SIZES}",
    "count-global-networks": "the text gives no rule from what size on a network is expansive",
    "count-plans-scrapped": "quoted from Mir; the plans are not told one by one, so no events are coded",
}
_TEXT_001 = {
    "bapat-repression": "Bapat and Bond on other data; repression by governments is not coded",
    "decentralization-costs": "needs the inner order of many groups and their discipline, not coded here",
    "foreign-fighters-non-islamic": "needs recruits by country; the texts print no number of any country",
    "foreign-fighters-returned": "an estimate quoted in the text; no claim tells who went home",
    "foreign-fighters-tunisia": "needs recruits by country; the texts name Tunisia and print no numbers",
    "governance-costly": "needs what a group spends on governing and on war; no table holds money spent",
    "holding-territory": "needs territory held and pressure by the state over many groups; neither is coded",
    "indiscriminate-violence": "needs attacks on civilians and concessions won over many campaigns",
    "little-moves": "Horowitz and Potter on other data; these texts rarely say that nothing passed",
    "local-networks-recruiting": "needs local social ties and recruiting of many groups, not coded here",
    "pedahzur-suicide": "needs suicide attacks and who knows whom; the casebook codes no such networks",
    "raf-size": f"an estimate quoted in the text; {_SIZES}",
    "raqqa-recruits-share": "the word of former residents; no claim tells why a person joined",
    "sinai-50-killed": "the event is coded (2015-07-01), but no column of events holds how many were killed",
    "syrian-soldiers-16": "the event is coded (2014), the number stands only in its title",
    "ten-ttp-commanders": "table 1 lists them as one row (26); their names are not printed",
}
_TEXT_002 = {
    "afghan-narratives": f"De Graaf on the Afghan campaign: {_SURVEY}",
    "alliances-keep-peace": f"Levy's result: {_MANY_STATES}",
    "allied-wars-levy": f"Levy's result: {_MANY_STATES}",
    "allied-wars-oren": f"Oren's result: {_MANY_STATES}",
    "allies-change-each-other": "Tierney's result from cases; how warlike a state is, is not coded",
    "bandwagon-less-frequent": "needs every choice of side of many states; the chapter lists none",
    "bandwagon-small-states": "needs the size of states, their threats and whom they joined; not coded",
    "bosnia-limited": "a judgement of success; the contact group's results are not coded as events",
    "coalitions-more-effective": "needs the outcome of many wars, by coalition and alliance; not coded",
    "concerts-after-war": "needs every concert and systemic war; the chapter dates too few of both",
    "five-allies": "the five are one unnamed collective in the casebook: the chapter does not name them",
    "friends-growth": "needs the Groups of Friends of each decade; the chapter names single ones",
    "interoperability": "how well equipment and procedures fit together is in no table",
    "iraq-afghanistan-compared": "needs how hard each government found it to win support; not coded",
    "mme-rise": "needs a list of all exercises by year, such as that of the work cited",
    "nato-adaptable": "compares what institutions can do; assets of NATO and the UN are not coded",
    "nato-purpose": "compares the purpose of two institutions, which is a reading and no count",
    "recchia-officers": f"Recchia on officers and civilians: {_SURVEY}",
    "reputation": f"Crescenzi on reputation: {_MANY_STATES}",
    "russia-nato-coordination": "a judgement on how well two sides worked together; no scale is coded",
    "schmitt-junior-partners": "Schmitt's comparison of cases; standing and effectiveness are not coded",
    "schmitt-no-relation": f"Schmitt on Afghanistan and Iraq: {_SURVEY}",
    "schmitt-public-support": f"Schmitt on Afghanistan and Iraq: {_SURVEY}",
    "schmitt-rare": "needs the standing, integration and quality of every partner; not coded",
    "schmitt-utility": "needs the standing and contribution of every junior partner; not coded",
    "small-wars": "needs all wars of recent decades by kind; the chapter names examples",
    "three-objectives": "counted in a strategy paper that the chapter cites and does not list",
    "trade-off": "needs how effective operations with and without partners were; not coded",
    "two-areas": "counts the questions of a literature, which no table holds",
}
REASONS = {
    f"{prefix}-finding-{name}": reason
    for prefix, reasons in (("bp", _TEXT_000), ("pp", _TEXT_001), ("hb", _TEXT_002))
    for name, reason in reasons.items()
}
"""Id of a finding -> what would be needed to compute it."""

OF_KIND = {
    "interpretation": "a reading of the authors: no number and no comparison that data could repeat",
    "prediction": "an expectation: what the text measured of it, if anything, stands among its results",
}
"""Kind of a finding -> why it is not computed, where nothing else is said of it."""
UNKNOWN = "no computation is known for it: its id is none of the bundled casebook"
