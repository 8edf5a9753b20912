"""One click between the network whose every line can be seen and the one that is right most often."""

from __future__ import annotations

from typing import Final, get_args

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.engine import USUAL_THRESHOLD
from ann_viz.numerals import percent
from ann_viz.session.suggested import Size, suggest_training
from ann_viz.session.suggested_reasons import reasons, size_on_show
from ann_viz.session.suggested_sizes import size_scores_text
from ann_viz.translation import translatable, translate
from ann_viz.ui.building.suggestion_mark import SuggestionMark
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.controls import Segments
from ann_viz.ui.kit.labels import PlainLabel

__all__ = ["SizeSwitch"]

LABELS: Final[dict[Size, str]] = {"small": translatable("Small to watch"), "best": translatable("Best result")}


class SizeSwitch(QWidget):
    """Chooses one of the two suggested networks, and says how well each did once it was trained.

    Parameters
    ----------
    bridge : Bridge
        Gives the document, and takes what is suggested.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sizeSwitch")
        self._bridge = bridge
        self.segments = Segments([(size, translate(label)) for size, label in LABELS.items()], self.tr("Network"))
        self.segments.setToolTip(
            self.tr("Starts anew with 6–6 neurons, of which every line can be seen, or with 64–32, right more often")
        )
        self.mark = SuggestionMark("hidden")
        self.scores = PlainLabel(role="muted", wrap=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.segments)
        row.addStretch()
        row.addWidget(self.mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self.scores)
        self.segments.chosen.connect(self._on_chosen)
        for signal in (
            bridge.dataset_changed,
            bridge.settings_changed,
            bridge.state_changed,
            bridge.runs_changed,
            bridge.threshold_changed,
        ):
            signal.connect(self._refresh)
        bridge.snapshot_changed.connect(self._on_snapshot_changed)
        self._refresh()

    def _on_snapshot_changed(self) -> None:
        """Tell the score anew once there is a better epoch; the state may have changed before its snapshot came."""
        newest = self._bridge.document.newest
        if newest is not None and newest.best_epoch != self._best:
            self._refresh()

    def _refresh(self) -> None:
        document = self._bridge.document
        self._best = None if document.newest is None else document.newest.best_epoch
        self.setEnabled(document.dataset is not None)
        self.segments.show_value(size_on_show(document) or "")
        self.mark.show_reasons(reasons(document))
        told = {size: size_scores_text(document, size) for size in get_args(Size)}
        parts = [f"{translate(LABELS[size])}: {told[size]}" for size in LABELS if told[size]]
        dataset = document.dataset
        validated = dataset is not None and len(dataset.validation) > 0
        rows = self.tr("on validation rows") if validated else self.tr("on training rows")
        if document.threshold != USUAL_THRESHOLD:  # that of these scores, and not of what stands elsewhere now
            rows = self.tr("{rows} at {percent}").format(rows=rows, percent=percent(USUAL_THRESHOLD))
        self.scores.setText(f"{' · '.join(parts)} {rows}" if parts else "")
        self.scores.setVisible(bool(parts))

    def _on_chosen(self, value: str) -> None:
        document = self._bridge.document
        size = next(size for size in LABELS if size == value)
        if document.dataset is not None:
            seed = document.train_config.seed
            self._bridge.use_suggestion(suggest_training(document.dataset, size, seed=seed))
