"""The log: what stands in it for a maintainer, and that nobody's data do."""

from __future__ import annotations

import errno
import faulthandler
import io
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ann_viz import __main__ as entry
from ann_viz import app_folder, diagnostics
from ann_viz.session import Session
from ann_viz.session.headless import learn, open_dataset

ROOT = Path(__file__).resolve().parents[1]
SECRET = "Xanthippe"
"""A cell of the tables here: it must stand in no log."""


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Put harmless hooks in the place of the interpreter's; return what they are told."""
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, value, trace: told.append(value))
    monkeypatch.setattr(threading, "excepthook", lambda arguments: told.append(arguments.exc_value))
    return told


@pytest.fixture
def log(tmp_path: Path, hooks: list[object]) -> Iterator[Path]:
    """Start a log in a folder of the test's own; return its file."""
    logger = logging.getLogger("ann_viz")
    before = list(logger.handlers)
    yield diagnostics.start_log(tmp_path / "own", ["train", f"{tmp_path}/people.csv", "--target", "left"])
    for handler in set(logger.handlers) - set(before):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(logging.NOTSET)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A table with a secret in it."""
    path = tmp_path / "people.csv"
    rows = [f"{SECRET if row % 7 else 'Anna'},{row % 50},{'yes' if row % 50 > 20 else 'no'}" for row in range(120)]
    path.write_text("\n".join(["name,age,left", *rows]) + "\n", encoding="utf-8")
    return path


def test_a_log_begins_with_versions_and_the_command(log: Path, tmp_path: Path) -> None:
    """Who reads it knows what ran where; of a path only the file's name is written."""
    text = log.read_text(encoding="utf-8")
    for line in diagnostics.versions():
        assert line in text
    assert "numpy" in text
    assert "missing" not in text
    assert "arguments: train people.csv --target left" in text
    assert str(tmp_path) not in text


def test_a_run_is_told_by_name_sizes_and_moves_but_without_a_cell(log: Path, people: Path) -> None:
    """From the file to the end of training, every long piece of work with its time."""
    session = Session()
    session.open(open_dataset(people, target="left"))
    session.set_training(epochs=2)
    learn(session)
    session.close()
    text = log.read_text(encoding="utf-8")
    assert f"file 'people.csv', {people.stat().st_size} bytes, 3 columns" in text
    for what in ("reading a file took", "making a dataset took", "no data → ready", "training → finished at epoch 2"):
        assert what in text
    assert SECRET not in text
    assert "Anna" not in text


def test_an_error_is_logged_by_its_place_without_a_message_that_quotes_data(
    log: Path, hooks: list[object], tmp_path: Path
) -> None:
    """Where it was raised and what led to it is enough; the hook that was there before hears of it too."""
    try:
        try:
            float(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)
        assert hooks == [error]
    text = log.read_text(encoding="utf-8")
    assert text.index("ValueError\nwhich led to") < text.index("KeyError\n")
    assert "in test_an_error_is_logged" in text
    assert "float(SECRET)" in text
    assert SECRET not in text
    assert str(Path(__file__).parent) not in text


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (AttributeError("'NoneType' object has no attribute 'rows'"), "'NoneType' object has no attribute 'rows'"),
        (ImportError("cannot import name 'a' from 'b' (/home/anna maria/lib/b.py)"), "from 'b' (b.py)"),
        (OSError(28, "No space left on device", "/home/anna/x.csv"), "OSError: No space left on device\n"),
    ],
)
def test_messages_about_code_are_kept_without_folders(log: Path, error: Exception, told: str) -> None:
    """They are what a maintainer needs most."""
    logging.getLogger("ann_viz.test").info("failed", exc_info=error)
    text = log.read_text(encoding="utf-8")
    assert told in text
    assert "anna" not in text


def test_an_error_of_a_thread_is_logged(log: Path, hooks: list[object]) -> None:
    """Whoever started the thread may never look at it again."""

    def fail() -> None:
        raise IndexError("index 5 is out of bounds")

    thread = threading.Thread(target=fail, name="doomed")
    thread.start()
    thread.join()
    text = log.read_text(encoding="utf-8")
    assert "CRITICAL doomed ann_viz: nobody caught this" in text
    assert "IndexError: index 5 is out of bounds" in text
    assert len(hooks) == 1


def test_work_that_fails_tells_how_long_it_took(log: Path) -> None:
    """The error goes on to whoever called."""
    with pytest.raises(ZeroDivisionError), diagnostics.timed("dividing"):
        raise ZeroDivisionError
    assert "dividing ended after 0.00" in log.read_text(encoding="utf-8")


