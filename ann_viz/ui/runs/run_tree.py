"""The tree of runs as it answers mouse and keys; whoever owns it carries out what it asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QToolTip, QTreeView, QWidget

from ann_viz.session.run_tree import RunRow, SweepRow, loss_scale, run_table, up_from
from ann_viz.ui.document.copying import copy_numbers, on_copy
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.appearance import is_motion_reduced
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.runs.run_delegate import ROW_HEIGHT, RunDelegate, button_at
from ann_viz.ui.runs.run_model import RunModel, row_of, run_of, sweep_of
from ann_viz.ui.runs.sweep_row import is_on_fold

__all__ = ["RunTree"]

INDENT: Final = 14
PULSE_MS: Final = 500
AnyIndex = QModelIndex | QPersistentModelIndex


class RunTree(QTreeView):
    """Runs, each below the one it came from or the sweep it was opened from; a click makes one the run in the window.

    Sweeps are folded, until somebody unfolds one or a run of it comes into the window.
    """

    shown_asked = Signal(int)
    compared_asked = Signal(int)
    """Compare this run with the one in the window."""
    pinned = Signal(int, bool)
    eyed = Signal(int, bool)
    renamed = Signal(int, str)
    deleted = Signal(int)
    menu_asked = Signal(int, QPoint)
    chosen = Signal(int)
    """The row that the keys are on is that of another run."""
    sided = Signal(int, str)
    """This run shall be A or B."""
    sweep_asked = Signal(int)
    """Show this sweep."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs = RunModel(self)
        self._delegate = RunDelegate(self)
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULSE_MS)
        self._pulse.timeout.connect(self._on_pulse)
        self._in_window: int | None = None
        self._unfolded: set[int] = set()
        self.setModel(self.runs)
        self.setItemDelegate(self._delegate)
        self.setObjectName("runTree")
        self.setAccessibleName(self.tr("Runs"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(INDENT)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.runs.renamed.connect(self.renamed)
        on_copy(self, self.copy_all)

    # What is shown --------------------------------------------------------------------------------------------------
    def show_rows(
        self, rows: Sequence[RunRow], letters: Mapping[int, str], find: str = "", sweeps: Sequence[SweepRow] = ()
    ) -> None:
        """Show these runs and sweeps.

        Parameters
        ----------
        rows : sequence of RunRow
            Each below the one it hangs under.
        letters : mapping of int to str
            A and B, by the numbers of the runs that are compared.
        find : str
            Part of the names of those that are wanted; then they stand one below the other.
        sweeps : sequence of SweepRow
        """
        kept = self.number
        self._delegate.scale = loss_scale(tuple(rows))
        self._delegate.letters = letters
        if self.runs.show_rows(rows, sweeps):
            self.expandAll()
        self._find(find.casefold())
        current = next((row.number for row in rows if row.is_current), None)
        if current is not None and current != self._in_window:
            self._unfolded |= {row.sweep for row in up_from(rows, current) if row.sweep is not None}
        self.choose(kept if kept in self.runs.numbers and current == self._in_window else current)
        self._in_window = current
        for sweep in sweeps:
            self.setExpanded(self.runs.index_of_sweep(sweep.number), sweep.number in self._unfolded)
        self._set_pulsing(any(row.is_running for row in rows))
        self.viewport().update()

    def _find(self, words: str) -> None:
        """Hide what has not these words in its name, and nothing below it that has."""
        found = {row for row in self.runs.rows if words in row.name.casefold()}
        seen = {above for row in found for above in up_from(self.runs.rows, row.number)}
        for row in self.runs.rows:
            index = self.runs.index_of(row.number)
            self.setRowHidden(index.row(), index.parent(), row not in seen)
        for sweep in self.runs.sweeps:
            is_found = words in sweep.name.casefold() or any(row.sweep == sweep.number for row in seen)
            self.setRowHidden(self.runs.index_of_sweep(sweep.number).row(), QModelIndex(), not is_found)

    @property
    def number(self) -> int | None:
        """The run that the keys are on."""
        row = run_of(self.currentIndex())
        return None if row is None else row.number

    def choose(self, number: int | None) -> None:
        """Put the keys on a run."""
        index = QModelIndex() if number is None else self.runs.index_of(number)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def fold(self, sweep: int, folded: bool) -> None:
        """Hide or show the runs that were opened from a sweep."""
        (self._unfolded.discard if folded else self._unfolded.add)(sweep)
        self.setExpanded(self.runs.index_of_sweep(sweep), not folded)

    def copy_all(self) -> None:
        """Put all runs on the clipboard, as a table."""
        copy_numbers(run_table(self.runs.rows))

    def box_of(self, number: int) -> QRect:
        """Return where a run stands."""
        return self.visualRect(self.runs.index_of(number))

    @property
    def is_pulsing(self) -> bool:
        """Whether the dot of a run in training comes and goes."""
        return self._pulse.isActive()

    def _set_pulsing(self, on: bool) -> None:
        on = on and not is_motion_reduced()
        if on != self._pulse.isActive():
            self._pulse.start() if on else self._pulse.stop()
            self._delegate.pulse = True

    def _on_pulse(self) -> None:
        self._delegate.pulse = not self._delegate.pulse
        running = next((row for row in self.runs.rows if row.is_running), None)
        if running is not None and self.isVisible():
            self.viewport().update(self.box_of(running.number))

    # What the user does ---------------------------------------------------------------------------------------------
    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Say on which run the keys are."""
        super().currentChanged(current, previous)
        row = run_of(current)
        if row is not None:
            self.chosen.emit(row.number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pin, show the curve, compare with Ctrl, or make it the run in the window."""
        index = self.indexAt(event.position().toPoint())
        row, sweep = run_of(index), sweep_of(index)
        was_dragging = self.state() == QAbstractItemView.State.DraggingState
        super().mouseReleaseEvent(event)
        if sweep is not None and event.button() == Qt.MouseButton.LeftButton:
            if self.runs.hasChildren(index) and is_on_fold(self.visualRect(index), round(event.position().x())):
                self.fold(sweep.number, self.isExpanded(index))
            else:
                self.sweep_asked.emit(sweep.number)
        if row is None or event.button() != Qt.MouseButton.LeftButton or was_dragging:
            return
        button = button_at(self.visualRect(index), *event.position().toPoint().toTuple())
        if button is not None:
            self._press(button, row)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.compared_asked.emit(row.number)
        elif not row.is_current:
            self.shown_asked.emit(row.number)

    def _press(self, button: str, row: RunRow) -> None:
        if button == "pin":
            self.pinned.emit(row.number, not row.is_pinned)
        else:
            self.eyed.emit(row.number, not row.is_shown)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the mouse."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        row, sweep = row_of(index), sweep_of(index)
        if sweep is not None:
            tip = self.tr("{name}: {words}. Click to see all of them.").format(name=sweep.name, words=sweep.words)
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(tip), self)
            return
        if row is None:
            QToolTip.hideText()
            return
        button = None if row.is_twin else button_at(self.visualRect(index), *event.position().toPoint().toTuple())
        QToolTip.showText(event.globalPosition().toPoint(), plain_tip(self._tip(row, button)), self)

    def _tip(self, row: RunRow, button: str | None) -> str:
        if button == "pin":
            return (
                self.tr("Let it be forgotten like others (Shift+P)")
                if row.is_pinned
                else self.tr("Keep it, with all its epochs, whatever else is forgotten (Shift+P)")
            )
        if button == "eye":
            return (
                self.tr("Take its curve out of the chart (V)")
                if row.is_shown
                else self.tr("Draw its curve in the chart (V)")
            )
        words = self.tr("{name}: click to go to it, Ctrl+click to compare")
        if row.is_current:
            words = "{name}"
        elif row.is_twin:
            words = self.tr("{name}: a twin in training, to be a run like the others once that is over")
        words = words.format(name=row.name)
        return f"{words}\n{row.note}" if row.note else words

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Let its owner offer what can be done with a run."""
        row = run_of(self.indexAt(event.pos()))
        if row is not None:
            self.menu_asked.emit(row.number, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rename with F2; V, Shift+P, Shift+A, Shift+B, Del and Enter do what they say; Space is left to the window."""
        row, sweep = run_of(self.currentIndex()), sweep_of(self.currentIndex())
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        elif self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # what the field of the name has left over
        elif (row is not None and self._press_key(event, row)) or (sweep is not None and self._fold_key(event, sweep)):
            event.accept()
        elif event.text() and not event.modifiers() and event.key() != Qt.Key.Key_F2:
            event.ignore()  # letters are commands of the window, not a search
        else:
            super().keyPressEvent(event)

    def _press_key(self, event: QKeyEvent, row: RunRow) -> bool:
        """Do what a key says about a run; return whether it says anything."""
        key, modifiers = event.key(), event.modifiers()
        shift, plain = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
        if key == Qt.Key.Key_V and modifiers == plain:
            self._press("eye", row)
        elif key == Qt.Key.Key_P and modifiers == shift:
            self._press("pin", row)
        elif key in (Qt.Key.Key_A, Qt.Key.Key_B) and modifiers == shift:
            self.sided.emit(row.number, "A" if key == Qt.Key.Key_A else "B")
        elif key == Qt.Key.Key_Delete and modifiers == plain:
            self.deleted.emit(row.number)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers == plain:
            self.shown_asked.emit(row.number)
        else:
            return False
        return True

    def _fold_key(self, event: QKeyEvent, sweep: SweepRow) -> bool:
        """Fold, unfold or show a sweep; return whether the key says so."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold(sweep.number, event.key() == Qt.Key.Key_Left)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sweep_asked.emit(sweep.number)
        else:
            return False
        return True

    # Painting -------------------------------------------------------------------------------------------------------
    def drawBranches(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """Draw a thin line from a run down to those that came from it."""
        painter.setPen(QPen(QColor(theme.current().border_strong), 1))
        half = round(ROW_HEIGHT * theme.magnified()) // 2 - 9
        level, one = 0, index.sibling(index.row(), 0)
        while one.parent().isValid():
            x = rect.right() - level * INDENT - INDENT // 2 + 3
            below = one.siblingAtRow(one.row() + 1).isValid()
            if level == 0:
                painter.drawLine(x, rect.top(), x, rect.bottom() if below else rect.top() + half)
                painter.drawLine(x, rect.top() + half, rect.right() + 3, rect.top() + half)
            elif below:
                painter.drawLine(x, rect.top(), x, rect.bottom())
            level, one = level + 1, one.parent()
