"""Elements of CSL that render as the specification says, where the processor's own do not.

`citeproc-py` knows most of CSL 1.0.2. What it lacks is put right here (CSL 1.0.2 specification):

- a variable that took the place of the missing author is not printed a second time (`cs:substitute`);
- `initialize="false"` keeps given names;
- a group whose variables are all empty prints nothing, and a label nothing without its variable (`Edition`);
- a label may have the text case `title` (`Ed.`);
- prepositions, and words such as `bin` in a name, keep their small letter in headline style;
- a locator with the label HEADING is printed as it is.

Imported only where the extra `cite` is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from citeproc import model
from citeproc.source import VariableError

HEADING = "heading"
# prepositions that are never an adverb or noun, and particles of names
_SMALL = """
after against among behind between beyond during near through toward towards upon within without
bin bint ibn de la del van von der vs. v.
"""


@dataclass
class _Log:
    """The entry so far: how many variables were asked for, and (tag, variable) of those printed."""

    called: int = 0
    printed: list[tuple[str, str]] = field(default_factory=list)


def _log(context: Any) -> _Log:
    """The log of this entry; the processor makes the dict `repressed` anew for each."""
    log: _Log = context.get_layout().repressed.setdefault("log", _Log())
    return log


def _logged(element: Any, context: Any, process: Callable[[], Any]) -> Any:
    log = _log(element if context is None else context)
    log.called += 1
    text = process()
    if text:
        log.printed.append((element.tag, element.get("variable")))
    return text


class Text(model.Text):  # type: ignore[misc]
    """Keeps headings as they are, and more small words; looks for a macro once, not for each of its uses."""

    _stop_words = (*model.Text._stop_words, *_SMALL.split())

    def get_macro(self, name: str) -> Any:
        return self._known("macros", name, super().get_macro)

    def calls_variable(self) -> Any:
        if "macro" not in self.attrib:
            return super().calls_variable()
        return self._known("calls", self.get("macro"), lambda macro: self.get_macro(macro).calls_variable())

    def _known(self, kind: str, macro: str, find: Callable[[str], Any]) -> Any:
        """What is kept with the style, which is read once, about a macro; found when first asked for."""
        kept = self.get_root().__dict__.setdefault(kind, {})
        if macro not in kept:
            kept[macro] = find(macro)
        return kept[macro]

    def _variable(self, item: Any, context: Any) -> Any:
        log, variable = _log(context), self.get("variable")
        log.called += variable not in self.generated_variables
        heading = variable == "locator" and item.has_locator and item.locator.label == HEADING
        text = item.locator.identifier if heading else super()._variable(item, context)
        if text:
            log.printed.append((self.tag, variable))
        return text

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        found = super().process(item, context=context, **kwargs)
        if self.get("term") == "no date":  # stands for the variable that is empty
            _log(self if context is None else context).printed.append((self.tag, "no date"))
        return found


class Names(model.Names):  # type: ignore[misc]
    """Prints no names that have taken the place of others."""

    def process(self, item: Any, names_context: Any = None, context: Any = None, **kwargs: Any) -> Any:
        where = self if context is None else context
        log = _log(where)
        log.called += 1
        roles = self.get("variable").split()
        if set(roles) & set(where.get_layout().repressed.get(self.tag, ())):
            raise VariableError
        text = super().process(item, names_context, context, **kwargs)
        log.printed += [(self.tag, role) for role in roles if role in item.reference]
        return text


class Name(model.Name):  # type: ignore[misc]
    """Knows `initialize`."""

    def get_option(self, name: str, context: Any = None, sort_options: Any = None) -> Any:
        if name == "initialize-with" and self.get("initialize") == "false":
            return None
        return super().get_option(name, context, sort_options)


class Date(model.Date):  # type: ignore[misc]
    """Counts as a variable; the form that the language gives to it does not count again."""

    def process(self, item: Any, *args: Any, context: Any = None, **kwargs: Any) -> Any:
        process = super().process
        if self.is_locale_date():  # its context may be in a macro, which is no entry
            return process(item, *args, context=context, **kwargs)
        return _logged(self, context, lambda: process(item, *args, context=context, **kwargs))


class Number(model.Number):  # type: ignore[misc]
    """Counts as a variable."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        process = super().process
        return _logged(self, context, lambda: process(item, context=context, **kwargs))


class Group(model.Group):  # type: ignore[misc]
    """Prints nothing when variables were asked for and all were empty."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        log = _log(self if context is None else context)
        called, printed = log.called, len(log.printed)
        text = super().process(item, context=context, **kwargs)
        if log.called > called and len(log.printed) == printed:
            raise VariableError
        return text


class Substitute(model.Substitute):  # type: ignore[misc]
    """Holds back for the rest of the entry what it printed."""

    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        where = self if context is None else context
        log = _log(where)
        before = len(log.printed)
        text = super().render(item, context=context, **kwargs)
        repressed = where.get_layout().repressed
        for tag, variable in log.printed[before:] if text else ():
            repressed[tag] = [*repressed.get(tag, []), variable]
        return text


class Label(model.Label):  # type: ignore[misc]
    """Prints nothing without its variable, and knows every text case."""

    def process(self, item: Any, variable: Any = None, plural: Any = None, **kwargs: Any) -> Any:
        name = variable or self.get("variable")
        if name == "locator" and item.has_locator and item.locator.label == HEADING:
            return None
        if variable is None and name != "locator" and name.replace("-", "_") not in item.reference:
            return None
        return super().process(item, variable, plural, **kwargs)

    def case(self, text: Any, language: str | None = "en") -> Any:
        return super().case(text, language)


ELEMENTS = {cls.__name__.lower(): cls for cls in (Text, Names, Name, Date, Number, Group, Substitute, Label)}
