"""Whatever the keyboard reaches has a name that a screen reader can say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QWidget
from spoken_names import name_of

from ann_viz.scene import Connection, Neuron
from ann_viz.session.samples import samples

if TYPE_CHECKING:
    from ann_viz.ui.importing.dialog import ImportDialog
    from ann_viz.ui.window.main_window import MainWindow


def nameless(window: QWidget) -> list[str]:
    """The visible controls that Tab reaches and that say nothing."""
    found = []
    for widget in window.findChildren(QWidget):
        reached = widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not reached or isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox):  # they speak for it
            continue
        if not name_of(widget):
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}")
    return found


def test_every_control_of_the_window_has_a_name(window: MainWindow) -> None:
    """Empty, with data, with a neuron and a connection selected, and with the network as text."""
    assert nameless(window) == []
    window.open_sample(next(sample for sample in samples() if "bank" in sample.file))
    for mark in (None, Neuron(0, 1), Neuron(1, 2), Connection(0, 1, 1)):
        window.view.select(mark)
        assert nameless(window) == []
    window.side_windows.toggle_network_text()
    assert nameless(window) == []


def test_every_control_of_the_compact_window_has_a_name(window: MainWindow) -> None:
    """The small window's own controls too."""
    window.resize(1100, 700)
    window.open_sample(next(sample for sample in samples() if "bank" in sample.file))
    assert nameless(window) == []


def test_every_control_of_the_import_has_a_name(
    open_dialog: Callable[..., ImportDialog], customers: Callable[..., Path], tmp_path: Path
) -> None:
    """Reading options, roles, notices and the split."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", broken=(7,)))
    assert nameless(dialog) == []
    roles = [name_of(box) for box in dialog.findChildren(QComboBox) if name_of(box).startswith("Role of")]
    assert roles[:2] == ["Role of CustomerId", "Role of Country"]


def test_every_control_of_the_other_windows_has_a_name(window: MainWindow) -> None:
    """Rows, glossary, command palette and the sheet of shortcuts."""
    window.open_sample(next(sample for sample in samples() if "xor" in sample.file))
    for command in ("show_rows", "glossary", "palette", "shortcuts"):
        before = set(QApplication.topLevelWidgets())
        window.actions_by_id[command].trigger()
        opened = [each for each in QApplication.topLevelWidgets() if each not in before and each.isVisible()]
        assert opened, command
        assert [name for each in opened for name in nameless(each)] == [], command
        for each in opened:
            each.close()
