"""No text of the window is cut off or covered, at the sizes of the design, also in a language of longer words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from clipping import Longer, cut_texts
from PySide6.QtWidgets import QApplication

from ann_viz.session import RunState
from ann_viz.session.samples import samples

if TYPE_CHECKING:
    from ann_viz.ui.window.main_window import MainWindow

SIZES = (
    *((1100, 700), (1440, 900)),
    *(pytest.param(size, marks=pytest.mark.slow) for size in ((1366, 768), (1920, 1080))),
)


@pytest.fixture(params=["English", pytest.param("longer", marks=pytest.mark.slow)])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Say everything in English, or in longer words."""
    longer = Longer(qapp)
    if request.param == "longer":
        qapp.installTranslator(longer)
    yield request.param
    qapp.removeTranslator(longer)


@pytest.fixture
def window(language: str, window: MainWindow) -> MainWindow:
    """The window, made after the language was chosen."""
    return window


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_text_is_cut_off(window: MainWindow, qtbot, language: str, size: tuple[int, int]) -> None:
    """The start page, a sample before and after training, and every tab at the left and the right."""
    window.resize(*size)
    numbers_too = language == "English"
    found = {"start": cut_texts(window, numbers_too=numbers_too)}
    window.open_sample(next(sample for sample in samples() if "bank" in sample.file))
    window.bridge.step("epoch")
    qtbot.waitUntil(lambda: window.bridge.document.state is not RunState.RUNNING)
    for place in range(window.left_side.tabs.count()):
        window.left_side.tabs.setCurrentIndex(place)
        found[f"left {place}"] = cut_texts(window, numbers_too=numbers_too)
    for show in (window.right_panel.show_inspector, window.right_panel.show_why):
        show()
        found[show.__name__] = cut_texts(window, numbers_too=numbers_too)
    assert {where: texts for where, texts in found.items() if texts} == {}
