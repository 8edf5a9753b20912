"""Parallel coordinates to work with: a filter on every axis that is dragged along, axes in any order."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ann_viz.ui.sweeping.axes_picture import AxesPicture

__all__ = ["ParallelPlot"]

REACH: Final = 13.0  # of an axis for the mouse
TITLE_REACH: Final = 50.0
NEAR: Final = 7.0  # of a line
HANDLE: Final = 6.0
LEAST_BRUSH: Final = 0.012

Grip = Literal["new", "move", "low", "high", "title"]


class ParallelPlot(AxesPicture):
    """The picture with the mouse; attributes are those of `AxesPicture`."""

    filtered = Signal()
    """Other runs are let through."""

    hovered = Signal(int)
    """The mouse is over the line of this run; -1 for none."""

    opened = Signal(int)
    """A line was double-clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered = -1
        self._grip: tuple[Grip, str, float] | None = None  # what is dragged, of which axis, and where the rest stands
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Runs on parallel axes; the table below says the same"))

    def clear_filter(self, name: str) -> None:
        """Let all runs through on an axis."""
        if self.filters.pop(name, None) is not None:
            self.renew()
            self.filtered.emit()

    def move_axis(self, name: str, place: int) -> None:
        """Put an axis somewhere else; the score stays last."""
        others = [each for each in self._order if each != name]
        others.insert(min(place, len(others) - 1), name)
        if others != self._order and name != self._order[-1]:
            self._order = others
            by_name = {axis.name: axis for axis in self._axes}
            self._axes = tuple(by_name[each] for each in others)
            self._prepare()

    # The mouse ------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a filter, take one by its middle or an end, or take an axis by its title."""
        number = self._axis_near(event.position().x(), event.position().y())
        if event.button() != Qt.MouseButton.LeftButton or number is None:
            return
        axis, y = self._axes[number], event.position().y()
        if y < self.head:
            if number < len(self._axes) - 1:
                self._grip = "title", axis.name, 0.0
            return
        place = self.place_of(y)
        self._grip = self._grip_at(axis.name, y, place)

    def _grip_at(self, name: str, y: float, place: float) -> tuple[Grip, str, float]:
        if name in self.filters:
            low, high = self.filters[name]
            if abs(y - self.height_of(high)) <= HANDLE:
                return "high", name, low
            if abs(y - self.height_of(low)) <= HANDLE:
                return "low", name, high
            if low < place < high:
                return "move", name, place - low
        return "new", name, place

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what was taken, or find the line under the mouse."""
        x, y = event.position().x(), event.position().y()
        if self._grip is None:
            self._hover(x, y)
            near = self._axis_near(x, y)
            shape = Qt.CursorShape.ArrowCursor
            if near is not None:
                shape = Qt.CursorShape.OpenHandCursor if y < self.head else Qt.CursorShape.CrossCursor
            self.setCursor(shape)
            return
        kind, name, held = self._grip
        if kind == "title":
            places = [abs(self.axis_at(number) - x) for number in range(len(self._axes) - 1)]
            self.move_axis(name, int(np.argmin(places)))
            return
        place = self.place_of(y)
        if kind == "move":
            size = self.filters[name][1] - self.filters[name][0]
            low = min(max(0.0, place - held), 1.0 - size)
            self._filter(name, low, low + size)
        else:
            self._filter(name, min(held, place), max(held, place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the filter; a click that dragged nothing makes none."""
        grip, self._grip = self._grip, None
        if grip is not None and grip[0] == "new" and grip[1] in self.filters:
            low, high = self.filters[grip[1]]
            if high - low < LEAST_BRUSH:
                self.clear_filter(grip[1])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the filter off an axis, or open the run under the mouse."""
        number = self._axis_near(event.position().x(), event.position().y())
        if number is not None:
            self._grip = None
            self.clear_filter(self._axes[number].name)
        elif self._hovered >= 0:
            self.opened.emit(self._hovered)

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the mouse any more."""
        self._tell_hovered(-1)

    def _axis_near(self, x: float, y: float) -> int | None:
        reach = TITLE_REACH if y < self.head else REACH
        near = [number for number in range(len(self._axes)) if abs(self.axis_at(number) - x) <= reach]
        return near[0] if near else None

    def _filter(self, name: str, low: float, high: float) -> None:
        self.filters[name] = low, high
        self.renew()
        self.filtered.emit()

    def _hover(self, x: float, y: float) -> None:
        if not len(self._up) or not self._across[0] <= x <= self._across[-1]:
            self._tell_hovered(-1)
            return
        right = int(np.clip(np.searchsorted(self._across, x), 1, len(self._across) - 1))
        share = (x - self._across[right - 1]) / (self._across[right] - self._across[right - 1])
        heights = self._up[:, right - 1] * (1 - share) + self._up[:, right] * share
        far = np.where(self.passing()[: len(heights)], np.abs(heights - y), np.inf)
        nearest = int(np.argmin(far))
        self._tell_hovered(nearest if far[nearest] <= NEAR else -1)

    def _tell_hovered(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.mark(row)
            self.hovered.emit(row)
