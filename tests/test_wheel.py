"""What is in the wheel."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent

LOOK = """
from kb.paths import resource
print(resource("cypher") / "schema" / "V0001__constraints.cypher")
print(resource("casebook") / "actors.csv")
import loaders
"""


def test_the_wheel_holds_queries_and_casebook(tmp_path: Path) -> None:
    """Installed in a clean environment, away from the checkout, both are found inside the package."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("alliance_kb-*.whl")
    environment = tmp_path / "environment"
    venv.create(environment)
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([*pip, "--python", str(python), "install", "--no-deps", str(wheel)], check=True)
    done = subprocess.run(
        [str(python), "-I", "-c", LOOK], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    found = [Path(line) for line in done.stdout.splitlines()]
    assert [path.exists() for path in found] == [True, True]
    assert all(environment in path.parents for path in found)
