"""The ribbon of five steps: which of them is happening, or is being looked at."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ann_viz.explain import STEPS, Voice, load_texts
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["Ribbon"]

HEIGHT: Final = 40
BACKWARD_STEP: Final = 4
DISC: Final = 22.0
PADDING: Final = 4
GAP: Final = 6
MOST_AIR: Final = 26
"""Pixels that an arrow between two steps may take."""


class StepButton(QAbstractButton):
    """A numbered disc, a title in one voice and, smaller, the same in the other."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._title = ""
        self._subtitle = ""
        self._brief = False
        self.setCheckable(True)
        self.toggled.connect(self._on_toggled)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_titles(self, title: str, subtitle: str) -> None:
        """Use these words."""
        self._title, self._subtitle = title, subtitle
        self.setText(f"{self._number}. {title}")
        self.setAccessibleName(self.tr("Step {n}: {title}").format(n=self._number, title=title))
        self.setToolTip(plain_tip(f"{title}: {subtitle} ({self._number})"))
        self.updateGeometry()
        self.update()

    def set_brief(self, brief: bool) -> None:
        """Leave the words out, except of the step that is down."""
        self._brief = brief
        self.updateGeometry()
        self.update()

    @property
    def _wordless(self) -> bool:
        return self._brief and not self.isChecked()

    def _on_toggled(self) -> None:
        if self._brief:
            self.updateGeometry()

    def _fonts(self) -> tuple[QFont, QFont]:
        bold, small = QFont(self.font()), QFont(self.font())
        bold.setPixelSize(12)
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(11)
        return bold, small

    def sizeHint(self) -> QSize:
        """Return the room the words need."""
        if self._wordless:
            return self.minimumSizeHint()
        bold, small = self._fonts()
        text = max(
            QFontMetricsF(bold).horizontalAdvance(self._title), QFontMetricsF(small).horizontalAdvance(self._subtitle)
        )
        return QSize(math.ceil(text + DISC) + 2 * PADDING + GAP + 3, HEIGHT) * theme.magnified()

    def minimumSizeHint(self) -> QSize:
        """Return the room for the disc and a few letters."""
        width = round(DISC) + 2 * PADDING + 2 if self._wordless else round(DISC) + 40
        return QSize(width, HEIGHT) * theme.magnified()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the disc and the words."""
        tokens = theme.current()
        active = self.isChecked()
        strong, soft = (
            (tokens.error, tokens.error_soft) if self._number == BACKWARD_STEP else (tokens.fill, tokens.accent_soft)
        )
        bold, small = self._fonts()
        factor = theme.magnified()
        box = QRectF(0, 0, self.width() / factor, self.height() / factor).adjusted(1, 1, -1, -1)
        disc = QRectF(box.left() + PADDING, box.center().y() - DISC / 2, DISC, DISC)
        words = QRectF(disc.right() + GAP, box.top(), box.right() - disc.right() - GAP - 2, box.height())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(factor, factor)
            if active or self.underMouse():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(soft if active else tokens.surface2))
                painter.drawRoundedRect(box, 8, 8)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(tokens.accent), 1.5))
                painter.drawRoundedRect(box, 8, 8)
            painter.setPen(Qt.PenStyle.NoPen if active else QPen(QColor(tokens.border_strong), 1))
            painter.setBrush(QColor(strong) if active else QColor(tokens.surface))
            painter.drawEllipse(disc)
            painter.setFont(bold)
            painter.setPen(
                QColor(tokens.on_fill if active and not _is_light(strong) else tokens.text if not active else tokens.bg)
            )
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))
            if self._wordless:
                return
            painter.setPen(QColor(tokens.text if active else tokens.text2))
            if QFontMetricsF(bold).horizontalAdvance(self._title) > words.width():
                bold.setPixelSize(11)
            painter.setFont(bold)
            upper, lower = words.adjusted(0, 2, 0, -18), words.adjusted(0, 19, 0, -2)
            _draw(painter, upper, self._title)
            painter.setFont(small)
            painter.setPen(QColor(strong if active and self._number == BACKWARD_STEP else tokens.muted))
            _draw(painter, lower, self._subtitle)


def _is_light(colour: str) -> bool:
    return QColor(colour).lightnessF() > 0.62


def _draw(painter: QPainter, box: QRectF, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(box.width()))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Ribbon(QWidget):
    """Five steps with arrows between; one may be down."""

    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons = [StepButton(number, self) for number in range(1, STEPS + 1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, button in enumerate(self._buttons, start=1):
            if number > 1:
                arrow = PlainLabel("›", self, role="muted")
                arrow.setAlignment(Qt.AlignmentFlag.AlignCenter)
                arrow.setMaximumWidth(MOST_AIR)
                row.addWidget(arrow, 1)
            row.addWidget(button)
            self._group.addButton(button)
            button.clicked.connect(lambda _checked=False, chosen=number: self.step_chosen.emit(chosen))
        row.addStretch(1)

    def set_brief(self, brief: bool) -> None:
        """Show the words of one step only."""
        for button in self._buttons:
            button.set_brief(brief)

    def show_voice(self, voice: Voice) -> None:
        """Put the words of this voice first."""
        other: Voice = "technical" if voice == "plain" else "plain"
        for button, text in zip(self._buttons, load_texts(), strict=True):
            button.show_titles(text.title[voice], text.title[other])

    def show_step(self, step: int) -> None:
        """Press the button of a step without a signal."""
        self._buttons[step - 1].setChecked(True)
