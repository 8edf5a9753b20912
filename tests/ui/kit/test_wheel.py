"""The wheel scrolls: it changes a value only where that has the focus. Nor do keys choose from a list nobody sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QSlider, QSpinBox, QTabBar, QWidget

import ann_viz.ui
from ann_viz.session.samples import samples
from ann_viz.ui.kit.wheel import ComboBox, DoubleSpinBox, Slider, SpinBox, TabBar

if TYPE_CHECKING:
    from ann_viz.ui.importing.dialog import ImportDialog
    from ann_viz.ui.window.main_window import MainWindow

CODE = Path(ann_viz.ui.__file__).parent
KINDS = (QComboBox, QAbstractSpinBox, QSlider, QTabBar)
PLAIN = re.compile(r"(?<!class )(?<!\w)Q(ComboBox|SpinBox|DoubleSpinBox|Slider|TabBar)\(")


def turn(control: QWidget) -> None:
    """Turn the wheel over the middle of a control, one notch down and two up."""
    middle = QPointF(control.rect().center())
    for notch in (-120, 120, 120):
        event = QWheelEvent(
            middle, control.mapToGlobal(middle), QPoint(), QPoint(0, notch), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(control, event)


def value_of(control: QWidget) -> object:
    if isinstance(control, (QComboBox, QTabBar)):
        return control.currentIndex()
    return control.text() if isinstance(control, QAbstractSpinBox) else control.value()


def controls_of(root: QWidget) -> list[QWidget]:
    return [each for kind in KINDS for each in root.findChildren(kind) if each.isVisible() and each.isEnabled()]


def assert_nothing_turns(root: QWidget, least: int) -> None:
    found = controls_of(root)
    assert len(found) >= least
    for control in found:
        before = value_of(control)
        turn(control)
        assert value_of(control) == before, (
            f"{type(control).__name__} {control.accessibleName() or control.objectName()}"
        )
        assert not control.hasFocus()


def test_nothing_in_the_window_turns(window: MainWindow) -> None:
    """Cards with a layer more, toolbar, charts, legend: none of them, and the network stays the same."""
    window.open_sample(next(sample for sample in samples() if sample.file == "digits.csv"))
    window.actions_by_id["add_layer"].trigger()
    window.left_side.build.hyper.expander.setChecked(True)
    QApplication.processEvents()
    window.canvas_card.canvas.setFocus()
    before = window.bridge.document.network_config, window.bridge.document.train_config
    assert_nothing_turns(window, 15)
    assert (window.bridge.document.network_config, window.bridge.document.train_config) == before


def test_nothing_in_the_import_dialog_turns(
    open_dialog: Callable[..., ImportDialog], customers: Callable[..., Path], tmp_path: Path
) -> None:
    """Neither how the file is read nor what a column is for."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    dialog.page.footer.accept.setFocus()
    assert_nothing_turns(dialog, 10)


@pytest.mark.parametrize("kind", [ComboBox, SpinBox, DoubleSpinBox, Slider, TabBar])
def test_with_the_focus_it_turns(qtbot, kind: type) -> None:
    """Whoever has clicked on a control may go on with the wheel."""
    host, control = QWidget(), kind()
    qtbot.addWidget(host)
    control.setParent(host)
    other = QLineEdit(host)
    for place in range(5):
        if isinstance(control, ComboBox):
            control.addItem(str(place))
        elif isinstance(control, TabBar):
            control.addTab(str(place))
    with qtbot.waitExposed(host):
        host.show()
    if isinstance(control, (QSpinBox, DoubleSpinBox, Slider)):
        control.setValue(2)
    else:
        control.setCurrentIndex(2)
    other.setFocus()
    before = value_of(control)
    turn(control)
    assert value_of(control) == before
    control.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(control.hasFocus)
    turn(control)
    assert value_of(control) != before


def type_on(control: QComboBox) -> None:
    """Press each key that could be a command or an entry, and close the list that a letter has opened."""
    control.setFocus()
    keys = (
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        *"abcdefghijklmnopqrstuvwxyz0123456789",
    )
    for key in keys:
        QTest.keyClick(control, key)
        if control.view().isVisible():
            QTest.keyClick(control.view(), Qt.Key.Key_Escape)


def test_no_key_chooses_from_a_closed_list(window: MainWindow) -> None:
    """Letters and Home are commands; of all choices in the window none changes, and no network starts anew."""
    window.open_sample(next(sample for sample in samples() if sample.file == "digits.csv"))
    window.left_side.build.hyper.expander.setChecked(True)
    QApplication.processEvents()
    before = window.bridge.document.network_config, window.bridge.document.train_config
    found = [each for each in window.findChildren(ComboBox) if each.isVisible() and each.isEnabled()]
    found = [each for each in found if not each.isEditable()]
    assert len(found) >= 4
    for control in found:
        chosen = control.currentIndex()
        type_on(control)
        assert control.currentIndex() == chosen, control.accessibleName()
    assert (window.bridge.document.network_config, window.bridge.document.train_config) == before


def test_a_letter_opens_the_list_at_its_entry(qtbot) -> None:
    """Enter then chooses it; Home is left to the window, the arrows choose as they always do."""
    host, control = QWidget(), ComboBox()
    qtbot.addWidget(host)
    control.setParent(host)
    control.addItems(["Adam", "Momentum", "RMSProp"])
    with qtbot.waitExposed(host):
        host.show()
    control.setFocus()
    qtbot.keyClick(control, "r")
    assert control.view().isVisible() and control.view().currentIndex().row() == 2
    assert control.currentIndex() == 0
    qtbot.keyClick(control.view(), Qt.Key.Key_Return)
    assert control.currentText() == "RMSProp"
    home = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(control, home)
    assert not home.isAccepted()
    qtbot.keyClick(control, Qt.Key.Key_Up)
    assert control.currentText() == "Momentum"


def test_no_other_kind_of_control_is_made() -> None:
    """Qt's own, which take the wheel wherever the pointer is, stand in one module only."""
    found = [
        f"{path.relative_to(CODE)}: {match[0]}"
        for path in sorted(CODE.rglob("*.py"))
        if path.name != "wheel.py"
        for match in PLAIN.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
