"""The settings file of a store's server.

Loopback only, no telemetry, no files or addresses read by Cypher, a stop without waiting.
Neo4j is strict here: an unknown or repeated setting stops the start. The page cache is taken bit by bit as
the store is read; its limit holds the store of a quarter of a million claims.
"""

from __future__ import annotations

from kb.server.files import write_private
from kb.server.state import HOST
from kb.server.stores import Store

FIXED = """\
server.bolt.enabled=true
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=true
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
server.memory.heap.initial_size=128m
server.memory.heap.max_size=512m
server.memory.pagecache.size=512m
db.memory.transaction.max=256m
db.transaction.timeout=10m
db.lock.acquisition.timeout=30s
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=1 days 256M
db.query.default_language=CYPHER_25
dbms.usage_report.enabled=false
client.allow_telemetry=false
server.bolt.telemetry.enabled=false
server.fleet_discovery.enabled=false
dbms.fleet_manager.enabled=false
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
internal.dbms.bolt.netty_server_shutdown_timeout=2s
"""


def text(store: Store, port: int) -> str:
    """The settings of a store whose server shall listen at a port."""
    folders = {
        "data": "data",
        "transaction.logs.root": "data/transactions",
        "logs": "logs",
        "run": "run",
        "import": "import",
        "plugins": "plugins",
    }
    # Backslashes would be escapes in this file, also on Windows.
    lines = [
        f"server.directories.{key}={(store.folder / place).as_posix()}" for key, place in folders.items()
    ]
    lines.append(f"server.default_listen_address={HOST}")
    lines += [f"server.bolt.{key}_address={HOST}:{port}" for key in ("listen", "advertised")]
    return "\n".join(lines) + "\n" + FIXED


def write(store: Store, port: int) -> None:
    """Write `conf/neo4j.conf`."""
    write_private(store.folder / "conf" / "neo4j.conf", text(store, port))
