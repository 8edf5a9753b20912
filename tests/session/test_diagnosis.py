"""What a report of a fault says of the document: its state and sizes, and why training failed, by its kind."""

from __future__ import annotations

from ann_viz.data import Dataset
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.session import Session
from ann_viz.session.diagnosis import describe_document


def test_a_document_without_data_has_a_state_only() -> None:
    """Nothing else is there yet."""
    assert describe_document(Session()) == ["State: no data"]


def test_a_document_is_told_by_sizes(session: Session) -> None:
    """Enough to make a similar one; neither a column nor a value of it."""
    session.set_hidden((LayerConfig(neurons=3, activation="tanh"),))
    session.step("batch")
    told = "\n".join(describe_document(session))
    assert "State: paused\nFile: circles.csv, " in told
    assert " 120 rows, 4 columns, 0 broken rows, utf-8, delimiter ','" in told
    assert "hidden layers 3 tanh, 1 outputs" in told
    assert "Training: epoch 0, step 1, TrainConfig(" in told
    assert not [name for name in ("colour", "inside", "grey", "yes") if name in told]


def test_a_network_without_hidden_layers_says_so(session: Session) -> None:
    """An empty list would look like a fault of the report."""
    session.set_hidden(())
    assert "hidden layers none" in "\n".join(describe_document(session))


def test_failed_training_is_told_by_the_kind_of_its_error(houses: Dataset) -> None:
    """Its sentence is for the user."""
    session = Session(TrainConfig(optimizer="sgd", learning_rate=100))
    session.open(houses)
    session.train()
    session.wait()
    assert describe_document(session)[0] == "State: failed (TrainingError)"
    session.close()
