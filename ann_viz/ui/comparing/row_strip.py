"""Between pictures and findings: the scale of both, and which row both look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ann_viz.explain.wording import row_name
from ann_viz.numerals import MINUS, format_number
from ann_viz.rich import Rich, rich
from ann_viz.session.row_facts import RowFacts
from ann_viz.session.trying.form import brief
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import IconButton
from ann_viz.ui.kit.labels import PlainLabel, RichLabel

__all__ = ["RowStrip"]

HEIGHT: Final = 36
CHIP: Final = 24
NARROWEST: Final = 320
WEDGE: Final = QSize(122, 12)


class _Wedge(QWidget):
    """Thickness to both sides of zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(WEDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        tokens = theme.current()
        gradient = QLinearGradient(0, 0, self.width(), 0)
        for at, colour in ((0.0, tokens.negative), (0.5, tokens.surface), (1.0, tokens.positive)):
            gradient.setColorAt(at, QColor(colour))
        middle, centre = self.height() / 2, self.width() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(gradient))
            for end in (0.0, float(self.width())):
                corners = [QPointF(end, middle - 3.5), QPointF(centre, middle), QPointF(end, middle + 3.5)]
                painter.drawPolygon(QPolygonF(corners))


class RowStrip(QWidget):
    """Scale at the left; row, its neighbours and its truth at the right."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(NARROWEST)  # what is beside the row gives way
        self._wedge = _Wedge(self)
        self.scale = RichLabel(parent=self, role="label")
        self.looks = PlainLabel(self.tr("both look at"), self, role="muted")
        self.before = IconButton("chevron-left", self.tr("Row before"), parent=self)
        self.row = PlainLabel(parent=self, role="strong")
        self.after = IconButton("chevron-right", self.tr("Row after"), parent=self)
        self.truth = PlainLabel(parent=self, role="okChip")
        self.truth.setFixedHeight(CHIP)
        self._forms: tuple[Rich, ...] = ()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._wedge)
        row.addWidget(self.scale)
        row.addStretch()
        for widget in (self.looks, self.before, self.row, self.after, self.truth):
            row.addWidget(widget)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        bridge.example_changed.connect(self.show_row)

    def show_scale(self, reference: float, *, signals: bool = False) -> None:
        """Say what the thickest lines are."""
        end = format_number(reference, ".3g")
        ends = {"low": f"{MINUS}{end}", "high": f"+{end}"}
        words = self.tr("signal {low} … {high}, <b>same scale on both sides</b>")
        short = self.tr("signal {low} … {high}")
        if not signals:
            words = self.tr("weight {low} … {high}, <b>same scale on both sides</b>")
            short = self.tr("weight {low} … {high}")
        self._forms = (rich(words, **ends), rich(short, **ends))
        self._fit()

    def show_classes(self, names: Sequence[str]) -> None:
        """Say what the points of a map are."""
        words = rich(self.tr("● {yes} · ○ {no} · colour: what it answers"), yes=names[1], no=names[0])
        self._forms = (words, rich(self.tr("● {yes} · ○ {no}"), yes=names[1], no=names[0]))
        self._fit()

    def _fit(self) -> None:
        """Say what there is room for beside the row."""
        for words in self._forms:
            self.scale.setText(words)
            if self._row.sizeHint().width() <= self.width():
                break

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say more or less."""
        super().resizeEvent(event)
        self._fit()

    def show_row(self) -> None:
        """Name the row and its truth."""
        document = self._bridge.document
        snapshot = document.snapshot
        if document.dataset is None or snapshot is None:
            return
        name = row_name(document.dataset, document.example)
        if document.tried is not None:
            name = self.tr("new {row}").format(row=brief(document.dataset.recipe.row_name.lower() or self.tr("row")))
        self.row.setText(name[:1].upper() + name[1:])
        facts = RowFacts(document.dataset, snapshot.config, document.example)
        self.truth.setText(self.tr("truth: {truth}").format(truth=facts.truth.text))
        self.truth.setVisible(document.tried is None)  # of a made-up row there is none
        self._fit()

    def step(self, by: int) -> None:
        """Look at another row."""
        document = self._bridge.document
        if document.dataset is not None:
            n_rows = len(document.dataset.X)
            self._bridge.set_example((document.example + by) % n_rows)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what can be guessed."""
        self._wedge.setVisible(not narrow)
        self.looks.setVisible(not narrow)
        self.scale.setVisible(not narrow)
        self._fit()
