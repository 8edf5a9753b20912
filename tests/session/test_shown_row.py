"""The shown row is worked out once: it holds while nothing changes, and keeps what a change leaves as it was."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.data import Dataset, Table
from ann_viz.engine import LayerConfig, Network
from ann_viz.explain import follow
from ann_viz.session import Session


@pytest.fixture
def n_passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that gains the number of rows of every forward pass."""
    sent: list[int] = []
    original = Network.activations

    def counted(network: Network, X: np.ndarray, *masks: object) -> object:
        sent.append(len(X))
        return original(network, X, *masks)

    monkeypatch.setattr(Network, "activations", counted)
    return sent


def test_the_numbers_are_the_engines(session: Session) -> None:
    """Forward, backward, answer and truth are those of the row sent through by itself."""
    session.step("batch")
    session.set_example(7)
    dataset, row = session.dataset, session.shown_row()
    alone = follow(session.network, dataset.X[7], dataset.Y[7])
    for mine, theirs in zip((*row.values, *row.passes.dW), (*alone.A, *alone.dW), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert row.passes.loss == alone.loss
    assert row.right == ((alone.A[-1][0] > 0.5) == (dataset.Y[7][0] > 0.5))
    assert row.facts.cells["colour"] == dataset.raw(7)[2]
    assert row.seen.answer == row.names.answer and row.seen.row == row.names.row == "row 8 (test)"


def test_however_many_ask_it_goes_through_once(session: Session, n_passes: list[int]) -> None:
    """Numbers, words and the way back share one forward pass and one reading of the file."""
    for _ in range(3):
        row = session.shown_row()
        assert row is session.shown_row()
        assert row.values and row.passes and row.names and row.seen and row.facts.inputs
    assert n_passes == [1]


def test_a_step_changes_the_numbers_and_no_fact(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the file says is read when a row is first shown, never again while the network learns."""
    first = session.shown_row()
    assert first.facts.labels.values
    monkeypatch.setattr(Table, "rows", lambda *_: pytest.fail("read again"))
    session.step("batch")
    later = session.shown_row()
    assert later is not first and later.facts is first.facts
    assert later.facts.labels.values and later.facts.inputs
    assert (later.values[-1] != first.values[-1]).any()


def test_another_row_network_or_hand_is_another_value(session: Session) -> None:
    """Each of them ends the value of before; another architecture has other neurons to name."""
    seen = [session.shown_row()]
    for change in (
        lambda: session.set_example(3),
        lambda: session.lock_parameter(0, 0, 0, True),
        lambda: session.switch_neuron(0, 1, False),
        lambda: session.set_hidden((LayerConfig(neurons=2),)),
    ):
        change()
        seen.append(session.shown_row())
    assert len({id(row) for row in seen}) == 5
    assert seen[2].locked == {(0, 0, 0)} and seen[3].off == {(0, 1)}
    assert [len(names) for names in seen[4].facts.neuron_names] == list(session.network_config.sizes)


def test_there_is_none_without_data(circles: Dataset) -> None:
    """Before a file is opened and after it is closed there is no row."""
    session = Session()
    assert session.shown_row() is None
    session.open(circles)
    assert session.shown_row().facts.dataset is circles
    session.close()
    assert session.shown_row() is None


def test_a_number_is_neither_right_nor_wrong(houses: Dataset) -> None:
    """Regression has an answer and a truth, but no verdict."""
    session = Session()
    session.open(houses)
    row = session.shown_row()
    assert row.right is None and row.names.right is None and row.names.certainty == ""
    assert float(row.names.truth.replace(",", "")) == pytest.approx(float(houses.raw(0)[2]), abs=0.06)
    session.close()


def test_pixels_are_the_numbers_in_the_file(houses: Dataset, circles: Dataset) -> None:
    """A picture is drawn of what the file says; a row with a colour among its cells is none."""
    session = Session()
    session.open(houses)
    np.testing.assert_array_equal(session.shown_row().facts.pixels, [float(cell) for cell in houses.raw(0)[:2]])
    session.open(circles)
    assert session.shown_row().facts.pixels is None
    session.close()
