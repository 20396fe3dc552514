"""Where a graph listens and who may ask it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Address:
    """What a client needs to open a graph; the password is kept out of its `repr`."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str = "neo4j"
