"""Colours, font and the one stylesheet, built from the design's tokens.

Widgets are styled by dynamic properties (``kind``, ``role``, ``card``, ``small``) in ``resources/style.qss``; whatever
paints itself asks `current` inside its ``paintEvent``. Nothing else in the program names a colour.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, fields
from typing import Final

from PySide6.QtCore import Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ann_viz.resources import resource

__all__ = ["THEMES", "Tokens", "apply", "current", "load_fonts", "stylesheet", "tabular"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # one object per theme: hashed by identity in caches
class Tokens:
    """Every colour of one theme, as ``#RRGGBB``."""

    dark: bool
    bg: str
    surface: str
    surface2: str
    surface3: str
    canvas: str
    grid: str
    border: str
    border_strong: str
    text: str
    text2: str
    muted: str
    faint: str
    accent: str
    fill: str
    fill_hover: str
    accent_soft: str
    accent_line: str
    positive: str
    positive_text: str
    positive_soft: str
    negative: str
    negative_text: str
    negative_soft: str
    error: str
    error_soft: str
    train: str
    validation: str
    test: str
    ok: str
    ok_soft: str
    warning: str
    warning_soft: str
    warning_border: str
    danger: str
    danger_soft: str
    danger_border: str
    node_base: str


THEMES: Final[dict[str, Tokens]] = {
    "light": Tokens(
        dark=False,
        bg="#F1F3F6",
        surface="#FFFFFF",
        surface2="#F6F7F9",
        surface3="#ECEFF3",
        canvas="#FCFCFD",
        grid="#E3E7ED",
        border="#E2E6EC",
        border_strong="#C9D0DA",
        text="#171B23",
        text2="#434B59",
        muted="#616B7B",
        faint="#98A2B3",
        accent="#5B4FD6",
        fill="#5B4FD6",
        fill_hover="#4A3FC0",
        accent_soft="#EFEEFC",
        accent_line="#C9C4F4",
        positive="#1C75CF",
        positive_text="#135FAE",
        positive_soft="#E3F0FC",
        negative="#D9660A",
        negative_text="#A94A00",
        negative_soft="#FDEEDF",
        error="#BE1E7B",
        error_soft="#FCEAF4",
        train="#6D5BD0",
        validation="#087F73",
        test="#98A2B3",
        ok="#1A7F55",
        ok_soft="#E6F5EE",
        warning="#8A5A00",
        warning_soft="#FFF7E3",
        warning_border="#F0DBA4",
        danger="#BF2E1C",
        danger_soft="#FEF1EF",
        danger_border="#F4C7C0",
        node_base="#FFFFFF",
    ),
    "dark": Tokens(
        dark=True,
        bg="#0D0F13",
        surface="#16191F",
        surface2="#1C2027",
        surface3="#242932",
        canvas="#12151A",
        grid="#20252D",
        border="#272C35",
        border_strong="#3D4450",
        text="#ECEFF4",
        text2="#BFC6D2",
        muted="#929BAA",
        faint="#616A79",
        accent="#9A91F7",
        fill="#6A5EE0",
        fill_hover="#7A6FEA",
        accent_soft="#242140",
        accent_line="#4A4390",
        positive="#4FA3F0",
        positive_text="#7DBBF5",
        positive_soft="#14283D",
        negative="#EE8B33",
        negative_text="#F3A860",
        negative_soft="#3A2512",
        error="#F06AB4",
        error_soft="#3A1A2E",
        train="#A397F5",
        validation="#3CC9B7",
        test="#616A79",
        ok="#4CC38A",
        ok_soft="#15302A",
        warning="#E6B84F",
        warning_soft="#2B2412",
        warning_border="#4A3D1C",
        danger="#F4806E",
        danger_soft="#351A17",
        danger_border="#5B2A24",
        node_base="#1C2027",
    ),
}

_NAME_PROPERTY: Final = "annVizTheme"


def current() -> Tokens:
    """Return the tokens of the theme in use (light before `apply` was called)."""
    app = QApplication.instance()
    name = app.property(_NAME_PROPERTY) if app is not None else None
    return THEMES[name if name in THEMES else "light"]


def system_theme() -> str:
    """Return "dark" where the desktop asks for it, otherwise "light"."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


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
        (roles.HighlightedText, "#FFFFFF"),
        (roles.Accent, tokens.accent),
        (roles.ToolTipBase, tokens.surface),
        (roles.ToolTipText, tokens.text),
        (roles.Link, tokens.accent),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.faint))
    app.setPalette(palette)
    app.setStyleSheet(stylesheet(tokens))


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
def _icon_folder() -> QTemporaryDir:
    return QTemporaryDir()


def _tinted_file(name: str, colour: str) -> str:
    """Write the icon `name` in `colour` where the stylesheet can find it; return its path."""
    folder = _icon_folder().path()
    path = f"{folder}/{name}-{colour[1:]}.svg"
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    with open(path, "w", encoding="utf-8") as file:
        file.write(source.replace("currentColor", colour))
    return path


def stylesheet(tokens: Tokens) -> str:
    """Return the application's stylesheet for `tokens`."""
    text = resource("style.qss").read_text(encoding="utf-8")
    for icon, colour in (("chevrons-up-down", tokens.muted), ("chevron-down", tokens.muted), ("check", "#FFFFFF")):
        text = text.replace(f"%icon:{icon}%", _tinted_file(icon, colour))
    for field in sorted(fields(tokens), key=lambda item: -len(item.name)):
        text = text.replace(f"${field.name}", str(getattr(tokens, field.name)))
    text = text.replace("$knob", tokens.text2 if tokens.dark else tokens.surface)
    return text.replace("%family%", load_fonts())
