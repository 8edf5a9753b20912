"""The outline of a network behind the start card."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage

from ann_viz.scene.layout import INPUT_CAP, OUTPUT_CAP
from ann_viz.ui.kit import theme
from ann_viz.ui.window.start_card import StartCard
from ann_viz.ui.window.start_page import LEFT, RIGHT, StartPage

DARKER_THAN_DOTS = 20


@pytest.mark.parametrize("width", [640, 820, 1200])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_inputs_and_output_stand_beside_the_card(qapp, qtbot, name, width) -> None:
    """Whatever the width: circles at both edges, where the card does not cover them."""
    theme.apply(qapp, name)
    ghost = StartPage(StartCard())
    qtbot.addWidget(ghost)
    ghost.resize(width, 620)
    ghost.findChild(StartCard).hide()
    image = ghost.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    grey = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())[:, :width]
    inside = grey[100:600, 4:-4].astype(int)  # without the border
    inked = np.flatnonzero((np.abs(inside - int(np.median(inside))) > DARKER_THAN_DOTS).any(axis=0)) + 4
    assert inked.min() == pytest.approx(LEFT - INPUT_CAP, abs=4)
    assert inked.max() == pytest.approx(width - RIGHT + OUTPUT_CAP, abs=4)
