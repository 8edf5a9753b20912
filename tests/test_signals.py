"""Commands that are told to stop: at once, with the exit code of the signal, the old output whole, and nothing left."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ann_viz.signals import ending_signals
from ann_viz.unfinished import begin, end, remove_unfinished

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

PATIENCE_S = 60.0

# What is to be stopped is sure to be at work: it has begun an output, a temporary folder, and the words say so.
AT_WORK = """
import sys, time
from ann_viz.__main__ import _take_over
from ann_viz.files import replacing
from ann_viz.temporary import TemporaryFolder
_take_over()
folder = TemporaryFolder()
folder.write("rows", "1")
with replacing(sys.argv[1]) as file:
    file.write(b"half")
    file.flush()
    print("begun", flush=True)
    try:
        {at_work}
    except BaseException:
        print("unwound", flush=True)
"""


def start(at_work: str, place: Path, **options: object) -> subprocess.Popen[str]:
    environment = os.environ | {"TMPDIR": str(place.parent / "scratch")}
    (place.parent / "scratch").mkdir()
    command = [sys.executable, "-c", AT_WORK.format(at_work=at_work), str(place)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_command_goes_at_once_and_leaves_the_old_output(tmp_path: Path, number: signal.Signals) -> None:
    # Intention: no exception is thrown into whatever is being run, as libraries might swallow it.
    place = tmp_path / "out.csv"
    place.write_text("old")
    with start("time.sleep(60)", place) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out, err) == (128 + number, "", "ann-viz: stopped\n")
    assert place.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "scratch"]
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_it_was_started_to_ignore_stays_ignored(tmp_path: Path) -> None:
    # Intention: under `nohup` a command outlives its terminal.
    def ignore() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    place = tmp_path / "out.csv"
    with start("sys.stdin.readline()", place, stdin=subprocess.PIPE, preexec_fn=ignore) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGHUP)
        process.communicate("go on\n", timeout=PATIENCE_S)
    assert process.returncode == 0
    assert place.read_text() == "half"


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which signals are caught")
def test_the_real_command_takes_its_signals_in_hand(tmp_path: Path) -> None:
    # Intention: `ann-viz train` is stopped while it trains, also before anything was printed.
    data = tmp_path / "data.csv"
    data.write_text("x,y\n" + "".join(f"{row},{row % 2}\n" for row in range(200)))
    command = [sys.executable, "-m", "ann_viz", "train", str(data), "--target", "y", "--epochs", "1000000"]
    command += ["--patience", "0", "-o", str(tmp_path / "m.annviz")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + PATIENCE_S
        while not caught(process.pid, signal.SIGTERM) and time.monotonic() < until:
            pass
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out) == (143, "")
    assert err.endswith("ann-viz: stopped\n") and "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]


def caught(pid: int, number: signal.Signals) -> bool:
    found = re.search(r"SigCgt:\s*([0-9a-f]+)", Path(f"/proc/{pid}/status").read_text())
    return found is not None and bool(int(found[1], 16) >> (number - 1) & 1)


def test_only_signals_that_are_not_ignored_end_it() -> None:
    # Intention: Ctrl+C always, unless somebody decided otherwise.
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert signal.SIGHUP not in ending_signals()
        assert signal.SIGTERM in ending_signals()
    finally:
        signal.signal(signal.SIGHUP, before)


def test_what_is_unfinished_goes_and_what_was_ended_stays(tmp_path: Path) -> None:
    # Intention: files, folders with files, and paths that were never made.
    file, folder, never, ended = (tmp_path / name for name in ("file", "folder", "never", "ended"))
    for path in (file, folder, never, ended):
        begin(path)
    file.touch()
    folder.mkdir()
    (folder / "inside").touch()
    ended.touch()
    end(ended)
    remove_unfinished()
    assert list(tmp_path.iterdir()) == [ended]
    for path in (file, folder, never):
        end(path)
