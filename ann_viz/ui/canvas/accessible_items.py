"""The canvas and its neurons as Qt hands them to screen readers: a list, and items that say their numbers."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow

from ann_viz.numerals import signed, unsigned
from ann_viz.scene import Connection, Element, Neuron, fits
from ann_viz.translation import translate
from ann_viz.ui.canvas.canvas import NetworkCanvas
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View

if TYPE_CHECKING:
    from ann_viz.explain.network_text import Seen

__all__ = ["CanvasInterface", "CanvasItems", "MarkInterface"]


class CanvasItems:
    """What a canvas consists of for a screen reader; each item is made when first asked for and kept.

    Parameters
    ----------
    canvas : NetworkCanvas
        Where everything is drawn.
    bridge, view
        Where the numbers and the selection are.
    """

    def __init__(self, canvas: NetworkCanvas, bridge: Bridge, view: View) -> None:
        self._canvas = canvas
        self._view = view
        self._bridge = bridge
        self._interface: CanvasInterface | None = None  # for Qt, which keeps no reference that Python counts
        self._items: dict[Element, MarkInterface] = {}
        canvas.destroyed.connect(functools.partial(_delete_all, self._items))

    def make_interface(self) -> CanvasInterface:
        """Return the canvas as Qt shall see it. Qt deletes it with the canvas."""
        self._interface = CanvasInterface(self, self._canvas)
        return self._interface

    @property
    def seen(self) -> Seen | None:
        """What there is to say now."""
        row = self._bridge.document.shown_row()
        return None if row is None else row.seen

    @property
    def selection(self) -> Element | None:
        """What is selected."""
        return self._view.selection

    def marks(self) -> list[Element]:
        """Return all items in order: neurons column by column, then the selected connection."""
        seen = self.seen
        if seen is None:
            return []
        neurons = _neurons(tuple(len(values) for values in seen.values))
        return [*neurons, self.selection] if isinstance(self.selection, Connection) else list(neurons)

    def item(self, mark: Element) -> MarkInterface:
        """Return the item of a neuron or connection, always the same one."""
        if mark not in self._items:
            self._items[mark] = MarkInterface(self, self._canvas, mark)
        return self._items[mark]

    def forget(self) -> None:
        """Drop the items: another network has other neurons."""
        _delete_all(self._items)


class CanvasInterface(QAccessibleInterface):
    """The canvas: a list whose items are the neurons."""

    def __init__(self, items: CanvasItems, canvas: NetworkCanvas) -> None:
        super().__init__()
        self._items = items
        self._canvas = canvas

    def isValid(self) -> bool:
        """Return whether the canvas is still there."""
        return shiboken6.isValid(self._canvas)

    def object(self) -> QObject:
        """Return the widget."""
        return self._canvas

    def window(self) -> QWindow | None:  # type: ignore[override]  # Qt takes none for an answer
        """Return the window it is drawn in."""
        return self._canvas.window().windowHandle() if self.isValid() else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return what the canvas lies in."""
        owner = self._canvas.parentWidget() if self.isValid() else None
        return None if owner is None else QAccessible.queryAccessibleInterface(owner)

    def childCount(self) -> int:
        """Return how many items there are."""
        return len(self._items.marks()) if self.isValid() else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return an item."""
        marks = self._items.marks() if self.isValid() else []
        return self._items.item(marks[index]) if 0 <= index < len(marks) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which item it is, −1 for none."""
        marks = self._items.marks() if self.isValid() else []
        return marks.index(child.mark) if isinstance(child, MarkInterface) and child.mark in marks else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the neuron at a place of the screen."""
        mark = self._canvas.mark_at(QPointF(self._canvas.mapFromGlobal(QPoint(x, y)))) if self.isValid() else None
        return self._items.item(mark) if isinstance(mark, Neuron) else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the selected item while the canvas has the focus."""
        if not self.isValid() or not self._canvas.hasFocus():
            return None
        mark = self._items.selection
        return self if mark is None else self._items.item(mark)

    def role(self) -> QAccessible.Role:
        """Return what it is."""
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        """Return what can be done with it."""
        state = QAccessible.State()
        if self.isValid():
            state.focusable = True
            state.focused = self._canvas.hasFocus()
            state.invisible = not self._canvas.isVisible()
        return state

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        if not self.isValid():
            return QRect()
        return QRect(self._canvas.mapToGlobal(QPoint()), self._canvas.size())

    def text(self, t: QAccessible.Text) -> str:
        """Return its name, and in one sentence what the network says of the shown row."""
        from ann_viz.explain.network_text import answer_sentence

        if not self.isValid():
            return ""
        if t == QAccessible.Text.Name:
            return self._canvas.accessibleName()
        if t == QAccessible.Text.Description:
            seen = self._items.seen
            return "" if seen is None else answer_sentence(seen)
        if t == QAccessible.Text.Help:
            return translate(
                "The arrows walk from neuron to neuron, with Shift onto their connections. "
                "Ctrl+J follows the error back along a path."
            )
        return ""

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Nothing can be written here."""


class MarkInterface(QAccessibleInterface):
    """A neuron, or the selected connection.

    Parameters
    ----------
    items : CanvasItems
        Knows the numbers.
    canvas : NetworkCanvas
        Where it is drawn.
    mark : Element
        Which one.
    """

    def __init__(self, items: CanvasItems, canvas: NetworkCanvas, mark: Element) -> None:
        super().__init__()
        self._items = items
        self._canvas = canvas
        self.mark = mark

    def isValid(self) -> bool:
        """Return whether the network still has it."""
        seen = self._items.seen if shiboken6.isValid(self._canvas) else None
        return seen is not None and fits(self.mark, [len(values) for values in seen.values])

    def object(self) -> QObject | None:  # type: ignore[override]
        """No object of its own stands behind it."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """Return the window it is drawn in."""
        return self._canvas.window().windowHandle() if self.isValid() else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the canvas."""
        return QAccessible.queryAccessibleInterface(self._canvas) if shiboken6.isValid(self._canvas) else None

    def childCount(self) -> int:
        """An item has no parts."""
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """An item has no parts."""
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """An item has no parts."""
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """An item has no parts."""
        return None

    def role(self) -> QAccessible.Role:
        """Return what it is."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Return whether it is selected and can be seen."""
        state = QAccessible.State()
        if self.isValid():
            chosen = self._items.selection == self.mark
            state.focusable = state.selectable = state.readOnly = True
            state.selected = chosen
            state.focused = chosen and self._canvas.hasFocus()
            state.offscreen = self.rect().isEmpty()
        else:
            state.invalid = True
        return state

    def rect(self) -> QRect:
        """Return where it is on the screen; of a connection, where its second neuron is."""
        if not self.isValid():
            return QRect()
        mark, canvas = self.mark, self._canvas
        place = canvas.stage.place_of(Neuron(mark.gap + 1, mark.target) if isinstance(mark, Connection) else mark)
        if place is None:
            return QRect()
        x, y, radius = place
        box = canvas.viewport.on_widget(x - radius, y - radius, x + radius, y + radius)
        return QRect(canvas.mapToGlobal(box.topLeft()), box.size())

    def text(self, t: QAccessible.Text) -> str:
        """Return the sentence about it as its name, which every screen reader says, and its number as its value."""
        from ann_viz.explain.network_text import connection_sentence, neuron_text

        seen = self._items.seen if self.isValid() else None
        if seen is None:
            return ""
        mark = self.mark
        if isinstance(mark, Connection):
            value = signed(float(seen.network.W[mark.gap][mark.source, mark.target]))
            sentence = connection_sentence(seen, mark.gap, mark.source, mark.target)
        else:
            told = neuron_text(seen, mark.column, mark.index)
            value, sentence = unsigned(told.value), told.sentence
        return {QAccessible.Text.Name: sentence, QAccessible.Text.Value: value}.get(t, "")

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Nothing can be written here."""


@functools.lru_cache(maxsize=2)
def _neurons(sizes: tuple[int, ...]) -> tuple[Neuron, ...]:
    return tuple(Neuron(column, index) for column, size in enumerate(sizes) for index in range(size))


def _delete_all(items: dict[Element, MarkInterface], *_: object) -> None:
    """Take items from Qt's list of interfaces, which owns and deletes whatever it has been asked about."""
    for item in items.values():
        if shiboken6.isValid(item):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
    items.clear()
