"""A quiet line under the toolbar: something happened, and perhaps something can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ann_viz.ui.kit.controls import Glyph, IconButton
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_caption

__all__ = ["MessageBar"]


class MessageBar(QFrame):
    """Shows one message at a time until it is answered, closed or replaced."""

    message_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "message")
        self.setAccessibleName(self.tr("Message"))
        self._text = PlainLabel(parent=self, role="body")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._made: list[QPushButton] = []
        close = IconButton("x", self.tr("Close this message"), parent=self)
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 10, 5)
        row.setSpacing(10)
        row.addWidget(Glyph("info", "accent", 15, self))
        row.addWidget(self._text)
        row.addLayout(self._buttons)
        row.addStretch()
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """The message on show; nothing when hidden."""
        return self._text.text() if not self.isHidden() else ""

    def show_message(self, text: str, actions: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Show a message with buttons; each also takes the message away."""
        for button in self._made:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._made = [self._button(label, act) for label, act in actions]
        self._text.setText(text)
        self.show()
        self.message_shown.emit(text)

    def _button(self, label: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(plain_caption(label), self)
        button.setProperty("small", True)

        def answer() -> None:
            self.hide()
            act()

        button.clicked.connect(answer)
        self._buttons.addWidget(button)
        return button
