"""Both pictures: the same layout rules, one scale, the same row, and what is pointed at on one side ringed on both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from ann_viz.engine import Snapshot
from ann_viz.numerals import format_number
from ann_viz.scene import Connection, Element, LineMode, Neuron
from ann_viz.session import Document
from ann_viz.session.best_epoch import best_of
from ann_viz.session.run import Run
from ann_viz.session.tips import describe
from ann_viz.ui.comparing.map_view import MapView
from ann_viz.ui.comparing.side_picture import SidePicture
from ann_viz.ui.comparing.side_scene import SideScene, facts_of, side_scene, weight_scale
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.line import vertical_line
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.screen_fit import QWIDGETSIZE_MAX

__all__ = ["Mode", "PairView", "Shown", "at_its_best"]

Mode = Literal["weights", "signals", "difference", "map"]
NARROW: Final = 640
HEAD: Final = 34  # of a side that is shown as a map
LEAST: Final = 200
Shown = tuple[Run, Snapshot, str, int]
"""A run, the moment of it, what it is called, and its place among all."""


def at_its_best(document: Document, number: int) -> Shown:
    """Return a run at its best epoch."""
    run = document.find_run(number)
    return run, best_of(run), document.run_name(run), document.run_place(number)


class PairView(QWidget):
    """A at the left, B at the right; where there is little room, one of them.

    Attributes
    ----------
    sides : dict of str to SidePicture
        By letter.
    maps : dict of str to MapView
    reference : float
        The number at full thickness on both sides.
    """

    scaled = Signal(float)
    """The scale of both is another."""
    dropped = Signal(int, str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._shown: Mapping[str, Shown] = {}
        self._scenes: dict[str, SideScene] = {}
        self._selection: Element | None = None
        self._mode: Mode = "weights"
        self.reference = 0.0
        self.sides = {letter: SidePicture(letter, self) for letter in "AB"}
        self.maps = {letter: MapView(f"map{letter}", self) for letter in "AB"}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._columns = {}
        for letter in "AB":
            column = self._columns[letter] = QWidget(self)
            column.setProperty("plain", True)
            inside = QVBoxLayout(column)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(0)
            inside.addWidget(self.sides[letter], 1)
            inside.addWidget(self.maps[letter], 3)
            self.maps[letter].hide()
            row.addWidget(column, 1)
            if letter == "A":
                row.addWidget(vertical_line(self))
            side = self.sides[letter]
            side.hovered.connect(self._on_hovered)
            side.clicked.connect(self.select)
            side.resized.connect(self.refresh)
            side.dropped.connect(lambda number, letter=letter: self.dropped.emit(number, letter))

    @property
    def selection(self) -> Element | None:
        """The neuron or line that is selected on both sides."""
        return self._selection

    @property
    def difference_problem(self) -> str:
        """Why there is no difference to be drawn; empty where there is."""
        sizes = [shown[1].config.sizes for shown in self._shown.values()]
        if len(sizes) == 2 and sizes[0] == sizes[1]:
            return ""
        return self.tr("The two networks have other sizes, so their weights have no partners")

    @property
    def has_maps(self) -> bool:
        """Whether the answers can be drawn as a map of the plane."""
        configs = [shown[1].config for shown in self._shown.values()]
        return bool(configs) and all(config.n_inputs == 2 and config.task == "binary" for config in configs)

    def show_pair(self, a: Shown, b: Shown) -> None:
        """Show two runs, each at a moment."""
        self._shown = {"A": a, "B": b}
        if self._mode == "difference" and self.difference_problem:
            self._mode = "weights"
        self.refresh()

    def forget(self) -> None:
        """Show nothing: the data are others."""
        self._shown, self._scenes, self._selection = {}, {}, None
        self._mode = "weights"
        for side in self.sides.values():
            side.show_scene(None)

    def show_mode(self, mode: Mode) -> None:
        """Let the lines show something else, or show maps."""
        if mode != self._mode:
            self._mode = mode
            self.refresh()

    @property
    def mode(self) -> Mode:
        """What is shown."""
        return self._mode

    def show_only(self, letter: str) -> None:
        """Show one side alone; an empty letter is both."""
        for each, column in self._columns.items():
            column.setVisible(letter in ("", each))

    def select(self, mark: object) -> None:
        """Select a neuron or line on both sides; the same again ends it."""
        element = mark if isinstance(mark, Neuron | Connection) else None
        self._selection = None if element == self._selection else element
        self.refresh()

    # What is drawn --------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Draw both anew."""
        if not self._shown or not self.isVisible():
            return
        is_map = self._mode == "map" and self.has_maps
        for letter, (run, snapshot, name, place) in self._shown.items():
            self.maps[letter].setVisible(is_map)
            self.sides[letter].show_head(name, place, _epoch_text(self, run, snapshot), snapshot.judged_loss)
            self.sides[letter].setMaximumHeight(HEAD if is_map else QWIDGETSIZE_MAX)
            self.sides[letter].setMinimumHeight(HEAD if is_map else LEAST)
            if is_map:
                self.maps[letter].show_points(*run.dataset.part("train"))
                self.maps[letter].show_network(snapshot.alone())
                self.sides[letter].show_scene(None)
        if not is_map:
            self._refresh_networks()

    def _refresh_networks(self) -> None:
        document = self._document
        if document.dataset is None:
            return
        factor = theme.magnified()
        scenes = {
            letter: side_scene(
                snapshot,
                facts_of(document, document.dataset, run, snapshot),
                (self.sides[letter].width() / factor, self.sides[letter].height()),
                document.threshold,
                self._scenes.get(letter),
            )
            for letter, (run, snapshot, _, _) in self._shown.items()
        }
        both = (scenes["A"], scenes["B"])
        lines: LineMode = "signals" if self._mode == "signals" else "weights"
        reference = weight_scale(both)
        if lines == "signals":
            reference = max(scene.signal_scale() for scene in both)
        less = scenes["A"] if self._mode == "difference" else None
        self._scenes = {
            "A": scenes["A"].framed(lines, reference, self._fitting(scenes["A"])),
            "B": scenes["B"].framed(lines, reference, self._fitting(scenes["B"]), less),
        }
        for letter, scene in self._scenes.items():
            self.sides[letter].show_scene(scene)
        self.sides["B"].say(self.tr("lines: A − B") if less is not None else "")
        if reference != self.reference:
            self.reference = reference
            self.scaled.emit(reference)

    def _fitting(self, scene: SideScene) -> Element | None:
        """Return the selection where this side has such a neuron or line."""
        return self._selection if _is_in(self._selection, scene.config.sizes) else None

    def _on_hovered(self, mark: object) -> None:
        element = mark if isinstance(mark, Neuron | Connection) else None
        texts = []
        for letter, side in self.sides.items():
            scene = self._scenes.get(letter)
            there = scene is not None and _is_in(element, scene.config.sizes)
            side.show_hover(element if there else None)
            if scene is not None and there and element is not None:
                facts = scene.row.facts
                texts.append(f"{letter}  {describe(element, scene.numbers, facts.neuron_names, facts.labels.values)}")
        if texts:
            QToolTip.showText(QCursor.pos(), plain_tip("\n".join(texts)), self)
        else:
            QToolTip.hideText()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the maps anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            for each in self.maps.values():
                each.tint()
        super().changeEvent(event)


def _is_in(mark: Element | None, sizes: tuple[int, ...]) -> bool:
    """Return whether a network of these sizes has such a neuron or line."""
    if isinstance(mark, Neuron):
        return mark.column < len(sizes) and mark.index < sizes[mark.column]
    if isinstance(mark, Connection):
        return mark.gap < len(sizes) - 1 and mark.source < sizes[mark.gap] and mark.target < sizes[mark.gap + 1]
    return False


def _epoch_text(view: PairView, run: Run, snapshot: Snapshot) -> str:
    """Name the moment, and of how many networks that answer together this is one: runs are compared by their own."""
    text = view.tr("epoch {n}").format(n=format_number(snapshot.weights_of.epoch))
    if run.mean_of is None:
        return text
    return view.tr("{epoch}, one of {n} networks").format(epoch=text, n=len(run.mean_of))
