"""Whoever uses the keyboard sees where they are: every control looks different with the focus, and nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QWidget

from ann_viz.scene import Neuron
from ann_viz.session.samples import samples
from ann_viz.ui.kit import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ann_viz.ui.window.main_window import MainWindow

LEAST_CHANGE = 24  # of 255, in one colour of a pixel
LEAST_PIXELS = 12


@pytest.fixture
def dressed(window: MainWindow, qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    """The window in a theme."""
    window.activateWindow()
    theme.apply(qapp, request.param)
    yield window
    theme.apply(qapp, "light")


def pixels(picture: QPixmap) -> NDArray[np.int16]:
    """Red, green and blue of every pixel."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(-1, 4)[:, :3].astype(np.int16)


def controls(window: QWidget) -> list[QWidget]:
    """What Tab reaches now."""
    found = [each for each in window.findChildren(QWidget) if each.isVisible() and each.isEnabled()]
    inner = QAbstractSpinBox | QComboBox  # what is inside them has the focus for them
    reached = Qt.FocusPolicy.TabFocus
    return [each for each in found if each.focusPolicy() & reached and not isinstance(each.parentWidget(), inner)]


def unseen(window: MainWindow, seen: set[QWidget]) -> list[str]:
    """Controls that look the same with the focus, or that want another size with it."""
    found = []
    for control in controls(window):
        if control in seen:
            continue
        seen.add(control)
        before = window.focusWidget()
        if before is not None:
            before.clearFocus()
        plain, size = pixels(control.grab()), control.sizeHint()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        focused = pixels(control.grab())
        same_size = plain.shape == focused.shape and control.sizeHint() == size
        changed = np.count_nonzero((np.abs(plain - focused) > LEAST_CHANGE).any(axis=1)) if same_size else 0
        if changed < LEAST_PIXELS:
            found.append(f"{type(control).__name__} {control.accessibleName()} {control.property('kind')}")
    return found


@pytest.mark.parametrize(
    "dressed",
    ["light", "contrast-dark", *(pytest.param(name, marks=pytest.mark.slow) for name in ("dark", "contrast-light"))],
    indirect=True,
)
def test_the_focus_is_seen_on_every_control(dressed: MainWindow) -> None:
    """Start card, docks, toolbar, picture, inspector and the network as text."""
    seen: set[QWidget] = set()
    assert unseen(dressed, seen) == []
    dressed.open_sample(next(sample for sample in samples() if "bank" in sample.file))
    assert unseen(dressed, seen) == []
    dressed.view.select(Neuron(1, 2))
    dressed.side_windows.toggle_network_text()
    assert unseen(dressed, seen) == []
    assert len(seen) > 40


@pytest.mark.parametrize("goes", [QWidget.setEnabled, QWidget.setVisible], ids=["disabled", "hidden"])
def test_no_control_of_the_window_leaves_its_focus_to_another(window: MainWindow, goes) -> None:
    """Every control that Tab reaches, with the bank open: when it goes, no key presses its neighbour."""
    window.open_sample(next(sample for sample in samples() if "bank" in sample.file))
    window.activateWindow()
    left = {}
    for control in controls(window):
        control.setFocus(Qt.FocusReason.TabFocusReason)
        if QApplication.focusWidget() is not control:
            continue
        goes(control, False)
        now = QApplication.focusWidget()
        if now is not None and now.focusPolicy() & Qt.FocusPolicy.TabFocus:
            left[control.accessibleName()] = now.accessibleName()
        goes(control, True)
        assert QApplication.focusWidget() is control, control.accessibleName()
    assert not left
