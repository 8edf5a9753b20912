"""Below the pictures: in which settings two runs differ, what each scores, and the sentence that sums it up."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.numerals import format_number
from ann_viz.rich import rich
from ann_viz.session.compare import Compared, MetricRow
from ann_viz.session.run_differences import Difference
from ann_viz.ui.comparing.seed_dots import SeedDots
from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.line import horizontal_line
from ann_viz.ui.kit.pale import make_pale
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.run_mark import RunMark
from ann_viz.ui.kit.scrolling import Scrolling

__all__ = ["Findings"]

NAME, A, B, GAP, MEAN_A, DOTS, MEAN_B, WINS = range(8)
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
MIDDLE = Qt.AlignmentFlag.AlignVCenter
MOST_DIFFERENCES: Final = 4
LINE_ROOM: Final = 9
TINTS: Final = {"good": "good", "neutral": "soft", "warning": "warning"}


class Findings(QFrame):
    """A table of settings and scores, and the verdict."""

    seeds_asked = Signal(int)
    """Train networks from so many seeds in all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compareFindings")
        self._narrow = False
        self._is_training = False
        self._over_seeds: list[QWidget] = []
        self._places = (0, 1)
        self._found: Compared | None = None
        self._table = QWidget()
        self._table.setProperty("plain", True)
        scroll = Scrolling(self._table, self)
        self._column = QVBoxLayout(self._table)
        self._column.setContentsMargins(16, 6, 16, 6)
        self._grid: QWidget | None = None
        self.verdict = QFrame()
        self.verdict.setObjectName("verdict")
        self._badge = Glyph("badge-check", "ok", 18)
        self.sentence = RichLabel(role="body", wrap=True)
        self.more = QPushButton()
        self.more.setProperty("small", True)
        self.more.hide()
        self.more.clicked.connect(self._on_more)
        row = QHBoxLayout(self.verdict)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(self._badge)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(self.verdict)

    @property
    def found(self) -> Compared | None:
        """What is shown."""
        return self._found

    def set_narrow(self, narrow: bool) -> None:
        """Leave the dots out where there is little room."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._refresh()

    def show_found(self, found: Compared | None, places: tuple[int, int]) -> None:
        """Show a comparison; `places` are those of A and B among all runs."""
        self._found, self._places = found, places
        self._refresh()

    def show_training(self, share: float | None) -> None:
        """Say how far the seeds have got, with pale numbers meanwhile; None once they are there."""
        self._is_training = share is not None
        self.more.setEnabled(share is None)
        self._make_pale()
        if share is not None:
            self.more.setText(self.tr("Training seeds: {percent} %").format(percent=format_number(round(100 * share))))
        elif self._found is not None:
            self._show_verdict(self._found)

    def _make_pale(self) -> None:
        """Let what other seeds will change be pale while these are trained."""
        for widget in (self.sentence, *self._over_seeds):
            make_pale(widget, self._is_training)

    # Building -------------------------------------------------------------------------------------------------------
    def _refresh(self) -> None:
        if self._grid is not None:
            self._grid.hide()
            self._column.removeWidget(self._grid)
            self._grid.deleteLater()
            self._grid = None
        self._over_seeds = []
        self.setVisible(self._found is not None)
        if self._found is None:
            return
        self._grid = QWidget()
        self._grid.setProperty("plain", True)
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(NAME, 3)
        grid.setColumnStretch(DOTS, 3)
        for column in (A, B, MEAN_A, MEAN_B, WINS):
            grid.setColumnStretch(column, 2)
        self._fill(grid, self._found)
        self._column.addWidget(self._grid, 0, Qt.AlignmentFlag.AlignTop)
        self._show_verdict(self._found)
        self._make_pale()

    def _fill(self, grid: QGridLayout, found: Compared) -> None:
        self._add_heads(grid, found)
        shown = found.differences[:MOST_DIFFERENCES]
        for row, difference in enumerate(shown, start=1):
            self._add_difference(grid, row, difference)
        note = self.tr("Everything else is the same") if found.differences else ""
        if len(found.differences) > len(shown):
            note = self.tr("and {n} more").format(n=format_number(len(found.differences) - len(shown)))
        row = len(shown) + 1
        if not found.differences:
            grid.addWidget(PlainLabel(self.tr("No setting differs"), role="muted"), row, NAME, 1, B + 1)
            row += 1
        elif not self._narrow:
            grid.addWidget(PlainLabel(note, role="muted"), 1, MEAN_A, 1, WINS - MEAN_A + 1)
        grid.addWidget(horizontal_line(), row, 0, 1, WINS + 1)
        grid.setRowMinimumHeight(row, LINE_ROOM)
        for place, metric in enumerate(found.metrics, start=row + 1):
            self._add_metric(grid, place, metric)

    def _add_heads(self, grid: QGridLayout, found: Compared) -> None:
        grid.addWidget(PlainLabel(self.tr("What differs"), role="muted"), 0, NAME)
        for column, letter, place in ((A, "A", self._places[0]), (B, "B", self._places[1])):
            grid.addWidget(RunMark(letter, place), 0, column, RIGHT)
        grid.addWidget(PlainLabel("A − B", role="muted"), 0, GAP, RIGHT)
        if found.n_seeds > 1 and not self._narrow:
            words = self.tr("over {n} seeds: mean ± spread, every dot one seed")
            label = PlainLabel(words.format(n=format_number(found.n_seeds)), role="muted")
            grid.addWidget(label, 0, MEAN_A, 1, WINS - MEAN_A + 1)

    @staticmethod
    def _name(bold: str, words: str) -> RichLabel:
        label = RichLabel(rich("<b>{name}</b> {words}", name=bold, words=words), role="label")
        label.setToolTip(plain_tip(f"{bold} {words}".strip()))
        return label

    def _add_difference(self, grid: QGridLayout, row: int, difference: Difference) -> None:
        grid.addWidget(self._name(difference.name, difference.words), row, NAME)
        for column, text in ((A, difference.one), (B, difference.other)):
            label = PlainLabel(text)
            label.setToolTip(plain_tip(text))
            grid.addWidget(label, row, column, RIGHT)

    def _add_metric(self, grid: QGridLayout, row: int, metric: MetricRow) -> None:
        grid.addWidget(self._name(metric.name, metric.words), row, NAME)
        for column, letter, text in ((A, "A", metric.one), (B, "B", metric.other)):
            grid.addWidget(_score(text, metric.better == letter), row, column, RIGHT)
        grid.addWidget(PlainLabel(metric.difference, role="label"), row, GAP, RIGHT)
        if not metric.means or self._narrow:
            return
        one, other, wins = (PlainLabel(text, role="label") for text in (*metric.means, metric.wins))
        dots = SeedDots()
        dots.show_values(metric.values, self._places)
        grid.addWidget(one, row, MEAN_A, RIGHT)
        grid.addWidget(dots, row, DOTS)
        grid.addWidget(other, row, MEAN_B, LEFT)
        grid.addWidget(wins, row, WINS, RIGHT)
        self._over_seeds += [one, dots, other, wins]

    def _show_verdict(self, found: Compared) -> None:
        verdict = found.verdict
        self.verdict.setProperty("card", TINTS[verdict.tint])
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        self._badge.setVisible(verdict.tint == "good")
        self.sentence.setText(rich("<b>{bold}</b> {rest}", bold=verdict.bold, rest=verdict.rest))
        self.more.setVisible(verdict.seeds > 0)
        self.more.setEnabled(True)
        self.more.setText(self.tr("Try {n} seeds").format(n=format_number(verdict.seeds)))

    def _on_more(self) -> None:
        if self._found is not None and self._found.verdict.seeds:
            self.seeds_asked.emit(self._found.verdict.seeds)


def _score(text: str, wins: bool) -> QWidget:
    """Return a score, with a tick before it where it is the better one."""
    label = PlainLabel(text, role="strong" if wins else "")
    if not wins:
        return label
    both = QWidget()
    both.setProperty("plain", True)
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    row.addWidget(Glyph("check", "ok", 13))
    row.addWidget(label)
    return both
