"""Files are replaced whole or not at all, where they were meant to be, and nothing else is."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from ann_viz import files
from ann_viz.errors import OutputError
from ann_viz.files import check_output, replacing, write_file

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes, pipes and limits as on Unix")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a file that is there already, alone in its folder."""
    path = tmp_path / "out.csv"
    path.write_text("old")
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_is_replaced_or_made(place: Path) -> None:
    """Text is written as UTF-8, bytes as they are; nothing else stays in the folder."""
    write_file(place, "größer")
    assert place.read_bytes() == "größer".encode()
    write_file(place.with_name("new.csv"), b"\x00\xff")
    assert place.with_name("new.csv").read_bytes() == b"\x00\xff"
    assert names(place.parent) == {"out.csv", "new.csv"}


def test_until_the_end_the_old_file_is_there(place: Path) -> None:
    """Whoever reads it meanwhile, or after an error in between, finds it as it was."""
    with pytest.raises(ZeroDivisionError), replacing(place) as file:
        file.write(b"new" * 1_000_000)
        file.flush()
        assert place.read_text() == "old"
        raise ZeroDivisionError
    assert place.read_text() == "old"
    assert names(place.parent) == {"out.csv"}


def test_a_name_of_any_length_and_ending_is_kept(tmp_path: Path) -> None:
    """The temporary name is no longer than the system allows, however long the true one is."""
    for name in ("x" * 250 + ".csv", "model.v1.2", "no ending", "-", "ünï 漢字.annviz"):
        write_file(tmp_path / name, "content")
        assert (tmp_path / name).read_text() == "content"


@POSIX
def test_a_link_stays_and_what_it_points_to_is_replaced(place: Path, tmp_path: Path) -> None:
    """Also over several links, and to where nothing is yet."""
    (tmp_path / "elsewhere").mkdir()
    link, dangling = tmp_path / "elsewhere" / "link", tmp_path / "dangling"
    link.symlink_to(place)
    (tmp_path / "again").symlink_to(link)
    write_file(tmp_path / "again", "new")
    assert (tmp_path / "again").is_symlink()
    assert place.read_text() == "new"
    dangling.symlink_to(tmp_path / "elsewhere" / "later.csv")
    write_file(dangling, "new")
    assert dangling.is_symlink()
    assert names(tmp_path / "elsewhere") == {"link", "later.csv"}


@POSIX
def test_the_rights_of_the_old_file_are_kept(place: Path) -> None:
    """What was private stays private, also while it is written; a new file gets the usual rights."""
    place.chmod(0o640)
    with replacing(place) as file:
        (temporary,) = names(place.parent) - {"out.csv"}
        assert stat.S_IMODE((place.parent / temporary).stat().st_mode) == 0o640
        file.write(b"new")
    assert stat.S_IMODE(place.stat().st_mode) == 0o640
    before = os.umask(0o027)
    try:
        write_file(place.with_name("new.csv"), "new")
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.with_name("new.csv").stat().st_mode) == 0o640


@POSIX
def test_an_input_is_never_written(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By whatever name it is called: another path, a link, a second name of the same file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "soft").symlink_to(place)
    (tmp_path / "hard").hardlink_to(place)
    (tmp_path / "below").mkdir()
    for name in ("out.csv", "./out.csv", "below/../out.csv", str(place), "soft", "hard"):
        with pytest.raises(OutputError, match="is read here"):
            write_file(name, "new", inputs=("gone.csv", place))
        with pytest.raises(OutputError, match="is read here"):
            write_file(place, "new", inputs=(name,))
    assert place.read_text() == "old"
    write_file("other.csv", "new", inputs=(place,))


@POSIX
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "is empty"),
        (" ", "is empty"),
        (".", "'.' is a folder. Add the name of a file."),
        ("below", "is a folder"),
        ("new/", "is a folder"),
        ("gone/out.csv", "there is no folder '"),
        ("out.csv/x", "'out.csv' is a file, not a folder."),
        ("below/../out.csv/x/y", "'below/../out.csv' is a file, not a folder."),
        ("x" * 300, "the name is too long"),
        ("a\0b", "null byte"),
        ("loop", "symbolic links"),
        ("pipe", "is a device or a pipe, not a file. Choose a file; on the command line, -o - writes to standard"),
        ("to_null", "is a device"),
        ("to_devices", "is a device"),
        ("devices/new", "is a device"),
        ("devices/full", "is a device"),
        ("/dev/full", "is a device"),
        ("/dev/stdout", "is a device"),
        ("/dev/new", "is a device"),
        ("/proc/self/fd/1", "is a device"),
    ],
)
def test_where_nothing_can_be_written_is_said(
    name: str, sentence: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence before anything is done, and nothing is left behind."""
    monkeypatch.chdir(place.parent)
    Path("below").mkdir()
    os.mkfifo("pipe")
    Path("to_null").symlink_to(os.devnull)
    Path("to_devices").symlink_to("/dev/ann-viz-new")
    Path("devices").symlink_to("/dev")
    Path("loop").symlink_to("loop")
    before = names(place.parent)
    for attempt in (lambda: check_output(name), lambda: write_file(name, "new")):
        with pytest.raises(OutputError) as caught:
            attempt()
        assert sentence in str(caught.value)
        assert str(caught.value).isprintable()
    assert names(place.parent) == before


@POSIX
def test_shared_memory_has_files_like_any_folder() -> None:
    """It lies among the devices but is none."""
    if not os.access("/dev/shm", os.W_OK):
        pytest.skip("this system has none")
    path = Path("/dev/shm") / f"ann-viz-test-{os.getpid()}"
    try:
        write_file(path, "new")
        assert path.read_text() == "new"
    finally:
        path.unlink(missing_ok=True)


AS_NOBODY = """
import os, sys
from ann_viz.files import check_output
if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)
for path in sys.argv[1:]:
    try:
        check_output(path)
    except Exception as error:
        print(type(error).__name__, error)
