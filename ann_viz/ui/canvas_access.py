"""The picture of the network for screen readers: the canvas is a list, and every neuron an item that says its numbers.

The selected connection is one more item at the end. Qt asks only while a screen reader runs; until then none is made.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow

from ann_viz.explain.network_text import Seen, answer_sentence, connection_sentence, neuron_text
from ann_viz.explain.spans import signed, unsigned
from ann_viz.scene import Connection, Mark, Neuron
from ann_viz.session import RunState
from ann_viz.ui.bridge import Bridge
from ann_viz.ui.canvas import NetworkCanvas
from ann_viz.ui.network_source import NetworkSource
from ann_viz.ui.view import View

__all__ = ["CanvasInterface", "CanvasSpeaker", "MarkInterface"]

DIRECT: Final = Qt.FindChildOption.FindDirectChildrenOnly


class CanvasSpeaker(QObject):
    """Makes a canvas known to screen readers and tells them what is selected.

    Parameters
    ----------
    canvas : NetworkCanvas
        Its owner.
    bridge, view
        Where the numbers and the selection are.
    """

    def __init__(self, canvas: NetworkCanvas, bridge: Bridge, view: View) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._bridge = bridge
        self._view = view
        self._source = NetworkSource(bridge.session)
        self._interface: CanvasInterface | None = None
        self._items: dict[Mark, MarkInterface] = {}
        self._sizes: tuple[int, ...] = ()
        _install_factory()
        canvas.destroyed.connect(functools.partial(_delete_all, self._items))
        view.selection_changed.connect(self._on_selection_changed)
        bridge.dataset_changed.connect(self._on_network_changed)
        bridge.settings_changed.connect(self._on_network_changed)
        bridge.state_changed.connect(self._on_state_changed)

    def make_interface(self) -> CanvasInterface:
        """Return the canvas as Qt shall see it. Qt deletes it with the canvas."""
        self._interface = CanvasInterface(self, self._canvas)
        return self._interface

    @property
    def canvas_interface(self) -> QAccessibleInterface | None:
        """The one in use."""
        return self._interface if self._interface is not None and shiboken6.isValid(self._interface) else None

    @property
    def seen(self) -> Seen | None:
        """What there is to say now."""
        return self._source.seen()

    @property
    def selection(self) -> Mark | None:
        """What is selected."""
        return self._view.selection

    def marks(self) -> list[Mark]:
        """Return all items in order: neurons column by column, then the selected connection."""
        seen = self.seen
        if seen is None:
            return []
        neurons = _neurons(tuple(len(values) for values in seen.values))
        return [*neurons, self.selection] if isinstance(self.selection, Connection) else list(neurons)

    def item(self, mark: Mark) -> MarkInterface:
        """Return the item of a neuron or connection, always the same one."""
        if mark not in self._items:
            self._items[mark] = MarkInterface(self, self._canvas, mark)
        return self._items[mark]

    # What changed ---------------------------------------------------------------------------------------------------
    def _on_selection_changed(self) -> None:
        """Move the screen reader's attention to what was selected."""
        if not QAccessible.isActive() or not self._canvas.hasFocus():
            return
        mark = self.selection
        if mark is None:
            QAccessible.updateAccessibility(QAccessibleEvent(self._canvas, QAccessible.Event.Focus))
            return
        for event in (QAccessible.Event.Focus, QAccessible.Event.Selection):
            QAccessible.updateAccessibility(QAccessibleEvent(self.item(mark), event))

    def _on_state_changed(self) -> None:
        """Standing still, the selected item has other numbers than before."""
        mark = self.selection
        if QAccessible.isActive() and mark is not None and self._bridge.session.state is not RunState.RUNNING:
            QAccessible.updateAccessibility(QAccessibleEvent(self.item(mark), QAccessible.Event.NameChanged))

    def _on_network_changed(self) -> None:
        config = self._bridge.session.network_config
        sizes = () if config is None else config.sizes
        if sizes == self._sizes:
            return
        self._sizes = sizes
        if self._items:
            _delete_all(self._items)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self._canvas, QAccessible.Event.ObjectReorder))


