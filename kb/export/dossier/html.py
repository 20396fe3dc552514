"""A dossier as one HTML file: styles and figures inside, no scripts, nothing from the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from kb.export.dossier.tokens import parsed
from kb.export.page import page
from kb.extras import need

_CSS = """
blockquote { margin: 1.3rem 0 .4rem; padding-left: .9rem; border-left: 3px solid #999; font-style: italic }
blockquote p { margin: 0 }
ul { padding-left: 1.3rem }
sup { line-height: 0; font-size: .7em; margin-left: .1em }
sup a, .notes a { color: #1b4f72; text-decoration: none }
.notes { font-size: .82rem; line-height: 1.4 }
.notes li { margin-bottom: .35rem; overflow-wrap: anywhere }
@media print {
  blockquote { break-inside: avoid }
  sup a, .notes a { color: inherit }
  .notes { break-before: page }
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
    return page(document.title, f"<main>\n{body}</main>\n{listed}", _CSS)


def _inline(svg: bytes, title: str) -> str:
    """The SVG without its XML head and metadata, with a name for who cannot see it, and ids of its own."""
    text = svg[svg.index(b"<svg") :].decode("utf-8")
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    own = re.sub(r"\W+", "-", title).strip("-").lower()
    text = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{own}-", text)
    return text.replace("<svg", f'<svg role="img" aria-label="{title}"', 1)
