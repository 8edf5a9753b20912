"""Theme, text size and motion: chosen in the View menu, seen at once where that is possible, and remembered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ann_viz.session.samples import samples
from ann_viz.ui.kit import appearance, theme
from ann_viz.ui.kit.appearance import (
    TEXT_SIZES,
    Appearance,
    is_motion_reduced,
    remembered_theme,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ann_viz.ui.window.main_window import MainWindow

SCALED = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QSettings
for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
    QSettings.setPath(kind, QSettings.Scope.UserScope, sys.argv[1])
QSettings("ANN Viz", "ANN Viz").setValue("window/text_size", int(sys.argv[2]))
from ann_viz.app import make_application
print(make_application().primaryScreen().devicePixelRatio())
"""


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    """Take back what a test chose for the whole application."""
    yield
    qapp.setProperty("annVizLessMotion", None)
    theme.apply(qapp, "light")


class StyleChanges(QObject):
    """Counts how often a widget is dressed anew."""

    n = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.n += event.type() == QEvent.Type.StyleChange
        return False


def test_a_widget_is_dressed_as_often_however_deep_it_lies(qapp: QApplication, qtbot: QtBot) -> None:
    """Qt would do it once for each widget around it."""
    outer = QWidget()
    qtbot.addWidget(outer)
    inner = outer
    for _ in range(12):
        inner = QWidget(inner)
    outer.show()
    theme.apply(qapp, "light")
    changes = StyleChanges()
    inner.installEventFilter(changes)
    theme.apply(qapp, "dark")
    assert 1 <= changes.n <= 3


def test_each_theme_is_chosen_and_remembered(window: MainWindow) -> None:
    """Four themes and the desktop's own; the program starts in the one chosen last."""
    for name in theme.THEMES:
        window.actions_by_id[f"theme_{name.replace('-', '_')}"].trigger()
        assert theme.current() is theme.THEMES[name]
        assert remembered_theme() == name
    window.actions_by_id["theme_system"].trigger()
    assert theme.current() is theme.THEMES[theme.system_theme()]


def test_light_and_dark_keep_their_contrast(window: MainWindow, qtbot: QtBot) -> None:
    """The sun and moon button changes the one and not the other."""
    window.actions_by_id["theme_contrast_dark"].trigger()
    for expected in ("contrast-light", "contrast-dark"):
        qtbot.mouseClick(window.menu_bar.corner.theme_button, Qt.MouseButton.LeftButton)
        assert theme.current() is theme.THEMES[expected]
    window.actions_by_id["theme_light"].trigger()
    qtbot.mouseClick(window.menu_bar.corner.theme_button, Qt.MouseButton.LeftButton)
    assert theme.current() is theme.THEMES["dark"]


def test_the_desktop_is_followed_unless_a_theme_was_chosen(window: MainWindow) -> None:
    """A change of the desktop is seen at once; who chose a theme keeps it."""
    hints = QGuiApplication.styleHints().accessibility()
    window.actions_by_id["theme_dark"].trigger()
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.current() is theme.THEMES["dark"]
    QSettings().setValue("window/theme", "system")
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert theme.current() is theme.THEMES[theme.system_theme()]


def ticked_sizes(window: MainWindow) -> list[int]:
    return [percent for percent in TEXT_SIZES if window.actions_by_id[f"text_{percent}"].isChecked()]


def test_a_text_size_is_seen_at_once_and_kept(window: MainWindow) -> None:
    """The menu ticks it, and nothing needs to be said."""
    for percent in (125, 100):
        window.actions_by_id[f"text_{percent}"].trigger()
        assert window.devicePixelRatioF() == percent / 100
        assert ticked_sizes(window) == [percent]
        assert remembered_size() == percent
        assert not window.messages.isVisible()


def test_where_qt_has_no_way_the_next_start_shows_the_size(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says when, and the choice is kept."""
    monkeypatch.setattr(appearance, "set_scale", lambda *_: False)
    window.actions_by_id["text_150"].trigger()
    assert window.devicePixelRatioF() == 1.0
    assert "from the next start on" in window.messages.text
    assert ticked_sizes(window) == [150] and remembered_size() == 150


def test_who_sets_the_variable_of_qt_knows_better(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program starts in that size whatever is chosen, and so a choice changes nothing before either."""
    monkeypatch.setenv("QT_SCALE_FACTOR", "1.3")
    window.actions_by_id["text_150"].trigger()
    assert window.devicePixelRatioF() == 1.0
    assert "QT_SCALE_FACTOR" in window.messages.text and remembered_size() == 150


def remembered_size() -> int:
    return int(str(QSettings().value("window/text_size")))


@pytest.mark.slow
@pytest.mark.parametrize(("percent", "ratio"), [(150, 1.5), (17, 1.0)])
def test_the_program_starts_in_the_chosen_size(tmp_path: Path, percent: int, ratio: float) -> None:
    """Everything is drawn that much larger; a size that there isn't counts as 100 %."""
    command = [sys.executable, "-c", SCALED, str(tmp_path), str(percent)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert float(done.stdout) == ratio


def test_less_motion_is_chosen_and_remembered(window: MainWindow, qapp: QApplication) -> None:
    """The menu entry is ticked, and another start begins with it."""
    action = window.actions_by_id["less_motion"]
    before = is_motion_reduced()
    action.trigger()
    assert is_motion_reduced() is not before
    assert action.isChecked() is not before
    qapp.setProperty("annVizLessMotion", None)  # as after a start
    assert is_motion_reduced() is not before
    again = Appearance(qapp)
    names = ("less_motion", *(f"text_{percent}" for percent in TEXT_SIZES))
    actions = {name: QAction(again) for name in names}
    again.mark(actions)
    assert actions["less_motion"].isChecked() is not before
    again.toggle_motion()
    assert actions["less_motion"].isChecked() is before
    QObject.deleteLater(again)


def test_the_picture_stands_still_for_those_who_asked(window: MainWindow) -> None:
    """With less motion, telling a step paints one frame and asks for no other."""
    window.open_sample(next(sample for sample in samples() if "xor" in sample.file))
    canvas = window.canvas_card.canvas
    if not is_motion_reduced():
        window.actions_by_id["less_motion"].trigger()
    window.actions_by_id["explain_2"].trigger()
    canvas.grab()
    assert not canvas.stage.travel.moving
    window.actions_by_id["less_motion"].trigger()
    window.actions_by_id["explain_4"].trigger()
    canvas.grab()
    assert canvas.stage.travel.moving


def test_only_windows_says_that_nothing_shall_move(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere Qt reports no effects at all, which is no wish."""
    assert appearance.desktop_reduces_motion() is False
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "windows"))
    assert appearance.desktop_reduces_motion() is not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
