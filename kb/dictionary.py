"""The data dictionary: every table, column and code value, written from the declarations in `kb.model`."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import BLOCK, CLAIM_TABLES, TABLES, Claim, Record


def markdown() -> str:
    """The whole dictionary as Markdown."""
    return "\n".join(_pages()) + "\n"


def _pages() -> Iterator[str]:
    yield "# Tables of a book"
    yield ""
    yield "Written from `kb/model.py` by `pytest --write-docs`; do not edit by hand."
    yield ""
    yield "A book is a folder of CSV files, or one XLSX workbook with a sheet for each table. Columns in"
    yield "**bold** must be filled. `;` separates several values in a cell. An empty cell means: not coded."
    yield "Dates are EDTF."
    yield ""
    yield f"The tables {', '.join(f'`{t}`' for t in CLAIM_TABLES)} also have the [claim block](#claim-block)."
    for table, record in TABLES.items():
        yield from _section(table, record, [c for c in record.columns() if c not in _block(record)])
    yield from _section("claim block", Claim, [c for c in Claim.columns() if c != "id"])


def _block(record: type[Record]) -> frozenset[str]:
    return BLOCK if issubclass(record, Claim) else frozenset()


def _section(title: str, record: type[Record], columns: list[str]) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    yield (record.__doc__ or "").strip()
    yield ""
    yield "| column | meaning | values | in the graph |"
    yield "| --- | --- | --- | --- |"
    for column in columns:
        _, info = record.columns()[column]
        name = f"**{column}**" if info.is_required() else column
        meaning = f"{info.description}{_default(info.default)}".replace("|", "\\|")
        yield f"| {name} | {meaning} | {_kind(record, column)} | {_graph(record, column)} |"
    for column in columns:
        if codes := record.codes().get(column):
            yield ""
            yield f"`{column}`:"
            yield ""
            yield from (f"- `{value}`: {meaning}" for value, meaning in codes.values.items())


def _default(value: object) -> str:
    if isinstance(value, bool):
        return f"; default {str(value).lower()}"
    return f"; default {value}" if isinstance(value, str) and value else ""


def _kind(record: type[Record], column: str) -> str:
    if column in record.codes():
        kind = "code"
    elif column in record.dated():
        kind = "EDTF date"
    elif column in record.names():
        kind = f"id of {' or '.join(record.names()[column])}"
    else:
        kind = next(
            (word for part, word in _WORDS.items() if part in str(record.columns()[column][1].annotation)),
            "text",
        )
    return f"{kind}, several" if column in record.lists() else kind


_WORDS = {"bool": "true or false", "int": "whole number", "float": "number"}


def _graph(record: type[Record], column: str) -> str:
    if record.relationship:
        part = dict(zip(record.key, ("start", "end"), strict=False)).get(column, "property")
        return f"{part} of `{record.relationship}`"
    link = record.links().get(column)
    if link is None:
        return "property"
    role = f" (role {link.role})" if link.role else ""
    return f"`{link.type}`{role}"
