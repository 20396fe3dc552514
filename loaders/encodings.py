"""Bytes to text: which encoding and which separator a CSV file has, told from the bytes alone.

Programs and countries differ in both. What is certain is read, what is likely is read and said, and what
cannot be told is refused: a wrong guess would spoil names without a trace.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from kb.model import TABLES

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_MARKS = (  # in this order: the mark of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8", ""),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SEP_LINE = re.compile(r'"?sep=([;,\t])"?(?:\r\n|\r|\n)', re.IGNORECASE)
# A letter of two bytes in UTF-8, read byte for byte: é is é. The first byte of Latin, Greek, Cyrillic,
# Arabic letters or of dashes and quotation marks, then those that continue it.
_LATER = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
MISREAD = re.compile(f"(?:[ÂÃÄÅÎÏÐÑØÙÚÛ][{_LATER}]|â[{_LATER}]{{2}})+")
# No language written in Windows-1252 has so many of these together; Cyrillic, Greek and Chinese do.
_FOREIGN = re.compile("[^\x00-\x7f\xa0«»“”‘’„‚–—…]{4}|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LETTERS = re.compile(r"\w*[^\W\x00-\x7f]\w*")


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, and what is needed to write it back.

    `head` is what stands before the table: a byte order mark, and the line `sep=;` of some spreadsheets.
    """

    text: str
    codec: str
    mark: bytes
    encoding: str  # for people; empty when it is UTF-8
    separator: str
    sep_line: str = ""

    def encode(self, text: str) -> bytes:
        """Another text as a file of the same kind."""
        return self.mark + (self.sep_line + text).encode(self.codec)

    def notice(self, name: str) -> str:
        """What a person should know of a file that is not UTF-8 with commas; empty when it is."""
        traits = [self.encoding] * bool(self.encoding)
        if self.separator != ",":
            traits.append(f"separated by {SEPARATORS[self.separator]}")
        if not traits:
            return ""
        said = f"{name} is {' and '.join(traits)}, read as such."
        if self.encoding != "Windows-1252":
            return said
        words = list(dict.fromkeys(islice(_LETTERS.findall(self.text), 20)))[:4]
        return f"{said} If {' or '.join(words) or 'it'} looks wrong, save the file as 'CSV UTF-8'."


class Unreadable(ValueError):
    """Bytes that are no text this program can tell; `before` is the text up to there."""

    def __init__(self, before: str, message: str) -> None:
        super().__init__(message)
        self.before = before
        self.message = message


def text_of(data: bytes) -> Text:
    """The text of a CSV file. Raises Unreadable."""
    mark, codec, encoding = next(((m, c, e) for m, c, e in _MARKS if data.startswith(m)), (b"", "", ""))
    if not mark and (found := _utf_16(data)):
        codec, encoding = found, "UTF-16"
    body = data[len(mark) :]
    try:
        text = body.decode(codec or "utf-8")
    except UnicodeDecodeError as error:
        if codec:
            before = body[: error.start].decode(codec, "replace")
            raise Unreadable(before, f"the file is {encoding or 'UTF-8'} but not here") from None
        text, codec, encoding = _windows_1252(body, error), "cp1252", "Windows-1252"
    sep_line = _SEP_LINE.match(text)
    if sep_line:
        return Text(text[sep_line.end() :], codec or "utf-8", mark, encoding, sep_line[1], sep_line[0])
    return Text(text, codec or "utf-8", mark, encoding, _separator(text))


def _utf_16(data: bytes) -> str:
    """Which order of bytes a text in UTF-16 without a mark has: the names of columns are plain letters."""
    head = data[:100]
    zeros = {codec: head[odd::2].count(0) for codec, odd in (("utf-16-be", 0), ("utf-16-le", 1))}
    codec = max(zeros, key=lambda codec: zeros[codec])
    return codec if zeros[codec] > len(head) / 4 else ""


def _windows_1252(data: bytes, error: UnicodeDecodeError) -> str:
    """The text of bytes that are not UTF-8, when it can only be Windows-1252."""
    text = data.decode("cp1252", "replace")
    if "\ufffd" in text or _FOREIGN.search(text) or MISREAD.search(text):
        message = f"the file is not UTF-8: byte 0x{data[error.start]:02x} in this row"
        raise Unreadable(text[: error.start], message)
    return text


def mended(text: str) -> str:
    """The text with letters that were read byte for byte put right; the same text when there are none."""
    return MISREAD.sub(lambda found: _as_utf8(found[0]), text)


def _as_utf8(text: str) -> str:
    # Five bytes have no letter in Windows-1252; programs leave them as control characters.
    data = b"".join(c.encode("latin-1" if c < "\xa0" else "cp1252") for c in text)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return text


def _separator(text: str) -> str:
    """The mark between cells: the one with which a row near the top names most columns of the model."""
    return max(SEPARATORS, key=lambda mark: _columns_named(text, mark))


def _columns_named(text: str, mark: str) -> int:
    head = io.StringIO(text[:100_000], newline="")
    best = 0
    try:
        for row in islice(csv.reader(head, delimiter=mark, strict=True), 20):
            best = max(best, len(_all_columns() & {cell.strip().lower() for cell in row}))
    except csv.Error:
        pass
    return best


@cache
def _all_columns() -> frozenset[str]:
    return frozenset(column for record in TABLES.values() for column in record.columns())
