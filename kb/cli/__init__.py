"""The command line: each command parses, calls one function and prints.

Commands live in one module per group and are imported when they are called,
so that `kb --help` stays quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

import click

from kb import __version__
from kb.errors import KbError, did_you_mean

COMMANDS: dict[str, tuple[str, str]] = {
    # name: (module:object, one line of help)
    "demo": ("kb.cli.demo:demo", "Load the bundled casebook and answer the first question."),
    "check": ("kb.cli.load:check", "Report every fault of a book, without a database."),
    "plan": ("kb.cli.load:plan", "Show what a load would change."),
    "load": ("kb.cli.load:load", "Load a book."),
    "match": ("kb.cli.match:match", "Show which actor a load would take a name for."),
    "add": ("kb.cli.add:add", "Add one claim with the passage that says it."),
    "template": ("kb.cli.template:template", "Write an empty table to fill in."),
    "import": ("kb.cli.import_:import_", "Make a book of an outside source."),
    "verify": ("kb.cli.verify:verify", "Find every quotation again in the full texts."),
    "evidence": ("kb.cli.evidence:evidence", "Find the passage for the sentence you are writing."),
    "cite": ("kb.cli.cite:cite", "Print the footnote and the bibliography entry, ready to paste."),
    "dossier": ("kb.cli.dossier:dossier", "Write all that is known of an actor, pair, claim or case."),
    "manuscript": ("kb.cli.manuscript:manuscript", "Check the claims that a text stands on."),
    "show": ("kb.cli.load:show", "Print any record with its evidence."),
    "retract": ("kb.cli.load:retract", "Take one claim out of the graph."),
    "duplicates": ("kb.cli.duplicates:duplicates", "List pairs of actors and of claims that may be one."),
    "judge": ("kb.cli.duplicates:judge", "Decide whether two actors, or two claims, are one."),
    "loads": ("kb.cli.history:loads", "List the loads."),
    "history": ("kb.cli.history:history", "Print every version of a record."),
    "diff": ("kb.cli.history:diff", "List the claims that changed between two moments."),
    "undo": ("kb.cli.history:undo", "Put everything back as it was before a load."),
    "analyse": ("kb.cli.analyse:analyse", "Count, compare and describe ties by pair, hub, year and month."),
    "plot": ("kb.cli.plot:plot", "Draw figures for print, and write the numbers in them."),
    "replicate": ("kb.cli.replicate:replicate", "Set published findings beside our own numbers."),
    "reliability": ("kb.cli.reliability:reliability", "Measure how far two coders agree."),
    "export": ("kb.cli.load:export", "Write the whole graph as a book."),
    "audit": ("kb.cli.audit:audit", "Count what is incomplete, doubtful or contradictory."),
    "server": ("kb.cli.server:server", "Start, stop and look at the embedded Neo4j."),
    "store": ("kb.cli.server:store", "List and remove stores."),
    "backup": ("kb.cli.server:backup", "Write the whole graph into one backup file."),
    "restore": ("kb.cli.server:restore", "Put a backup file back."),
    "doctor": ("kb.cli.server:doctor", "Print versions, addresses, sizes and what is wrong."),
    "queries": ("kb.cli.query:queries", "List the questions in the query library."),
    "query": ("kb.cli.query:query", "Ask one question of the query library."),
    "cypher": ("kb.cli.cypher:cypher", "Run your own read-only Cypher."),
    "shell": ("kb.cli.shell:shell", "Type read-only Cypher at a prompt."),
    "connect-info": ("kb.cli.connect_info:connect_info", "Print what other programs need to open the graph."),
    "schema": ("kb.cli.schema:schema", "List labels, relationship types and properties, or draw them."),
}


class Lazy(click.Group):
    """A group whose commands are imported only when one is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS:
            near = did_you_mean(args[0], COMMANDS)
            ctx.fail(f"No command '{args[0]}'. {near}".strip())
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--store",
    metavar="NAME",
    envvar="KB_STORE",
    help="Use another graph with a folder and server of its own.",
)
@click.version_option(__version__, prog_name="kb")
def kb(store: str | None) -> None:
    """A graph knowledge base of militant alliances.

    \b
    Start here:
      kb demo
      kb query rhetorical_ties_after_schism
    """
    if store:
        os.environ["KB_STORE"] = store


def keep_pandas_out() -> None:
    """Let the driver start without pandas and numpy: it imports them where they are (half a second).

    It would only take their values as parameters then, and commands pass plain Python values.
    """
    absent = ModuleType("neo4j._optional_deps")
    absent.__dict__.update(dict.fromkeys(("np", "pd", "pa", "pa_compute")))
    if "neo4j" not in sys.modules:
        sys.modules[absent.__name__] = absent


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line; every known error becomes one line on stderr and an exit status."""
    keep_pandas_out()
    try:
        status = kb.main(args=args, prog_name="kb", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        status = error.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        place = context.command_path if context else "kb"
        print(f"Error: {error.format_message()} See `{place} --help`.", file=sys.stderr)
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("Interrupted. Nothing more was done.", file=sys.stderr)
        status = 130
    except BrokenPipeError:
        _close_stdout()
        status = 0
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        print(f"Error: {error.strerror}{place}. Check the disk and the permissions.", file=sys.stderr)
        _close_stdout()  # what is still in its buffer may not fit either
        status = 1
    except KbError as error:
        print(f"Error: {error}", file=sys.stderr)
        status = error.exit_code
    sys.exit(status if isinstance(status, int) else 0)


def _close_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
