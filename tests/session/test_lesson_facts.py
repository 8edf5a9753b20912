"""What a lesson can ask about a document."""

from __future__ import annotations

import pytest

from ann_viz.data import Dataset
from ann_viz.explain.lesson_state import LessonState
from ann_viz.scene import Connection, Neuron
from ann_viz.session import RunState, Session
from ann_viz.session.lesson_facts import look, look_quickly


def test_without_data_only_how_it_is_looked_at_is_known() -> None:
    """No row, no network, no words."""
    now = look(Session(), None, None, "signals")
    assert now == LessonState(lines="signals")
    assert look_quickly(Session(), now, None, 3, "weights") is now


@pytest.mark.parametrize(
    ("mark", "kind", "name"),
    [
        (Neuron(0, 0), "input", "x"),
        (Neuron(1, 2), "hidden", "neuron 3"),
        (Connection(0, 0, 2), "connection", "x → neuron 3"),
    ],
)
def test_what_is_selected_is_told_with_its_number(
    circles: Dataset, mark: Neuron | Connection, kind: str, name: str
) -> None:
    """Its sort and name; of a neuron the bias, of a connection the weight, of an input neither."""
    session = Session()
    try:
        session.open(circles)
        now = look(session, mark, 2, "weights")
        assert (now.selected, now.selected_name, now.told, now.row) == (kind, name, 2, session.example)
        matrices = session.network.matrices
        weights = {"input": None, "hidden": matrices[0][-1, 2], "connection": matrices[0][0, 2]}
        assert weights[kind] is None or now.weight == weights[kind]
        assert now.words["n_rows"] == "120" and now.words["target"] == "inside"
    finally:
        session.close()


def test_while_it_learns_only_what_costs_nothing_is_looked_at(circles: Dataset) -> None:
    """Epoch and loss are new, words and measures those of the last whole look."""
    session = Session()
    try:
        session.open(circles)
        before = look(session, None, None, "weights")
        session.step("epoch")
        assert session.wait(60)
        session.poll()
        now = look_quickly(session, before, None, None, "weights")
        assert now.epoch == 1 and session.state is not RunState.RUNNING
        assert now.words is before.words
        assert now.loss == session.snapshot.history.judged_loss[-1]
    finally:
        session.close()
