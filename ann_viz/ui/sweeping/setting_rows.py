"""The settings of a sweep's form: each with a tick, what stands of it, and what is to be tried."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.engine import NetworkConfig, TrainConfig
from ann_viz.scene.parallel_axes import log_ticks
from ann_viz.session.sweeping.plan import Domain, Search, Span
from ann_viz.session.sweeping.settings import SETTINGS
from ann_viz.session.sweeping.spaces import CHOICES, RATE_LIMITS
from ann_viz.translation import translate
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_caption
from ann_viz.ui.sweeping.rate_range import RateRange
from ann_viz.ui.sweeping.value_chips import ValueChips

__all__ = ["ROWS", "RangeRow", "SettingRow", "setting_row"]

RATE: Final = "learning_rate"
ROWS: Final = (RATE, "hidden", "l2", "batch_size", "dropout", "activation", "optimizer")
"""Settings that the form offers, in its order."""


class SettingRow(QWidget):
    """One setting with its values.

    Parameters
    ----------
    name : str
        Of `SETTINGS`.
    """

    changed = Signal()
    rejected = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setting = SETTINGS[name]
        self._current = ""
        self.tick = QCheckBox(plain_caption(translate(self.setting.title)))
        self.summary = PlainLabel(role="muted")
        head = QHBoxLayout()
        head.addWidget(self.tick)
        head.addStretch()
        head.addWidget(self.summary)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addLayout(head)
        self._what = self._make()
        self._column.addWidget(self._what)
        self.tick.toggled.connect(self._on_ticked)
        self._show()

    def _make(self) -> QWidget:
        """Make the control below the tick."""
        self.chips = ValueChips(self.setting, CHOICES[self.name])
        self.chips.changed.connect(self._on_changed)
        self.chips.rejected.connect(self.rejected)
        return self.chips

    @property
    def is_ticked(self) -> bool:
        """Whether it is varied."""
        return self.tick.isChecked()

    def domain(self, search: Search) -> Domain:
        """Return what is tried of it."""
        return self.chips.values

    def show_current(self, network: NetworkConfig, training: TrainConfig) -> None:
        """Say what stands where it is not varied."""
        self._current = self.setting.write(self.setting.current((network, training)))
        self._show()

    def show_domain(self, domain: Domain | None) -> None:
        """Show what is tried; None is nothing."""
        self.tick.blockSignals(True)
        self.tick.setChecked(domain is not None)
        self.tick.blockSignals(False)
        if domain is not None:
            self._show_values(domain)
        self._show()

    def _show_values(self, domain: Domain) -> None:
        if not isinstance(domain, Span):
            self.chips.show_values(domain)

    def _on_ticked(self) -> None:
        self._on_changed()

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._what.setVisible(self.is_ticked)
        self.summary.setText("" if self.is_ticked else self._current)


class RangeRow(SettingRow):
    """The learning rate with its range."""

    def _make(self) -> QWidget:
        self.range = RateRange(translate(self.setting.title), *RATE_LIMITS)
        self.range.changed.connect(self._on_changed)
        return self.range

    def domain(self, search: Search) -> Domain:
        """Return the range, or of all combinations a few rates within it."""
        low, high = self.range.numbers
        return tuple(log_ticks(low, high)) if search == "grid" else Span(low, high)

    def _show_values(self, domain: Domain) -> None:
        if isinstance(domain, Span):
            self.range.show_numbers(domain.low, domain.high)
        else:
            rates = [value for value in domain if isinstance(value, int | float)]
            self.range.show_numbers(min(rates), max(rates))

    def _show(self) -> None:
        super()._show()
        if self.is_ticked:
            self.summary.setText(" – ".join(self.setting.write(number) for number in self.range.numbers))


def setting_row(name: str) -> SettingRow:
    """Return the row of a setting."""
    return (RangeRow if name == RATE else SettingRow)(name)
