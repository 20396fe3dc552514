"""What every HTML file of ours has in common: its head, and its styles on screen and on paper."""

from __future__ import annotations

from html import escape

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
code { font: .8em Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; color: #444 }
figure { margin: 1.2rem 0; text-align: center; break-inside: avoid }
figure svg { max-width: 100%; height: auto }
figcaption { font-size: .85rem; color: #444 }
@page { size: A4; margin: 22mm 20mm }
@media print {
  body { font-size: 10pt; max-width: none; margin: 0; padding: 0 }
  h2 { break-after: avoid }
  tr, li { break-inside: avoid }
  thead { display: table-header-group }
  a { color: inherit }
}
"""


def page(title: str, body: str, css: str = "") -> str:
    """A whole HTML file around `body`, which is HTML already; `css` adds to the common styles."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_CSS}{css}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )
