"""`kb add pledge` and its like: one claim from options, or from answers to questions on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import nullcontext, redirect_stdout
from typing import TYPE_CHECKING, Any

import click

from kb.cli.load import apply_it, open_graph
from kb.cli.options import OneLine, can_ask, say
from kb.errors import Fault, InputError, did_you_mean
from kb.evidence.cards import wrapped
from kb.loading.form import KINDS, Field, Form, form_of
from kb.loading.report import faults_text, plan_summary

if TYPE_CHECKING:  # it brings the driver, which help and a missing option do not need
    from kb.loading.add import Addition

_PARTS = {
    "claim": "The claim",
    "evidence": "The passage that says it",
    "work": "The work, when the graph does not have it",
    "rest": "The rest of claim, passage and work",
    "": "Options",
}
_EXAMPLES = {
    "pledge": ("--from 'Boko Haram' --to islamic-state", "--act pledge --date 2015-03-07"),
    "support": ("--from islamic-state --to 'Boko Haram'", "--support-type training --date '[2015..2016]'"),
    "tie": ("--from 'Boko Haram' --to islamic-state", "--tie-type affiliation --date 2015-03/2016"),
    "schism": ("--from islamic-state --to al-qaeda", "--date 2014-02"),
    "lineage": ("--from 'Boko Haram' --to boko-haram-factions", "--relation split --date 2016-08"),
    "event": ("--title 'Boko Haram takes a new name'", "--event-type rebranding --date 2015-04"),
}
_SHAPES = {
    "DATE": "a date such as 2015-03-07, 2015-03, 2015?, [2015..2016] or 2014/2015-03",
    "ACTOR": "an id or a name",
    "ID": "an id",
    "NUMBER": "a number",
    "true|false": "true or false",
}


class _Kinds(click.Group):
    """One subcommand for each kind of claim, made when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        if cmd_name not in KINDS:
            hint = did_you_mean(cmd_name, KINDS) or f"One of: {', '.join(KINDS)}."
            raise InputError(f"'{cmd_name}' is no kind of claim.", hint)
        return _command(form_of(KINDS[cmd_name]))


@click.group(cls=_Kinds, subcommand_metavar="KIND [OPTIONS]")
def add() -> None:
    """Add one claim with the passage that says it.

    On a terminal it asks for what is missing. `kb add KIND --help` lists every option.

    \b
    Examples:
      kb add pledge
      kb add pledge --from 'Boko Haram' --to islamic-state --act pledge \\
        --date 2015-03-07 --source blair-potter --locator-label page --locator 12 \\
        --summary 'Boko Haram gives allegiance.'
    """


class _Option(click.Option):
    """An option that knows under which heading the help shows it."""

    part = ""


