"""What tests share: a home of their own, a real Neo4j for the whole run, and the real texts.

No test sees the user's own graph: `KB_HOME` is a temporary folder, and addresses of other servers are
dropped. Only the downloads (`KB_CACHE`) are the user's.

Which graph a test asks for says what it may do with it:

- `graph` is empty at first and may be written to. All files with tests that use it run in one worker, one
  after the other, since a second server takes half a minute until it is warm.
- `casebook` holds the bundled casebook, as `kb demo` loads it, and is only read. It is loaded once for the
  whole run; all workers share it. Within the test, `kb` commands reach it as well. Prefer it to `graph`.
"""

from __future__ import annotations

import ast
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling

from kb.cli import keep_pandas_out
from kb.server import conf

if TYPE_CHECKING:
    from kb.graph import Graph
    from kb.server import Address
    from loaders.outside import Row

ROOT = Path(__file__).parent.parent
# For a server that lives for minutes:
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:-UseG1GC -XX:+UseSerialGC -XX:-UsePerfData -Xms512m -Xmn300m"
# Most of its time would go into making the same plans anew: after ten seconds when the graph has another
# size, as between two tests, and for each length of a list.
PLAN_ONCE = "dbms.cypher.min_replan_interval=1h\ninternal.cypher.use_parameter_size=false\n"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# What takes longest is begun first, so that the workers end together.
LONGEST = ("graph", "test_server", "test_interruptions", "test_readme", "test_queries", "test_ties")

