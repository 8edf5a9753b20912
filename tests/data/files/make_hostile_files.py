"""Files that are hard to read, each with what must come of it; run as a script, it writes them into a folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import hostile_packed  # noqa: F401 - notes its files
import hostile_shapes  # noqa: F401 - notes its files
import hostile_writing  # noqa: F401 - notes its files
from hostile_case import CASES


def main(folder: Path) -> None:
    """Write all files and a list of what must come of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        (folder / f"{case.name}.csv").write_bytes(case.content)
    outcomes = [
        {
            "file": f"{case.name}.csv",
            "rows": case.rows,
            "columns": case.columns,
            "bad": case.bad,
            "refused": case.refused,
        }
        for case in CASES
    ]
    (folder / "outcomes.json").write_text(json.dumps(outcomes, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "hostile_files"))
