"""How the program looks to those who need it otherwise: theme, text size, less motion. Each choice is remembered.

Text grows with everything around it, so that nothing is cut off.
"""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication

from ann_viz.app_folder import APP_NAME
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.live_scale import set_scale

__all__ = [
    "TEXT_SIZES",
    "Appearance",
    "desktop_reduces_motion",
    "is_motion_reduced",
    "remembered_theme",
    "use_text_size",
]

TEXT_SIZES: Final = (100, 125, 150, 175, 200)
"""Per cent of what the desktop asks for."""

THEME_KEY: Final = "window/theme"
TEXT_KEY: Final = "window/text_size"
MOTION_KEY: Final = "window/less_motion"
SCALE_VARIABLE: Final = "QT_SCALE_FACTOR"
MOTION_PROPERTY: Final = "annVizLessMotion"


class Appearance(QObject):
    """Carries out the commands that change how everything looks.

    Parameters
    ----------
    parent : QObject
        The window.
    """

    changed = Signal()
    """Colours are others."""

    text_size_chosen = Signal(int)
    """Text has this size in per cent, now or from the next start on."""

    size_unseen = Signal(str)
    """Why the text size that was chosen is not seen now."""

    motion_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._action: QAction | None = None
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)

    def mark(self, actions: dict[str, QAction]) -> None:
        """Let menus show what is chosen."""
        self._action = actions["less_motion"]
        self._action.setCheckable(True)
        self._action.setChecked(is_motion_reduced())
        stored = stored_text_size()
        for percent in TEXT_SIZES:
            actions[f"text_{percent}"].setCheckable(True)
            actions[f"text_{percent}"].setChecked(percent == stored)
        self.text_size_chosen.connect(lambda chosen: _check_only(actions, chosen))

    def choose_theme(self, name: str) -> None:
        """Dress everything in a theme, or in what the desktop asks for (``"system"``)."""
        QSettings().setValue(THEME_KEY, name)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, theme.system_theme() if name == "system" else name)
        self.changed.emit()

    def choose_text_size(self, percent: int) -> None:
        """Draw text, and everything around it, in another size."""
        others = _is_scaled_by_others()
        QSettings().setValue(TEXT_KEY, percent)
        self.text_size_chosen.emit(percent)
        app = QApplication.instance()
        if others:
            self.size_unseen.emit(
                self.tr("{variable} is set, and says how large everything is drawn.").format(variable=SCALE_VARIABLE)
            )
        elif isinstance(app, QApplication) and set_scale(app, percent / 100):
            os.environ[SCALE_VARIABLE] = _factor_text(percent)
            theme.dress_again(app)  # pens of charts count the pixels of the screen
        else:
            self.size_unseen.emit(
                self.tr("Text and everything around it is drawn at {n} % from the next start on.").format(n=percent)
            )

    def toggle_motion(self) -> None:
        """Let signals run along the lines, or show at once where they arrive."""
        _set_motion_reduced(not is_motion_reduced())
        if self._action is not None:
            self._action.setChecked(is_motion_reduced())
        self.motion_changed.emit()

    def _on_system_changed(self) -> None:
        if QSettings().value(THEME_KEY, "system") == "system":
            self.choose_theme("system")


def remembered_theme() -> str:
    """Return the theme chosen last, or the one that the desktop asks for."""
    chosen = str(QSettings().value(THEME_KEY, "system"))
    return chosen if chosen in theme.THEMES else theme.system_theme()


def is_motion_reduced() -> bool:
    """Return whether nothing shall move on its own: as chosen, else as the desktop says where Qt tells."""
    app = QApplication.instance()
    kept = None if app is None else app.property(MOTION_PROPERTY)  # asked with every frame: settings are slower
    if kept is None:
        stored = QSettings().value(MOTION_KEY)
        kept = str(stored).lower() == "true" if stored is not None else desktop_reduces_motion()
        if app is not None:
            app.setProperty(MOTION_PROPERTY, kept)
    return bool(kept)


def _set_motion_reduced(less: bool) -> None:
    QSettings().setValue(MOTION_KEY, less)
    app = QApplication.instance()
    if app is not None:
        app.setProperty(MOTION_PROPERTY, less)


def desktop_reduces_motion() -> bool:
    """Return what the desktop says. Up to Qt 6.11 only Windows is heard: elsewhere no effect is ever on."""
    return QGuiApplication.platformName() == "windows" and not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)


def stored_text_size() -> int:
    stored = str(QSettings(APP_NAME, APP_NAME).value(TEXT_KEY, TEXT_SIZES[0]))
    return int(stored) if stored.isdigit() and int(stored) in TEXT_SIZES else TEXT_SIZES[0]


def _check_only(actions: dict[str, QAction], chosen: int) -> None:
    for percent in TEXT_SIZES:
        actions[f"text_{percent}"].setChecked(percent == chosen)


def use_text_size() -> None:
    """Have everything drawn in the size chosen last. To be called before there is a QApplication.

    Who sets Qt's own variable knows better, and keeps it.
    """
    percent = stored_text_size()
    if percent != TEXT_SIZES[0]:
        os.environ.setdefault(SCALE_VARIABLE, _factor_text(percent))


def _is_scaled_by_others() -> bool:
    """Whether Qt's variable has a value that is not from here."""
    ours = _factor_text(stored_text_size())
    return os.environ.get(SCALE_VARIABLE, ours) != ours


def _factor_text(percent: int) -> str:
    return str(percent / 100)
