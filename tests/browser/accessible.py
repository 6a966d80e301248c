"""What axe-core (axe/README.md) says of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

AXE = Path(__file__).with_name("axe") / "axe.min.js"
GRAVE = ("serious", "critical")


def faults(page: Any) -> list[str]:
    """Serious and critical violations of the page as it stands: rule, what it asks for, where."""
    page.evaluate(AXE.read_text("utf-8"))  # by the debugger: the policy of the page forbids every script but its own
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)")
    return [
        f"{one['impact']} {one['id']}: {one['help']}: {node['target']} {node['html'][:160]} {_why(node)}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    said = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
    return "; ".join(said)[:200]
