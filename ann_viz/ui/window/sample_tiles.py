"""The samples on the start card: tiles that say what each asks for, or their mere titles where there is less room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.session.samples import SampleData
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["BRIEF_HEIGHT", "Badge", "BriefTile", "SampleTile"]

TILE_HEIGHT: Final = 53
BRIEF_HEIGHT: Final = 34


class SampleTile(QPushButton):
    """A sample: ``icon``, title, one line about it, and in ``kind`` what sort of answer it asks for."""

    def __init__(self, sample: SampleData, icon: str, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sample, self.picture = sample, icon
        self.setAccessibleName(f"{sample.title}: {sample.subtitle} ({kind})")
        self.setAccessibleDescription(sample.about)
        self.setToolTip(plain_tip(sample.about))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch()
        words.addWidget(PlainLabel(sample.title, role="strong"))
        words.addWidget(PlainLabel(sample.subtitle, role="muted"))
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(Badge(icon, 32))
        row.addLayout(words, 1)
        chip = PlainLabel(kind, role="chip")
        chip.setFixedHeight(22)  # twice the radius that the style sheet gives a chip
        row.addWidget(chip)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Room for what is in the layout, which a push button does not ask."""
        return QSize(200, TILE_HEIGHT)


class BriefTile(QPushButton):
    """One line high: an icon and a title.

    Parameters
    ----------
    icon : str
    title : str
    parent : QWidget, optional
    """

    def __init__(self, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(icons.beside_icon(title), parent)
        self._icon = icon
        self.setAccessibleName(title)
        self.setProperty("kind", "tool")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tint()

    def _tint(self) -> None:
        self.setIcon(icons.icon(self._icon))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)


class Badge(QWidget):
    """An icon on a rounded square; ``accent`` for the one on a tinted ground."""

    def __init__(self, icon: str, extent: int, *, accent: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._accent = accent
        self.setFixedSize(extent, extent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the square, then the icon in its middle."""
        tokens = theme.current()
        size = self.width() // 2
        colour = tokens.accent if self._accent else tokens.text2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.surface if self._accent else tokens.surface3))
            painter.drawRoundedRect(self.rect(), 8.0, 8.0)
            picture = icons.pixmap(self._icon, colour, size, ratio=self.devicePixelRatioF())
            painter.drawPixmap(QPointF(1, 1) * ((self.width() - size) / 2), picture)