class _Grouped(OneLine):
    """A command whose help shows the options under headings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for part, heading in _PARTS.items():
            shown = [p for p in self.get_params(ctx) if getattr(p, "part", "") == part]
            records = [record for param in shown if (record := param.get_help_record(ctx))]
            with formatter.section(heading):
                formatter.write_dl(records)


def _command(form: Form) -> click.Command:
    summary = str(form.kind.__doc__).strip().splitlines()[0]
    lines = [f"kb add {form.name}", *_EXAMPLES[form.name], "--source blair-potter --locator-label page"]
    example = " \\\n    ".join([*lines, "--locator 12 --summary 'What it says, in our own words.'"])
    return _Grouped(
        form.name,
        params=[*map(_option, form.fields.values()), *_flags()],
        callback=lambda **given: _add(form, **given),
        help=f"Add one claim: {summary[0].lower()}{summary[1:]}\n\n\b\nExample:\n  {example}",
        short_help=summary,
    )


def _option(field: Field) -> click.Option:
    # Read as text: the checks of a book say what is wrong, in the same words.
    notes = ["required" if field.required and field.part != "work" else ""]
    notes += [
        "repeat for several" if field.many else "",
        f"default: {field.default}" if field.default else "",
    ]
    codes = f": {', '.join(field.codes)}" if field.codes else ""
    note = "; ".join(filter(None, notes))
    option = _Option(
        [field.option, field.name],
        metavar=field.shape,
        multiple=field.many,
        envvar="KB_CODER" if field.name == "coder" else None,
        help=f"{field.meaning[0].upper()}{field.meaning[1:]}{codes}." + (f" [{note}]" if note else ""),
    )
    option.part = field.part
    return option


def _flags() -> list[click.Option]:
    dry = "Print what would be written, and write nothing."
    return [
        click.Option(["--dry-run"], is_flag=True, help=dry),
        click.Option(["--yes"], is_flag=True, help="Do not ask."),
    ]


def _add(form: Form, *, yes: bool, dry_run: bool, **given: Any) -> None:
    joined = {name: ";".join(v) if isinstance(v, tuple) else v or "" for name, v in given.items()}
    answers = {name: text.strip() for name, text in joined.items() if text.strip()}
    missing = form.missing(answers)
    asking = bool(missing) and not yes and can_ask()
    _check_alone(form, answers)
    if missing and not asking:
        options = ", ".join(field.option for field in missing)
        raise InputError(f"Missing: {options}.", f"See `kb add {form.name} --help`.")
    from kb.loading.add import plan_addition

    with open_graph() as graph:
        found = _ask_all(graph, form, answers) if asking else plan_addition(graph, form, answers)
        if found.remark:
            say(found.remark)
        _say_faults(found.faults)
        _load(graph, form, found, yes=yes, dry_run=dry_run, coder=answers.get("coder", ""))


def _check_alone(form: Form, answers: dict[str, str]) -> None:
    """Refuse wrong options before a server is started for them."""
    wrong = [
        (form.fields[name], found)
        for name, text in answers.items()
        if (found := form.fields[name].fault(text))
    ]
    faults = [
        Fault(field.table, field.option, None, None, answers[field.name], code, "error", message, hint)
        for field, (_, code, message, hint) in wrong
    ]
    _say_faults(faults)


def _say_faults(faults: list[Fault]) -> None:
    """Say each fault; raises InputError when one of them stops the addition."""
    number = sum(fault.severity == "error" for fault in faults)
    if number == len(faults) == 1:
        raise InputError(f"{faults[0].sheet}: {faults[0].message}.", faults[0].hint)
    for line in faults_text(faults):
        say(line)
    if number:
        raise InputError(f"{number} fault{'s' * (number != 1)}; nothing was written.")


def _load(graph: Any, form: Form, found: Addition, *, yes: bool, dry_run: bool, coder: str) -> None:
    if found.there:
        click.echo(f"The graph has this claim already: {found.claim}. Nothing was written.")
        return
    from kb.loading.add import addition_text

    assert found.plan
    for line in addition_text(found.plan):
        click.echo(line, err=not dry_run)
    say(plan_summary(found.plan))
    if dry_run:
        return
    receipt = apply_it(graph, found.plan, yes=yes, coder=coder, note=f"kb add {form.name}")
    if receipt:
        click.echo(f"See it:       kb show {found.claim}\nTake it back: kb undo {receipt.load}")


# --- questions on a terminal --------------------------------------------------------------------


def _ask_all(graph: Any, form: Form, answers: dict[str, str]) -> Addition:
    """Ask for the claim, then for passage and work; what the graph finds wrong is asked again."""
    say("Enter leaves a field empty; Ctrl-C ends, and nothing is written.")
    _ask_part(form, "claim", answers)
    claim = {name: text for name, text in answers.items() if form.fields[name].table == form.kind.table}
    rest = {name: text for name, text in answers.items() if name not in claim}
    found = _until_right(graph, form, claim)
    answers = claim | rest
    if not form.has_passage(answers):
        return found
    for line in faults_text(found.faults):
        say(line)
    _ask_work(graph, form, answers)
    _ask_part(form, "evidence", answers)
    whole = _until_right(graph, form, answers)
    whole.faults = [fault for fault in whole.faults if fault not in found.faults]  # those were said
    return whole


def _ask_work(graph: Any, form: Form, answers: dict[str, str]) -> None:
    """Ask for the work until it is found or new, and what a new one is."""
    from kb.loading.add import find_work

    _ask(form.fields["source"], answers)
    while (work := find_work(graph, form, answers)).unknown:
        for line in faults_text([form.named(fault) for fault in work.faults]):
            say(line)
        _ask(form.fields["source"], answers, again=True)
    if work.cells:
        _ask_part(form, "work", answers, work.cells)


def _until_right(graph: Any, form: Form, answers: dict[str, str]) -> Addition:
    """The addition, after every field that the graph finds wrong was asked again."""
    from kb.loading.add import plan_addition

    while (found := plan_addition(graph, form, answers)).errors:
        options = {fault.sheet for fault in found.errors}
        wrong = [field for field in form.fields.values() if field.option in options]
        if not wrong:
            return found
        for line in faults_text(found.faults):
            say(line)
        for field in wrong:
            _ask(field, answers, again=True)
    return found


def _ask_part(form: Form, part: str, answers: dict[str, str], usual: Mapping[str, str] | None = None) -> None:
    for field in form.fields.values():
        if field.asked and field.part == part:
            _ask(field, answers, default=(usual or {}).get(field.column, ""))


def _ask(field: Field, answers: dict[str, str], *, default: str = "", again: bool = False) -> None:
    """Ask for one field, unless it is filled, until the answer is right by itself."""
    if field.name in answers and not again:
        return
    answers.pop(field.name, None)
    say("")
    for line in _question(field):
        say(line)
    default = default or field.default
    empty = "required" if field.required and not default else f"Enter: {default or 'empty'}"
    while True:
        text = _answer(f"{field.name} ({empty})").strip()
        if text and (wrong := field.fault(text)):
            say(f"{wrong[2]}. {wrong[3]}".strip())
        elif text or not field.required or default:
            break
        else:
            say("It cannot be empty.")
    if text:
        answers[field.name] = text


def _question(field: Field) -> Iterator[str]:
    shape = _SHAPES.get(field.shape, "")
    notes = ", ".join(filter(None, [shape, "several with ;" if field.many else ""]))
    yield from wrapped(f"{field.name}: ", field.meaning + (f" ({notes})" if notes else ""))
    width = max(map(len, field.codes), default=0)
    yield from (f"  {code:<{width}}  {meaning}" for code, meaning in field.codes.items())


def _answer(question: str) -> str:
    # click writes a blank to stdout in front of each answer; stdout is for data
    with nullcontext() if sys.stdout.isatty() else redirect_stdout(sys.stderr):
        return str(click.prompt(question, default="", show_default=False, err=True))
