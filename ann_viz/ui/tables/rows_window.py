"""Show rows: the table as it was read, sorted by a click on a column, filtered by a text, in step with the canvas."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ann_viz.data import Dataset
from ann_viz.engine import Snapshot
from ann_viz.explain.wording import PARTS
from ann_viz.numerals import count, format_number
from ann_viz.session import RunState
from ann_viz.session.answered_rows import AnsweredRows, answer_rows
from ann_viz.session.shown_rows import Wish, save_rows
from ann_viz.translation import translate
from ann_viz.ui.document import saving
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.copying import let_copy
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip, plain_title
from ann_viz.ui.kit.screen_fit import dialog_size
from ann_viz.ui.kit.search_field import SearchField
from ann_viz.ui.kit.wheel import ComboBox
from ann_viz.ui.tables.rows_model import RowsModel

__all__ = ["RowsWindow"]

SIZE: Final = QSize(900, 560)
ROW_HEIGHT: Final = 25
TYPING_PAUSE_MS: Final = 250
LETTERS_OF_COLUMN: Final = 18
WIDEST: Final = 260
COLUMNS_MEASURED: Final = 60  # measuring thousands of columns would take seconds


class RowsWindow(QDialog):
    """A window beside the main one.

    Parameters
    ----------
    bridge : Bridge
        To the document, whose dataset it shows.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dataset: Dataset | None = None
        self._order: tuple[int, bool] | None = None
        self._answered: tuple[Snapshot, float] | None = None
        self._n_fitted = 0
        self._model: RowsModel | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(dialog_size(SIZE, self))
        self._make_filter()
        self.save = QPushButton(self.tr("Save…"), self)
        self.save.setToolTip(plain_tip(self.tr("These rows, in this order, as a CSV file")))
        self.save.setAutoDefault(False)
        self._found = PlainLabel(parent=self, role="muted")
        self.view = QTableView(self)
        self.view.setObjectName("rowsTable")
        self.view.setAccessibleName(self.tr("Rows"))
        self.view.setTabKeyNavigation(False)  # Tab leaves the table, the arrows walk in it
        self._answerer = JobWatcher("answering the rows", self)
        self._answerer.finished.connect(self._show_answers)
        self._writer = JobWatcher("saving rows", self)
        self._writer.finished.connect(lambda path: self._found.setText(self.tr("saved as {}").format(Path(path).name)))
        self._writer.failed.connect(lambda error: show_error(self, self.tr("The rows were not saved"), error))
        self._lay_out()
        let_copy(self.view)
        self._connect()
        self._on_dataset_changed()

    def _make_filter(self) -> None:
        """Make what says which rows are shown."""
        self.filter = SearchField(self.tr("Filter"), self.tr("Show only rows that hold this text"), self)
        self.where = ComboBox(self)
        self.where.setAccessibleName(self.tr("Filter in column"))
        self.where.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.where.setMinimumContentsLength(LETTERS_OF_COLUMN)
        self.only = ComboBox(self)
        self.only.setAccessibleName(self.tr("Which answers"))
        for text, only in ((self.tr("all rows"), "all"), (self.tr("right"), "right"), (self.tr("wrong"), "wrong")):
            self.only.addItem(text, only)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(self._arrange)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self.where.activated.connect(lambda _index: self._arrange())
        self.only.activated.connect(lambda _index: self._arrange())
        self.save.clicked.connect(self._on_save)
        self.view.horizontalHeader().sectionClicked.connect(self._on_header_clicked)
        self._bridge.dataset_changed.connect(self._on_dataset_changed)
        self._bridge.example_changed.connect(self._on_example_changed)
        for changed in (self._bridge.state_changed, self._bridge.turn_offered):
            changed.connect(self._answer)
        QShortcut(QKeySequence.StandardKey.Find, self, self.filter.setFocus)

    def _lay_out(self) -> None:
        view = self.view
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setWordWrap(False)
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.horizontalHeader().setSectionsClickable(True)
        view.horizontalHeader().setHighlightSections(False)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filter, 1)
        top.addWidget(self.where)
        top.addWidget(self.only)
        top.addWidget(self._found)
        top.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(view, 1)

    @property
    def model(self) -> RowsModel | None:
        """The rows on show."""
        return self._model

    # What is shown --------------------------------------------------------------------------------------------------
    def _part_of(self, table_row: int) -> str:
        """Return the part that a row of the table belongs to."""
        place = None if self._dataset is None else self._dataset.place_of(table_row)
        return "" if self._dataset is None or place is None else translate(PARTS[self._dataset.part_of(place)])

    def _on_dataset_changed(self) -> None:
        dataset = self._bridge.document.dataset
        if dataset is not None and self._dataset is not None and dataset.table is self._dataset.table:
            self._dataset, self._answered = dataset, None  # another recipe for the same rows, perhaps in other parts
            self.view.verticalHeader().viewport().update()
            self._on_example_changed()
            return
        self._drop_model()
        self._dataset = dataset
        if dataset is None:
            self.close()
            return
        self.setWindowTitle(plain_title(self.tr("Rows of {name}").format(name=dataset.name)))
        self._model = RowsModel(dataset.table, self._part_of, self)
        self._model.arranged.connect(self._on_arranged)
        self.view.setModel(self._model)
        self.view.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self.where.clear()
        self.where.addItem(self.tr("in any column"), None)
        for index, known in enumerate(dataset.table.columns):
            self.where.addItem(self.tr("in {column}").format(column=known.name), index)
        self._n_fitted = 0
        self._on_arranged()
        self._answer()

    def _drop_model(self) -> None:
        self._order = None
        self.view.setModel(None)
        if self._model is not None:
            self._model.close()
            self._model.deleteLater()
            self._model = None
        self._answerer.close()
        self._writer.close()
        self._answered = None
        self.only.hide()

    def _arrange(self) -> None:
        if self._model is not None:
            self._found.setText(self.tr("looking …"))
            self._model.arrange(self._wish())

    def _wish(self) -> Wish:
        text = self.filter.text()
        contains = (self.where.currentData(), text) if text else None
        return Wish(order=self._order, contains=contains, only=self.only.currentData())

    # Answers --------------------------------------------------------------------------------------------------------
    def _answer(self) -> None:
        """Work out the answers of weights that were learned and stand still."""
        document = self._bridge.document
        dataset, snapshot = document.dataset, document.snapshot
        if dataset is None or snapshot is None or document.state is RunState.RUNNING:
            return
        if not snapshot.step:
            self._answered = None
            self._show_answers(None)
            return
        now = snapshot, document.threshold
        if self._answered is not None and self._answered[0] is snapshot and self._answered[1] == now[1]:
            return
        self._answered = now
        self._answerer.start(partial(answer_rows, dataset, snapshot.model(), document.threshold))

    def _show_answers(self, answers: AnsweredRows | None) -> None:
        """Put answers beside the rows, or take them away; the order stays that of the same column."""
        if self._model is None or (answers is None and not self._model.rows.n_answers):
            return
        shift = (0 if answers is None else len(answers.titles)) - self._model.rows.n_answers
        if self._order is not None and shift:
            place = self._order[0] + shift
            self._order = (place, self._order[1]) if place >= 0 else None
            self._mark_order()
        self.only.setVisible(answers is not None and answers.task != "regression")
        if self.only.isHidden():
            self.only.setCurrentIndex(0)
        self._model.show_answers(answers, self._wish())

    def _on_save(self) -> None:
        if self._model is None or self._dataset is None:
            return
        suggestion = f"{Path(self._dataset.name).stem} rows.csv"
        path = saving.ask_where(self, self.tr("Save these rows"), suggestion, self.tr("CSV table (*.csv)"), "tables")
        if path:
            self._found.setText(self.tr("saving …"))
            inputs = saving.data_files(self._bridge.document)
            self._writer.start(partial(save_rows, self._model.rows, path, inputs))

    def _on_header_clicked(self, column: int) -> None:
        """Sort: small first, then large first, then as in the file."""
        if self._order is None or self._order[0] != column:
            self._order = column, False
        else:
            self._order = (column, True) if not self._order[1] else None
        self._mark_order()
        self._arrange()

    def _mark_order(self) -> None:
        header = self.view.horizontalHeader()
        header.setSortIndicatorShown(self._order is not None)
        if self._order is not None:
            way = Qt.SortOrder.DescendingOrder if self._order[1] else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(self._order[0], way)

    def _fit_columns(self) -> None:
        """Give the columns the width of what is in them, again when there are answers before them or no longer."""
        n_columns = 0 if self._model is None else self._model.columnCount()
        if n_columns == self._n_fitted:
            return
        self._n_fitted = n_columns
        for index in range(min(COLUMNS_MEASURED, n_columns)):
            self.view.resizeColumnToContents(index)
            self.view.setColumnWidth(index, min(WIDEST, self.view.columnWidth(index) + 12))

    def _on_arranged(self) -> None:
        if self._model is None or self._dataset is None:
            return
        self._fit_columns()
        n, total = self._model.n_found, self._dataset.table.n_rows
        rows = count(total, "row")
        self._found.setText(rows if n == total else self.tr("{n} of {rows}").format(n=format_number(n), rows=rows))
        self._on_example_changed()

    # In step with the canvas ----------------------------------------------------------------------------------------
    def _on_example_changed(self) -> None:
        """Go to the row that the canvas shows."""
        if self._model is None or self._dataset is None or self._model.busy:
            return
        place = self._model.place_of(int(self._dataset.source_rows[self._bridge.document.example]))
        if place is None or place == self.view.currentIndex().row():
            return
        index = self._model.index(place, max(0, self.view.currentIndex().column()))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flags)
        self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _on_row_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        """Show the row on the canvas, if it is one that is learned from or judged by."""
        if self._model is None or self._dataset is None or not current.isValid():
            return
        row = self._model.table_row(current.row())
        if row is None:
            return
        example = self._dataset.place_of(row)
        if example is not None and example != self._bridge.document.example:
            self._bridge.set_example(example)

    # Qt -------------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Put the row in the middle once there is a size to have a middle."""
        super().showEvent(event)
        self.view.scrollTo(self.view.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the table."""
        self._drop_model()
        super().closeEvent(event)
