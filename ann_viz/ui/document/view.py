"""How the network is looked at: the selection, what the lines show, which step is told and in which voice.

Never the experiment's.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal

from ann_viz.explain import Voice
from ann_viz.scene import LINE_MODES, Element, LineMode, Neuron, Way
from ann_viz.session.view_state import ViewState, element_of, place_of
from ann_viz.ui.document.bridge import Bridge

__all__ = ["View"]

VOICE_SETTING: Final = "explain/voice"


class View(QObject):
    """Selection, meaning of the lines, the step that is told and the voice, shared by all parts of the window.

    Parameters
    ----------
    bridge : Bridge
        A network of another shape ends the selection.
    """

    selection_changed = Signal()
    mode_changed = Signal()
    told_changed = Signal()
    folded_changed = Signal()
    looks_for_changed = Signal()
    voice_changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._selection: Element | None = None
        self._way: Way | None = None
        self._mode: LineMode = "weights"
        self._share: float | None = None
        self._sizes: tuple[int, ...] = ()
        self._folded: frozenset[str] | None = None
        self._voice: Voice = "technical" if QSettings().value(VOICE_SETTING) == "technical" else "plain"
        self._looks_for = False
        self._told: int | None = None
        self._told_at: object = None
        bridge.settings_changed.connect(self._on_settings_changed)
        bridge.dataset_changed.connect(self._on_settings_changed)
        bridge.view_opened.connect(self._restore)
        for changed in (self.selection_changed, self.mode_changed, self.folded_changed, self.looks_for_changed):
            changed.connect(self._keep)

    def _keep(self) -> None:
        """Have the project know how it is looked at."""
        self._bridge.keep_view(
            ViewState(
                lines=self._mode,
                share=self._share,
                folded=None if self._folded is None else tuple(sorted(self._folded)),
                looks_for=self._looks_for,
                selected=place_of(self._selection),
            )
        )

    def _restore(self, view: ViewState) -> None:
        """Look at the network as it was looked at when its project was saved."""
        self.show_lines(view.lines)
        self.show_share(view.share)
        self._folded = None if view.folded is None else frozenset(view.folded)
        self.folded_changed.emit()
        if view.looks_for != self._looks_for:
            self.toggle_looks_for()
        self.select(element_of(view.selected))

    @property
    def selection(self) -> Element | None:
        """The selected neuron or connection."""
        return self._selection

    def select(self, mark: Element | None) -> None:
        """Select `mark`, or nothing."""
        self._choose(mark, None)

    @property
    def way(self) -> Way | None:
        """The input and the answer that are selected together, and the path between them that is looked at."""
        return self._way

    @property
    def ringed(self) -> tuple[Element | None, ...]:
        """What is selected, with its other end where it has one."""
        if self._way is None:
            return (self._selection,)
        return self._selection, Neuron(len(self._sizes) - 1, self._way.output)

    def follow(self, way: Way) -> None:
        """Select an input and an answer together."""
        self._choose(Neuron(0, way.source), way)

    def join(self, mark: Element | None) -> None:
        """Select `mark` together with what is selected if one is an input and the other an answer, else alone."""
        ends = {each.column: each.index for each in (self._selection, mark) if isinstance(each, Neuron)}
        last = len(self._sizes) - 1
        if ends.keys() == {0, last}:
            self.follow(Way(ends[0], ends[last]))
        else:
            self.select(mark)

    def _choose(self, mark: Element | None, way: Way | None) -> None:
        if (mark, way) != (self._selection, self._way):
            self._selection, self._way = mark, way
            self.selection_changed.emit()

    @property
    def mode(self) -> LineMode:
        """What the lines show."""
        return self._mode

    def show_lines(self, mode: LineMode) -> None:
        """Let the lines show `mode`; raises ValueError for an unknown one."""
        if mode not in LINE_MODES:
            raise ValueError(f"Lines can't show {mode!r}.")
        if mode != self._mode:
            self._mode = mode
            self.mode_changed.emit()

    @property
    def share(self) -> float | None:
        """Part of each gap's lines that is drawn one by one, 0 to 1; None lets their number decide."""
        return self._share

    def show_share(self, share: float | None) -> None:
        """Draw another part of the lines one by one."""
        if share != self._share:
            self._share = share
            self.mode_changed.emit()

    @property
    def folded(self) -> frozenset[str] | None:
        """Columns of categories that are drawn as one input; None lets their number decide."""
        return self._folded

    def fold(self, columns: frozenset[str]) -> None:
        """Draw the categories of these columns as one input each, and no others."""
        if columns != self._folded:
            self._folded = columns
            self.folded_changed.emit()

    @property
    def looks_for(self) -> bool:
        """Whether it is shown beside every hidden neuron what it looks for."""
        return self._looks_for

    def toggle_looks_for(self) -> None:
        """Show beside every hidden neuron what it looks for, or no more."""
        self._looks_for = not self._looks_for
        self.looks_for_changed.emit()

    @property
    def voice(self) -> Voice:
        """Whether everything is told in plain words or in technical terms; as it was when the program last ran."""
        return self._voice

    def speak(self, voice: Voice) -> None:
        """Have everything told in plain words or in technical terms, also when the program runs again."""
        if voice != self._voice:
            self._voice = voice
            QSettings().setValue(VOICE_SETTING, voice)
            self.voice_changed.emit()

    def toggle_voice(self) -> None:
        """Change between plain words and technical terms."""
        self.speak("plain" if self._voice == "technical" else "technical")

    @property
    def told(self) -> int | None:
        """The step, 1 to 5, that someone asked to be told; None once training has moved on."""
        return self._told if self._told_at == self._moment() else None

    def tell(self, step: int) -> None:
        """Show in the picture what this step does with the shown row."""
        self._told, self._told_at = step, self._moment()
        self.told_changed.emit()

    def _moment(self) -> object:
        """Return what changes whenever training moves on."""
        snapshot = self._bridge.document.snapshot
        return None if snapshot is None else (snapshot.step, snapshot.epoch, snapshot.phase)

    def _on_settings_changed(self) -> None:
        config = self._bridge.document.network_config
        sizes = () if config is None else config.sizes
        if sizes != self._sizes:
            before, self._sizes = self._sizes, sizes
            self._share = None
            if sizes[:1] != before[:1]:
                self._folded = None
            self.select(None)
