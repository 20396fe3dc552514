"""The full texts of sources, in a folder of the reader's own: opened once, normed, indexed."""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from kb.errors import InputError, NotFound
from kb.evidence.norm import normal, shown

STEP = 8  # every STEP-th place of a text is in its index, with the STEP characters that stand there


class FullText:
    """One text: as it lies in its file (`raw`), in norm 1 (`normal`), and where its words stand.

    Offsets are those of norm 1 unless a name says `raw`; lines count from 1.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.sha256 = hashlib.sha256(data).hexdigest()
        self.raw = data.decode("utf-8-sig")
        self.normal = normal(self.raw)
        self._found: dict[str, list[int]] = {}

    def find(self, needle: str) -> list[int]:
        """Every place where these normed words begin, in order, whole words only."""
        if needle not in self._found:
            places = self._places(needle) if len(needle) >= 2 * STEP - 1 else self._scan(needle)
            self._found[needle] = [
                at for at in places if not self._cuts_word(at) and not self._cuts_word(at + len(needle))
            ]
        return self._found[needle]

    def _places(self, needle: str) -> list[int]:
        # Of STEP places in a row one is in the index, so one of the first STEP pieces of the needle is.
        near = (at - n for n in range(STEP) for at in self._index.get(needle[n : n + STEP], ()) if at >= n)
        return sorted(at for at in near if self.normal.text.startswith(needle, at))

    def _scan(self, needle: str) -> list[int]:
        return (
            [m.start() for m in re.finditer(f"(?={re.escape(needle)})", self.normal.text)] if needle else []
        )

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        text = self.normal.text
        for at in range(0, len(text), STEP):
            index[text[at : at + STEP]].append(at)
        return dict(index)

    def _cuts_word(self, at: int) -> bool:
        """Whether a word goes on over this place: in the file two letters touch there.

        Only for scripts with capitals; others may write words without a space.
        """
        if not 0 < at < len(self.normal.text):
            return False
        left, right = self.normal.ends[at - 1], self.normal.starts[at]
        return left > right or (left == right and _cased(self.raw[left - 1]) and _cased(self.raw[right]))

    def words_between(self, start: int, end: int) -> int:
        """How many words of the file begin or go on between two offsets."""
        raw_start, raw_end = self.normal.span(start, end)
        return bisect_left(self._words, raw_end) - max(bisect_right(self._words, raw_start) - 1, 0)

    def line_of(self, at: int) -> int:
        """The line of the file on which this place stands."""
        return bisect_left(self._breaks, self.normal.starts[at]) + 1

    def passage(self, start: int, end: int) -> str:
        """What stands between two offsets, as a person reads it."""
        raw_start, raw_end = self.normal.span(start, end)
        return shown(self.raw[raw_start:raw_end])

    def words_at(self, at: int, count: int) -> str:
        """`count` words of the file, from the one that stands at this place on; before it when negative."""
        word = bisect_right(self._words, self.normal.starts[at]) - 1
        first, last = (word, word + count) if count > 0 else (max(word + 1 + count, 0), word + 1)
        end = self._words[last] if last < len(self._words) else len(self.raw)
        return shown(self.raw[self._words[first] : end])

    @cached_property
    def _words(self) -> array[int]:
        return array("I", (m.start() for m in re.finditer(r"\S+", self.raw)))

    @cached_property
    def _breaks(self) -> array[int]:
        return array("I", (m.start() for m in re.finditer("\n", self.raw)))


def _cased(char: str) -> bool:
    return char.lower() != char.upper()


class Texts:
    """The folder of the full texts; each file is read when it is first asked for.

    Raises InputError when there is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError(f"There is no folder {folder}.", "Name the folder of the full texts.")
        self.folder = folder
        self._open: dict[str, FullText] = {}

    def of(self, source: Mapping[str, Any] | None) -> FullText:
        """The text of a source, given its cells.

        Raises NotFound when it has none or the file is not there, InputError when it cannot be read.
        """
        if source is None:
            raise NotFound("the source is not in the book")
        name = source.get("text")
        if not name:
            raise NotFound("the source names no text")
        if name not in self._open:
            self._open[name] = self._read(name)
        return self._open[name]

    def present(self, sources: Mapping[str, Mapping[str, Any]]) -> dict[str, FullText]:
        """Source to text, for the sources (id to cells) whose file is there. Raises InputError as `of`."""
        found = {}
        for ident, cells in sources.items():
            with suppress(NotFound):
                found[ident] = self.of(cells)
        return found

    def _read(self, name: str) -> FullText:
        if Path(name).name != name:
            raise InputError(
                f"'{name}' is not the name of a file.", "Write it without folders in sources.text."
            )
        try:
            return FullText(name, (self.folder / name).read_bytes())
        except FileNotFoundError:
            raise NotFound(f"there is no {name} in {self.folder}") from None
        except OSError as error:
            raise InputError(f"{self.folder / name} cannot be read: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise InputError(f"{self.folder / name} is not UTF-8.", "Save the text as UTF-8.") from None
