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

from ann_viz import unfinished
from ann_viz.signals import end_now, end_on_signals, ending_signals
from ann_viz.unfinished import begin, end, remove_unfinished

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

PATIENCE_S = 60.0


@pytest.fixture(autouse=True)
def _nothing_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tests before have begun, such as the window's folder of icons, is still needed."""
    monkeypatch.setattr(unfinished, "_unfinished", set())


# What is to be stopped is sure to be at work: it has begun an output, a temporary folder, and the words say so.
AT_WORK = """
import signal, sys
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
    with start("signal.pause()", place) as process:
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


class _Gone(BaseException):
    """The process would have ended."""


def test_the_end_is_told_below_a_bar_of_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # Intention: on a terminal the words have a line of their own; the tidying is not cut short by another signal.
    def leave(code: int) -> None:
        raise _Gone(code)

    half = tmp_path / "half"
    half.touch()
    begin(half)
    monkeypatch.setattr("os._exit", leave)
    monkeypatch.setattr(os, "isatty", lambda _: True)
    before = {number: signal.getsignal(number) for number in ending_signals()}
    try:
        end_on_signals()
        assert {signal.getsignal(number) for number in before} == {end_now}
        with pytest.raises(_Gone, match="143"):
            end_now(signal.SIGTERM, None)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        end(half)
    assert not half.exists()
    assert capfd.readouterr().err == "\nann-viz: stopped\n"


def test_a_folder_that_others_still_write_into_goes_at_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Intention: the threads of the process go on while it is tidied up, so trying once is not enough, nor for ever.
    import shutil

    tries: list[Path] = []
    monkeypatch.setattr(shutil, "rmtree", lambda path, **_: tries.append(path))
    begin(tmp_path)
    try:
        remove_unfinished()
    finally:
        end(tmp_path)
    assert len(tries) == 10


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
