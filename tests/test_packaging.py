"""The package builds with everything in it, starts the right half, and says plainly what a system lacks."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from hatchling.builders.wheel import WheelBuilder
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import ann_viz
from ann_viz import __main__ as entry
from ann_viz import qt_libraries
from ann_viz.engine.compiled.levels import library_path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")))))


def test_a_wheel_carries_the_resources_inside_the_package(wheel: Path) -> None:
    """An installed program finds its icons, fonts and texts, and installs nothing outside its own package."""
    names = zipfile.ZipFile(wheel).namelist()
    assert "ann_viz/_resources/icons/play.svg" in names
    assert "ann_viz/_resources/fonts/Inter-Regular.ttf" in names
    assert "ann_viz/_resources/fonts/LICENSE" in names
    assert "ann_viz/_resources/docs/architecture.md" in names
    assert "ann_viz/py.typed" in names
    assert "ann_viz/engine/compiled/c/engine.c" in names
    assert not any(name.endswith(("compile_turbo.py", "build_hook.py", ".sh")) for name in names)
    assert {name.split("/")[0] for name in names} == {"ann_viz", f"ann_viz-{ann_viz.__version__}.dist-info"}


@pytest.mark.skipif(not any(map(shutil.which, ("cc", "gcc", "clang"))), reason="there is no C compiler")
def test_a_wheel_carries_the_compiled_engine(wheel: Path) -> None:
    """For this system only, and for every Python; it is the one the program will look for."""
    assert wheel.name.startswith(f"ann_viz-{ann_viz.__version__}-py3-none-")
    assert not wheel.name.endswith("-any.whl")
    assert f"ann_viz/engine/compiled/{library_path().name}" in zipfile.ZipFile(wheel).namelist()


def test_without_a_compiler_a_wheel_is_pure_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is built all the same, and anyone can install it."""
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns("turbo-*", ".git", ".venv", "tests"))
    monkeypatch.setenv("CC", "no-such-compiler")
    wheel = Path(next(WheelBuilder(str(source)).build(directory=str(tmp_path))))
    assert wheel.name == f"ann_viz-{ann_viz.__version__}-py3-none-any.whl"
    assert not any("compiled/turbo-" in name for name in zipfile.ZipFile(wheel).namelist())


def test_the_changelog_has_the_version() -> None:
    """A release is described before it is numbered."""
    changes = (ROOT / "resources" / "docs" / "changelog.md").read_text(encoding="utf-8")
    assert f"## [{ann_viz.__version__}]" in changes


def test_the_console_and_the_window_script_have_different_names() -> None:
    """Both kinds are written to the same folder, where one would replace the other."""
    assert "ann-viz" in PROJECT["scripts"]
    assert not set(PROJECT["scripts"]) & set(PROJECT["gui-scripts"])


