"""Locks belong to an open file of a living process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ann_viz import locks
from ann_viz.locks import locked, make_locked, remove_abandoned, try_lock

HOLDER = """
import sys
from pathlib import Path
from ann_viz.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def is_abandoned(path: Path) -> bool:
    return remove_abandoned(path, lambda: None)


def test_one_holds_it_at_a_time(tmp_path: Path) -> None:
    """Also within a process: who comes second waits until the first lets go."""
    path, order = tmp_path / "lock", []

    def second() -> None:
        with locked(path):
            order.append("second")

    with locked(path):
        thread = threading.Thread(target=second)
        thread.start()
        with pytest.raises(TimeoutError), locked(path, timeout_s=0.05):
            pass
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    """Killed, a process leaves the file but not the lock."""
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert not is_abandoned(path)
        holder.kill()
        holder.wait()
    assert is_abandoned(path)


def test_what_is_made_is_nobody_elses(tmp_path: Path) -> None:
    """It is locked from the start; once let go, it is removed while nobody can take it up."""
    path = tmp_path / "made"
    descriptor = make_locked(path)
    assert descriptor is not None
    assert not is_abandoned(path)
    os.close(descriptor)
    assert remove_abandoned(path, path.unlink)
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file can't be removed there")
@pytest.mark.parametrize("slow", [False, True])
def test_what_is_removed_before_it_was_locked_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow: bool
) -> None:
    """Who tidies up may come between making and locking: it holds the lock then, or has done its work."""
    path = tmp_path / "made"

    def come_between(descriptor: int) -> None:
        patch.undo()
        if slow:
            assert remove_abandoned(path, lambda: lock_while_removing(descriptor))
            raise BlockingIOError(11, "Resource temporarily unavailable")
        assert remove_abandoned(path, path.unlink)
        assert try_lock(descriptor)

    def lock_while_removing(descriptor: int) -> None:
        assert not try_lock(descriptor)
        path.unlink()

    with monkeypatch.context() as patch:
        patch.setattr(locks, "_lock", come_between)
        assert make_locked(path) is None
    assert not path.exists()


def test_what_can_not_be_asked_counts_as_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is there, or the folder knows no locks: nobody may take it for left behind."""
    path = tmp_path / "lock"
    assert not is_abandoned(path)
    path.touch()
    monkeypatch.setattr(locks, "_lock", lambda _: (_ for _ in ()).throw(OSError(37, "No locks available")))
    assert not is_abandoned(path)
    with locked(path, timeout_s=0.0):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links as on Unix")
def test_neither_a_pipe_nor_a_link_is_waited_for_or_followed(tmp_path: Path) -> None:
    """Somebody may have put one where a lock is looked for."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert not is_abandoned(tmp_path / "link")
    with pytest.raises(OSError, match="link"), locked(tmp_path / "link"):
        pass
    descriptor = os.open(tmp_path / "file", os.O_RDWR)
    try:
        assert try_lock(descriptor)
        assert not is_abandoned(tmp_path / "file")
    finally:
        os.close(descriptor)
    is_abandoned(tmp_path / "pipe")  # comes back
