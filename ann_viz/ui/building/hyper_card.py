"""The Hyperparameters card: how the network learns. Every change takes effect at the next step, also while training.

The seed and the loss belong to the network: changing one of them starts again from fresh weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from ann_viz.engine import OPTIMIZERS, TrainConfig
from ann_viz.errors import AnnVizError
from ann_viz.numerals import format_number
from ann_viz.session.samples import is_sample
from ann_viz.session.suggested_reasons import is_at_defaults, reasons
from ann_viz.translation import translate
from ann_viz.ui.building.accuracy_row import AccuracyRow
from ann_viz.ui.building.hyper_more import MoreSettings, form_row, labelled_combo
from ann_viz.ui.building.suggestion_mark import SuggestionMark
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.controls import Expander, IconButton, Stepper, ToggleSwitch
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.late import LatePage
from ann_viz.ui.kit.number_controls import LogSlider, NumberField

if TYPE_CHECKING:
    from ann_viz.ui.building.rate_popover import RatePopover

__all__ = ["HyperCard"]

BATCH_SIZES: Final = (1, 8, 16, 32, 64, 128, 256, 512)
FIRST_PATIENCE: Final = 20


class HyperCard(Card):
    """Training settings of the document.

    Parameters
    ----------
    bridge : Bridge
        Gives the document, and takes the changes.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("sliders-horizontal", translate("Hyperparameters"), parent)
        self.setObjectName("hyperCard")
        self._bridge = bridge
        self.optimizer = labelled_combo(self.tr("Optimizer"), {rule.name: rule.label for rule in OPTIMIZERS.values()})
        self.rate = LogSlider(self.tr("Learning rate"), -5, 0)
        self.rate_field = NumberField(self.tr("Learning rate"))
        self.rate_field.setProperty("small", True)
        self.rate_field.setFixedWidth(56)
        self.finder = IconButton("gauge", self.tr("Find a learning rate: try all on a copy of the network"))
        self.finder.setObjectName("rateFinder")
        self.batch = labelled_combo(
            self.tr("Batch size"), {size: f"{size}" for size in BATCH_SIZES} | {0: self.tr("All")}
        )
        self.seed = NumberField(self.tr("Seed of the starting weights"), whole=True)
        self.dice = IconButton("dices", self.tr("New start: draw another seed"), parent=self.seed)
        self.l2 = NumberField(self.tr("L2 penalty"))
        self.dropout = NumberField(self.tr("Dropout"), percent=True)
        self.stopping = ToggleSwitch(self.tr("Early stopping"))
        named = {
            "optimizer": self.optimizer, "learningRate": self.rate, "batchSize": self.batch, "l2": self.l2,
            "dropout": self.dropout, "earlyStopping": self.stopping,
        }  # fmt: skip
        for name, widget in named.items():  # the glossary points at them
            widget.setObjectName(name)
        self.patience = Stepper(self.tr("Patience in epochs"), 1, 10_000)
        self.stopping_note = PlainLabel(self.tr("off"), role="muted")
        self.chosen = PlainLabel(self.tr("Chosen for this data."), role="muted")
        self.suggest = QPushButton()
        self.suggest.setProperty("kind", "link")
        self.suggest.setProperty("small", True)
        self.expander = Expander(self.tr("More settings"))
        self._more = LatePage(self._make_more)
        self.accuracy: AccuracyRow | None = None  # with what a first run does not need
        self._set_up()
        self._lay_out()
        self._connect()
        self._on_settings_changed()

    def _set_up(self) -> None:
        self.dropout.setToolTip(self.tr("Share of hidden neurons switched off at random in each step"))
        for field in (self.l2, self.dropout):  # a penalty of many rows is small, and has many digits
            field.setProperty("small", True)
        self.dropout.setFixedWidth(46)
        self.l2.setToolTip(self.tr("Pulls every weight towards 0; 0 is off"))
        self.stopping.setToolTip(
            self.tr("Stop when the validation loss no longer improves, and take back the best weights")
        )
        self.patience.setToolTip(self.tr("Epochs without improvement before it stops"))
        inside = QHBoxLayout(self.seed)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addStretch()
        inside.addWidget(self.dice)
        self.seed.setTextMargins(0, 0, 22, 0)

    def _lay_out(self) -> None:
        self.header.addWidget(self.finder)
        self.body.setSpacing(4)
        stopping = (self.stopping, self.stopping_note, self.patience)
        rows: tuple[tuple[str, tuple[QWidget, ...], tuple[str, ...]], ...] = (
            (self.tr("Optimizer"), (self.optimizer,), ("optimizer",)),
            (self.tr("Learning rate"), (self.rate, self.rate_field), ("learning_rate",)),
            (self.tr("Batch · Seed"), (self.batch, self.seed), ("batch_size",)),
            (self.tr("L2 · Dropout"), (self.l2, self.dropout), ("l2", "dropout")),
            (self.tr("Early stopping"), stopping, ("patience",)),
        )
        self.marks = tuple(SuggestionMark(*settings) for _, _, settings in rows)
        for (caption, fields, _), mark in zip(rows, self.marks, strict=True):
            self.body.addLayout(form_row(caption, *fields, mark=mark))
        self.body.addWidget(self.expander)
        self.body.addWidget(self._more)
        self.body.addWidget(self.chosen)
        self.body.addWidget(self.suggest)
        self._more.hide()

    def _connect(self) -> None:
        self.optimizer.activated.connect(lambda: self.change(optimizer=self.optimizer.currentData()))
        self.rate.value_dragged.connect(lambda number: self.change(learning_rate=number))
        self.rate_field.entered.connect(lambda number: self.change(learning_rate=number))
        self.batch.activated.connect(lambda: self.change(batch_size=self.batch.currentData()))
        self.seed.entered.connect(lambda number: self.change_network(seed=int(number)))
        self.dice.clicked.connect(self._on_dice)
        self.l2.entered.connect(lambda number: self.change(l2=number))
        self.dropout.entered.connect(lambda number: self.change(dropout=number))
        self.stopping.toggled.connect(lambda on: self.change(patience=FIRST_PATIENCE if on else None))
        self.patience.valueChanged.connect(lambda epochs: self.change(patience=epochs))
        self.expander.toggled.connect(self._more.setVisible)
        for field in (self.rate_field, self.seed, self.l2, self.dropout):
            field.rejected.connect(self.show_problem)
        self.suggest.clicked.connect(self._bridge.back_to_defaults)
        self.finder.clicked.connect(self.find_rate)
        self._bridge.dataset_changed.connect(self._on_settings_changed)
        self._bridge.settings_changed.connect(self._on_settings_changed)

    def _make_more(self) -> MoreSettings:
        more = MoreSettings(self.change, self.change_network, self._bridge.set_engine, self.show_problem)
        self.accuracy = AccuracyRow(self._bridge, self.show_problem)
        more.add_row(self.accuracy)
        self._show_more(more)
        return more

    def stop(self) -> None:
        """End what goes on in a thread."""
        if self.accuracy is not None:
            self.accuracy.stop()

    @property
    def more(self) -> MoreSettings:
        """What a first run does not need."""
        return self._more.page

    def find_rate(self) -> RatePopover:
        """Try learning rates on a copy of the network, and let one be chosen."""
        from ann_viz.ui.building.rate_popover import RatePopover

        popover = RatePopover(self._bridge, self.window())
        popover.open_beside(self.rate)
        popover.begin()
        return popover

    def show_training(self, config: TrainConfig) -> None:
        """Fill every control with `config`."""
        controls = (self.optimizer, self.batch, self.stopping, self.patience)
        blockers = [QSignalBlocker(control) for control in controls]
        _choose(self.optimizer, config.optimizer)
        if self.batch.findData(config.batch_size) < 0:
            self.batch.addItem(format_number(config.batch_size), config.batch_size)
        _choose(self.batch, config.batch_size)
        self.stopping.setChecked(config.patience is not None)
        self.patience.setValue(config.patience or FIRST_PATIENCE)
        del blockers
        self.rate.show_number(config.learning_rate)
        self.rate_field.show_number(config.learning_rate)
        self.l2.show_number(config.l2)
        self.dropout.show_number(config.dropout)
        self.patience.setVisible(config.patience is not None)
        self.stopping_note.setVisible(config.patience is None)

    def change(self, **changes: Any) -> None:
        """Ask for other training settings; a value out of range turns into the red line."""
        try:
            self._bridge.set_training(**changes)
        except AnnVizError as error:
            self._on_settings_changed()
            self.show_problem(str(error))

    def change_network(self, **changes: Any) -> None:
        """Ask for another seed or loss, which starts again from fresh weights."""
        try:
            self._bridge.set_network(**changes)
        except AnnVizError as error:
            self._on_settings_changed()
            self.show_problem(str(error))

    def _on_dice(self) -> None:
        try:
            self._bridge.new_start()
        except AnnVizError as error:
            self.show_problem(str(error))

    def _show_suggestion(self) -> None:
        """Mark what was chosen for the data, and offer to go back to it where something else stands."""
        document = self._bridge.document
        dataset, told, all_same = document.dataset, reasons(document), is_at_defaults(document)
        own = dataset is not None and not is_sample(dataset)
        for mark in self.marks:
            mark.keep_room(own)  # settings of a sample are never marked
            mark.show_reasons(told)
        self.chosen.setVisible(own and all_same)
        self.suggest.setText(
            self.tr("Use the suggestion again") if own else self.tr("Use the settings of the sample again")
        )
        self.suggest.setToolTip(
            self.tr("Back to defaults: starts anew with what was chosen for this data and size of network")
        )
        self.suggest.setVisible(dataset is not None and not all_same)

    def _show_more(self, more: MoreSettings) -> None:
        document = self._bridge.document
        more.show_settings(document.train_config, document.network_config)
        more.show_engine(document.newest)
        for mark in more.marks:
            mark.keep_room(document.dataset is not None and not is_sample(document.dataset))
            mark.show_reasons(reasons(document))

    def _on_settings_changed(self) -> None:
        document = self._bridge.document
        network = document.network_config
        self.show_problem("")
        self.show_training(document.train_config)
        if self._more.is_made or document.accuracy:  # a project may want what is trained from there
            self._show_more(self.more)
        self._show_suggestion()
        self.seed.setEnabled(network is not None)
        if network is None:
            self.seed.clear()
        else:
            self.seed.show_number(network.seed)


def _choose(combo: QComboBox, value: object) -> None:
    combo.setCurrentIndex(combo.findData(value))
