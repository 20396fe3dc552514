"""A plan as a file: written by `kb plan --out`, loaded later as it is or not at all.

The file is JSON: {"plan": {format, version, head, files, complete, same, links, changes}, "sha256": …}, where
the sum is that of the plan with sorted keys and no blanks, in UTF-8. It tells a file that was edited or cut.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kb.errors import InputError
from kb.loading.book import BookFile
from kb.loading.codec import Cells, from_cells
from kb.loading.links import Links
from kb.loading.plan import Change, Plan
from kb.model import TABLES

SUFFIX = ".json"
FORMAT, VERSION = "kb plan", 1
_AGAIN = "Make it again with `kb plan PATH --out FILE`."


def plan_dict(plan: Plan) -> dict[str, Any]:
    """The plan for JSON; each change has the cells before and after, null = not in the graph."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "head": plan.head,
        "files": [{"name": f.name, "sha256": f.sha256, "rows": f.rows} for f in plan.files],
        "complete": list(plan.complete),
        "same": dict(plan.same),
        "links": plan.links.as_dict(),
        "changes": [
            {"table": c.table, "record": c.record, "before": c.before, "after": c.after} for c in plan.changes
        ],
    }


def saved_text(plan: Plan) -> str:
    """The text of the file of a plan."""
    held = plan_dict(plan)
    return json.dumps({"plan": held, "sha256": _sum(held)}, ensure_ascii=False) + "\n"


def _sum(held: Any) -> str:
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_plan(path: Path) -> Plan:
    """The plan of a file. Raises InputError when it cannot be read, is no plan, or was edited."""
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is no saved plan: it is not whole JSON.", _AGAIN) from None
    held = document.get("plan") if isinstance(document, dict) else None
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise InputError(f"{path} is no saved plan.", _AGAIN)
    if held.get("version") != VERSION:
        raise InputError(f"{path} was saved by another version of this program.", _AGAIN)
    if document.get("sha256") != _sum(held):
        raise InputError(f"{path} was edited since it was saved.", _AGAIN)
    try:
        return _plan(held)
    except (KeyError, TypeError, ValueError) as error:  # a sum of one's own, or codes of another version
        raise InputError(
            f"{path} holds what is no record of this version ({_first(error)}).", _AGAIN
        ) from None


def _plan(held: dict[str, Any]) -> Plan:
    return Plan(
        changes=[_change(**change) for change in held["changes"]],
        same=Counter(held["same"]),
        files=[BookFile(**file) for file in held["files"]],
        head=held["head"],
        links=Links.from_dict(held["links"]),
        complete=tuple(held["complete"]),
    )


def _change(table: str, record: str, before: Cells | None, after: Cells | None) -> Change:
    change = Change(table, record, _cells(table, before), _cells(table, after))
    if {from_cells(table, cells).ident for cells in (change.before, change.after) if cells} != {record}:
        raise ValueError(record)
    return change


def _cells(table: str, cells: Cells | None) -> Cells | None:
    listed = TABLES[table].lists()
    return None if cells is None else {c: tuple(v) if c in listed else v for c, v in cells.items()}


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        one = error.errors(include_url=False)[0]
        return f"{one['loc'][0]}: {one['msg']}"
    return str(error)
