"""`kb match` on the casebook: what a load would do with a name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.graph import Graph
from kb.loading.match import match_names
from kb.loading.plan import make_plan
from loaders.tables import read_book
from tests.graph.books import write_book
from tests.graph.shell import kb

pytestmark = pytest.mark.usefixtures("casebook")


def asked(*words: str, status: int) -> Any:
    """The answer as JSON."""
    done = kb("match", *words, "--format", "json")
    assert done.status == status, done.err
    return json.loads(done.out)


def test_a_name_of_one_actor_is_taken() -> None:
    """An acronym of the table of names, with the actor's own name."""
    found = asked("isi", "--on", "2012", status=0)
    first = found["candidates"][0]
    assert (found["asked"], found["decision"]) == ("isi", "taken")
    assert (first["actor_id"], first["name"], first["matched"]) == ("islamic-state", "Islamic State", "ISI")
    assert (first["score"], first["reason"]) == (100, "same name")


def test_homonyms_stay_apart_and_the_country_ranks_them() -> None:
    """Two groups are listed under one name; a country does not choose."""
    for country, first in (
        ("Philippines", "jemaah-islamiyah-philippines"),
        ("Indonesia", "jemaah-islamiyah"),
    ):
        found = asked("Jemaah Islamiyah", "--country", country, status=1)
        assert found["decision"] == "ambiguous"
        assert [c["score"] for c in found["candidates"]][:2] == [100, 100]
        assert found["candidates"][0]["actor_id"] == first
        assert found["candidates"][0]["country_fits"] is True


def test_a_namesake_of_another_country_is_not_taken_for_the_one_asked_for() -> None:
    """The only bearer is of Yemen; the last line says so."""
    done = kb("match", "Ansar al-Sharia", "--country", "Libya")
    assert done.status == 1
    assert done.out.splitlines()[-1] == (
        "ambiguous: the one who bears 'Ansar al-Sharia' is elsewhere (Yemen); write an id."
    )
    found = asked("Mujahideen Shura Council", "--country", "Egypt", status=1)["candidates"]
    assert [c["country_fits"] for c in found] == [False, True]
    assert found[1]["actor_id"] == "mujahideen-shura-council-in-the-environs-of-jerusalem"


def test_a_plan_warns_of_a_namesake_of_another_country(tmp_path: Path) -> None:
    """Names of the graph, too; the load goes on."""
    row = {"id": "my-oath", "from": "Ansar al-Sharia", "to": "al-qaeda", "act": "pledge", "place": "Libya"}
    done = kb("plan", write_book(tmp_path, {"pledges": [row]}))
    assert done.status == 0
    assert (
        "pledges.csv row 2, column from: warning [name-elsewhere] 'Ansar al-Sharia' names "
        "ansar-al-sharia-yemen (Yemen), the place of the row is Libya. "
        "Write the id ansar-al-sharia-yemen if it is meant, else the id of the other actor."
    ) in done.err


def test_the_soldiers_of_the_caliphate_of_three_countries_are_shown() -> None:
    """The one of the country first, also the one whose name the table prints in English; none is taken."""
    found = asked("Jund al-Khilafah", "--country", "Egypt", status=1)
    actors = [candidate["actor_id"] for candidate in found["candidates"]]
    assert found["decision"] == "none"
    assert actors[0] == "jund-al-khilafah-egypt"
    assert {f"jund-al-khilafah-{country}" for country in ("egypt", "tunisia", "algeria")} <= set(actors)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Daech", "islamic-state"),
        ("al-Chabab", "al-shabaab"),
        ("\u0628\u0648\u0643\u0648 \u062d\u0631\u0627\u0645", "boko-haram"),
        ("Jabha an-Nusrah", "jabhat-al-nusra"),
        ("Ansar Beit al-Makdis", "ansar-bayt-al-maqdis"),
    ],
)
def test_a_spelling_that_is_not_known_is_shown_and_not_taken(name: str, actor: str) -> None:
    """The right actor comes first, below certainty."""
    found = asked(name, status=1)
    assert found["decision"] == "none"
    assert found["candidates"][0]["actor_id"] == actor
    assert 75 <= found["candidates"][0]["score"] < 100


@pytest.mark.parametrize(
    ("name", "status", "line"),
    [
        ("Boko Haram", 0, "taken: a load writes boko-haram for 'Boko Haram'."),
        ("boko-haram", 0, "taken: a load writes boko-haram for 'boko-haram'."),
        ("Jemaah Islamiyah", 1, "ambiguous: 2 actors bear 'Jemaah Islamiyah'; write the id of one."),
        ("Daech", 1, "none: no actor bears 'Daech'; write an id, or add the name."),
        ("Xyzzy Quux", 1, "none: no actor bears 'Xyzzy Quux'; add the actor."),
        (
            "pp-t1-23-boko-haram",
            1,
            "none: 'pp-t1-23-boko-haram' is the id of another kind of record (Claim).",
        ),
    ],
)
def test_the_last_line_says_what_a_load_would_do(name: str, status: int, line: str) -> None:
    """A table of 80 columns, then one line; the status says whether the name is taken."""
    done = kb("match", name)
    *table, last = done.out.splitlines()
    assert (done.status, last) == (status, line)
    assert all(len(row) <= 80 for row in table)


def test_many_names_come_from_standard_input() -> None:
    """One a line, blank lines aside: a table, or a JSON object a line."""
    names = "Boko Haram\n\n  Daech \nXyzzy Quux\n"
    table = kb("match", "-", stdin=names)
    assert table.status == 1
    assert [row.split()[0] for row in table.out.splitlines()[2:]] == ["Boko", "Daech", "Xyzzy"]
    lines = kb("match", "-", "--format", "json", stdin=names).out.splitlines()
    assert [json.loads(line)["decision"] for line in lines] == ["taken", "none", "none"]
    assert kb("match", "-", stdin="Boko Haram\nISI").status == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["  "], "Error: No name is given. Write one, or - and one a line on standard input."),
        (["-"], "Error: No name is given. Write one, or - and one a line on standard input."),
        (["ISI", "--on", "soon"], "Error: --on: 'soon' is not a date this program reads."),
        (["ISI", "--limit", "0"], "Error: Invalid value for '--limit': 0 is not in the range x>=1."),
    ],
)
def test_a_wrong_question_is_one_line(words: list[str], line: str) -> None:
    """Exit status 2, nothing on stdout."""
    done = kb("match", *words)
    assert (done.status, done.out, len(done.err)) == (2, "", 1)
    assert done.err[0].startswith(line)


def test_the_decision_is_that_of_a_load(casebook: Graph, tmp_path: Path) -> None:
    """Taken names load, ambiguous and unknown ones are the faults of a plan, with the same candidates."""
    names = ["isi", "Jemaah Islamiyah", "Daech", "boko-haram", "The Islamic State"]
    codes = {"taken": None, "ambiguous": "ambiguous-name", "none": "foreign-key"}
    rows = [
        {"id": f"made-up-{n}", "from": name, "to": "al-qaeda", "act": "pledge", "date": "2015"}
        for n, name in enumerate(names)
    ]
    plan = make_plan(casebook, read_book([write_book(tmp_path, {"pledges": rows})]))
    faults = {fault.value: fault for fault in plan.errors}
    for found in match_names(casebook, names, 3):
        fault = faults.get(found.asked)
        assert (fault.code if fault else None) == codes[found.decision]
        if fault:
            assert str(found.candidates[0]) in fault.hint
