"""The strip over the picture while a past moment is looked at: which one, back to now, or on from here."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from ann_viz.numerals import format_number
from ann_viz.rich import rich
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.floating import Floating
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["LookBanner"]

HEIGHT: Final = 40
NARROW_HEIGHT: Final = 36
NARROW: Final = 800  # of the picture: below it *Return to now* is an icon


class LookBanner(Floating):
    """Floats over the top of a widget, in the middle, so that nothing below it moves."""

    def __init__(self, bridge: Bridge, over: QWidget) -> None:
        super().__init__(over)
        self._bridge = bridge
        self.setObjectName("lookBanner")
        self._icon = PlainLabel(parent=self)
        self.words = RichLabel(parent=self, role="label")
        self.back = QToolButton(self)
        self.back.setProperty("kind", "tool")
        self.back.setText(self.tr("Return to now"))
        self.back.setToolTip(plain_tip(self.tr("Show the newest weights again (Esc)")))
        self.back.clicked.connect(lambda: bridge.look_at(None))
        self.on = QPushButton(self.tr("Continue from here"), self)
        self.on.setProperty("kind", "primary")
        self.on.setToolTip(plain_tip(self.tr("Train on from these weights, in a run of its own (Ctrl+Enter)")))
        self.on.clicked.connect(bridge.continue_from_here)
        need_rows(bridge, self.on)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(8)
        for button in (self.back, self.on):
            button.setProperty("small", True)
        for widget in (self._icon, self.words, self.back, self.on):
            row.addWidget(widget)
        for changed in (bridge.look_changed, bridge.newest_changed, bridge.snapshot_changed):
            changed.connect(self.show_look)

    def show_look(self) -> None:
        """Say which moment is on show, or go."""
        document = self._bridge.document
        moment, newest = document.looking_at, document.newest
        self.setVisible(moment is not None)
        if moment is None or newest is None:
            return
        tokens = theme.current()
        self._icon.setPixmap(icons.pixmap("history", tokens.accent, 16))
        of = format_number(newest.epoch)
        if moment.batch is None:
            words = rich(self.tr("Looking at <b>epoch {epoch} of {n}</b>"), epoch=format_number(moment.epoch), n=of)
        else:
            words = rich(
                self.tr("Looking at <b>epoch {epoch} of {n}, batch {batch}</b>"),
                epoch=format_number(moment.epoch),
                n=of,
                batch=format_number(moment.batch),
            )
        self.words.setText(words)
        self.place()

    def place(self) -> None:
        """Make do with an icon where there is little room."""
        narrow = self.over.width() < NARROW * theme.magnified()
        style = Qt.ToolButtonStyle
        self.back.setIcon(icons.icon("undo-2", theme.current().text2, 14))
        self.back.setToolButtonStyle(style.ToolButtonIconOnly if narrow else style.ToolButtonTextOnly)
        self.setFixedHeight(round((NARROW_HEIGHT if narrow else HEIGHT) * theme.magnified()))
        super().place()
