"""Made-up works of the kinds that are cited most, as cells of the table `sources`."""

from __future__ import annotations

from typing import Any

ARTICLE = {
    "id": "reed-2016", "type": "article-journal", "title": "Salt and Grain: Raids on the River",
    "author": ["Reed, Ann B."],
    "issued": "2016-03", "container_title": "River Studies", "note": "25 (2): 353–84; read in print",
    "doi": "https://doi.org/10.1000/xyz", "language": "en",
}  # fmt: skip
BOOK = {
    "id": "marsh-2020", "type": "book", "title": "The Reader: Texts of the Marsh", "language": "en",
    "author": ["Marsh, Harold J.", "Hill, Craig", "Fen, Charlie"], "issued": "2020",
    "publisher": "Oxford University Press", "note": "New York",
}  # fmt: skip
CHAPTER = {
    "id": "bank-1992", "type": "chapter", "title": "Boats of the North", "author": ["Bank, Dennis A."],
    "language": "en",
    "issued": "1992", "container_title": "Boats and Rafts", "publisher": "Cornell University Press",
    "note": "edited by Paul K. Oar and Kim Sail, Ithaca, NY",
}  # fmt: skip
NEWS = {
    "id": "tide-2014", "type": "article-newspaper", "title": "An Uneasy Peace on the River",
    "author": ["Tide, Tim"],
    "issued": "2014-06-18", "container_title": "The River Times", "url": "https://example.org/peace",
    "language": "en",
}  # fmt: skip
SPEECH = {
    "id": "tern-speech", "type": "speech", "title": "Speech on the grain", "author": ["Old Tern"],
    "issued": "2014",
}  # fmt: skip
CAPTURED = {
    "id": "mud-42", "type": "document", "title": "Captured letter of a boatman, Mud Archive MUD-2001-0042",
    "archive": "Mud Archive", "archive_location": "MUD-2001-0042",
}  # fmt: skip
PAGE = {
    "id": "page", "type": "webpage", "title": "Who Rules the River", "publisher": "River Watch",
    "url": "https://example.org/river", "language": "en",
}  # fmt: skip
ALL: list[dict[str, Any]] = [ARTICLE, BOOK, CHAPTER, NEWS, SPEECH, CAPTURED, PAGE]
