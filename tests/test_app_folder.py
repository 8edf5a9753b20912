"""The program's own folder: where Qt would have it, on every system."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication

from ann_viz import __main__ as entry
from ann_viz import app_folder
from ann_viz.app import make_application

CHOSEN = Path(__file__).resolve().parent
"""Some folder with an absolute path, of which there is none that all systems know."""


def test_it_is_the_folder_that_qt_names(qapp: QApplication) -> None:
    """Decisions remembered by earlier versions are found again, and a headless command finds them too."""
    make_application()
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    assert app_folder.app_folder() == Path(named)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_user_without_a_home_is_told_as_the_system_tells_of_folders(
    platform: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in a container with a user of no name: a log has nowhere to lie, and lists are as good as none."""

    def lost() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(app_folder.Path, "home", lost)
    monkeypatch.setattr(app_folder.sys, "platform", platform)
    with pytest.raises(OSError, match="no home folder"):
        app_folder.app_folder()
    assert entry.main(["--debug", "inspect", "people.csv"]) == 2
    assert capsys.readouterr().err == "ann-viz: The log can't be written to '~': this user has no home folder.\n"


@pytest.mark.parametrize(
    ("platform", "variables", "below"),
    [
        ("linux", {"XDG_DATA_HOME": str(CHOSEN)}, CHOSEN),
        ("linux", {"XDG_DATA_HOME": "not/absolute"}, Path.home() / ".local" / "share"),
        ("linux", {}, Path.home() / ".local" / "share"),
        ("darwin", {"XDG_DATA_HOME": str(CHOSEN)}, Path.home() / "Library" / "Application Support"),
        ("win32", {"APPDATA": str(CHOSEN)}, CHOSEN),
        ("win32", {}, Path.home() / "AppData" / "Roaming"),
    ],
)
def test_each_system_has_its_own_place(
    platform: str, variables: dict[str, str], below: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable counts only where it is known and makes sense."""
    for name in ("XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(app_folder.sys, "platform", platform)
    assert app_folder.app_folder() == below / "ANN Viz" / "ANN Viz"
