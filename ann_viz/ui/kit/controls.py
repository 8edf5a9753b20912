"""Small controls Qt does not have in the form the design asks for.

They know nothing of the program: each shows a value, reports what the user does with one signal, works from the
keyboard and carries an accessible name.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import SpinBox

__all__ = ["Expander", "Glyph", "IconButton", "Segments", "Stepper", "ToggleSwitch"]


class Glyph(QWidget):
    """An icon that only stands there, in the colour of one token of the theme.

    Parameters
    ----------
    name : str
        Icon in ``resources/icons``.
    token : str
        Field of the theme's tokens.
    size : int
        Side in pixels.
    """

    def __init__(self, name: str, token: str, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._token = token
        self.setFixedSize(size, size)

    def show_token(self, token: str) -> None:
        """Stand there in another colour."""
        self._token = token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        colour = str(getattr(theme.current(), self._token))
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, icons.pixmap(self._name, colour, self.width(), ratio=self.devicePixelRatioF()))


class IconButton(QAbstractButton):
    """A borderless square button that is only an icon.

    Parameters
    ----------
    name : str
        Icon in ``resources/icons``.
    tip : str
        Tooltip and accessible name.
    extent, icon_size : int
        Sides of the button and of the picture, in pixels.
    """

    def __init__(
        self, name: str, tip: str, *, extent: int = 24, icon_size: int = 14, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._icon_size = icon_size
        self.setFixedSize(extent, extent)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return the one size it has; the corner of tabs asks for it."""
        return self.minimumSize()

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a tint under the mouse, then the icon."""
        tokens = theme.current()
        ratio = self.devicePixelRatioF()
        colour = tokens.muted if self.isEnabled() else tokens.border_strong
        if self.isChecked():
            colour = tokens.accent
        picture = icons.pixmap(self._name, colour, self._icon_size, ratio=ratio)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            if self.hasFocus():
                painter.setPen(QPen(QColor(tokens.accent), 1.5))
                painter.drawRoundedRect(box, 5.0, 5.0)
            if (self.underMouse() and self.isEnabled()) or self.isChecked():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.accent_soft if self.isChecked() else tokens.surface3))
                painter.drawRoundedRect(box, 5.0, 5.0)
            margin = (self.width() - self._icon_size) / 2
            painter.drawPixmap(QPointF(margin, margin), picture)


class Stepper(SpinBox):
    """A whole number between a minus and a plus; typing, arrow keys and the wheel work as in any spin box.

    Parameters
    ----------
    name : str
        What is counted, for screen readers: "Neurons in hidden layer 1".
    low, high : int
        Allowed range, both included.
    ends : tuple of (str, str), optional
        Icon and tooltip of either button, where they are not a minus and a plus.
    extent : int
        Sides of the buttons, in pixels.
    """

    def __init__(
        self,
        name: str,
        low: int,
        high: int,
        parent: QWidget | None = None,
        *,
        ends: tuple[tuple[str, str], tuple[str, str]] | None = None,
        extent: int = 20,
    ) -> None:
        super().__init__(parent)
        self._extent = extent
        less, more = ends or (("minus", self.tr("Fewer: {name}")), ("plus", self.tr("More: {name}")))
        self.setRange(low, high)
        self.setAccessibleName(name)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.minus, self.plus = (
            IconButton(icon, tip.format(name=name), extent=extent, icon_size=12, parent=self)
            for icon, tip in (less, more)
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        row.addWidget(self.minus)
        row.addStretch()
        row.addWidget(self.plus)
        self.setFixedHeight(28)
        for button, step in ((self.minus, -1), (self.plus, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys of the field do the same
            button.setAutoRepeat(True)
            button.clicked.connect(lambda _checked=False, step=step: self.stepBy(step))
        self.valueChanged.connect(self._show_limits)
        self._show_limits()

    def setValue(self, value: int) -> None:
        """Show `value`; signals as any spin box does."""
        super().setValue(value)
        self._show_limits()

    def _show_limits(self) -> None:
        self.minus.setEnabled(self.value() > self.minimum())
        self.plus.setEnabled(self.value() < self.maximum())

    def _place_field(self) -> None:
        # The style leaves the field of a spin box without buttons no width once the sheet has styled its buttons away.
        beside = self._extent + 2
        self.lineEdit().setGeometry(beside, 0, self.width() - 2 * beside, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field between the two buttons."""
        super().resizeEvent(event)
        self._place_field()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the field between the two buttons when the style lays it out anew."""
        super().changeEvent(event)
        self._place_field()


class ToggleSwitch(QAbstractButton):
    """An on/off switch.

    Parameters
    ----------
    name : str
        What is switched, for screen readers.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFixedSize(32, 24)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track and the knob; a ring when focused."""
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self.isEnabled():
                painter.setOpacity(0.45)
            track = QRectF(self.rect()).adjusted(1.0, 3.0, -1.0, -3.0)  # a click may miss it by as much
            painter.setPen(QPen(QColor(tokens.text), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.fill if self.isChecked() else tokens.border_strong))
            painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
            knob = QRectF(0, 0, 14, 14)
            inset = track.height() / 2
            knob.moveCenter(
                QPointF(track.right() - inset if self.isChecked() else track.left() + inset, track.center().y())
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.on_fill))
            painter.drawEllipse(knob)


class Expander(QAbstractButton):
    """A quiet row with a chevron that opens and closes what lies below it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One dense row."""
        return QSize(120, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chevron where a list has its checks, and the text where it has its icons."""
        tokens = theme.current()
        name = "chevron-down" if self.isChecked() else "chevron-right"
        font = self.font()
        font.setPixelSize(12)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(QColor(tokens.accent), 1.5))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5.0, 5.0)
            chevron = icons.pixmap(name, tokens.text2, 14, ratio=self.devicePixelRatioF())
            painter.drawPixmap(QPointF(1, (self.height() - 14) / 2), chevron)
            painter.setFont(font)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(self.rect().adjusted(23, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())


class Segments(QFrame):
    """A row of buttons of which one is down: chooses one of some values.

    Parameters
    ----------
    choices : sequence of (str, str)
        Value and label of each.
    name : str
        What is chosen, for a screen reader.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("segments", True)
        self.setAccessibleName(name)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # half a word is no choice
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for value, label in choices:
            button = QToolButton(self)
            button.setText(label)
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            button.setAccessibleName(f"{name}: {label}")
            button.clicked.connect(lambda _checked=False, chosen=value: self.chosen.emit(chosen))
            self._group.addButton(button)
            self._buttons[value] = button
            row.addWidget(button)

    @property
    def value(self) -> str:
        """The value whose button is down."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def button(self, value: str) -> QToolButton:
        """Return the button of a value."""
        return self._buttons[value]

    def show_none(self) -> None:
        """Let no button be down."""
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def show_value(self, value: str) -> None:
        """Press the button of a value without a signal; none of them for any other value."""
        with QSignalBlocker(self._group):
            self._group.setExclusive(value in self._buttons)
            for each, button in self._buttons.items():
                button.setChecked(each == value)
