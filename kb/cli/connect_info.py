"""`kb connect-info`: what other programs need to open the graph, and lines to paste into them."""

from __future__ import annotations

import json
import os
from textwrap import indent
from typing import TYPE_CHECKING

import click

from kb.cli.options import OneLine, say
from kb.paths import store_name

if TYPE_CHECKING:
    from kb.server.address import Address

_DESKTOP = """\
Add a remote connection: {uri}, user {username}.
In a Neo4j Browser that is open, type :server connect and give these.
"""
_NO_PAGE = """\
The embedded server has no web page, and browser.neo4j.io wants TLS, which it
has not. With Docker: docker compose up --wait, then http://127.0.0.1:7474
"""
_DRIVER = """\
import os
from neo4j import GraphDatabase, Result

uri = "{uri}"
auth = {auth}
with GraphDatabase.driver(uri, auth=auth) as driver:
    frame = driver.execute_query(
        "{question}",
        database_="{database}",
        result_transformer_=Result.to_df,
    )
"""
_OURS = """\
{store}import kb

with kb.connect() as g:
    frame = g.cypher("{question}")
"""
_PY2NEO = """\
import os
from py2neo import Graph

uri = "{uri}"
auth = {auth}
graph = Graph(uri, auth=auth, name="{database}")
frame = graph.run("{question}").to_data_frame()
"""
_R = """\
question <- "{question}"
frame <- read.csv(pipe(paste0("{kb} cypher '", question, "' --format csv")))
"""
_SNIPPETS = {
    "Neo4j Desktop and its Neo4j Browser": _DESKTOP,
    "pandas, with the official driver (package neo4j)": _DRIVER,
    "pandas, with this program, which needs no password": _OURS,
    "py2neo (extra py2neo, no longer maintained)": _PY2NEO,
    "R, whose packages for Neo4j want the HTTP port and not Bolt": _R,
}
_QUESTION = "MATCH (a:Actor) RETURN a.id, a.name"


@click.command(cls=OneLine)
@click.option("--password", "shown", is_flag=True, help="Show the password as well.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def connect_info(shown: bool, form: str) -> None:
    """Print what Neo4j Browser, Neo4j Desktop, py2neo, pandas and R need to open the graph.

    The embedded server is started if none runs; its address changes with every start. With NEO4J_URI set it
    is about that server. Other programs may write to the graph, and neither `kb loads` nor `kb undo` know of
    what they change.

    \b
    Examples:
      kb connect-info
      kb connect-info --password
      kb connect-info --format json
    """
    from kb.graph import Graph

    with Graph.connect() as graph:
        address = graph.address
    facts = {"uri": address.uri, "username": address.username, "database": address.database}
    if shown:
        facts["password"] = address.password
        say("Whoever has the password can change the graph; keep it out of files that others read.")
    snippets = _snippets(address, shown)
    if form == "json":
        click.echo(json.dumps({**facts, "snippets": snippets}, ensure_ascii=False, indent=2))
        return
    facts.setdefault("password", "add --password to see it")
    for name, value in facts.items():
        click.echo(f"{name:10}{value}")
    for program, text in snippets.items():
        click.echo(f"\n{program}:\n\n{indent(text, '  ')}", nl=False)


def _store() -> dict[str, str]:
    """How another store than the default one is named to this program, from Python and in a shell."""
    name = store_name()
    if os.environ.get("NEO4J_URI") or name == "default":
        return {"store": "", "kb": "kb"}
    return {"store": f'import os\n\nos.environ["KB_STORE"] = {_text(name)}\n', "kb": f"kb --store {name}"}


def _text(value: str) -> str:
    """A text as Python takes it."""
    return json.dumps(value, ensure_ascii=False)  # escaped, it would be two halves of a rare character


def _snippets(address: Address, shown: bool) -> dict[str, str]:
    """For each program what to do or paste; a password that is not shown is taken from NEO4J_PASSWORD."""
    password = _text(address.password) if shown else 'os.environ["NEO4J_PASSWORD"]'
    values = {
        "uri": address.uri,
        "username": address.username,
        "database": address.database,
        "auth": f"({_text(address.username)}, {password})" if address.password else "None",
        "question": _QUESTION,
        **_store(),
    }
    texts = {program: text.format(**values) for program, text in _SNIPPETS.items()}
    if not os.environ.get("NEO4J_URI"):
        texts[next(iter(texts))] += _NO_PAGE
    return texts
