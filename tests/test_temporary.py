"""Temporary folders go with their process, and are nobody else's to remove."""

from __future__ import annotations

import errno
import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ann_viz.errors import DataError
from ann_viz.temporary import TemporaryFolder, disk_full, is_disk_full, remove_stale_folders

HOLDER = """
import sys
from ann_viz.temporary import TemporaryFolder
folder = TemporaryFolder()
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder for temporary files that no other program uses."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_it_goes_when_nobody_needs_it(temporary: Path) -> None:
    """When it is removed, which may be done twice, and with its last reference."""
    first, second = TemporaryFolder(), TemporaryFolder()
    assert first.write("a.txt", "größer").read_text(encoding="utf-8") == "größer"
    assert len(list(temporary.iterdir())) == 2
    first.remove()
    first.remove()
    del second
    gc.collect()
    assert list(temporary.iterdir()) == []


def test_it_belongs_to_a_living_process(temporary: Path) -> None:
    """The next program leaves it alone until its owner is dead, however that ends."""
    with subprocess.Popen([sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        path = Path(owner.stdout.readline().decode().strip())
        assert remove_stale_folders() == 0
        assert path.is_dir()
        owner.kill()
        owner.wait()
    assert remove_stale_folders() == 1
    assert list(temporary.iterdir()) == []


def test_a_process_number_given_again_protects_nothing(temporary: Path) -> None:
    """A dead owner's number may be that of a living process: only the lock counts."""
    stale = temporary / f"ann_viz-{os.getpid()}-abc"
    stale.mkdir()
    (stale / "lock").touch()
    assert remove_stale_folders() == 1


def test_a_folder_made_this_very_moment_is_left_alone(temporary: Path) -> None:
    """Before its lock is there, its owner's number counts."""
    (temporary / f"ann_viz-{os.getpid()}-abc").mkdir()
    (temporary / "ann_viz-1-abc").mkdir()  # of a process of somebody else
    (temporary / "ann_viz-notes-1").mkdir()
    assert remove_stale_folders() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links as on Unix")
def test_a_link_that_looks_like_one_is_not_followed(temporary: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Somebody may put a link to other files where all can write."""
    precious = tmp_path_factory.mktemp("precious")
    (precious / "lock").touch()
    (temporary / "ann_viz-999999999-abc").symlink_to(precious)
    assert remove_stale_folders() == 0
    assert (precious / "lock").exists()


def test_a_disk_without_room_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the folder and how to have another; no file of the user is blamed."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = TemporaryFolder()
    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(DataError, match="The disk for temporary files is full") as caught:
        folder.write("a.txt", "text")
    assert "TMPDIR" in str(caught.value)
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(DataError, match="The disk for temporary files is full"):
        TemporaryFolder()


def test_no_place_for_folders_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing may be written, what the system says is passed on."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(DataError, match=r"No folder for temporary files can be made\. .*Permission denied"):
        TemporaryFolder()


def test_only_a_full_disk_counts_as_one() -> None:
    """The database puts what the system says into a sentence of its own."""
    assert is_disk_full(OSError(errno.ENOSPC, "No space left on device"))
    assert is_disk_full(RuntimeError('IO Error: Could not write file "x": No space left on device'))
    assert not is_disk_full(OSError(errno.EIO, "Input/output error"))
    assert "full" in str(disk_full())