class CanvasInterface(QAccessibleInterface):
    """The canvas: a list whose items are the neurons."""

    def __init__(self, speaker: CanvasSpeaker, canvas: NetworkCanvas) -> None:
        super().__init__()
        self._speaker = speaker
        self._canvas = canvas

    def isValid(self) -> bool:
        """Return whether the canvas is still there."""
        return shiboken6.isValid(self._canvas) and shiboken6.isValid(self._speaker)

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
        return len(self._speaker.marks()) if self.isValid() else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return an item."""
        marks = self._speaker.marks() if self.isValid() else []
        return self._speaker.item(marks[index]) if 0 <= index < len(marks) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which item it is, −1 for none."""
        marks = self._speaker.marks() if self.isValid() else []
        return marks.index(child.mark) if isinstance(child, MarkInterface) and child.mark in marks else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the neuron at a place of the screen."""
        mark = self._canvas.mark_on_screen(QPoint(x, y)) if self.isValid() else None
        return self._speaker.item(mark) if isinstance(mark, Neuron) else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the selected item while the canvas has the focus."""
        if not self.isValid() or not self._canvas.hasFocus():
            return None
        mark = self._speaker.selection
        return self if mark is None else self._speaker.item(mark)

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
        if not self.isValid():
            return ""
        if t == QAccessible.Text.Name:
            return self._canvas.accessibleName()
        if t == QAccessible.Text.Description:
            seen = self._speaker.seen
            return "" if seen is None else answer_sentence(seen)
        if t == QAccessible.Text.Help:
            return QCoreApplication.translate("CanvasInterface", "The arrows walk from neuron to neuron.")
        return ""

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Nothing can be written here."""


class MarkInterface(QAccessibleInterface):
    """A neuron, or the selected connection.

    Parameters
    ----------
    speaker : CanvasSpeaker
        Knows the numbers.
    canvas : NetworkCanvas
        Where it is drawn.
    mark : Mark
        Which one.
    """

    def __init__(self, speaker: CanvasSpeaker, canvas: NetworkCanvas, mark: Mark) -> None:
        super().__init__()
        self._speaker = speaker
        self._canvas = canvas
        self.mark = mark

    def isValid(self) -> bool:
        """Return whether the network still has it."""
        alive = shiboken6.isValid(self._canvas) and shiboken6.isValid(self._speaker)
        seen = self._speaker.seen if alive else None
        return seen is not None and _inside(self.mark, [len(values) for values in seen.values])

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
            chosen = self._speaker.selection == self.mark
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
        mark = self.mark
        return self._canvas.place_on_screen(Neuron(mark.gap + 1, mark.target) if isinstance(mark, Connection) else mark)

    def text(self, t: QAccessible.Text) -> str:
        """Return the sentence about it as its name, which every screen reader says, and its number as its value."""
        seen = self._speaker.seen if self.isValid() else None
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


def _inside(mark: Mark, sizes: list[int]) -> bool:
    if isinstance(mark, Connection):
        inside = mark.gap < len(sizes) - 1 and mark.source < sizes[mark.gap]
        return inside and mark.target < sizes[mark.gap + 1]
    return mark.column < len(sizes) and mark.index < sizes[mark.column]


def _delete_all(items: dict[Mark, MarkInterface], *_: object) -> None:
    """Take items from Qt's list of interfaces, which owns and deletes whatever it has been asked about."""
    for item in items.values():
        if shiboken6.isValid(item):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
    items.clear()


@functools.cache
def _install_factory() -> Callable[[str, QObject], QAccessibleInterface | None]:
    """Let Qt ask for the interface of a canvas; once, for it never forgets a factory."""

    def make(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
        speaker = thing.findChild(CanvasSpeaker, options=DIRECT) if isinstance(thing, NetworkCanvas) else None
        return None if speaker is None else speaker.make_interface()

    QAccessible.installFactory(make)
    return make
