"""The settings behind "More settings": those that a first run does not need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.engine import OPTIMIZERS, SCHEDULES, NetworkConfig, Snapshot, TrainConfig, losses_of
from ann_viz.engine.compiled.choice import EngineChoice, engine_words, obstacle
from ann_viz.engine.compiled.library import missing
from ann_viz.translation import translate
from ann_viz.ui.building.suggestion_mark import SuggestionMark
from ann_viz.ui.kit.controls import Stepper, ToggleSwitch
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.number_controls import NumberField
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import ComboBox

__all__ = ["MoreSettings", "form_row", "labelled_combo"]

LABEL_WIDTH: Final = 94
Change = Callable[..., None]


class MoreSettings(QWidget):
    """Epochs, average, loss, L1, clipping, schedule, momentum, class weights and engine.

    Parameters
    ----------
    change, change_network : callable
        Take changed settings as keywords.
    change_engine : callable
        Takes what to train with.
    complain : callable
        Takes a sentence about a text that is no number.
    """

    def __init__(
        self,
        change: Change,
        change_network: Change,
        change_engine: Callable[[EngineChoice], None],
        complain: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.epochs = NumberField(self.tr("Epochs"), whole=True)
        self.loss = labelled_combo(self.tr("Loss"), {})
        self.l1 = NumberField(self.tr("L1 penalty"))
        self.clip = NumberField(self.tr("Longest gradient"))
        schedules = {schedule.name: schedule.label for schedule in SCHEDULES.values()}
        self.schedule = labelled_combo(self.tr("Learning rate schedule"), schedules)
        self.every = Stepper(self.tr("Epochs between drops"), 1, 10_000)
        self.factor = NumberField(self.tr("Factor of a drop"))
        self.momentum = NumberField(self.tr("Momentum"))
        self.balanced = ToggleSwitch(self.tr("Balanced class weights"))
        self._balanced_note = PlainLabel(role="muted")
        self.average = NumberField(self.tr("Average of the weights over so many epochs"))
        self.marks = (SuggestionMark("epochs"), SuggestionMark("average_epochs"))
        self.engine = labelled_combo(self.tr("Engine"), {"numpy": "NumPy", "auto": "Turbo"})
        self._every_row = _row_widget(form_row(self.tr("Every · Factor"), self.every, self.factor))
        self._momentum_row = _row_widget(form_row(self.tr("Momentum"), self.momentum))
        self._set_tips()
        self._lay_out()
        self._connect(change, change_network, complain)
        self.engine.activated.connect(lambda: change_engine(self.engine.currentData()))

    def _set_tips(self) -> None:
        self.epochs.setToolTip(self.tr("Stop after so many passes over the training rows; 0 means no limit"))
        self.average.setToolTip(
            self.tr(
                "Judge, keep and predict with the average of the weights over about so many epochs; 0 takes them alone"
            )
        )
        self.l1.setToolTip(self.tr("Pushes weak weights to exactly 0; 0 is off"))
        self.clip.setToolTip(self.tr("A gradient longer than this is shortened to it; 0 is off"))
        self.schedule.setToolTip(self.tr("How the learning rate changes as the epochs pass"))
        self.every.setToolTip(self.tr("Epochs between drops, or without improvement before a drop"))
        self.factor.setToolTip(self.tr("What a drop multiplies the learning rate by"))
        self.balanced.setToolTip(self.tr("Weigh every class as if all were equally common"))
        self.loss.setToolTip(
            self.tr("What the network makes as small as it can; another loss starts from fresh weights")
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(form_row(self.tr("Epochs"), self.epochs, mark=self.marks[0]))
        column.addLayout(form_row(self.tr("Average over"), self.average, mark=self.marks[1]))
        column.addLayout(form_row(self.tr("Loss"), self.loss))
        column.addLayout(form_row(self.tr("L1 · Clip norm"), self.l1, self.clip))
        column.addLayout(form_row(self.tr("Schedule"), self.schedule))
        column.addWidget(self._every_row)
        column.addWidget(self._momentum_row)
        column.addLayout(form_row(self.tr("Class weights"), self.balanced, self._balanced_note))
        column.addLayout(form_row(self.tr("Engine"), self.engine))

    def add_row(self, row: QWidget) -> None:
        """Put a row that follows the document by itself below all others."""
        cast(QVBoxLayout, self.layout()).addWidget(row)

    def _connect(self, change: Change, change_network: Change, complain: Callable[[str], None]) -> None:
        self.epochs.entered.connect(lambda number: change(epochs=int(number)))
        self.average.entered.connect(lambda number: change(average_epochs=number))
        self.loss.activated.connect(lambda: change_network(loss=self.loss.currentData()))
        self.l1.entered.connect(lambda number: change(l1=number))
        self.clip.entered.connect(lambda number: change(clip_norm=number or None))
        self.schedule.activated.connect(lambda: change(schedule=self.schedule.currentData()))
        self.every.valueChanged.connect(lambda epochs: change(schedule_epochs=epochs))
        self.factor.entered.connect(lambda number: change(schedule_factor=number))
        self.momentum.entered.connect(lambda number: change(momentum=number))
        self.balanced.toggled.connect(lambda on: change(class_weights="balanced" if on else None))
        for field in (self.epochs, self.average, self.l1, self.clip, self.factor, self.momentum):
            field.rejected.connect(complain)

    def show_settings(self, config: TrainConfig, network: NetworkConfig | None) -> None:
        """Fill every control; rows that have no effect now are hidden or disabled."""
        blockers = [QSignalBlocker(control) for control in (self.schedule, self.every, self.balanced)]
        self.schedule.setCurrentIndex(self.schedule.findData(config.schedule))
        self.every.setValue(config.schedule_epochs)
        self.balanced.setChecked(config.class_weights is not None)
        del blockers
        self.epochs.show_number(config.epochs)
        self.average.show_number(config.average_epochs)
        self.l1.show_number(config.l1)
        self.clip.show_number(config.clip_norm or 0.0)
        self.factor.show_number(config.schedule_factor)
        self.momentum.show_number(config.momentum)
        self._every_row.setVisible(SCHEDULES[config.schedule].drops)
        self._momentum_row.setVisible(OPTIMIZERS[config.optimizer].uses_momentum)
        self._balanced_note.setText(self.tr("as in the data") if config.class_weights is None else self.tr("balanced"))
        self._show_loss(network)
        self.balanced.setEnabled(network is None or network.task != "regression")

    def show_engine(self, snapshot: Snapshot | None) -> None:
        """Show what trains the present run; where Turbo can't, there is nothing to choose, and the tip says why."""
        reason = missing() if snapshot is None else obstacle(snapshot.config, "auto")
        engine = "numpy" if snapshot is None else snapshot.engine
        self.engine.setCurrentIndex(self.engine.findData("numpy" if engine == "numpy" else "auto"))
        self.engine.setEnabled(snapshot is not None and not (reason and engine == "numpy"))
        tip = self.tr("{engine} trains this run. Turbo is compiled and many times quicker; another engine starts anew")
        if reason:
            tip = self.tr("{engine} trains this run. There is no Turbo here: {reason}")
        self.engine.setToolTip(plain_tip(tip.format(engine=engine_words(engine), reason=reason)))

    def _show_loss(self, network: NetworkConfig | None) -> None:
        losses = losses_of(network.task) if network is not None else ()
        with QSignalBlocker(self.loss):
            self.loss.clear()
            for loss in losses:
                self.loss.addItem(translate(loss.label), loss.name)
            if network is not None:
                self.loss.setCurrentIndex(self.loss.findData(network.loss_name))
        self.loss.setEnabled(len(losses) > 1)


def form_row(caption: str, *fields: QWidget, mark: QWidget | None = None) -> QHBoxLayout:
    """Lay a caption before fields that share the rest of the width, and perhaps a mark behind them."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    label = PlainLabel(caption, role="label")
    label.setFixedSize(LABEL_WIDTH - 6, 28)
    label.setBuddy(fields[0])
    row.addWidget(label)
    stretches = not all(isinstance(field, ToggleSwitch | QLabel | Stepper) for field in fields)
    for field in fields:
        row.addWidget(field, 0 if isinstance(field, ToggleSwitch | QLabel) else 1)
    if not stretches:
        row.addStretch()
    if mark is not None:
        row.addWidget(mark)
    return row


def _row_widget(row: QHBoxLayout) -> QWidget:
    """Make a row that can be hidden."""
    widget = QWidget()
    widget.setLayout(row)
    return widget


def labelled_combo(name: str, items: dict[Any, str]) -> QComboBox:
    """Make a combo box of values and their texts that may become narrower than its longest text."""
    combo = ComboBox()
    combo.setAccessibleName(name)
    combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    combo.setMinimumWidth(60)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for value, text in items.items():
        combo.addItem(translate(text), value)
    return combo
