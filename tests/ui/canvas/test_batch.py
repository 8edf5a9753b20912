"""The batch in the window: its chips, the picker that goes through it, and the part beside the name of every row."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox


@pytest.fixture
def in_batch(bank):
    """The window, with room for all words, in the first phase of a batch."""
    bank.resize(1800, 900)
    bank.bridge.step("phase")
    return bank


def test_the_picker_goes_through_the_batch(in_batch, qtbot) -> None:
    """Row 7 of 32: next, number and dice stay in the batch, and the bar names the row and its part."""
    bar, document = in_batch.canvas_card.example_bar, in_batch.bridge.document
    spin = bar.findChild(QSpinBox, "exampleNumber")
    rows = document.batch.rows.tolist()
    assert (spin.maximum(), spin.suffix()) == (32, " of 32")
    start = spin.value()
    bar.next()
    assert document.example == rows[start % 32]
    spin.setValue(7)
    assert document.example == rows[6]
    assert bar.part.words == f"● customer {rows[6] + 1:,} · training"
    for _ in range(20):
        bar.random()
        assert document.example in rows
    bar.previous()
    assert document.example in rows
    in_batch.bridge.step("batch")
    in_batch.bridge.step("batch")
    assert spin.suffix() == ""
    assert spin.maximum() == len(document.dataset.X)


def test_every_part_is_named(bank) -> None:
    """Training, validation and test rows say what they are, and what for."""
    bar, dataset = bank.canvas_card.example_bar, bank.bridge.document.dataset
    for part, words in (("train", "training"), ("validation", "validation"), ("test", "test")):
        bank.bridge.set_example(int(dataset.rows(part)[0]))
        assert bar.part.words == f"● {words}"
        assert ("does not learn" in bar.part.toolTip()) == (part != "train")
        assert f"({words})" in bank.explain_panel.sentence or bank.explain_panel.step != 1


def test_chips_show_the_batch(in_batch, qtbot) -> None:
    """One chip per row; a click and the arrow keys show that row, and after the batch they are gone."""
    strip, document = in_batch.canvas_card.batch_strip, in_batch.bridge.document
    assert strip.isVisible()
    chips = strip.chips()
    assert [place for place, _box in chips] == list(range(len(chips)))
    place, box = chips[5]
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert document.example == document.batch.rows[place]
    assert strip.accessibleDescription() == f"row 6 of 32: customer {document.example + 1:,}"
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert document.batch.place == 6
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert document.batch.place == 5
    in_batch.bridge.step("batch")
    in_batch.bridge.step("batch")
    assert not strip.isVisible()


def test_of_a_large_batch_the_chips_around_the_row_are_shown(bank) -> None:
    """The shown row's chip is always there."""
    bank.bridge.set_training(batch_size=512)
    bank.bridge.step("batch")
    bank.bridge.step("phase")
    strip, document = bank.canvas_card.batch_strip, bank.bridge.document
    assert len(document.batch) == 512
    for place in (0, 255, 511):
        bank.bridge.set_example(int(document.batch.rows[place]))
        assert place in [chip for chip, _box in strip.chips()]
    assert len(strip.chips()) < 512


def test_no_answer_before_the_signal_has_arrived(in_batch) -> None:
    """In the middle of the way forward the bar has no answer to tell; a row beside the batch has one."""
    bar, bridge = in_batch.canvas_card.example_bar, in_batch.bridge
    phases = []
    for _ in range(4):
        phases.append((bridge.document.snapshot.phase.kind, bridge.document.snapshot.phase.layer, bar.answer))
        bridge.step("phase")
    assert [answer == "–" for _kind, _layer, answer in phases] == [True, True, True, False]
    bridge.step("batch")
    bridge.step("phase")
    bridge.set_example(int(bridge.document.dataset.validation[0]))
    assert bar.answer != "–"
    assert np.isfinite(bridge.document.shown_row().passes.loss)
