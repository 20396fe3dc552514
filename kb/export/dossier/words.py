"""Claims, names and dates in plain English sentences of our own."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable, Iterable, Sequence

from kb.export.dossier.facts import Fact

Name = Callable[[str | None], str]

SUPPORT = {
    "operational": "operational support",
    "material": "material support",
    "territorial": "a base or safe haven",
    "training": "training",
    "financial": "financial support",
    "unspecified": "support of a kind not stated",
    "any": "support of any of the five kinds",
}
RELATIONS = {
    "affiliate": "as an affiliate",
    "ally": "as an ally",
    "merger": "to merge",
    "province": "as a province",
}
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}


def joined(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_word(number: int) -> str:
    """`three`, `12`: words up to ten, as in running text."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def counted(number: int, one: str) -> str:
    """`one claim`, `two claims`, `12 claims`."""
    return f"{number_word(number)} {one}{'s' * (number != 1)}"


def sentence(text: str) -> str:
    """The text with a capital at its head and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[:1].upper() + text[1:] + "." * (not text.endswith((".", "?", "!", "…", ".”")))


# --- dates ----------------------------------------------------------------------------------------------


def when(edtf: str | None) -> str:
    """A date in EDTF as prose has it: `7 March 2015`, `between March and 29 October 2015`, `2014 to 2016`."""
    if not edtf:
        return "undated"
    if edtf.startswith("["):
        first, last = edtf[1:-1].split("..")
        if not first or not last:
            return f"{_day(first)} or later" if first else f"{_day(last)} or earlier"
        return f"between {_shared(first, last)} and {_day(last)}"
    if "/" in edtf:
        first, last = (part.strip(".") for part in edtf.split("/"))
        if first and last:
            return f"{_shared(first, last)} to {_day(last)}"
        if first:
            return f"from {_day(first)} on" if edtf.endswith("..") else f"from {_day(first)}, end not known"
        return f"until {_day(last)}" if last else "still going on, the beginning not known"
    return _day(edtf)


def at(edtf: str | None) -> str:
    """The same with the preposition it needs: `in March 2015`, `on 7 March 2015`; empty when undated."""
    text = when(edtf) if edtf else ""
    if not edtf or re.match(r"between|from|until|still|perhaps|about", text) or "/" in edtf:
        return text
    return f"{'on' if re.match(r'[0-9]{1,2} ', text) else 'in'} {text}"


def _shared(first: str, last: str) -> str:
    """The first of two dates, without the year where the last one has the same."""
    text = _day(first)
    year = first[:4]
    return text.removesuffix(f" {year}") if last.startswith(year) and len(first) > 4 < len(last) else text


def _day(part: str) -> str:
    marks = re.sub(r"[^?~%]", "", part)
    plain = re.sub(r"[?~%]", "", part)
    lead = "perhaps " * bool(re.search("[?%]", marks)) + "about " * bool(re.search("[~%]", marks))
    year, *rest = plain.split("-")
    if year.endswith("X"):
        return f"{lead}the {year[:3]}0s"
    if not rest:
        return lead + year
    if rest[0] in _SEASONS:
        return f"{lead}{_SEASONS[rest[0]]} {year}"
    month = f"{month_name[int(rest[0])]} {year}"
    return f"{lead}{int(rest[1])} {month}" if len(rest) > 1 and rest[1] != "XX" else lead + month


# --- claims ---------------------------------------------------------------------------------------------


def says(fact: Fact, name: Name) -> str:
    """What a claim says, without its date, as a clause in the past tense."""
    a, b = name(fact.start), name(fact.end)
    match fact.kind:
        case "pledge":
            return _pledge(fact, a, b)
        case "support":
            return _support(fact, a, b)
        case "tie":
            return _tie(fact, a, b)
        case "schism":
            why = f" over {fact.cells['trigger']}" if fact.cells.get("trigger") else ""
            return f"{a} broke with {b}{why}"
        case "lineage":
            return _LINEAGE[fact.cells["relation"]].format(a=a, b=b)
    return str(fact.cells.get("title") or fact.id).rstrip(".")


_PLEDGES = {
    "offer": "{a} offered allegiance or alliance to {b}",
    "pledge": "{a} pledged itself to {b}",
    "accept": "{a} accepted {b}",
    "recognise": "{a} recognised {b} as its own",
    "renew": "{a} renewed its pledge to {b}",
    "claim": "{a} claimed {b} as its own",
    "refuse": "{a} refused {b}",
    "withdraw": "{a} withdrew its pledge to {b}",
    "deny": "{a} denied a tie with {b}",
    "not_stated": "{a} is listed as tied to {b}",
}
_LINEAGE = {
    "split": "{b} split from {a}",
    "succeed": "{b} succeeded {a}",
    "merge": "{a} merged into {b}",
    "absorb": "{b} absorbed {a}",
    "join_umbrella": "{a} joined {b}",
    "leave_umbrella": "{a} left {b}",
    "front": "{a} was a front of {b}",
    "faction_of": "{a} was a faction of {b}",
}


def _pledge(fact: Fact, a: str, b: str) -> str:
    relations = [RELATIONS[r] for r in fact.cells.get("relation_type") or () if r in RELATIONS]
    text = _PLEDGES[fact.cells["act"]].format(a=a, b=b)
    scope = {"faction": f"a faction of {a}", "individuals": f"some members of {a}"}.get(
        fact.cells.get("scope", "")
    )
    if scope and text.startswith(a):
        text = scope + text[len(a) :].replace("itself", "itself" if "faction" in scope else "themselves")
    return f"{text} {joined(relations, 'or')}".strip()


def _support(fact: Fact, a: str, b: str) -> str:
    cells = fact.cells
    what, printed = cells["support_type"], cells.get("type_as_printed")
    kind = SUPPORT.get(what) or (
        f"support outside the five kinds (“{printed}”)" if printed else "support outside the five kinds"
    )
    if cells.get("presence") == "absent":
        return f"no {kind.removeprefix('a ')} passed {_ways(fact, a, b)}"
    alleged = "allegedly " * bool(cells.get("alleged"))
    if cells.get("stage") == "promised":
        return f"{a} {alleged}promised {b} {kind}"
    if cells.get("stage") == "sought":
        return f"{b} {alleged}sought {kind} from {a}"
    if cells.get("direction") == "mutual":
        return f"{a} and {b} {alleged}gave each other {kind}"
    if cells.get("direction") == "not_stated":
        return f"{kind} {alleged}passed between {a} and {b}, the direction not stated"
    return f"{a} {alleged}gave {b} {kind}"


def _ways(fact: Fact, a: str, b: str) -> str:
    return (
        f"from {a} to {b}" if fact.cells.get("direction", "one_way") == "one_way" else f"between {a} and {b}"
    )


_TIES = {
    "alliance": "{a} and {b} were allied",
    "affiliation": "{a} was affiliated with {b}",
    "association": "{a} and {b} were associated",
    "host": "{a} hosted {b}",
    "membership": "{a} belonged to {b}",
    "rivalry": "{a} and {b} were rivals",
    "clash": "{a} and {b} fought each other",
    "contact": "{a} and {b} were in contact",
}
_NO_TIES = {
    "alliance": "{a} and {b} were not allied",
    "affiliation": "{a} was not affiliated with {b}",
    "association": "{a} and {b} were not associated",
    "host": "{a} did not host {b}",
    "membership": "{a} did not belong to {b}",
    "rivalry": "{a} and {b} were no rivals",
    "clash": "{a} and {b} did not fight each other",
    "contact": "{a} and {b} were not in contact",
}


def _tie(fact: Fact, a: str, b: str) -> str:
    forms = _NO_TIES if fact.cells.get("presence") == "absent" else _TIES
    text = forms[fact.cells["tie_type"]].format(a=a, b=b)
    return f"{text} ({fact.cells['role']})" if fact.cells.get("role") else text


def told(readings: Iterable[Fact], name: Name) -> list[str]:
    """The different clauses by which readings tell one happening: plain ones before vague or doubted ones.

    Clauses that differ only in `allegedly` or in printed words count as one.
    """
    clauses: dict[str, str] = {}
    for reading in sorted(readings, key=vague):
        clause = says(reading, name)
        clauses.setdefault(re.sub(r"allegedly |“.*?”", "", clause), clause)
    return list(clauses.values())


def vague(fact: Fact) -> tuple[bool, bool, bool]:
    """A key that puts plain readings before alleged and general ones, and doubted ones last."""
    cells = fact.cells
    general = cells.get("act") == "not_stated" or cells.get("tie_type") in ("association", "contact")
    return fact.status != "accepted", bool(cells.get("alleged")), general
