"""What the coach's buttons do to a session, and when there is nothing to do."""

from __future__ import annotations

from typing import Any

import pytest

from ann_viz.data import Dataset
from ann_viz.engine import LayerConfig
from ann_viz.session import Session
from ann_viz.session.coaching import report_of
from ann_viz.session.remedies import remedy
from ann_viz.session.remedy import Remedy, carry_out


@pytest.fixture
def opened(session: Session) -> Session:
    """A session after two epochs."""
    for _ in range(2):
        session.step("epoch")
        session.wait()
    return session


def press(session: Session, name: str) -> Remedy | None:
    """Carry out what a button would do; return it."""
    report = report_of(session)
    assert report is not None
    found = remedy(name, session, report)
    if found is not None:
        carry_out(session, found)
    return found


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("raise_rate", {"learning_rate": 0.003}, {"learning_rate": 0.03}),
        ("raise_rate", {"learning_rate": 0.5}, {"learning_rate": 1.0}),
        ("lower_rate", {"learning_rate": 0.3}, {"learning_rate": 0.03}),
        ("lower_rate", {"optimizer": "momentum", "momentum": 0.99}, {"momentum": 0.9}),
        ("usual_batch", {"batch_size": 1}, {"batch_size": 32}),
        ("constant_rate", {"schedule": "step"}, {"schedule": "constant"}),
        ("weaken_penalty", {"l2": 0.1, "l1": 0.2}, {"l2": 0.0, "l1": 0.0}),
        ("less_dropout", {"dropout": 0.8}, {"dropout": 0.0}),
        ("balance", {}, {"class_weights": "balanced"}),
        ("use_l2", {}, {"l2": 0.01}),
    ],
)
def test_settings_change_once(opened: Session, name: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Rates move by ten; a second press has nothing to do where the setting is already so."""
    opened.set_training(**before)
    assert press(opened, name) is not None
    assert {field: getattr(opened.train_config, field) for field in after} == after
    if name not in ("raise_rate", "lower_rate"):
        assert press(opened, name) is None


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("random_start", "4 tanh constant", "4 tanh"),
        ("bend", "4 linear, 4 linear", "4 relu, 4 relu"),
        ("bend", "", "16 relu"),
        ("use_relu", ", ".join(["6 sigmoid"] * 5), "6 relu, 6 relu, 6 relu"),
        ("leaky", "3 relu, 3 tanh", "3 leaky_relu, 3 tanh"),
        ("add_neurons", "1 tanh", "16 tanh, 16 relu"),
        ("add_neurons", "20 relu, 20 relu", "40 relu, 40 relu"),
    ],
)
def test_layers_change(opened: Session, name: str, before: str, after: str) -> None:
    """To what the label says."""
    opened.set_hidden(_layers(before))
    assert press(opened, name) is not None
    assert opened.network_config is not None
    assert opened.network_config.hidden == _layers(after)


def _layers(text: str) -> tuple[LayerConfig, ...]:
    found = []
    for piece in filter(None, text.split(", ")):
        neurons, activation, *start = piece.split()
        initializer = start[0] if start else None
        found.append(LayerConfig(neurons=int(neurons), activation=activation, initializer=initializer))
    return tuple(found)


def test_what_changes_nothing_is_not_offered(opened: Session) -> None:
    """Each for its own reason."""
    opened.set_hidden(_layers("64 tanh, 64 tanh"))
    opened.set_training(batch_size=32)
    report = report_of(opened)
    assert report is not None
    for name in ("add_neurons", "leaky", "usual_batch", "constant_rate", "stop_at_best", "tame_outlier", "keep_back"):
        assert remedy(name, opened, report) is None, name


def test_a_number_has_a_loss_that_minds_far_values_less(houses: Dataset) -> None:
    """Where the far values are in the answer itself."""
    session = Session()
    session.open(houses)
    assert press(session, "tame_outlier") is not None
    assert session.network_config is not None
    assert session.network_config.loss_name == "huber"
    session.close()


def test_other_starting_weights(opened: Session) -> None:
    """Only this button draws them."""
    assert opened.network_config is not None
    seed = opened.network_config.seed
    press(opened, "new_start")
    assert opened.network_config.seed != seed


def test_back_to_the_best_epoch_and_no_further(opened: Session) -> None:
    """The best weights return, and training ends when it brings nothing more."""
    opened.set_training(learning_rate=3.0, epochs=0)
    for _ in range(12):
        opened.step("epoch")
        opened.wait()
    assert press(opened, "stop_at_best") is not None
    assert opened.train_config.patience == 10
    opened.train()
    opened.wait()
    assert opened.snapshot is not None
    assert opened.snapshot.finished == "early stopping"
