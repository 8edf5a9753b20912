"""The runs as Qt's tree wants them: one item for a run or a sweep, which carries its row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from ann_viz.numerals import format_number, short_number
from ann_viz.session.run_tree import RunRow, SweepRow

__all__ = ["RUN_MIME", "RunModel", "row_of", "run_of", "sweep_of"]

RUN_MIME: Final = "application/x-ann-viz-run"
"""Of what is dragged onto a side of the comparison: the number of a run."""

ROW: Final = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex


def row_of(index: AnyIndex) -> RunRow | None:
    """Return the run at a place of the tree."""
    row = index.data(ROW)
    return row if isinstance(row, RunRow) else None


def run_of(index: AnyIndex) -> RunRow | None:
    """Return the run at a place of the tree with which something can be done: not a twin in training."""
    row = row_of(index)
    return None if row is None or row.is_twin else row


def sweep_of(index: AnyIndex) -> SweepRow | None:
    """Return the sweep at a place of the tree."""
    row = index.data(ROW)
    return row if isinstance(row, SweepRow) else None


class RunModel(QStandardItemModel):
    """Shows rows, and says when one was given another name."""

    renamed = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RunRow, ...] = ()
        self._sweeps: tuple[SweepRow, ...] = ()
        self._items: dict[int, QStandardItem] = {}
        self._sweep_items: dict[int, QStandardItem] = {}

    @property
    def rows(self) -> tuple[RunRow, ...]:
        """What is shown, each run below the one it hangs under."""
        return self._rows

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the runs that are shown."""
        return frozenset(self._items)

    @property
    def sweeps(self) -> tuple[SweepRow, ...]:
        """The sweeps that are shown."""
        return self._sweeps

    def show_rows(self, rows: Sequence[RunRow], sweeps: Sequence[SweepRow] = ()) -> bool:
        """Show these runs and sweeps; return whether the tree has another shape now."""
        before = _shape(self._rows, self._sweeps)
        self._rows, self._sweeps = tuple(rows), tuple(sweeps)
        is_other = before != _shape(rows, sweeps)
        if is_other:
            self._hang_up()
        for row in rows:
            self._items[row.number].setData(row, ROW)
        for sweep in sweeps:
            self._sweep_items[sweep.number].setData(sweep, ROW)
        return is_other

    def _hang_up(self) -> None:
        """Make the items: sweeps after the runs, and each run below its parent, which comes before it."""
        self.clear()
        root = self.invisibleRootItem()
        self._items = {row.number: QStandardItem() for row in self._rows}
        self._sweep_items = {sweep.number: QStandardItem() for sweep in self._sweeps}
        for row in self._rows:
            above = root if row.parent is None else self._items[row.parent]
            if row.sweep is not None:
                above = self._sweep_items[row.sweep]
            above.appendRow(self._items[row.number])
        for item in self._sweep_items.values():
            root.appendRow(item)

    def index_of(self, number: int) -> QModelIndex:
        """Return where a run stands; an invalid index where it is not shown."""
        item = self._items.get(number)
        return QModelIndex() if item is None else item.index()

    def index_of_sweep(self, number: int) -> QModelIndex:
        """Return where a sweep stands; an invalid index where it is not shown."""
        item = self._sweep_items.get(number)
        return QModelIndex() if item is None else item.index()

    # Qt -------------------------------------------------------------------------------------------------------------
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, and for a screen reader also how far it got."""
        if role == ROW:
            return super().data(index, role)
        row, sweep = row_of(index), sweep_of(index)
        if sweep is not None and role == Qt.ItemDataRole.DisplayRole:
            return f"{sweep.name}, {sweep.words}"
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.tr("best loss {loss} at epoch {epoch}").format(
                loss=short_number(row.best_loss), epoch=format_number(row.best_epoch)
            )
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass on the name that was typed."""
        row = row_of(index)
        if role != Qt.ItemDataRole.EditRole or row is None:
            return False
        if value != row.name:
            self.renamed.emit(row.number, str(value))
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Every run can be selected, renamed and dragged away, a sweep be selected, a twin in training only be seen."""
        flags, row = Qt.ItemFlag, row_of(index)
        if row is not None and row.is_twin:
            return flags.NoItemFlags
        if row is None:
            return flags.ItemIsEnabled | flags.ItemIsSelectable
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsEditable | flags.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Runs are dragged as their number."""
        return [RUN_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the number of the run that is dragged."""
        data = QMimeData()
        rows = [row for row in map(row_of, indexes) if row is not None]
        if rows:
            data.setData(RUN_MIME, str(rows[0].number).encode())
        return data


def _shape(rows: Sequence[RunRow], sweeps: Sequence[SweepRow]) -> object:
    return [(row.number, row.parent, row.sweep) for row in rows], [sweep.number for sweep in sweeps]