"""


@POSIX
def test_what_this_user_may_not_write_is_said(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A protected file and a protected folder are told apart, found out before any work."""
    base = tmp_path_factory.mktemp("open") if os.getuid() else Path("/tmp") / f"ann-viz-test-{os.getpid()}"
    base.mkdir(exist_ok=True)
    closed, protected = base / "closed", base / "protected.csv"
    try:
        base.chmod(0o777)
        closed.mkdir()
        closed.chmod(0o555)
        protected.write_text("old")
        protected.chmod(0o444)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(closed / "a"), str(protected)], capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        first, second = done.stdout.splitlines()
        assert first.startswith("OutputError")
        assert f"nothing may be written to the folder '{closed}'" in first
        assert second.endswith("is protected against writing. Choose another name.")
        assert names(base) == {"closed", "protected.csv"}
    finally:
        protected.unlink()
        closed.rmdir()
        base.rmdir()


@POSIX
@pytest.mark.parametrize(("mode", "is_refused"), [(0o1777, True), (0o777, False)])
def test_a_file_that_only_its_owner_may_replace_is_known_before(
    mode: int, is_refused: bool, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder such as /tmp everybody may write to an open file, but not put another in its place."""
    place.chmod(0o666)
    place.parent.chmod(mode)
    check_output(place)
    monkeypatch.setattr(files.os, "geteuid", lambda: place.stat().st_uid + 12_345)
    check_output(place.with_name("new.csv"))
    with pytest.raises(OutputError, match="belongs to somebody else") if is_refused else nullcontext():
        check_output(place)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "the disk is full. Free some room"),
        (errno.EFBIG, "larger than files may be there"),
        (errno.EROFS, "nothing may be written to the folder"),
        (errno.EIO, "(Input/output error)"),
    ],
)
def test_what_the_system_says_while_writing_becomes_a_sentence(
    number: int, sentence: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old file stays, and no part of the new one."""

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "fsync", refuse)
    with pytest.raises(OutputError) as caught:
        write_file(place, "new")
    assert str(caught.value).startswith(f"'{place}' can't be written")
    assert sentence in str(caught.value)
    assert place.read_text() == "old"
    assert names(place.parent) == {"out.csv"}


LIMITED = """
import resource, sys
from ann_viz.files import replacing
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with replacing(sys.argv[1]) as file:
        for _ in range(100):
            file.write(b"x" * 100_000)
except Exception as error:
    print(type(error).__name__, error)
"""


@POSIX
def test_a_write_that_the_system_cuts_short_is_noticed(place: Path) -> None:
    """The limit on the size of files is the system's own way to refuse bytes."""
    done = subprocess.run([sys.executable, "-c", LIMITED, str(place)], capture_output=True, text=True, check=True)
    assert done.stdout == f"OutputError '{place}' can't be written: it is larger than files may be there. " + (
        "Choose another disk.\n"
    )
    assert done.stderr == ""
    assert place.read_text() == "old"
    assert names(place.parent) == {"out.csv"}


def test_a_file_that_another_holds_is_said(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a shared folder, and on Windows while it is open elsewhere, a file can't be replaced."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(files.os, "replace", refuse)
    with pytest.raises(OutputError, match="belongs to somebody else"):
        write_file(place, "new")
    assert names(place.parent) == {"out.csv"}


def test_looking_ahead_leaves_nothing(place: Path) -> None:
    """A file that could be written is neither made nor touched."""
    before = place.stat().st_mtime_ns
    check_output(place)
    check_output(place.with_name("new.csv"))
    assert names(place.parent) == {"out.csv"}
    assert (place.read_text(), place.stat().st_mtime_ns) == ("old", before)


def test_only_what_the_dead_left_is_removed(place: Path) -> None:
    """The next writer in the folder tidies up: not after one who is still writing, nor files of others."""
    dead = place.with_name(f".ann-viz-{os.getpid()}-0123456789abcdef.part")  # the same process number, long ago
    dead.write_text("half")
    others = place.with_name(".ann-viz-notes.part")
    others.write_text("mine")
    with replacing(place.with_name("long.csv")) as file:
        file.write(b"still writing")
        write_file(place, "new")
        assert len(names(place.parent)) == 3
    assert names(place.parent) == {"out.csv", "long.csv", ".ann-viz-notes.part"}
    assert place.with_name("long.csv").read_text() == "still writing"


@POSIX
def test_where_nothing_can_be_locked_files_are_written_all_the_same(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network folders know no locks; then nobody's leftovers can be told from what is being written."""

    def refuse(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    leftover = place.with_name(".ann-viz-1-0123456789abcdef.part")
    leftover.write_text("half")
    monkeypatch.setattr("ann_viz.locks._lock", refuse)
    write_file(place, "new")
    assert place.read_text() == "new"
    assert leftover.exists()