keep_pandas_out()  # the driver of the tests is that of every command
signal.signal(
    signal.SIGINT, signal.default_int_handler
)  # a shell ignores Ctrl-C for what runs in the background


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --write-docs` writes the generated documentation instead of comparing it."""
    parser.addoption("--write-docs", action="store_true", help="write generated documentation")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest first. Without a Chromium the tests of the mark `browser` are deselected."""
    if not CHROMIUM:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("browser")])
        items[:] = [item for item in items if not item.get_closest_marker("browser")]
    rank = {name: n for n, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(group_of(item.path), len(rank)))


class ByGroup(LoadScopeScheduling):
    """Tests of one group run in one worker, in their order."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(ROOT / nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByGroup:
    """Instead of the mark `xdist_group`, which xdist 3.8 loses under pytest 9.2."""
    return ByGroup(config, log)


@cache
def group_of(path: Path) -> str:
    """`graph` for all files of which a test or fixture asks for a graph to write to; else the file itself."""
    asked: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and (node.name.startswith("test_") or node.decorator_list):
            asked |= {arg.arg for arg in node.args.args}
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "usefixtures":
            asked |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return "graph" if asked & {"graph", "connection", "server"} else path.stem


@pytest.fixture
def up_to_date(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """A check that a generated file holds this text; with `--write-docs` the text is written."""

    def check(path: Path, text: str) -> None:
        if request.config.getoption("--write-docs"):
            path.write_text(text, encoding="utf-8")
        found = path.read_text(encoding="utf-8") if path.exists() else ""
        assert found == text, f"{path.name} is stale; run `pytest --write-docs`"

    return check


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of all stores of this run."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("NEO4J_")]:
            patch.delenv(name)
        patch.delenv("KB_STORE", raising=False)
        patch.setenv("KB_HOME", str(folder))
        patch.setattr(conf, "FIXED", conf.FIXED + PLAN_ONCE)
        if "KB_JAVA_OPTIONS" not in os.environ:
            patch.setenv("KB_JAVA_OPTIONS", SHORT_LIVED)
        yield folder


@pytest.fixture(scope="session")
def neo4j(home: Path) -> None:
    """All that a server needs is there: jars and Java.

    Where they cannot be had the test is skipped with the reason; with KB_REQUIRE_GRAPH=1 it fails.
    """
    from kb.errors import ServerError
    from kb.server import jars, java

    try:
        jars.library(print)
        java.executable()
    except ServerError as error:
        if os.environ.get("KB_REQUIRE_GRAPH") == "1":
            raise
        pytest.skip(f"no Neo4j: {error.message.splitlines()[0]}")


@pytest.fixture(scope="session")
def server(neo4j: None, home: Path) -> Iterator[Address]:
    """The address of a real Neo4j that runs for all tests and is stopped at the end."""
    from kb.server import ensure, stop

    assert os.environ["KB_HOME"] == str(home)
    yield ensure()
    stop("default")


@pytest.fixture(scope="session")
def connection(server: Address) -> Iterator[Graph]:
    """One open connection for all tests, to a graph that has the schema."""
    from kb.graph import Graph
    from kb.loading.schema import migrate

    with Graph.connect(server) as graph:
        migrate(graph)
        yield graph


@pytest.fixture
def graph(connection: Graph) -> Graph:
    """An empty graph: every record is gone, the schema stays."""
    from tests.graph.books import empty

    empty(connection)
    return connection


@pytest.fixture(scope="session")
def casebook_home(neo4j: None, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Path]:
    """The folder of a store that holds the casebook, with a server that all workers use.

    The first worker runs `kb demo` there, which leaves its answer in `demo.txt`; the last one stops it.
    """
    from filelock import FileLock

    from kb.server import stop

    own = tmp_path_factory.getbasetemp()
    home = (own if worker_id == "master" else own.parent) / "casebook-home"
    home.mkdir(exist_ok=True)
    lock, user = FileLock(home / "lock"), home / f"{worker_id}.user"
    with lock, _at(home):
        user.touch()
        if not (home / "demo.txt").exists():
            (home / "demo.txt").write_text(_demo(), "utf-8")
    yield home
    with lock, _at(home):
        user.unlink()
        if not list(home.glob("*.user")):
            stop("default")


def _demo() -> str:
    from tests.graph.shell import kb

    done = kb("demo")
    assert done.status == 0, done.err
    return done.out


@contextmanager
def _at(home: Path) -> Iterator[None]:
    """The program finds its stores in this folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_HOME", str(home))
        yield


@pytest.fixture(scope="session")
def casebook_graph(casebook_home: Path) -> Iterator[Graph]:
    """One open connection to the casebook, for fixtures of a module that compute something from it once."""
    from kb.graph import Graph

    with _at(casebook_home):
        graph = Graph.connect()
    with graph:  # and no longer at that home: `kb` commands of other tests use the store of `server`
        yield graph


@pytest.fixture(scope="session")
def casebook_size(casebook_graph: Graph) -> list[dict[str, Any]]:
    """How many nodes and relationships there were after the last test."""
    return casebook_graph.rows(SIZE)


SIZE = "RETURN COUNT { () } AS nodes, COUNT { ()-->() } AS relationships"


@pytest.fixture
def casebook(
    casebook_graph: Graph, casebook_home: Path, casebook_size: list[dict[str, Any]]
) -> Iterator[Graph]:
    """The graph with the bundled casebook, to be read; `kb` commands of the test use the same store.

    A test that writes to it fails, as it would change what others read.
    """
    with _at(casebook_home):
        yield casebook_graph
    before = list(casebook_size)
    casebook_size[:] = casebook_graph.rows(SIZE)
    assert casebook_size == before, "the casebook is shared and was written to; use `graph`"


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the texts the casebook is coded from: `$KB_SHARED/seeds`, by default `../shared/seeds`.

    Where it is absent the test is skipped with the reason; in CI (KB_REQUIRE_GRAPH=1) it fails.
    """
    return _shared("seeds", "full texts")


@pytest.fixture(scope="session")
def ucdp() -> Path:
    """The folder of the files of UCDP: `$KB_SHARED/data/ucdp`; where it is absent, as `seeds`."""
    return _shared("data/ucdp", "files of UCDP")


@pytest.fixture(scope="session")
def esd_rows(ucdp: Path) -> list[Row]:
    """The rows of External Support, read once: the workbook takes its seconds."""
    from loaders import ucdp_esd

    return ucdp_esd.read(ucdp / "ucdp-esd-ay-181.xlsx")


def _shared(name: str, what: str) -> Path:
    folder = Path(os.environ.get("KB_SHARED") or ROOT.parent / "shared") / name
    if not folder.is_dir():
        reason = f"no {what} in {folder} (set KB_SHARED)"
        if os.environ.get("KB_REQUIRE_GRAPH") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
