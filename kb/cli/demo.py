"""`kb demo`: from nothing to the first answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.cli.options import OneLine, emit, say
from kb.errors import FaultsError, Refused

if TYPE_CHECKING:
    from kb.graph import Graph
    from kb.loading.plan import Plan

QUESTION = "rhetorical_ties_after_schism"
CARD = "ansar-bayt-al-maqdis"  # the case whose passage the demo shows


@click.command(cls=OneLine)
def demo() -> None:
    """Start Neo4j, load the bundled casebook, and answer the first question.

    The first time, Neo4j is downloaded (158 MB). Running it again changes nothing.

    \b
    Example:
      kb demo
    """
    from kb.graph import Graph
    from kb.loading.apply import recover
    from kb.loading.schema import migrate

    with Graph.connect() as graph:
        migrate(graph)
        recover(graph, say)
        _load_casebook(graph)
        click.echo("\nWhich ties were purely rhetorical after a schism? Al-Qaeda and the Islamic State\n")
        _answer(graph)
        _card(graph)
        uri = graph.address.uri
    click.echo(
        "\nTry next:\n"
        "  kb query pledges_by_month --format csv\n"
        f"  kb show {CARD}\n"
        "  kb cypher 'MATCH (s:Schism) RETURN s.id, s.date, s.status'\n"
    )
    say(f"Neo4j goes on running at {uri}; stop it with: kb server stop")


def _load_casebook(graph: Graph) -> None:
    from kb.loading.apply import apply_plan
    from kb.loading.plan import make_plan
    from kb.paths import resource
    from loaders.tables import read_book

    book = read_book([resource("casebook")])
    if book.errors:
        raise FaultsError(book.errors)
    plan = make_plan(graph, book)
    _refuse_other_content(graph, plan)
    receipt = apply_plan(graph, plan, note="kb demo")
    if receipt:
        say(f"Loaded the casebook: {receipt.changes:,} records ({receipt.load}).")
    else:
        say(f"The casebook is loaded already: {sum(plan.same.values()):,} records, nothing changed.")


def _refuse_other_content(graph: Graph, plan: Plan) -> None:
    """The demo writes only where nothing else lies."""
    from kb.loading.read import BASE_LABELS
    from kb.loading.write import ROWS

    held = graph.rows(f"MATCH (n:{'|'.join(BASE_LABELS)}) RETURN count(n) AS number")[0]["number"]
    ours = sum(number for table, number in plan.same.items() if table not in ROWS)
    ours += sum(c.before is not None for c in plan.changes if c.table not in ROWS)
    if held > ours:
        raise Refused(
            f"This store holds {held - ours:,} records that are not of the casebook.",
            "Run the demo in a store of its own: kb --store demo demo",
        )


def _answer(graph: Graph) -> None:
    from kb import catalog

    question = catalog.find(QUESTION)
    emit(graph.answer(question, question.bind({})), "table", None, show=question.show, group=question.group)


def _card(graph: Graph) -> None:
    from kb.evidence.cards import passage_lines
    from kb.loading.read import nodes

    rows = graph.rows(_PASSAGE, {"actor": CARD})
    if rows:
        click.echo(f"\nEvidence for {rows[0]['claim']}:\n")
        cells = next(nodes(graph, "Evidence", [rows[0]["id"]]))[2]
        click.echo("\n".join(passage_lines(cells, "  ")))


_PASSAGE = """
MATCH (:Actor {id: $actor})<-[:TO]-(c:Support {presence: 'present', stage: 'given'})
MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
WHERE e.quote_start IS NOT NULL
RETURN c.id AS claim, e.id AS id ORDER BY e.quote_words DESC, claim LIMIT 1
"""
