"""No text is cut off or covered: every room of the window, every other window, on every screen, in longer words too.

A screen of 1366 × 768 pixels on which text is drawn at 150 % holds as much as one of 910 × 512 at 100 %: sizes are
divided by the size of text, and one window is made larger and smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from clipping import Longer, cut_texts
from painted_texts import bad_texts
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from rooms import Room, other_windows, rooms_beside_picture, rooms_of_window, two_runs
from small_windows import small_windows

from ann_viz.session.samples import samples
from ann_viz.ui.kit.screen_fit import SMALLEST

if TYPE_CHECKING:
    from ann_viz.ui.window.main_window import MainWindow

SCREENS = ((1100, 700), (1366, 768), (1440, 900), (1920, 1080))
TEXT_SIZES = (1.0, 1.5, 2.0)


def window_sizes() -> list[tuple[int, int]]:
    """How large a window is that fills each screen at each size of text; none is smaller than the smallest."""
    sizes = (QSize(int(width / text), int(height / text)) for width, height in SCREENS for text in TEXT_SIZES)
    return sorted({size.expandedTo(SMALLEST).toTuple() for size in sizes})


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
    """The window, made after the language was chosen, as small as the smallest screen wants it."""
    window.setMinimumSize(SMALLEST)
    return window


def cut_in(rooms: Iterable[Room], language: str, *, painted: bool = False) -> dict[str, list[str]]:
    """What is cut, by room; of what widgets paint themselves too, if it is asked for: that takes longer."""
    found = {}
    for name, window in rooms:
        found[name] = cut_texts(window, numbers_too=language == "English")
        found[name] += bad_texts(window) if painted else []
    assert found
    return {name: texts for name, texts in found.items() if texts}


def test_no_text_is_cut_off_beside_the_picture(window: MainWindow, qtbot, language: str) -> None:
    """The start page, and every panel with two runs, in the smallest usual window."""
    window.resize(1100, 700)
    assert cut_in([("start", window)], language, painted=True) == {}
    two_runs(window, qtbot)
    assert cut_in(rooms_beside_picture(window, qtbot), language, painted=True) == {}


@pytest.mark.slow
def test_no_text_is_cut_off_in_any_room_on_any_screen(window: MainWindow, qtbot, language: str, tmp_path: Path) -> None:
    """Four screens, text at 100, 150 and 200 %; panels, enlarged charts, runs side by side, sweeps, all dialogs.

    Questions, popovers and the window of a watched program have a size of their own.
    """
    found: dict[tuple[int, int], dict[str, list[str]]] = {}
    for size in window_sizes():
        window.resize(*size)
        found[size] = cut_in([("start", window)], language)
    two_runs(window, qtbot)
    for size in window_sizes():
        window.resize(*size)
        smallest = size == SMALLEST.toTuple()
        found[size] |= cut_in(rooms_of_window(window, qtbot), language, painted=smallest)
        found[size] |= cut_in(other_windows(window, qtbot, tmp_path), language, painted=smallest)
    found[size] |= cut_in(small_windows(window, qtbot), language, painted=True)
    assert {size: rooms for size, rooms in found.items() if rooms} == {}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["English"], indirect=True)
def test_long_names_of_many_classes_are_told_where_they_are_cut(window: MainWindow, qtbot, tmp_path: Path) -> None:
    """A hundred classes, columns called by half a sentence, in every room of a small window."""
    columns = "date_of_the_last_observation,size_of_the_eggs_in_mm,temperature_of_the_surrounding_water,colony"
    rows = [
        f"2021-0{1 + n % 9}-15,{n % 100 + n / 900:.2f},{n * 7 % 31},chinstrap_colony_{n % 100:03}_n" for n in range(600)
    ]
    (tmp_path / "colonies.csv").write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
    window.resize(1100, 700)
    two_runs(window, qtbot, tmp_path / "colonies.csv")
    found = {name: bad_texts(shown) for name, shown in rooms_of_window(window, qtbot)}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_a_presentation_cuts_nothing_on_a_small_projector(window: MainWindow, qtbot, language: str) -> None:
    """1024 × 768, with words for the back row; what has no room at all is left out."""
    window.open_sample(next(sample for sample in samples() if "bank" in sample.file))
    window.bridge.step("batch")
    window.actions_by_id["presentation"].trigger()
    window.showNormal()
    window.setMinimumSize(1, 1)
    window.resize(1024, 768)
    assert cut_in([("presentation", window)], language) == {}
    assert window.canvas_card.example_bar.says.isVisible()
    window.presentation.leave()
