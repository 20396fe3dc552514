"""The embedded Neo4j: a real server on this machine, without Docker and without an installation.

`ensure` gives the address of a store's graph and starts its server when none runs, `stop` ends it,
`status` tells whether one runs, `trouble` why it fails requests, `need_room`
whether there is room for more. `scratch` lends a second graph for a while.
"""

from kb.server.address import Address
from kb.server.process import ensure, need_room, status, stop, trouble

__all__ = ["Address", "ensure", "need_room", "status", "stop", "trouble"]
