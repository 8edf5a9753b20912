"""Palette, font and the one stylesheet, built from the colours of `ann_viz.tokens`.

Widgets are styled by dynamic properties (``kind``, ``role``, ``card``, ``small``) in ``resources/style.qss``; whatever
paints itself asks `current` inside its ``paintEvent``. No other module names a colour.
"""

from __future__ import annotations

import functools
import re
from dataclasses import fields
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ann_viz.resources import resource
from ann_viz.temporary import TemporaryFolder
from ann_viz.tokens import THEMES, Tokens

__all__ = [
    "THEMES",
    "Tokens",
    "apply",
    "current",
    "dress_again",
    "load_fonts",
    "magnified",
    "magnify",
    "other_theme",
    "stylesheet",
    "system_theme",
    "tabular",
]


_NAME_PROPERTY: Final = "annVizTheme"
_MAGNIFIED_PROPERTY: Final = "annVizMagnified"


def current() -> Tokens:
    """Return the tokens of the theme in use (light before `apply` was called)."""
    app = QApplication.instance()
    name = app.property(_NAME_PROPERTY) if app is not None else None
    return THEMES[name if name in THEMES else "light"]


def system_theme() -> str:
    """Return the theme that the desktop asks for: dark or light, and of high contrast where it says so."""
    hints = QGuiApplication.styleHints()
    name = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
    high = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    return f"contrast-{name}" if high else name


def other_theme() -> str:
    """Return dark for light and light for dark; high contrast stays high."""
    tokens = current()
    name = "light" if tokens.dark else "dark"
    return f"contrast-{name}" if tokens.contrast else name


def magnified() -> float:
    """Return how many times as large as usual words are drawn: more than 1 while something is presented."""
    app = QApplication.instance()
    factor = app.property(_MAGNIFIED_PROPERTY) if app is not None else None
    return 1.0 if factor is None else float(factor)


def magnify(app: QApplication, factor: float) -> None:
    """Let words be so many times as large as usual; who paints them asks `magnified`."""
    app.setProperty(_MAGNIFIED_PROPERTY, factor)
    dress_again(app)


def dress_again(app: QApplication) -> None:
    """Let everything take its style anew: what it is drawn by has changed, and its colours have not."""
    _dress(app, app.palette())


def apply(app: QApplication, name: str) -> None:
    """Dress the whole application in the theme `name`; open windows change at once."""
    tokens = THEMES[name]
    app.setProperty(_NAME_PROPERTY, name)
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, tokens.bg),
        (roles.Base, tokens.surface),
        (roles.AlternateBase, tokens.surface2),
        (roles.Button, tokens.surface),
        (roles.WindowText, tokens.text),
        (roles.Text, tokens.text),
        (roles.ButtonText, tokens.text),
        (roles.PlaceholderText, tokens.muted),
        (roles.Highlight, tokens.fill),
        (roles.HighlightedText, tokens.on_fill),
        (roles.Accent, tokens.accent),
        (roles.ToolTipBase, tokens.surface),
        (roles.ToolTipText, tokens.text),
        (roles.Link, tokens.accent),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.faint))
    _dress(app, palette)


def _dress(app: QApplication, palette: QPalette) -> None:
    """Give all widgets palette and stylesheet.

    The old sheet is taken off first: where one is there, Qt polishes every widget once for each widget that it lies in,
    ten times on the whole, and a window with all its rooms took three times as long.
    """
    text = stylesheet(current())
    app.setStyleSheet("")
    app.setPalette(palette)
    app.setStyleSheet(text)


@functools.cache
def load_fonts() -> str:
    """Load the bundled Inter once and return its family name (the system's font where it can't be read)."""
    families: list[str] = []
    for path in sorted(resource("fonts").glob("*.ttf")):
        identifier = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(identifier) if identifier >= 0 else []
    inter = [family for family in families if family.startswith("Inter")]
    return inter[0] if inter else QGuiApplication.font().family()


def tabular(font: QFont) -> QFont:
    """Return `font` with digits of equal width, so that live numbers don't shiver."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


@functools.cache
def _icon_folder() -> TemporaryFolder:
    return TemporaryFolder()


def _tinted_file(name: str, colour: str) -> str:
    """Write the icon `name` in `colour` where the stylesheet can find it; return its path."""
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return _icon_folder().write(f"{name}-{colour[1:]}.svg", source.replace("currentColor", colour)).as_posix()


def stylesheet(tokens: Tokens) -> str:
    """Return the application's stylesheet for `tokens`."""
    text = resource("style.qss").read_text(encoding="utf-8")
    for icon, colour in (("chevrons-up-down", tokens.muted), ("chevron-down", tokens.muted), ("check", tokens.on_fill)):
        text = text.replace(f"%icon:{icon}%", _tinted_file(icon, colour))
    for field in sorted(fields(tokens), key=lambda item: -len(item.name)):
        text = text.replace(f"${field.name}", str(getattr(tokens, field.name)))
    factor = magnified()
    if factor != 1.0:
        text = re.sub(r"font-size: ([0-9.]+)px", lambda match: f"font-size: {float(match[1]) * factor:.1f}px", text)
    return text.replace("%family%", load_fonts())
