"""Above the picture while a made-up row is shown: that it is one, what the network says of it, and of pinned ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ann_viz.explain import wording
from ann_viz.explain.moment import answering_tag, answering_tip
from ann_viz.rich import bold, rich
from ann_viz.ui.canvas.bar_forms import fitting
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.controls import Glyph, IconButton
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_caption, plain_tip

if TYPE_CHECKING:
    from ann_viz.session.shown_row import ShownRow

__all__ = ["TriedBar"]

HEIGHT: Final = 28


class TriedBar(QWidget):
    """A chip with the way back to the table, and answers beside it.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.chip = QPushButton(self)
        self.chip.setProperty("kind", "soft")
        self.chip.setFixedHeight(HEIGHT)
        self.back = IconButton("x", "", parent=self)
        self.says = RichLabel(parent=self, role="body")
        self.range = PlainLabel(parent=self, role="muted")
        self._mark = Glyph("diamond", "test", 11, self)
        self.pinned = PlainLabel(parent=self, role="muted")
        self._answer: wording.Answer | None = None
        self._answering = ""
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.chip, self.back, self.says, self.range, self._mark, self.pinned):
            row.addWidget(widget)
        row.addStretch(1)
        for button in (self.chip, self.back):
            button.clicked.connect(lambda: bridge.try_row(None))
        need_rows(bridge, self.chip, self.back)
        self._tint()

    def show_row(self, row: ShownRow) -> None:
        """Show what the network says of it, and of the rows that are pinned."""
        from ann_viz.session.trying.asking import answer_text, answer_to, half_range
        from ann_viz.session.trying.form import brief

        document, dataset = self._bridge.document, row.facts.dataset
        name = dataset.recipe.row_name.lower() or self.tr("row")
        text = self.tr("New {row}").format(row=brief(name))
        self.chip.setText(plain_caption(icons.beside_icon(text)))
        self.back.setVisible(not dataset.is_missing)
        if not dataset.is_missing:
            back = self.tr("Back to {row}").format(row=wording.row_name(dataset, document.example))
            for button in (self.chip, self.back):
                button.setToolTip(plain_tip(back))
            self.back.setAccessibleName(back)
        snapshot = document.snapshot
        tag = answering_tag(snapshot)
        self._answer, self._answering = answer_to(document, row.facts.x), f" ({tag})" if tag else ""
        self.says.setToolTip(plain_tip(answering_tip(snapshot)))
        self.range.setText(half_range(document, row))
        pinned = document.trying.pinned
        answers = [brief(answer_text(document, each)) for each in pinned]
        self.pinned.setText(self.tr("pinned: {answers}").format(answers=" · ".join(answers)) if answers else "")
        self.pinned.setToolTip(plain_tip("\n".join(answers)))
        self._fit()

    def _fit(self) -> None:
        """Say the answer in as many letters as there is room for; what stands beside it gives way first."""
        if self._answer is None:
            return
        font = self.says.font()
        font.setBold(True)
        room = self.width() - self.chip.sizeHint().width() - self.back.sizeHint().width() - 2 * self._row.spacing()
        room -= self.says.fontMetrics().horizontalAdvance(self._answering)
        metrics = QFontMetrics(font)
        answer = wording.verdict(fitting(self._answer, metrics, room))
        self.says.setVisible(metrics.horizontalAdvance(answer) <= room)  # or it would lie over the chip
        self.says.setText(rich("{answer}{who}", answer=bold(answer), who=self._answering))
        beside = self._mark, self.pinned
        parts = [part for part in (self.chip, self.back, self.says, self.range) if not part.isHidden()]
        needed = sum(part.sizeHint().width() + self._row.spacing() for part in (*parts, *beside))
        for widget in beside:  # or a letter of the chip would be cut
            widget.setVisible(bool(self.pinned.text()) and needed <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for now."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Insist on the chip only: what follows is cut where there is no room."""
        return QSize(self.chip.sizeHint().width(), HEIGHT)

    def _tint(self) -> None:
        self.chip.setIcon(icons.icon("user-plus", theme.current().accent))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)