def test_a_full_log_makes_room(log: Path) -> None:
    """A program that runs for weeks does not fill the disk."""
    logger = logging.getLogger("ann_viz.test")
    for _ in range(2 * diagnostics.N_OLDER_FILES):
        logger.info("x" * diagnostics.MOST_BYTES)
    files = sorted(path.name for path in log.parent.iterdir() if path.name.startswith(diagnostics.LOG_FILE))
    assert len(files) == 1 + diagnostics.N_OLDER_FILES


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), BlockingIOError()])
def test_a_log_that_can_not_be_written_any_more_ends(
    log: Path, error: OSError, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk is said once and in a sentence; what the program does goes on."""

    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise error

    app_log = logging.getLogger("ann_viz")
    (handler,) = (each for each in app_log.handlers if isinstance(each, logging.FileHandler))
    assert handler.stream is not None
    handler.stream.close()
    handler.stream = Full()
    for _ in range(3):
        logging.getLogger("ann_viz.test").info("a line")
    said = capsys.readouterr().err
    assert said.startswith("ann-viz: The log ends here, it can't be written")
    assert said.count("\n") == 1
    assert handler not in app_log.handlers
    assert diagnostics.last_lines() == []


def test_a_mistake_in_a_line_of_the_log_is_not_hidden(
    log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its author has to hear of it; the log goes on."""
    monkeypatch.setattr(logging.getLogger("ann_viz"), "propagate", False)  # pytest's own handler would raise
    logger = logging.getLogger("ann_viz.test")
    logger.info("%d rows", "no number")
    logger.info("and on")
    assert "--- Logging error ---" in capsys.readouterr().err
    assert "and on" in log.read_text(encoding="utf-8")


def test_the_newest_lines_can_be_read_back(log: Path) -> None:
    """They go into the diagnostics that a user copies."""
    logging.getLogger("ann_viz.test").info("a last word")
    assert len(diagnostics.last_lines(3)) == 3
    assert diagnostics.last_lines()[-1].endswith("a last word")


def test_without_a_log_there_is_nothing_to_read() -> None:
    """Nothing is kept in memory meanwhile."""
    assert diagnostics.last_lines() == []


def test_crashes_are_written_unless_somebody_reads_them_elsewhere(
    tmp_path: Path, hooks: list[object], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """An interpreter that was told where to write them keeps writing them there."""
    files: list[int] = []
    monkeypatch.setattr(faulthandler, "enable", files.append)
    monkeypatch.setattr(faulthandler, "is_enabled", lambda: True)
    request.getfixturevalue("log")
    assert files == []
    monkeypatch.setattr(faulthandler, "is_enabled", lambda: False)
    diagnostics.start_log(tmp_path / "own", [])
    os.write(files[0], b"a trace")
    os.close(files[0])
    assert (tmp_path / "own" / "crash.log").read_bytes() == b"a trace"


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be what is wrong."""
    monkeypatch.setattr(diagnostics, "LIBRARIES", ("numpy", "no-such-library"))
    assert "no-such-library missing" in diagnostics.versions()[1]


# The program --------------------------------------------------------------------------------------------------------
def run_program(folder: Path, *arguments: str, first: str = "", then: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program, between two lines of Python, in a process of its own that keeps its data below `folder`."""
    begin = f"import os, sys\n{first}\nfrom ann_viz.__main__ import main"
    program = f"{begin}\nended = main({arguments!r})\n{then}\nsys.exit(ended)"
    own = {"XDG_DATA_HOME": str(folder), "APPDATA": str(folder), "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env=os.environ | own,
    )


def logged(folder: Path, name: str) -> str:
    """Return what stands in the one file of that name below `folder`."""
    (path,) = folder.rglob(name)
    return path.read_text(encoding="utf-8")


def test_a_command_writes_a_log_when_asked_to(people: Path, tmp_path: Path) -> None:
    """Wherever the option stands; where the log lies is said beside the command's own output."""
    ran = run_program(tmp_path, "--debug", "inspect", "people.csv", "--debug", "--json")
    assert ran.returncode == 0
    assert ran.stdout.startswith("{")
    (path,) = tmp_path.rglob("debug.log")
    assert ran.stderr == f"ann-viz: what happens is written to {path}\n"
    assert "arguments: inspect people.csv --json" in logged(tmp_path, "debug.log")


def test_what_the_user_can_mend_is_logged_without_its_sentence(people: Path, tmp_path: Path) -> None:
    """The sentence may quote a cell; its kind and place do not."""
    ran = run_program(tmp_path, "--debug", "train", "people.csv", "--target", "wrong")
    assert ran.returncode == 2
    assert "There is no column 'wrong'" in ran.stderr
    text = logged(tmp_path, "debug.log")
    assert text.rstrip().endswith("DataError")
    assert "There is no column 'wrong'" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="limits as on Unix")
@pytest.mark.parametrize("bytes_left", [100, 600])
def test_a_log_without_room_does_not_disturb_the_command(people: Path, tmp_path: Path, bytes_left: int) -> None:
    """The limit on the size of files is the system's own way to refuse bytes."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes_left}, {bytes_left}))"
    ran = run_program(tmp_path, "--debug", "inspect", "people.csv", "--json", first=limit)
    assert ran.returncode == 0
    assert ran.stdout.startswith("{")
    assert ran.stderr.count("The log ends here, it can't be written: File too large.\n") == 1
    assert ran.stderr.count("\n") == 2


def test_a_hard_crash_leaves_a_trace(tmp_path: Path) -> None:
    """Qt can abort the process; where Python was then is in a file."""
    ran = run_program(tmp_path, "--debug", "inspect", "missing.csv", then="os.abort()")
    assert ran.returncode not in (0, 2)
    assert "Abort" in logged(tmp_path, "crash.log")


def test_without_the_option_nothing_is_written(people: Path, tmp_path: Path) -> None:
    """Nobody finds a log that they did not ask for."""
    assert run_program(tmp_path, "inspect", "people.csv").stderr == ""
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


def test_a_log_that_cannot_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line and no traceback, before anything else happens."""
    (tmp_path / "file").touch()
    monkeypatch.setattr(app_folder, "app_folder", lambda: tmp_path / "file")
    assert entry.main(["--debug", "inspect", "people.csv"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"ann-viz: The log can't be written to '{tmp_path / 'file'}'")
    assert told.count("\n") == 1
