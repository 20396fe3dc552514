"""A dossier as one HTML file: styles and figures inside, no scripts, nothing from the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from kb.export.dossier.tokens import parsed
from kb.extras import need

_CSS = """
:root { color-scheme: light }
body { font: 11.5pt/1.5 Georgia, "Times New Roman", serif; color: #1a1a1a; background: #fff;
  max-width: 46rem; margin: 2.5rem auto; padding: 0 1.2rem }
h1, h2, h3 { font-family: Helvetica, Arial, sans-serif; line-height: 1.25; break-after: avoid }
h1 { font-size: 1.9rem; margin-bottom: .2rem }
h2 { font-size: 1.3rem; margin-top: 2.2rem; border-bottom: 1px solid #999; padding-bottom: .15rem }
h3 { font-size: 1.05rem; margin-top: 1.5rem }
table { border-collapse: collapse; width: 100%; font-size: .86rem; line-height: 1.35; margin: 1rem 0 }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #ccc }
th { border-bottom: 1.5px solid #555; font-family: Helvetica, Arial, sans-serif; font-size: .78rem }
blockquote { margin: 1.3rem 0 .4rem; padding-left: .9rem; border-left: 3px solid #999; font-style: italic }
blockquote p { margin: 0 }
ul { padding-left: 1.3rem }
code { font: .8em Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; color: #444 }
figure { margin: 1.2rem 0; text-align: center; break-inside: avoid }
figure svg { max-width: 100%; height: auto }
figcaption { font-size: .85rem; color: #444 }
sup { line-height: 0; font-size: .7em; margin-left: .1em }
sup a, .notes a { color: #1b4f72; text-decoration: none }
.notes { font-size: .82rem; line-height: 1.4 }
.notes li { margin-bottom: .35rem; overflow-wrap: anywhere }
@page { size: A4; margin: 22mm 20mm }
@media print {
  body { font-size: 10pt; max-width: none; margin: 0; padding: 0 }
  h2 { break-after: avoid }
  tr, blockquote, li { break-inside: avoid }
  thead { display: table-header-group }
  .notes { break-before: page }
  a { color: inherit }
}
"""


def html(markdown: str, figures: Mapping[str, bytes]) -> str:
    """The document; `figures` holds the SVG of each image that the Markdown names, by that name.

    Raises InputError where the extra `docs` is absent.
    """
    document = parsed(markdown)
    renderer = need("markdown_it.renderer", "docs").RendererHTML()
    seen: set[str] = set()

    def note(tokens: Any, index: int, *_: Any) -> str:
        number = tokens[index].content
        ident = "" if number in seen else f' id="mark-{number}"'
        seen.add(number)
        comma = "<sup>,</sup>" if index and tokens[index - 1].type == "note" else ""
        return f'{comma}<sup{ident}><a href="#note-{number}">{number}</a></sup>'

    def image(tokens: Any, index: int, *_: Any) -> str:
        token = tokens[index]
        drawn = figures.get(token.attrs["src"])
        caption = escape(token.content)
        return (
            f"<figure>{_inline(drawn, caption)}<figcaption>{caption}</figcaption></figure>"
            if drawn
            else caption
        )

    renderer.rules |= {"note": note, "image": image}
    body = re.sub(
        r"<p>(<figure>.*?</figure>)</p>", r"\1", renderer.render(document.body, {}, {}), flags=re.DOTALL
    )
    notes = "\n".join(
        f'<li id="note-{n}">{renderer.renderInline(tokens, {}, {})} '
        f'<a href="#mark-{n}" title="Back">↩</a></li>'
        for n, tokens in enumerate(document.notes, start=1)
    )
    listed = f'<section class="notes">\n<h2>Notes</h2>\n<ol>\n{notes}\n</ol>\n</section>\n' if notes else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_CSS}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n{listed}</body>\n</html>\n"
    )


def _inline(svg: bytes, title: str) -> str:
    """The SVG without its XML head and metadata, with a name for who cannot see it, and ids of its own."""
    text = svg[svg.index(b"<svg") :].decode("utf-8")
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    own = re.sub(r"\W+", "-", title).strip("-").lower()
    text = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{own}-", text)
    return text.replace("<svg", f'<svg role="img" aria-label="{title}"', 1)
