"""The settings of one column: what it is and why, how it is treated, scaled and filled, and which inputs it becomes."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from ann_viz.data import Column
from ann_viz.data.columns.kinds import treatments
from ann_viz.data.encoding.date_parts import chosen_parts, default_parts, possible_parts
from ann_viz.data.encoding.features import input_labels
from ann_viz.data.encoding.recipe import Plan, Scaling
from ann_viz.numerals import count
from ann_viz.session.importing.sentences import KIND_LABELS, column_facts
from ann_viz.translation import translatable, translate
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.popover import Popover, choice_box

__all__ = ["ColumnSettings"]

WIDTH: Final = 340
SCALINGS: Final = (
    (translatable("Standardise, draw far values in"), "tails"),
    (translatable("Standardise, keep within ±3"), "soft"),
    (translatable("Standardise (mean 0, spread 1)"), "standard"),
    (translatable("Between 0 and 1"), "minmax"),
    (translatable("Robust (median and quartiles)"), "robust"),
    (translatable("Logarithm, then standardise"), "log"),
)
OWN: Final = "="
NUMBER_FILLS: Final = (
    (translatable("As for all columns"), None),
    (translatable("Median"), "median"),
    (translatable("Mean"), "mean"),
    (translatable("Most frequent"), "most frequent"),
    (translatable("Zero"), "zero"),
    (translatable("Own value …"), OWN),
)
CATEGORY_FILLS: Final = (
    (translatable("As for all columns"), None),
    (translatable("Most frequent"), "most frequent"),
    (translatable("Own value …"), OWN),
)
TEXTS: Final = (
    (translatable("Ignored"), "ignore"),
    (translatable("Its length"), "length"),
    (translatable("Its number of words"), "words"),
)
PARTS: Final = (
    (translatable("Year"), "year"),
    (translatable("Month"), "month"),
    (translatable("Weekday"), "weekday"),
    (translatable("Hour"), "hour"),
    (translatable("Days since the first"), "days"),
)
SHOWN_INPUTS: Final = 4


class ColumnSettings(Popover):
    """The settings of one column; every change acts at once.

    ``plan_changed`` carries the column's name and its new plan.

    Parameters
    ----------
    column : Column
        Which.
    plan : Plan
        How it is treated.
    usual : str
        How numbers are scaled whose plan does not say.
    parent : QWidget
    """

    plan_changed = Signal(str, object)

    def __init__(self, column: Column, plan: Plan, usual: Scaling, parent: QWidget) -> None:
        heading = translate("Settings of {name}")
        super().__init__(heading.format(name=column.name), WIDTH, parent)
        self._column = column
        self._plan = plan
        self._usual = usual
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, 78)
        self._grid.setColumnStretch(1, 1)
        self._rows: dict[str, tuple[QWidget, QWidget]] = {}
        self._add_head()
        self._add_rows()
        self.column.addLayout(self._grid)
        self.flag = QCheckBox(self.tr("Add an input for “was missing”"))
        self.flag.toggled.connect(lambda on: self._change(flag_missing=on))
        self.column.addWidget(self.flag)
        self._add_foot()
        self._show()

    def _add_head(self) -> None:
        name = PlainLabel(self._column.name, role="strong", wrap=True)
        self.column.addWidget(name)
        self.column.addWidget(PlainLabel(column_facts(self._column), role="muted", wrap=True))
        if self._column.reason:
            reason = self.tr("Starts as ignored: {reason}").format(reason=self._column.reason)
            self.column.addWidget(PlainLabel(reason, role="muted", wrap=True))

    def _add_rows(self) -> None:
        found = self.tr("As found: {kind}").format(kind=translate(KIND_LABELS[self._column.kind]))
        kinds: list[tuple[str, object]] = [(found, None)]
        kinds += [(translate(KIND_LABELS[kind]).capitalize(), kind) for kind in treatments(self._column)]
        self.treat = self._add_box(translatable("Treat as"), kinds, "treat")
        self.scaling = self._add_box(translatable("Scaling"), SCALINGS, "scaling")
        self.text_as = self._add_box(translatable("Use of text"), TEXTS, "text_as")
        self.parts: dict[str, QCheckBox] = {}
        self._add(translatable("Date parts"), self._part_boxes())
        self.fill = choice_box(self.tr("Missing values of this column"), NUMBER_FILLS)
        self.fill.activated.connect(lambda _: self._on_fill())
        self.own = QLineEdit()
        self.own.setProperty("small", True)
        self.own.setAccessibleName(self.tr("Own value for missing cells"))
        self.own.setPlaceholderText(self.tr("value for missing cells"))
        self.own.editingFinished.connect(self._on_fill)
        self._add(translatable("Missing"), self.fill)
        self._add("", self.own)

    def _add(self, name: str, widget: QWidget) -> None:
        row = self._grid.rowCount()
        text = PlainLabel(translate(name), role="label")
        self._rows[name] = (text, widget)
        self._grid.addWidget(text, row, 0, Qt.AlignmentFlag.AlignTop if name == "Date parts" else Qt.AlignmentFlag(0))
        self._grid.addWidget(widget, row, 1)

    def _add_box(self, name: str, choices: Any, field: str) -> QComboBox:
        box = choice_box(translate(name), choices)
        box.activated.connect(lambda _: self._change(**{field: box.currentData()}))
        self._add(name, box)
        return box

    def _part_boxes(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        possible = possible_parts(self._column.form, self._column.has_time)
        for place, (text, part) in enumerate((text, part) for text, part in PARTS if part in possible):
            box = QCheckBox(translate(text))
            box.toggled.connect(lambda _: self._on_parts())
            self.parts[part] = box
            grid.addWidget(box, place // 2, place % 2)
        return page

    def _add_foot(self) -> None:
        self.becomes = PlainLabel(role="muted", wrap=True)
        self.reset = QPushButton(self.tr("Reset"))
        self.reset.setProperty("kind", "link")
        self.reset.setProperty("small", True)
        self.reset.setAccessibleName(self.tr("Reset the settings of this column"))
        self.reset.clicked.connect(self._on_reset)
        row = QHBoxLayout()
        row.addWidget(self.becomes, 1)
        row.addWidget(self.reset)
        self.column.addLayout(row)

    @property
    def kind(self) -> str:
        """What the values are taken for."""
        return self._plan.treat or ("number" if self._is_counting() else self._column.kind)

    def _is_counting(self) -> bool:
        return self._column.kind == "identifier" and math.isfinite(self._column.minimum)

    def _show(self) -> None:
        """Show the plan, and only what applies to this kind of column."""
        plan, kind = self._plan, self.kind
        numeric = kind in {"number", "date"}
        fills = NUMBER_FILLS if kind == "number" else CATEGORY_FILLS
        own = plan.fill is not None and plan.fill.startswith(OWN)
        blockers = [QSignalBlocker(widget) for widget in (self.flag, self.fill, self.own, *self.parts.values())]
        if [self.fill.itemData(place) for place in range(self.fill.count())] != [value for _, value in fills]:
            self.fill.clear()
            for text, value in fills:
                self.fill.addItem(text, value)
        _choose(self.treat, plan.treat)
        _choose(self.scaling, plan.scaling or (self._usual if kind == "number" else "standard"))
        _choose(self.text_as, plan.text_as)
        if own or self.fill.currentData() != OWN:
            _choose(self.fill, OWN if own else plan.fill)
        if plan.fill is not None and own:
            self.own.setText(plan.fill[1:])
        chosen = chosen_parts(plan.date_parts, self._column.form, self._column.has_time)
        for part, box in self.parts.items():
            box.setChecked(part in chosen)
        self.flag.setChecked(plan.flag_missing)
        del blockers
        usable = bool(treatments(self._column))
        fillable = usable and kind in {"number", "category", "yes_no"}
        for name, shown in (
            ("Treat as", usable),
            ("Scaling", numeric),
            ("Use of text", kind == "text"),
            ("Date parts", kind == "date"),
            ("Missing", fillable),
            ("", fillable and self.fill.currentData() == OWN),
        ):
            for widget in self._rows[name]:
                widget.setVisible(shown)
        self.flag.setVisible(usable and kind != "text")
        self._show_inputs()
        self.adjustSize()

    def _show_inputs(self) -> None:
        names = input_labels(self._column, self._plan)
        shown = ", ".join(names[:SHOWN_INPUTS]) + (" …" if len(names) > SHOWN_INPUTS else "")
        self.becomes.setText(
            self.tr("Becomes {inputs}: {names}").format(inputs=count(len(names), "input"), names=shown)
            if names
            else self.tr("Becomes no input.")
        )
        self.reset.setVisible(self._plan != Plan())

    def _change(self, **fields: Any) -> None:
        plan = replace(self._plan, **fields)
        if plan == self._plan:
            return
        self._plan = plan
        self._show()
        self.plan_changed.emit(self._column.name, plan)

    def _on_fill(self) -> None:
        value = self.fill.currentData()
        if value != OWN:
            self._change(fill=value)
        elif self.own.text().strip():
            self._change(fill=OWN + self.own.text().strip())
        self._show()

    def _on_parts(self) -> None:
        chosen = tuple(part for part, box in self.parts.items() if box.isChecked())
        usual = default_parts(self._column.form, self._column.has_time)
        self._change(date_parts=None if chosen in ((), usual) else chosen)
        self._show()

    def _on_reset(self) -> None:
        with QSignalBlocker(self.fill):
            self.fill.setCurrentIndex(0)
        self.own.clear()
        self._change(**{field: getattr(Plan(), field) for field in Plan.__dataclass_fields__})


def _choose(box: QComboBox, value: object) -> None:
    # findData compares through QVariant, where None and "" are one; the choices are few, so ask Python.
    places = [place for place in range(box.count()) if box.itemData(place) == value]
    with QSignalBlocker(box):
        box.setCurrentIndex(places[0] if places else 0)
