"""The column *Try* at the left: a form with a field for every column of the table, and what to begin with.

The row it makes up is the document's; the form only shows it. So a change that comes from elsewhere, such as *Undo* or
a suggestion of *Why*, is seen here as well.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.data import Dataset
from ann_viz.errors import TABLE_IS_MISSING
from ann_viz.numerals import count
from ann_viz.scene.pixels import PixelImage, find_pixel_image
from ann_viz.session.trying.pixels import drawn_row, ink_of
from ann_viz.session.trying.tried_row import TriedRow, blank_row, random_row, row_of_table, typical_row
from ann_viz.session.trying.values import Value
from ann_viz.short_names import told_apart
from ann_viz.translation import translate
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.kit import icons
from ann_viz.ui.kit.card import HintCard
from ann_viz.ui.kit.controls import Glyph, IconButton
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.line import horizontal_line
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.scrolling import Scrolling
from ann_viz.ui.kit.search_field import SearchField
from ann_viz.ui.kit.wheel import ComboBox
from ann_viz.ui.trying.field import Field
from ann_viz.ui.trying.fields import field_for
from ann_viz.ui.trying.pixel_pad import PixelPad

__all__ = ["TryPanel"]

MOST_FIELDS: Final = 40


class TryPanel(QWidget):
    """What the network is asked about a row that is in no file.

    Parameters
    ----------
    bridge : Bridge
        To the document.

    Attributes
    ----------
    fields : dict of int to Field
        By the place of the column; only those that are on show.
    pad : PixelPad or None
        In their place, where the columns are pixels.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._chance = random.Random()  # a choice of view, never part of the experiment
        self._of: Dataset | None = None
        self._picture: PixelImage | None = None
        self.fields: dict[int, Field] = {}
        self.pad: PixelPad | None = None
        self.setAccessibleName(self.tr("Try"))
        self._hint = HintCard(self.tr("Open data first: every column then gets a field here."), self)
        self._card = QFrame(self)
        self._card.setProperty("card", True)
        self.title = PlainLabel(role="title")
        self.pinned = PlainLabel(self.tr("pinned"), role="caption")
        self.start = ComboBox()
        self.dice = IconButton("dices", self.tr("Start from a random row"), extent=28, icon_size=15)
        self.search = SearchField(self.tr("Find a column"), self.tr("Find a column…"))
        self.more = PlainLabel(parent=self, role="muted", wrap=True)
        self.reset = QPushButton(icons.beside_icon(self.tr("Reset")))
        self.pin = QPushButton()
        self._inside = QWidget()
        self._inside.setMinimumWidth(1)  # fields fit themselves in
        self._column = QVBoxLayout(self._inside)
        self._arrange()
        self._connect()
        self._tint()
        self.refresh()

    def _arrange(self) -> None:
        self.start.setAccessibleName(self.tr("Start from"))
        self.start.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pin.setProperty("kind", "soft")
        self.pin.setToolTip(
            plain_tip(self.tr("Keep these values to compare with; with Shift beside those kept already"))
        )
        self.reset.setToolTip(plain_tip(self.tr("Back to the values it began with")))
        self._mark = Glyph("diamond", "test", 11)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(5)
        scroll = Scrolling(self._inside)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(12, 8, 12, 0)
        buttons.setSpacing(6)
        buttons.addWidget(self.reset)
        buttons.addWidget(self.pin, 1)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 10, 1, 10)
        column.setSpacing(0)
        column.addLayout(self._top())
        column.addWidget(horizontal_line())
        column.addWidget(scroll, 1)
        column.addWidget(horizontal_line())
        column.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._hint)
        whole.addWidget(self._card, 1)
        whole.addStretch(0)
        self._column.addWidget(self.more)

    def _top(self) -> QVBoxLayout:
        """Return what stands above the fields: what is tried, from what it starts, and the search."""
        heading = QHBoxLayout()
        heading.setSpacing(4)
        heading.addWidget(self.title, 1)
        heading.addWidget(self._mark)
        heading.addWidget(self.pinned)
        starting = QHBoxLayout()
        starting.setSpacing(6)
        starting.addWidget(self.start, 1)
        starting.addWidget(self.dice)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 8)
        top.setSpacing(8)
        for row in (heading, starting):
            top.addLayout(row)
        top.addWidget(self.search)
        return top

    def _connect(self) -> None:
        bridge = self._bridge
        bridge.dataset_changed.connect(self.refresh)
        bridge.example_changed.connect(self.refresh)
        self.start.activated.connect(lambda _place: self.begin())
        self.dice.clicked.connect(self._on_dice_clicked)
        need_rows(bridge, self.dice)
        self.reset.clicked.connect(self.begin)
        self.pin.clicked.connect(self._on_pin_clicked)
        self.search.textChanged.connect(lambda _text: self._build())

    # Starting -------------------------------------------------------------------------------------------------------
    def _starts(self) -> dict[str, Callable[[Dataset], TriedRow]]:
        known = self._bridge.document.known
        return {
            "typical": lambda dataset: typical_row(known.summaries(dataset)),
            "random": lambda dataset: random_row(dataset, self._chance),
            "example": lambda dataset: row_of_table(dataset, self._bridge.document.example),
            "blank": self._blank,
        }

    def _blank(self, dataset: Dataset) -> TriedRow:
        """Return a row that says nothing, or a pad without ink."""
        summaries = self._bridge.document.known.summaries(dataset)
        if self._picture is None:
            return blank_row(summaries)
        return drawn_row(np.zeros(self._picture.side**2), self._picture, summaries)

    def _offer_starts(self) -> None:
        """Fill the list of what to begin with."""
        self.start.clear()
        for key, text in (
            ("typical", self.tr("Start from a typical one")),
            ("random", self.tr("Start from a random one")),
            ("example", self.tr("Start from the shown one")),
            ("blank", self.tr("Start from nothing")),
        ):
            self.start.addItem(text, key)
        model = self.start.model()
        assert isinstance(model, QStandardItemModel)
        for key in ("random", "example") if self._bridge.document.is_without_rows else ():
            item = model.item(self.start.findData(key))
            item.setEnabled(False)
            item.setToolTip(plain_tip(translate(TABLE_IS_MISSING)))

    def begin(self) -> None:
        """Fill the form with what is chosen to begin with."""
        dataset = self._bridge.document.described
        if dataset is not None:
            self._bridge.try_row(self._starts()[self.start.currentData()](dataset), "try begin")

    def _on_dice_clicked(self) -> None:
        self.start.setCurrentIndex(self.start.findData("random"))
        self.begin()

    # Showing --------------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the row that is tried, unless nobody can see it."""
        if not self.isVisible():
            return
        document = self._bridge.document
        dataset = document.described
        self._hint.setVisible(dataset is None)
        self._card.setVisible(dataset is not None)
        if dataset is None:
            self._of = None
            return
        if dataset is not self._of:
            self._of = dataset
            name = dataset.recipe.row_name.lower() or self.tr("row")
            self.title.setText(self.tr("Try a new {row}").format(row=name))
            self._offer_starts()
            self._picture = find_pixel_image(dataset)
            if self._picture is not None:  # the middle of every pixel is no picture
                self.start.setCurrentIndex(self.start.findData("blank" if dataset.is_missing else "example"))
            many = len(dataset.encoder.features) > MOST_FIELDS and self._picture is None
            self.search.setVisible(many)
            self.search.clear()
            self._build()
        self._show_row(self._row_of(dataset))

    def _row_of(self, dataset: Dataset) -> TriedRow:
        """Return the row that the form is about: the one that is tried, or the row of the table that is shown."""
        document = self._bridge.document
        return document.tried or row_of_table(dataset, document.example)

    def _build(self) -> None:
        """Make the fields of all columns, or of a wide table those whose name was asked for."""
        dataset = self._of
        if dataset is None:
            return
        while self._column.count():
            item = self._column.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None and widget is not self.more:
                widget.hide()
                widget.deleteLater()
        self.fields, self.pad = {}, None
        if self._picture is not None:
            self.pad = PixelPad(self._picture.side)
            self.pad.drawn.connect(self._on_drawn)
            self._column.addWidget(self.pad)
        else:
            self._build_fields(dataset)
        self._column.addStretch(1)
        self._show_row(self._row_of(dataset))

    def _build_fields(self, dataset: Dataset) -> None:
        wanted = self.search.text().casefold()
        summaries = self._bridge.document.known.summaries(dataset)
        places = [place for place, each in enumerate(summaries) if wanted in each.name.casefold()]
        briefly = told_apart([each.label for each in summaries])
        for place in places[:MOST_FIELDS]:
            field = field_for(summaries[place])
            field.name.brief = briefly[place]
            field.changed.connect(lambda value, place=place: self._on_value_given(place, value))
            self.fields[place] = field
            self._column.addWidget(field)
        n_more = len(places) - len(self.fields)
        self.more.setText(self.tr("And {columns} more: type a part of a name.").format(columns=count(n_more, "column")))
        self._column.addWidget(self.more)
        self.more.setVisible(n_more > 0)

    def _show_row(self, row: TriedRow) -> None:
        pinned = self._bridge.document.trying.pinned
        for place, field in self.fields.items():
            if field.value != row.values[place] or not field.isVisible():
                field.show_value(row.values[place])
            field.show_pinned([each.values[place] for each in pinned])
        self._show_ink(row)
        for widget in (self._mark, self.pinned):
            widget.setVisible(bool(pinned))
        text = self.tr("Unpin this one") if row in pinned else self.tr("Pin this one")
        self.pin.setText(icons.beside_icon(text))

    def _show_ink(self, row: TriedRow) -> None:
        if self.pad is not None and self._picture is not None and self._of is not None:
            self.pad.show_values(ink_of(row, self._picture, self._bridge.document.known.summaries(self._of)))

    # What the user does ---------------------------------------------------------------------------------------------
    def _on_value_given(self, place: int, value: Value) -> None:
        if self._of is not None:
            self._bridge.try_row(self._row_of(self._of).with_value(place, value), f"try {place}")

    def _on_drawn(self, ink: NDArray[np.floating[Any]]) -> None:
        if self._picture is not None and self._of is not None:
            summaries = self._bridge.document.known.summaries(self._of)
            self._bridge.try_row(drawn_row(ink, self._picture, summaries), "try pad")

    def _on_pin_clicked(self) -> None:
        document = self._bridge.document
        if document.tried is None:
            return
        pinned = document.trying.pinned
        beside = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        if document.tried in pinned:
            kept = tuple(row for row in pinned if row != document.tried)
        else:
            kept = (*(pinned if beside else ()), document.tried)
        self._bridge.pin_rows(kept)

    # Qt -------------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Begin with a typical row the first time."""
        super().showEvent(event)
        self.refresh()
        document = self._bridge.document
        if document.described is not None and document.tried is None:
            self.begin()

    def _tint(self) -> None:
        self.reset.setIcon(icons.icon("rotate-ccw"))
        self.pin.setIcon(icons.icon("pin"))
