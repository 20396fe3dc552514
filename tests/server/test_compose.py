"""The compose file runs the same Neo4j as the embedded server, as closed as that one."""

from __future__ import annotations

import re
from pathlib import Path

from kb.server import conf, jars

TEXT = (Path(__file__).parents[2] / "docker-compose.yml").read_text(encoding="utf-8")


def test_compose_and_lock_name_one_version() -> None:
    """Who changes one must change the other."""
    assert re.findall(r"image: neo4j:([\d.]+)", TEXT) == [jars.VERSION]


def test_compose_opens_only_loopback_ports() -> None:
    """And takes the password from the environment."""
    ports = re.findall(r'- "([^"]+:\d+:\d+)"', TEXT)
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert "${NEO4J_PASSWORD:?" in TEXT


def test_compose_uses_values_of_the_embedded_server() -> None:
    """Each setting it shares with the embedded server has the same value."""
    ours = dict(line.split("=", 1) for line in conf.FIXED.splitlines())
    theirs = {_setting(name): value for name, value in re.findall(r'NEO4J_([a-z]\w+): "([^"]*)"', TEXT)}
    assert len(theirs) > 8
    assert theirs == {name: ours[name] for name in theirs}


def _setting(name: str) -> str:
    """How the image spells a setting: `_` for a dot, `__` for an underscore."""
    return re.sub("_+", lambda found: "_" if len(found[0]) == 2 else ".", name)
