"""A network as one HTML file: the figure, and below it the claims on which each line rests."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kb.export.network.drawing import bundles, svg
from kb.export.network.paths import Line, Network
from kb.export.page import page

_CSS = """
body { max-width: 62rem }
td:first-child { text-align: right }
@page { size: A4 landscape; margin: 15mm }
@media print { figure svg { max-height: 165mm } }
"""
_HEADS = ("No.", "From", "Tie", "To", "Date", "Status", "Claim")


def drawn(network: Network, title: str, lead: Sequence[str]) -> str:
    """The page, with the paragraphs `lead` under its title. Needs nothing from the network; the same network
    gives the same text."""
    names = {node.id: node.name for node in network.nodes.values()}
    paragraphs = "".join(f"<p>{escape(text)}</p>\n" for text in lead if text)
    figure = f"<figure>\n{svg(network, title)}<figcaption>{_CAPTION}</figcaption>\n</figure>\n"
    rows = "".join(_row(bundle.number, line, names) for bundle in bundles(network) for line in bundle.lines)
    heads = "".join(f"<th>{head}</th>" for head in _HEADS)
    table = f"<table><thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n"
    below = f"<h2>What the lines stand for</h2>\n{table}" if rows else ""
    return page(title, f"<h1>{escape(title)}</h1>\n{paragraphs}{figure}{below}", _CSS)


_CAPTION = (
    "A line is all that is claimed of one kind between two; its number is that of the rows below, "
    "a question mark says that none of it is accepted. An arrow goes from who acts to the other; "
    "a line without one goes both ways."
)


def _row(number: int, line: Line, names: dict[str, str]) -> str:
    start, end = names[line.start], names[line.end]
    status = "alleged" if line.alleged else line.status
    cells = (
        str(number),
        start,
        f"{line.says}\u00a0{'→' if line.directed else '–'}",
        end,
        line.date,
        status,
        line.claim,
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>\n"
