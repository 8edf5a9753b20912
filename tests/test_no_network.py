"""Nothing of ANN Viz speaks to the network: it starts, opens, trains, predicts and paints with sockets forbidden.

`ann_viz.watch` is the one exception, asked for by name: it speaks to this machine alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ann_viz.resources import resource

IRIS = str(resource("samples", "iris.csv"))

FORBIDDEN = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        print("asked for", event, arguments[1:], flush=True)
        raise PermissionError(event)

sys.addaudithook(refuse)
"""
AT_THE_END = """
import pathlib
assert "PySide6.QtNetwork" not in sys.modules
if sys.platform == "linux":
    mapped = pathlib.Path("/proc/self/maps").read_text()
    assert "httpfs" not in mapped
print("done")
"""
WINDOW = f"""
import time
from ann_viz.app import first_window, import_beside, make_application
from ann_viz.session import RunState
from ann_viz.session.headless import open_dataset
app = make_application()
window = first_window()
window.show()
import_beside().join()
window.bridge.open_dataset(open_dataset({IRIS!r}))
window.actions_by_id["toggle_training"].trigger()
until = time.monotonic() + 2.0
while time.monotonic() < until:
    app.processEvents()
assert window.bridge.document.snapshot.epoch > 0
for name in ("glossary", "about", "shortcuts", "palette", "show_rows"):
    window.actions_by_id[name].trigger()
    app.processEvents()
window.end()
for each in app.topLevelWidgets():
    each.close()
"""


def ran(program: str, folder: Path) -> str:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment |= {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", FORBIDDEN + program + AT_THE_END],
        env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_guard_notices_a_connection(tmp_path: Path) -> None:
    # Intention: a guard that let everything pass would prove nothing.
    attempt = "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9))\nexcept PermissionError:\n    pass\n"
    assert "asked for socket.getaddrinfo" in ran(attempt, tmp_path)


def test_commands_make_no_connection(tmp_path: Path) -> None:
    # Intention: inspect, train, predict, export and the demo's picture, from start to end in one process.
    commands = (
        ["inspect", IRIS],
        ["train", IRIS, "--target", "species", "--epochs", "2", "-o", "m.annviz"],
        ["predict", "m.annviz", IRIS, "-o", "out.csv"],
        *(["export", "m.annviz", "--to", to, "-o", f"m.{to}"] for to in ("page", "python", "onnx", "tables")),
        ["demo", "--picture", "demo.png"],
    )
    program = f"from ann_viz.__main__ import main\nfor each in {commands!r}:\n    assert main(each) == 0\n"
    said = ran(program, tmp_path)
    assert said.endswith("done\n") and "asked for" not in said
    assert {path.name for path in tmp_path.iterdir()} >= {"m.annviz", "out.csv", "m.onnx", "demo.png"}


def test_the_window_makes_no_connection(tmp_path: Path) -> None:
    # Intention: starting, opening data, training, and the pages that are opened by hand.
    said = ran(WINDOW, tmp_path)
    assert said == "done\n"


def test_watching_speaks_to_this_machine_alone(tmp_path: Path) -> None:
    # Intention: the one socket there is listens on, and connects to, 127.0.0.1 and nothing else.
    program = """
import numpy as np, ann_viz
from ann_viz.session.watched import WatchedNetwork

places = []
known = ("socket.bind", "socket.connect", "socket.sendto", "socket.getaddrinfo")
sys.addaudithook(lambda event, told: places.append((event, str(told))) if event in known else None)
with ann_viz.watch(([np.ones((2, 1))], [np.ones(1)]), window=False) as step:
    seen = WatchedNetwork(step.port, step.token)
    seen.close()
assert {event for event, _ in places} >= {"socket.bind", "socket.connect"}, places
assert all("'127.0.0.1'" in place for _, place in places), places
"""
    done = subprocess.run(
        [sys.executable, "-c", "import sys\n" + program], capture_output=True, text=True, check=False, timeout=60,
        env=os.environ | {"XDG_DATA_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
