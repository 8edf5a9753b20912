"""The settings of a column: what can be chosen, what it leads to, and how the header and the footer follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox

from ann_viz.data import Encoder, Recipe, Table
from ann_viz.data.encoding.features import input_labels
from ann_viz.data.encoding.recipe import Plan
from ann_viz.numerals import count
from ann_viz.ui.importing.column_settings import ColumnSettings
from ann_viz.ui.importing.dialog import ImportDialog

Open = Callable[..., ImportDialog]
ROWS = "".join(
    f"{20 + n * 7 % 50},{('red', 'green', 'blue')[n % 3]},2024-0{1 + n % 9}-1{n % 9},"
    f"{2015 + n % 10}-0{1 + n % 9},{n % 24:02}:{n % 60:02},some words about row {n} of this file,{n % 2}\n"
    for n in range(90)
)


@pytest.fixture
def settings(open_dialog: Open, tmp_path: Path) -> Callable[[str], tuple[ImportDialog, ColumnSettings]]:
    """Return a function that opens the settings of a column of a small file."""
    path = tmp_path / "kinds.csv"
    path.write_text(f"age,colour,day,period,clock,note,y\n{ROWS}", encoding="utf-8")

    def open_one(name: str) -> tuple[ImportDialog, ColumnSettings]:
        dialog = open_dialog(path)
        rows = dialog.page.table.rows
        names = [rows.column(place).name for place in range(rows.columnCount())]
        dialog.page.table.roles.settings_asked.emit(names.index(name))
        (popover,) = dialog.findChildren(ColumnSettings)
        return dialog, popover

    return open_one


Settings = Callable[[str], tuple[ImportDialog, ColumnSettings]]


def choose(box: QComboBox, value: object) -> None:
    """Choose an entry as a user does."""
    place = next(place for place in range(box.count()) if box.itemData(place) == value)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def inputs_of(table: Table, recipe: Recipe, column: str) -> tuple[str, ...]:
    """What the encoder makes of a column."""
    encoder = Encoder.fit(table, recipe, np.arange(table.n_rows))
    (group,) = [group for group in encoder.groups if group.column == column]
    return encoder.input_names[group.start : group.stop]


def test_a_number_can_be_scaled_and_filled(settings: Settings) -> None:
    """Scaling, filling with an own value and "was missing" make the plan; Reset takes it away."""
    dialog, popover = settings("age")
    assert popover.scaling.isVisible()
    assert not popover.text_as.isVisible()
    choose(popover.scaling, "log")
    choose(popover.fill, "=")
    assert popover.own.isVisible()
    popover.own.setText("33")
    popover.own.editingFinished.emit()
    popover.flag.setChecked(True)
    choices = dialog.choices
    assert choices is not None
    assert choices.plan("age") == Plan(scaling="log", fill="=33", flag_missing=True)
    assert "Becomes 2 inputs" in popover.becomes.text()
    assert dict(choices.recipe().plans) == {"age": Plan(scaling="log", fill="=33", flag_missing=True)}
    popover.reset.click()
    assert choices.plan("age") == Plan()
    assert not popover.reset.isVisible()
    popover.close()


def test_a_number_treated_as_a_category_becomes_many_inputs(settings: Settings) -> None:
    """The footer counts the inputs anew, and the header shows the other icon."""
    dialog, popover = settings("age")
    before = dialog.page.footer.summary.text()
    choose(popover.treat, "category")
    assert dialog.page.footer.summary.text() != before
    assert dialog.page.table.rows.kind(0) == "category"
    assert not popover.scaling.isVisible()
    assert not popover.grab().isNull()
    popover.close()


def test_parts_of_a_date_are_chosen(settings: Settings) -> None:
    """Ticks give the parts; the usual ones are no plan at all, and the last one stays."""
    dialog, popover = settings("day")
    choices = dialog.choices
    assert choices is not None
    assert "hour" not in popover.parts
    popover.parts["year"].setChecked(False)
    assert choices.plan("day").date_parts == ("month", "weekday")
    popover.parts["year"].setChecked(True)
    assert choices.plan("day") == Plan()
    for part in ("year", "month", "weekday"):
        popover.parts[part].setChecked(False)
    assert choices.plan("day") == Plan()
    popover.close()


@pytest.mark.parametrize(
    ("column", "untick", "becomes"),
    [
        ("day", "", ("year", "month sin", "month cos", "weekday sin", "weekday cos")),
        ("day", "month", ("year", "weekday sin", "weekday cos")),
        ("period", "", ("year", "month sin", "month cos")),
        ("period", "month", ("period year",)),
        ("period", "year", ("month sin", "month cos")),
        ("clock", "", ("hour sin", "hour cos")),
        ("clock", "hour", ("hour sin", "hour cos")),
    ],
)
def test_a_date_has_only_parts_that_it_tells(
    settings: Settings, column: str, untick: str, becomes: tuple[str, ...]
) -> None:
    """A month such as 2024-03 has no weekday: ticks, sentence and inputs of the network agree."""
    dialog, popover = settings(column)
    if untick:
        popover.parts[untick].setChecked(False)
    choices = dialog.choices
    assert choices is not None
    assert inputs_of(choices.table, choices.recipe(), column) == becomes
    ticked = [part for part, box in popover.parts.items() if box.isChecked()]
    assert ticked == list(dict.fromkeys(name.removeprefix(f"{column} ").split()[0] for name in becomes))
    assert popover.becomes.text().startswith(f"Becomes {count(len(becomes), 'input')}: {becomes[0]}")
    popover.close()


def test_parts_that_dates_do_not_have_are_not_offered(settings: Settings) -> None:
    """Nor used, where a plan made for another file asks for them."""
    dialog, popover = settings("period")
    assert list(popover.parts) == ["year", "month", "days"]
    popover.close()
    choices = dialog.choices
    assert choices is not None
    recipe = choices.recipe().with_plan("period", Plan(date_parts=("weekday", "month")))
    assert inputs_of(choices.table, recipe, "period") == ("month sin", "month cos")
    assert input_labels(choices.column("period"), recipe.plan("period")) == ("month sin", "month cos")


def test_the_length_of_a_text_makes_it_an_input(settings: Settings) -> None:
    """Free text starts as ignored; asking for its length uses it."""
    dialog, popover = settings("note")
    assert dialog.page.heading.chips["ignore"].text() == "1 ignored"
    choose(popover.text_as, "length")
    assert dialog.page.heading.chips["ignore"].text() == "0 ignored"
    assert dialog.choices is not None
    assert dict(dialog.choices.recipe().plans) == {"note": Plan(text_as="length")}
    popover.close()


def test_a_plan_survives_another_reading(settings: Settings, settle: Callable[[ImportDialog], None]) -> None:
    """Reading with another list of missing words keeps what was set for a column."""
    dialog, popover = settings("age")
    choose(popover.scaling, "robust")
    popover.close()
    dialog.page.options.changed.emit("missing", ("", "blue"))
    settle(dialog)
    assert dialog.choices is not None
    assert dialog.choices.plan("age") == Plan(scaling="robust")
