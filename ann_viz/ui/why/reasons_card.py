"""What mattered for an answer, and what it would be with another value in one column."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ann_viz.explain import Voice
from ann_viz.session.trying.reasons import Reasons
from ann_viz.session.trying.words import curve_sentence, parts_of, reason_sentence
from ann_viz.ui.document.rich_text import stressed
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.controls import Segments
from ann_viz.ui.kit.labels import RichLabel
from ann_viz.ui.kit.wheel import ComboBox
from ann_viz.ui.why.curve_view import CurveView
from ann_viz.ui.why.waterfall import Waterfall

__all__ = ["ReasonsCard"]

PAGES: Final = ("mattered", "what_if")


class ReasonsCard(Card):
    """Two pages under one heading."""

    column_chosen = Signal(str)
    """The what-if curve of this column is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("list-filter", "", parent)
        self.setAccessibleName(self.tr("Why"))
        self.heading.setText(self.tr("Why"))
        choices = (("mattered", self.tr("What mattered")), ("what_if", self.tr("What if")))
        self.pages = Segments(choices, self.tr("Why"), self)
        self.pages.show_value("mattered")
        self.header.addWidget(self.pages)
        self.waterfall = Waterfall()
        self.sentence = RichLabel(role="muted", wrap=True)
        self.column = ComboBox()
        self.column.setAccessibleName(self.tr("Column that changes"))
        self.column.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.curve = CurveView()
        self.curve.setAccessibleName(self.tr("What if"))
        self.curve_sentence = RichLabel(role="muted", wrap=True)
        self.stack = QStackedWidget()
        for widgets in ((self.waterfall, self.sentence), (self.column, self.curve, self.curve_sentence)):
            page = QWidget()
            page.setProperty("plain", "true")
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            for widget in widgets:
                column.addWidget(widget)
            column.addStretch(1)
            self.stack.addWidget(page)
        self.body.addWidget(self.stack)
        self.pages.chosen.connect(self.show_page)
        self.column.activated.connect(lambda _place: self.column_chosen.emit(self.column.currentText()))

    @property
    def page(self) -> str:
        """Which page is on show."""
        return PAGES[self.stack.currentIndex()]

    def show_page(self, page: str) -> None:
        """Turn to a page; the curve is then asked for."""
        self.pages.show_value(page)
        self.stack.setCurrentIndex(PAGES.index(page))
        if page == "what_if":
            self.column_chosen.emit(self.column.currentText())

    def show_reasons(self, reasons: Reasons, row: str, voice: Voice) -> None:
        """Show the reasons for an answer.

        Parameters
        ----------
        reasons : Reasons
        row : str
            What the row is called: "this customer".
        voice : {"plain", "technical"}
        """
        told, parts = reasons.question.told, parts_of(reasons)
        average = self.tr("average") if voice == "plain" else "E[f]"
        first = average, reasons.average, told.text(reasons.average)
        last = row, reasons.answer, told.text(reasons.answer)
        self.waterfall.show_parts(first, parts, last)
        self.sentence.setText(stressed(reason_sentence(reasons, voice)))
        self._list_columns(reasons)
        if reasons.curve is not None:
            sentence = curve_sentence(reasons.curve, told)
            self.curve.show_curve(reasons.curve, told, sentence)
            self.curve_sentence.setText(stressed(sentence))

    def _list_columns(self, reasons: Reasons) -> None:
        """List the columns that a curve can be of, and show which one it is of."""
        names = [summary.name for summary in reasons.question.summaries]
        with QSignalBlocker(self.column):
            if [self.column.itemText(place) for place in range(self.column.count())] != names:
                self.column.clear()
                self.column.addItems(names)
            chosen = reasons.question.column or names[reasons.order[0]]
            self.column.setCurrentIndex(names.index(chosen))