def test_the_headless_half_starts_without_qt() -> None:
    """A server without Qt's libraries can train: the commands load neither PySide6 nor pyqtgraph."""
    program = (
        "import sys\n"
        "sys.modules.update({'PySide6': None, 'shiboken6': None, 'pyqtgraph': None})\n"
        "from ann_viz.__main__ import main\n"
        "sys.exit(main(['--version']))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ran.returncode, ann_viz.__version__ in ran.stdout) == (0, True), ran.stderr


@pytest.mark.parametrize("arguments", [[], ["bank.csv"], ["./bank"], ["/data/train"]])
def test_no_argument_or_a_lone_file_opens_the_window(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who names a file wants to see it."""
    opened: list[list[str]] = []
    monkeypatch.setattr(entry, "_open_window", lambda given: opened.append(given) or 0)
    assert entry.main(arguments) == 0
    assert opened == [arguments]


@pytest.mark.parametrize("arguments", [["--version"], ["train", "bank.csv"], ["demo"], ["trian"], ["--picture=a.png"]])
def test_everything_else_is_a_command(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Also a misspelt one, which the command line answers with the list of commands."""
    ran: list[list[str]] = []
    monkeypatch.setattr(entry, "_run_command", lambda given: ran.append(given) or 0)
    assert entry.main(arguments) == 0
    assert ran == [arguments]


def test_a_missing_system_library_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The user reads the line that mends it, and no traceback."""

    def fail(_: object) -> int:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(entry, "_open_window", fail)
    monkeypatch.setattr(qt_libraries, "missing_libraries", lambda _: ["libEGL.so.1", "libxcb-cursor.so.0"])
    assert entry.main([]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "sudo apt-get install libegl1 libxcb-cursor0" in told


def test_any_other_failed_import_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in the program keeps its traceback."""

    def fail(_: object) -> int:
        raise ImportError("cannot import name 'window'")

    monkeypatch.setattr(entry, "_open_window", fail)
    with pytest.raises(ImportError, match="window"):
        entry.main([])


def test_a_library_without_a_known_package_is_named_itself() -> None:
    """Better the bare name than a wrong line."""
    sentence = qt_libraries.explain(ImportError("libodd.so.3: cannot open shared object file: No such file"))
    assert sentence is not None
    assert "libodd.so.3" in sentence
    assert "apt-get" not in sentence


def test_missing_libraries_are_read_from_ldd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every library reported as not found is listed once, sorted."""
    (tmp_path / "QtGui.abi3.so").touch()
    told = "QtGui:\n\tlibGL.so.1 => not found\n\tlibEGL.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6\n"
    monkeypatch.setattr(qt_libraries.shutil, "which", lambda _: "ldd")
    monkeypatch.setattr(
        qt_libraries.subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=told + "\tlibGL.so.1 => not found\n")
    )
    assert qt_libraries.missing_libraries(tmp_path) == ["libEGL.so.1", "libGL.so.1"]


def test_without_pyside_nothing_can_be_missing(tmp_path: Path) -> None:
    """The check says nothing where there is nothing to check."""
    assert qt_libraries.missing_libraries(None) == []
    assert qt_libraries.missing_libraries(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="displays are found through the environment on Linux only")
def test_no_display_is_said_before_qt_aborts() -> None:
    """Qt ends the process when it finds no display; the program says what works without one."""
    problem = qt_libraries.platform_problem({})
    assert problem is not None
    assert "ann-viz demo" in problem
    assert qt_libraries.platform_problem({"QT_QPA_PLATFORM": "offscreen"}) is None


@pytest.mark.skipif(sys.platform != "linux", reason="displays are found through the environment on Linux only")
def test_a_display_whose_plugin_lacks_a_library_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """The X11 plugin is loaded first thing, and what it lacks becomes the sentence."""

    def fail(_: str) -> None:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(qt_libraries.ctypes, "CDLL", fail)
    monkeypatch.setattr(qt_libraries, "missing_libraries", lambda _: [])
    problem = qt_libraries.platform_problem({"DISPLAY": ":0"})
    assert problem is not None
    assert problem.endswith("sudo apt-get install libxcb-cursor0")


@pytest.mark.skipif(sys.platform != "linux", reason="displays are found through the environment on Linux only")
@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DISPLAY": ":7777"}, "The display ':7777' (DISPLAY) can't be reached"),
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":7777"}, "(DISPLAY) can't be reached"),
        ({"WAYLAND_DISPLAY": "gone-7777"}, "The display 'gone-7777' (WAYLAND_DISPLAY) can't be reached"),
        ({"WAYLAND_DISPLAY": "gone-7777", "DISPLAY": ":7777"}, "can't be reached"),
        ({"QT_QPA_PLATFORM": "nonsense:size=1"}, "Qt has no platform 'nonsense'"),
    ],
)
def test_a_display_that_nobody_answers_is_said_before_qt_aborts(environment: dict[str, str], words: str) -> None:
    """Over ssh, or when its server has died, the variable is there and the display isn't."""
    problem = qt_libraries.platform_problem(environment)
    assert problem is not None
    assert words in problem


@pytest.mark.parametrize("chosen", ["offscreen", "minimal", "nonsense;offscreen"])
def test_one_platform_that_works_is_enough(chosen: str) -> None:
    """Qt tries them in turn."""
    assert qt_libraries.platform_problem({"QT_QPA_PLATFORM": chosen}) is None


@pytest.mark.skipif(sys.platform != "linux", reason="displays are found through the environment on Linux only")
def test_a_display_that_answers_is_none_of_our_business(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that asks has the last word, also when it isn't there."""
    asked: list[bytes] = []

    def connect(name: bytes, _screen: None) -> int:
        asked.append(name)
        return 1

    library = SimpleNamespace(
        xcb_connect=connect, xcb_connection_has_error=lambda _: 0, xcb_disconnect=lambda _: None,
        wl_display_connect=lambda name: asked.append(name) or 1, wl_display_disconnect=lambda _: None,
    )  # fmt: skip
    monkeypatch.setattr(qt_libraries.ctypes, "CDLL", lambda _: library)
    assert qt_libraries.platform_problem({"DISPLAY": ":7"}) is None
    assert qt_libraries.platform_problem({"WAYLAND_DISPLAY": "w"}) is None
    assert asked == [b":7", b"w"]
    monkeypatch.setattr(qt_libraries, "_loading_problem", lambda _: None)
    monkeypatch.setattr(qt_libraries.ctypes, "CDLL", lambda _: SimpleNamespace())
    assert qt_libraries.platform_problem({"DISPLAY": ":7"}) is None


def test_no_memory_for_a_library_is_no_missing_library() -> None:
    """Nothing to install would help."""
    sentence = qt_libraries.explain(ImportError("libQt6Gui.so.6: failed to map segment from shared object"))
    assert sentence is not None
    assert "not enough memory" in sentence


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("can't start new thread")])
def test_no_memory_is_one_sentence(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever asked for it; a thread asks for its stack."""

    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(entry, "_run_command", fail)
    assert entry.main(["demo"]) == 2
    assert capsys.readouterr().err.startswith("ann-viz: There is not enough memory")


def test_any_other_failure_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in the program is not a lack of memory."""

    def fail(_: object) -> int:
        raise RuntimeError("dictionary changed size during iteration")

    monkeypatch.setattr(entry, "_run_command", fail)
    with pytest.raises(RuntimeError, match="dictionary"):
        entry.main(["demo"])


def test_no_window_is_opened_where_there_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The problem is printed and the exit code says that the user can mend it."""
    monkeypatch.setattr(qt_libraries, "platform_problem", lambda: "There is no display.")
    assert entry.main([]) == 2
    assert capsys.readouterr().err == "ann-viz: There is no display.\n"


def test_every_library_names_a_debian_package() -> None:
    """The table is typed by hand: both sides look like what they should be."""
    for library, package in qt_libraries.PACKAGES.items():
        assert re.fullmatch(r"lib[\w.-]+\.so\.\d+", library)
        assert re.fullmatch(r"lib[a-z0-9.+-]+", package)


def test_this_pyside_survives_many_calls_that_return_nothing(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 aborts within a few thousand of these (decision 0003)."""

    class Sender(QObject):
        sent = Signal(int)

    label, sender = QLabel(), Sender()
    qtbot.addWidget(label)
    sender.sent.connect(label.setNum)
    for number in range(20_000):
        label.setText(str(number))
        sender.sent.emit(number)
    assert label.text() == "19999"
