"""The legend says how thick lines get, what is beyond, and what thickness is not."""

from __future__ import annotations

from ann_viz.scene.thickness import Beyond
from ann_viz.session import Moment, RunState
from ann_viz.ui.canvas.legend_scale import beyond_text
from ann_viz.ui.canvas.legend_words import line_caption


def test_the_legend_names_the_scale_and_what_is_beyond(bank, canvas) -> None:
    """A weight of −20 set by hand is marked with its number, and the scale stays."""
    before = canvas.frame.reference
    bank.bridge.set_parameter(0, 2, 3, -20.4)
    bank.bridge.set_parameter(1, 2, 3, 8.0)
    assert canvas.frame.reference == before
    assert canvas.frame.beyond == Beyond(2, float(canvas.frame.line_numbers.min()), 8.0)
    words = bank.canvas_card.legend.toolTip().replace("\n", " ")
    assert "2 lines, up to −20." in words
    assert bank.canvas_card.legend.accessibleDescription().replace("\n", " ") == words.replace("\n", " ")


def test_what_is_just_beyond_the_scale_reads_otherwise_than_its_end() -> None:
    """Two digits would make −1.02 a second −1."""
    numbers = {-1.02: "\N{MINUS SIGN}1.02", -1.0004: "\N{MINUS SIGN}1", 1.2: "+1.2", 20.44: "+20", 1234.5: "+1234"}
    assert {number: beyond_text(number, 1.0) for number in numbers} == numbers
    assert beyond_text(20.04, 20.0) == "+20.04" and beyond_text(-3e-5, 2e-5) == "\N{MINUS SIGN}3.0·10⁻⁵"


def test_thick_is_not_called_important(bank, canvas) -> None:
    """The legend speaks of size, and says on hover why size is not importance."""
    assert line_caption(canvas.frame, dashed=False) == "thicker is larger"
    assert "not an important column" in bank.canvas_card.legend.toolTip()
    bank.view.show_lines("gradients")
    assert "important" not in bank.canvas_card.legend.toolTip()


def test_undo_brings_the_scale_of_the_run_back(bank, canvas, session) -> None:
    """A reset begins a run with a scale of its own; Undo returns to the old run and to its scale."""
    for row in range(4):
        bank.bridge.set_parameter(0, row, 0, 30.0 + row)
    wide = canvas.frame.reference
    assert wide >= 30
    bank.commands.reset()
    assert session.state is RunState.READY and canvas.frame.reference < 10
    bank.bridge.undo_stack.undo()
    assert canvas.frame.reference == wide


def test_looking_back_draws_what_was_drawn(bank, canvas) -> None:
    """At every epoch of the past lines are as thick as they were then, and the legend names the same numbers."""
    document = bank.bridge.document
    bank.bridge.set_training(learning_rate=0.3)
    then = {}
    for _ in range(5):
        bank.bridge.step("epoch")
        while document.state is RunState.RUNNING:
            bank.bridge.refresh()
        frame = canvas.frame
        then[document.snapshot.epoch] = frame.reference, frame.beyond, [bucket.width for bucket in frame.lines.buckets]
    references = [reference for reference, *_ in then.values()]
    assert references == sorted(references) and references[0] < references[-1]
    for epoch in (2, 5, 1, 4):
        bank.bridge.look_at(Moment(document.current_run.number, epoch))
        frame = canvas.frame
        assert (frame.reference, frame.beyond, [bucket.width for bucket in frame.lines.buckets]) == then[epoch]
