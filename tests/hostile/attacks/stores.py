"""What the program remembers for itself: two at once lose nothing, and a store that somebody changed does no harm."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from ann_viz.data import Recipe, open_table
from ann_viz.errors import AnnVizError
from ann_viz.session.remembered import Decisions, Remembered
from attacks.models import target
from attacks.mutants import blind
from attacks.registry import kind
from attacks.work import ENVIRONMENT, PYTHON, new_folder

N_EACH: Final = 40
PATIENCE_S: Final = 200

KEEPER: Final = """
import sys
from pathlib import Path
from ann_viz.session.remembered import Decisions, Remembered
store, files = Remembered(Path(sys.argv[1])), sys.argv[2:]
sys.stdin.readline()
for name in files:
    store.keep(Path(name), Decisions(names=(name,)))
"""


@kind("decisions of two processes at once", fast=1)
def two_at_once(rng: Random) -> str | None:
    """Two processes remember files of their own at the same time; all must be remembered in the end."""
    folder = new_folder()
    files = [folder / f"{number}.csv" for number in range(2 * N_EACH)]
    for path in files:
        path.write_text(f"{path.name} {rng.random()}")
    store = folder / "kept"
    processes = [
        subprocess.Popen([PYTHON, "-c", KEEPER, str(store), *map(str, some)], env=ENVIRONMENT, stdin=subprocess.PIPE)
        for some in (files[:N_EACH], files[N_EACH:])
    ]
    for process in [_begun(process) for process in processes]:
        process.communicate(timeout=PATIENCE_S)
    kept = sum(Remembered(store).for_file(path) is not None for path in files)
    return None if kept == len(files) else f"{kept} of {len(files)} survive"


BUSY: Final = """
import sys
from ann_viz.files import write_file
from ann_viz.temporary import TemporaryFolder
sys.stdin.readline()
for number in range(60):
    write_file(sys.argv[1], f"{number}")
    folder = TemporaryFolder()
    folder.write("a", "b")
    folder.remove()
"""


@kind("writers in one folder, tidying up after each other", fast=2)
def writers_at_once(rng: Random) -> str | None:
    """None may take what another has just made for left behind."""
    folder = new_folder()
    (folder / "temporary").mkdir()
    environment = ENVIRONMENT | {"TMPDIR": str(folder / "temporary")}
    commands = [[PYTHON, "-c", BUSY, str(folder / f"{number}.txt")] for number in range(rng.choice((2, 4)))]
    processes = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for command in commands
    ]
    told = [process.communicate(timeout=PATIENCE_S)[1] for process in [_begun(process) for process in processes]]
    if any(told):
        return f"ends with {b''.join(told)[-200:]!r}"
    left = {path.name for path in folder.rglob("*")} - {f"{number}.txt" for number in range(len(commands))}
    return None if left == {"temporary"} else f"leaves {left}"


def _begun(process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    """Let a process begin that waits for a line."""
    assert process.stdin is not None
    process.stdin.write(b"\n")
    process.stdin.flush()
    return process


@kind("decisions changed blindly", fast=150)
def decisions_changed(rng: Random) -> str | None:
    """Whatever stands in the store: it is as if forgotten, or the file is opened with it, or that is refused."""
    rows, folder = target("now").rows, _changed_store()
    recipe = Recipe(target="left", task="binary", inputs=("age", "colour"))
    Remembered(folder).keep(
        rows, Decisions(overrides={"delimiter": ",", "missing": ("", "NA"), "skip_lines": 0}, recipe=recipe,
                        edits={3: "1,2,3,4,5"}, names=("age", "joined")),
    )  # fmt: skip
    (path,) = folder.glob("*.json")
    changed = _changed(rng, path)
    path.unlink()  # a new file is written ten times as fast as an old one is emptied
    path.write_bytes(changed)
    try:
        found = Remembered(folder).for_file(rows)
        if found is not None and rng.random() < 0.2:
            open_table(rows, overrides=found.overrides, edits=found.edits).close()
    except AnnVizError:
        return None
    except Exception as error:  # noqa: BLE001 - whatever it is, it should not have come so far
        return f"traceback: {type(error).__name__}: {error}"[:200]
    return None


@cache
def _changed_store() -> Path:
    return new_folder()


def _changed(rng: Random, path: Path) -> bytes:
    if rng.random() < 0.5:
        return blind(rng, path.read_bytes())
    entries = json.loads(path.read_text())
    odd = rng.choice((None, 3, "x", [], {}, [[]], 1e308, True, {"a": 1}, "\ud800"))
    part = rng.choice((entries[0], entries[0]["overrides"]))
    part[rng.choice(sorted(part))] = odd
    return json.dumps(entries).encode()
