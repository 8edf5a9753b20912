"""The neurons of the network as rows of a table: layer, neuron, activation, bias and what reaches it most strongly."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ann_viz.explain.network_text import NeuronText, Seen, neuron_text
from ann_viz.numerals import FINE_DECIMALS, signed, unsigned
from ann_viz.scene import Neuron
from ann_viz.session.spreadsheet import pasted
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["NetworkTextModel"]

LAYER, NEURON, ACTIVATION, BIAS, INPUTS = range(5)
Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class NetworkTextModel(QAbstractTableModel):
    """One row per neuron, the inputs first; a row's words are made when somebody looks at it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: Seen | None = None
        self._marks: tuple[Neuron, ...] = ()
        self._texts: dict[int, NeuronText] = {}
        self._heads = (
            self.tr("Layer"), self.tr("Neuron"), self.tr("Activation"), self.tr("Bias"), self.tr("Strongest inputs")
        )  # fmt: skip

    def show_seen(self, seen: Seen | None) -> None:
        """Show other numbers; the rows stay where the network has the same neurons."""
        marks = _marks_of(seen)
        self._texts.clear()
        if marks != self._marks:
            self.beginResetModel()
            self._seen, self._marks = seen, marks
            self.endResetModel()
            return
        self._seen = seen
        if marks:
            self.dataChanged.emit(self.index(0, 0), self.index(len(marks) - 1, INPUTS))

    def mark(self, row: int) -> Neuron | None:
        """Return which neuron a row is."""
        return self._marks[row] if 0 <= row < len(self._marks) else None

    def row_of(self, mark: Neuron) -> int:
        """Return a neuron's row, −1 where the network has no such neuron."""
        return self._marks.index(mark) if mark in self._marks else -1

    def text(self, row: int) -> NeuronText | None:
        """Return a neuron in words."""
        mark = self.mark(row)
        if mark is None or self._seen is None:
            return None
        if row not in self._texts:
            self._texts[row] = neuron_text(self._seen, mark.column, mark.index)
        return self._texts[row]

    def line(self, row: int) -> str:
        """Return a row as spreadsheets read it, tabs between its cells."""
        return pasted(self._cell(row, column) for column in range(len(self._heads)))

    def heads(self) -> str:
        """Return the names of the columns separated by tabs."""
        return pasted(self._heads)

    def _cell(self, row: int, column: int) -> str:
        text, mark = self.text(row), self.mark(row)
        if text is None or mark is None or self._seen is None:
            return ""
        if column == LAYER:
            return text.layer
        if column == NEURON:
            return text.name
        if column == ACTIVATION:
            return unsigned(text.value, FINE_DECIMALS)
        if column == BIAS:
            return "" if text.bias is None else signed(text.bias, FINE_DECIMALS)
        if text.bias is None:
            return self.tr("{raw} in the file").format(raw=self._seen.raw[mark.index])
        return " · ".join(f"{name} {signed(signal)}" for name, signal in text.inputs)

    # Qt -------------------------------------------------------------------------------------------------------------
    def rowCount(self, parent: Index = _TOP) -> int:
        """Return how many neurons there are."""
        return 0 if parent.isValid() else len(self._marks)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Return how many facts are told of each."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._heads[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if section in (ACTIVATION, BIAS) else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; to the screen reader, the first cell of a row says the whole sentence."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == INPUTS:
            return plain_tip(self._cell(row, column))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and column == LAYER:
            text = self.text(row)
            return "" if text is None else text.sentence
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (ACTIVATION, BIAS):
            return RIGHT
        return None


def _marks_of(seen: Seen | None) -> tuple[Neuron, ...]:
    if seen is None:
        return ()
    return tuple(Neuron(column, index) for column, values in enumerate(seen.values) for index in range(len(values)))
