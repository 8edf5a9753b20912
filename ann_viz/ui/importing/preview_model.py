"""The preview as a Qt table model: rows of text, the columns they belong to, and what each column is for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ann_viz.data import Column, Role
from ann_viz.data.encoding.recipe import Plan
from ann_viz.numerals import count, format_number
from ann_viz.session.importing.preview_rows import PreviewRow
from ann_viz.session.importing.repair import DECISION_LABELS, Decision
from ann_viz.session.importing.sentences import broken_sentence, column_facts
from ann_viz.translation import translate
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["PADDING", "PreviewModel", "aligned_right"]

Index = QModelIndex | QPersistentModelIndex
PADDING: Final = 8
MAX_SHOWN_LENGTH: Final = 200
_TOP: Final = QModelIndex()


class PreviewModel(QAbstractTableModel):
    """Rows of text, the columns they belong to, each column's role and plan. Read only."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[PreviewRow] = ()
        self._columns: Sequence[Column] = ()
        self._roles: Mapping[str, Role] = {}
        self._plans: Mapping[str, Plan] = {}
        self._decisions: Mapping[int, Decision] = {}

    def show_rows(
        self,
        rows: Sequence[PreviewRow],
        columns: Sequence[Column],
        roles: Mapping[str, Role],
        decisions: Mapping[int, Decision],
    ) -> None:
        """Show another reading of a file; ``decisions`` says by its line what was decided for a row with trouble."""
        self.beginResetModel()
        self._rows, self._columns, self._roles, self._decisions = rows, columns, dict(roles), decisions
        self.endResetModel()

    def show_roles(self, roles: Mapping[str, Role], plans: Mapping[str, Plan]) -> None:
        """Show what the columns are for now, and how they become inputs."""
        self._roles, self._plans = dict(roles), dict(plans)
        if self._rows and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def row(self, place: int) -> PreviewRow:
        """Return one line of the preview."""
        return self._rows[place]

    def column(self, place: int) -> Column:
        """Return one column of the table."""
        return self._columns[place]

    def role(self, place: int) -> Role | None:
        """Return what a column is for, or None while that is not known."""
        return self._roles.get(self._columns[place].name)

    def plan(self, place: int) -> Plan | None:
        """Return how the user wants a column to become inputs, or None where the program decides."""
        return self._plans.get(self._columns[place].name)

    def kind(self, place: int) -> str:
        """Return what a column's values are taken for."""
        plan = self.plan(place)
        return self._columns[place].kind if plan is None or plan.treat is None else plan.treat

    def reason(self, row: PreviewRow) -> tuple[str, str]:
        """Return the sentence below a row with trouble: what is wrong, and why or what was done."""
        if row.bad is None:
            return "", ""
        head, why = broken_sentence(row.bad)
        decision = self._decisions.get(row.bad.line, "skip")
        return head, why if decision == "skip" else self.tr("The row is {mended}.").format(
            mended=translate(DECISION_LABELS[decision])
        )

    def mended(self, row: PreviewRow) -> bool:
        """Return whether a row with trouble is used all the same."""
        return row.bad is not None and self._decisions.get(row.bad.line, "skip") != "skip"

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return the number of lines shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Return the number of columns in the file."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's own signature
        """Return a cell's text, or a tooltip with all of it."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if row.kind == "gap":
                return count(row.number, "more row")
            if row.kind == "reason":
                return " ".join(self.reason(row))
            return (row.cells[index.column()] or "")[:MAX_SHOWN_LENGTH] if index.column() < len(row.cells) else ""
        if role == Qt.ItemDataRole.ToolTipRole and row.kind == "reason":
            return plain_tip(" ".join(self.reason(row)))
        if role == Qt.ItemDataRole.ToolTipRole and row.kind in {"data", "mended"}:
            text = row.cells[index.column()]
            return plain_tip(text) if text is not None and len(text) > 12 else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Qt's own signature
        """Return a column's name and facts, or a row's number."""
        if orientation == Qt.Orientation.Vertical:
            row = self._rows[section]
            numbered = row.kind in {"data", "mended", "broken"}
            return format_number(row.number) if role == Qt.ItemDataRole.DisplayRole and numbered else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].name
        if role == Qt.ItemDataRole.ToolTipRole:
            column = self._columns[section]
            text = self.tr("Starts as ignored: {reason}")
            ignored = [text.format(reason=column.reason)] if column.reason else []
            return plain_tip("\n".join((column.name, column_facts(column), *ignored)))
        return None


def aligned_right(column: Column) -> bool:
    """Return whether a column's cells read as numbers."""
    return column.kind == "number" or (column.kind in {"identifier", "constant"} and math.isfinite(column.minimum))
