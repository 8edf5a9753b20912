"""Customers to learn from, and what a user does to the controls of the Build column."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from ann_viz.ui.building.data_card import DataCard


def write_customers(path: Path) -> Path:
    """Write customers whose leaving follows from age and land; the number and the name say nothing."""
    rng = np.random.default_rng(5)
    lines = ["RowNumber,Name,Age,Land,Active,Salary,Exited"]
    for row in range(1, 201):
        age, land = rng.integers(18, 80), rng.choice(["France", "Spain", "Germany"])
        active, leaves = rng.integers(0, 2), int(age + 20 * (land == "Germany") > 60)
        lines.append(f"{row},client no {row * 7919 % 10007},{age},{land},{active},{rng.random() * 1e5:.2f},{leaves}")
    path.write_text("\n".join(lines) + "\n")
    return path


def names(view) -> list[str]:
    return [row.name for row in view.columns.rows]


def click_row(qtbot, view, name: str) -> None:
    index = view.columns.index(names(view).index(name))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    settle(qtbot, view)


def settle(qtbot, widget: QWidget) -> None:
    """Wait until the data card has worked out a change."""
    card = widget.window().findChild(DataCard)
    qtbot.waitUntil(lambda: not card.busy)


def type_into(qtbot, field: QWidget, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def pick(combo: QComboBox, text: str) -> None:
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())
