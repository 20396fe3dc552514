"""`kb server`, `kb store`, `kb backup`, `kb restore`, `kb doctor`: the embedded Neo4j and its stores."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.options import OneLine, emit, output_options, say
from kb.errors import NotFound, Refused

if TYPE_CHECKING:
    from kb.server.address import Address
    from kb.server.doctor import Report
    from kb.server.dump import Counts
    from kb.server.stores import Store

_FORCE = click.option("--force", is_flag=True, help="Replace what is there.")
_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.group()
def server() -> None:
    """Start, stop and look at the embedded Neo4j.

    \b
    Settings, all in the environment:
      KB_HOME          folder of the graphs         KB_STORE      which of them (kb --store)
      KB_CACHE         folder of downloads          KB_MAVEN_URL  a mirror to fetch the jars from
      KB_NEO4J_LIB     folder with the jars         NEO4J_URI     use another server instead
      KB_JAVA_OPTIONS  more flags for Java, such as -Xmx2g
    """


@server.command(cls=OneLine)
def start() -> None:
    """Start the server of the store in use; nothing happens when it runs.

    Commands that need the graph do so themselves. The first start fetches Neo4j (158 MB, once).
    """
    _embedded("no server is started")
    from kb.server import ensure, status

    state = status()
    if state and state.ready:
        say(f"Neo4j runs already, at {state.uri}.")
    ensure()


def _embedded(so: str) -> None:
    """Refuse what is about the embedded server when another one is in use."""
    if uri := os.environ.get("NEO4J_URI"):
        raise Refused(
            f"NEO4J_URI names another server ({uri}), so {so}.", "Unset NEO4J_URI to use the embedded one."
        )


@server.command(cls=OneLine)
def stop() -> None:
    """Stop the server of the store in use; the graph stays on disk."""
    from kb.server import stop as end

    say("Stopped." if end() else "No server runs.")


@server.command(cls=OneLine)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(form: str) -> None:
    """Tell whether a server runs; exit status 0 when it does, 1 when not."""
    from kb.server import stores
    from kb.server.state import running

    store = stores.find()
    state = running(store)
    facts: dict[str, object] = {"store": store.name, "running": bool(state)}
    if state:
        facts |= {"uri": state.uri, "pid": state.pid, "neo4j": state.version, "username": "neo4j"}
        facts |= {"password_file": str(store.card), "log": str(store.log)}
    if form == "json":
        click.echo(json.dumps(facts, indent=2))
    elif state:
        click.echo("\n".join(f"{name:13} {value}" for name, value in facts.items()))
    else:
        click.echo(f"No server runs on the store '{store.name}'.")
    sys.exit(0 if state else 1)


@server.command(cls=OneLine)
@click.option("-n", "--lines", type=click.IntRange(min=1), default=50, show_default=True, help="How many.")
@click.option("-f", "--follow", is_flag=True, help="Go on printing until Ctrl-C.")
def logs(lines: int, follow: bool) -> None:
    """Print the last lines that the server wrote."""
    from kb.server import log, stores

    store = stores.known()
    for line in log.tail(store, lines):
        click.echo(line)
    if follow:
        _follow(store)


def _follow(store: Store) -> None:
    with store.log.open(encoding="utf-8", errors="replace") as stream:
        stream.seek(0, os.SEEK_END)
        while True:
            if text := stream.read():
                click.echo(text, nl=False)
            time.sleep(0.2)


@server.command(cls=OneLine)
def uri() -> None:
    """Print the Bolt address of the graph, for other programs."""
    from kb.server import status

    state = status()
    found = os.environ.get("NEO4J_URI") or (state.uri if state else None)
    if not found:
        raise NotFound("No server runs, so there is no address.", "Start it: kb server start.")
    click.echo(found)


@click.group()
def store() -> None:
    """List and remove stores: graphs with a folder and a server of their own."""


@store.command("list", cls=OneLine)
@output_options
def list_stores(form: str | None, out: Path | None) -> None:
    """List the stores: name, megabytes, address of the server if one runs, folder."""
    from kb.server import files, stores
    from kb.server.state import running
    from kb.table import Table

    rows: list[list[object]] = []
    for place in stores.every():
        state = running(place)
        megabytes = round(files.size(place.folder) / 1e6, 1)
        rows.append([place.name, megabytes, state.uri if state else None, str(place.folder)])
    emit(Table(["store", "megabytes", "running_at", "folder"], rows, []), form, out)
    if not rows:
        say("No stores yet. The first command that needs a graph makes one.")


@store.command(cls=OneLine)
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Delete the store NAME with its whole graph.

    Its server must be stopped first. Without a terminal to ask on, --yes is needed.
    """
    from kb.server import stores

    place = stores.known(name)
    stores.check_removable(place)
    if not yes:
        _ask(f"Delete the store '{name}' with its whole graph ({place.folder})?")
    stores.remove(place)
    say(f"Removed the store '{name}'.")


def _ask(question: str) -> None:
    if not sys.stdin.isatty():
        raise Refused("Nothing was deleted: there is no terminal to ask on.", "Give --yes to do it unasked.")
    click.confirm(question, abort=True, err=True)


@click.command(cls=OneLine)
@_FILE
@_FORCE
def backup(file: Path, force: bool) -> None:
    """Write the whole graph of the store in use into FILE (a zip).

    The server stops meanwhile. Put it back with `kb restore FILE`.
    """
    _embedded("there is nothing to save here")
    from kb.server.backup import backup as save

    made = save(file, _count, force=force)
    say(f"Saved {made.counts} in {file} ({made.size / 1e6:,.1f} MB, SHA-256 {made.sha256[:12]}…).")


@click.command(cls=OneLine)
@_FILE
@_FORCE
def restore(file: Path, force: bool) -> None:
    """Put the graph of a backup FILE into the store in use.

    The store must be empty, unless --force is given. It keeps its graph if anything fails.
    """
    _embedded("nothing is restored")
    from kb.server.backup import restore as put

    made = put(file, _count, force=force)
    say(f"Restored {made.counts or 'the graph'} from {file} (saved {made.made}).")


def _count(address: Address | None) -> Counts:
    """Records and relationships of a graph; notes about its schema are not counted."""
    from kb.graph import Graph
    from kb.server.dump import Counts

    with Graph.connect(address) as graph:
        nodes = graph.rows("MATCH (n) WHERE NOT n:Migration RETURN count(*) AS n")[0]["n"]
        return Counts(nodes, graph.rows("MATCH ()-->() RETURN count(*) AS n")[0]["n"])


@click.command(cls=OneLine)
def doctor() -> None:
    """Print versions, addresses, sizes and what is wrong; exit status 1 when something is."""
    from kb.server.doctor import examine

    report = examine(_count)
    if os.environ.get("NEO4J_URI"):
        report.look(_other)
    width = max(len(name) for name, _ in report.facts)
    for name, value in report.facts:
        click.echo(f"{name:{width}}  {value}")
    for line in report.wrong:
        click.echo(f"{'WRONG':{width}}  {line}")
    click.echo("Nothing is wrong." if not report.wrong else f"Wrong: {len(report.wrong)}.", err=True)
    sys.exit(1 if report.wrong else 0)


def _other(report: Report) -> None:
    """The server of NEO4J_URI, which is used instead of the embedded one."""
    report.note("in use", f"{os.environ['NEO4J_URI']} (NEO4J_URI), not the embedded server")
    report.note("its graph", _count(None))
