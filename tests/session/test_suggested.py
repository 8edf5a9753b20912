"""What is suggested to begin with: the rule by rows, samples apart, the same for window and command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.cli import main
from ann_viz.data import Dataset, build_dataset, open_table, suggest_recipe
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.session import Session
from ann_viz.session.headless import learn
from ann_viz.session.samples import find_sample, open_sample
from ann_viz.session.suggested import Suggestion, suggest_training, suggested_rate, suggested_scale
from ann_viz.session.suggested_reasons import is_at_defaults, standing_suggestion


@dataclass
class Rows:
    """As much of a dataset as the rule looks at."""

    n: int

    @property
    def train(self) -> range:
        """The training rows."""
        return range(self.n)

    @property
    def table(self) -> Any:
        """Whose file is no sample."""
        return type("Own", (), {"path": Path("/own.csv")})


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Dataset]:
    """Rows of one's own, with a number that has far values and one of two values."""
    rng = np.random.default_rng(8)
    x, switch, noise = rng.standard_cauchy(400), rng.integers(0, 2, 400), rng.normal(size=400)
    rows = [
        f"{a:.3f},{b},{'yes' if b + np.tanh(a) + e > 0.5 else 'no'}" for a, b, e in zip(x, switch, noise, strict=True)
    ]
    path = tmp_path / "own.csv"
    path.write_text("\n".join(["x,switch,answer", *rows]) + "\n")
    with closing(open_table(path)) as table:
        yield build_dataset(table, suggest_recipe(table, "answer"))


def layers(*neurons: int) -> tuple[LayerConfig, ...]:
    return tuple(LayerConfig(neurons=n) for n in neurons)


@pytest.mark.parametrize(
    ("n", "batch", "epochs", "l2", "dropout"),
    [
        (60, 32, 300, 0.033, 0.1),  # 2 / 60
        (10, 32, 300, 0.1, 0.1),
        (1_999, 32, 128, 0.001, 0.1),  # 8000 · 32 / 1999
        (2_000, 64, 256, 0.001, 0.0),
        (8_000, 128, 128, 0.00025, 0.0),
        (40_000, 256, 51, 0.00005, 0.0),
        (5_000_000, 256, 30, 4e-7, 0.0),
    ],
)
def test_the_rule(n: int, batch: int, epochs: int, l2: float, dropout: float) -> None:
    """About 8,000 steps, a penalty that fades with the rows, dropout where they are few; 64–32 neurons."""
    found = suggest_training(Rows(n))  # type: ignore[arg-type]
    training = found.training
    assert found.hidden == layers(64, 32) and found.output_scale == 0.1
    assert (training.batch_size, training.epochs, training.l2, training.dropout) == (batch, epochs, l2, dropout)
    assert (training.learning_rate, training.average_epochs) == (0.005, 3.0)
    assert training.patience is not None


def test_narrow_networks_learn_quicker_and_start_plainly() -> None:
    """The rate follows the first layer: 0.02 up to 8 neurons, 0.01 up to 16; without a layer as for the narrowest."""
    wanted = {(): 0.02, (1,): 0.02, (8, 64): 0.02, (9,): 0.01, (16, 4): 0.01, (17,): 0.005, (64, 32): 0.005}
    for sizes, rate in wanted.items():
        assert suggested_rate(layers(*sizes)) == rate
        assert suggested_scale(layers(*sizes)) == (0.1 if sizes and sizes[0] > 16 else 1.0)
    small = suggest_training(Rows(5_000), "small")  # type: ignore[arg-type]
    assert (small.hidden, small.training.learning_rate, small.output_scale) == (layers(6, 6), 0.02, 1.0)


def test_samples_have_settings_of_their_own() -> None:
    """Those that the lessons tell; a file of the same name elsewhere is nobody's sample."""
    sample = find_sample("iris.csv")
    assert sample is not None
    dataset = open_sample(sample)
    with closing(dataset.table):
        found = suggest_training(dataset)
        assert (found.hidden, found.training, found.output_scale) == (layers(6, 6), TrainConfig(), 1.0)
        assert suggest_training(dataset, "best").training.average_epochs == 3.0
        assert dataset.recipe.scaling == "standard" and dataset.recipe.split.train == 0.7


def test_far_values_of_own_files_are_drawn_in(own: Dataset) -> None:
    """Where there are more than two values."""
    assert {feature.column: feature.scaling for feature in own.encoder.features} == {"x": "tails", "switch": "standard"}


def test_window_and_command_line_come_to_the_same(own: Dataset, capsys: pytest.CaptureFixture[str]) -> None:
    """The same seed, the same test score: one function decides for both."""
    with closing(Session()) as session:  # what the window does when it opens a file
        session.open(own, suggest_training(own))
        learn(session)
        watched = session.metrics("test")
        assert main(["train", str(own.table.path), "--target", "answer", "--json"]) == 0
        printed = json.loads(capsys.readouterr().out)
    assert printed["test"]["loss"] == pytest.approx(watched["loss"], abs=0)
    assert printed["test"]["accuracy"] == pytest.approx(watched["accuracy"], abs=0)


def test_the_rate_follows_layers_set_by_hand(own: Dataset) -> None:
    """As long as nobody has chosen another one; and only where layers are set by hand."""
    with closing(Session()) as session:
        session.open(own, suggest_training(own))
        session.set_hidden(layers(6, 6), follow=True)
        assert (session.train_config.learning_rate, require(session).output_scale) == (0.02, 1.0)
        session.set_hidden(layers(12), follow=True)
        assert session.train_config.learning_rate == 0.01
        session.set_hidden(layers(64))
        assert session.train_config.learning_rate == 0.01
        session.use_suggestion(suggest_training(own))
        session.set_training(learning_rate=0.3)
        session.set_hidden(layers(6, 6), follow=True)
        assert session.train_config.learning_rate == 0.3


def test_a_rate_that_followed_is_named_in_the_run(own: Dataset) -> None:
    """The run's name says both, and going back to the run before brings both back."""
    with closing(Session()) as session:
        session.open(own, suggest_training(own))
        session.set_training(epochs=1)
        learn(session)
        left = session.set_hidden(layers(6, 6), follow=True)
        run = session.current_run
        assert run is not None and left is not None
        assert session.run_name(run) == "6 · 6 neurons, learning rate 0.02"
        session.show_run(left)
        assert session.train_config.learning_rate == 0.005


def test_in_samples_the_rate_stays() -> None:
    """Their lessons tell of it."""
    sample = find_sample("iris.csv")
    assert sample is not None
    dataset = open_sample(sample)
    with closing(Session()) as session:
        suggestion = suggest_training(dataset)
        session.open(dataset, replace(suggestion, training=replace(suggestion.training, learning_rate=0.02)))
        session.set_hidden(layers(64), follow=True)
        assert session.train_config.learning_rate == 0.02


def require(session: Session) -> Any:
    return session.network_config


YESTERDAY: dict[str, Any] = {
    "optimizer": "sgd", "learning_rate": 30.0, "batch_size": 8, "epochs": 7, "l1": 0.1, "l2": 0.2, "dropout": 0.3,
    "clip_norm": 2.0, "schedule": "step", "schedule_epochs": 3, "schedule_factor": 0.25, "schedule_total": 9,
    "patience": 5, "target_loss": 0.01, "max_seconds": 60.0, "class_weights": "balanced", "momentum": 0.1,
    "average_epochs": 1.5, "seed": 8,
}  # fmt: skip
"""Every setting of training as nobody suggests it."""


def set_everything(session: Session) -> None:
    """Leave no setting as it is suggested."""
    session.set_hidden((LayerConfig(neurons=4, activation="tanh", initializer="glorot_normal"),))
    session.set_network(output_initializer="glorot_normal", output_scale=0.5, dtype="float64", seed=99)
    session.set_training(**YESTERDAY)


def test_new_data_start_from_defaults(own: Dataset) -> None:
    """Nothing of yesterday's is left by a sample, new data or *New*; the same table read otherwise keeps it."""
    sample = find_sample("circles.csv")
    assert sample is not None
    with closing(Session()) as session, closing(Session()) as fresh:
        session.open(own, suggest_training(own))
        set_everything(session)
        usual, asked = suggest_training(own).training, session.train_config
        kept = {name for name in YESTERDAY if getattr(asked, name) == getattr(usual, name)}
        assert set(YESTERDAY) == set(TrainConfig.__dataclass_fields__) and not kept
        session.open(build_dataset(own.table, own.recipe))
        assert (session.train_config, require(session).seed) == (asked, 99)
        for one in (session, fresh):
            data = open_sample(sample)
            one.open(data, suggest_training(data))
        assert (session.network_config, session.train_config) == (fresh.network_config, fresh.train_config)
        set_everything(session)
        session.begin_anew()
        assert (session.network_config, session.train_config) == (None, TrainConfig())


def test_there_is_a_way_back_to_defaults_from_every_setting(own: Dataset) -> None:
    """Any one of them is noticed; what is suggested again takes all back but the seeds, and the size of the network."""
    with closing(Session()) as session:
        session.open(own, suggest_training(own, (4,)))
        begun = session.network_config, session.train_config
        for name, value in YESTERDAY.items():
            session.set_training(**{name: value})
            assert is_at_defaults(session) is (name == "seed"), name
            session.use_suggestion(require_suggestion(session))
            assert is_at_defaults(session), name
        for change in ({"dtype": "float64"}, {"output_initializer": "glorot_normal"}, {"output_scale": 0.5}):
            session.set_network(**change)
            assert not is_at_defaults(session), change
        set_everything(session)
        session.use_suggestion(require_suggestion(session))
        network, training = session.network_config, session.train_config
        assert network is not None and (network.seed, training.seed) == (99, 8)
        assert (replace(network, seed=3), replace(training, seed=3)) == begun


def test_what_was_added_to_go_on_is_no_setting_of_ones_own(own: Dataset) -> None:
    """After the last epoch training goes on for as many more, and still all is as suggested."""
    with closing(Session()) as session:
        session.open(own, suggest_training(own, (1,)))
        for _ in range(2):
            learn(session)
        assert is_at_defaults(session)


def require_suggestion(session: Session) -> Suggestion:
    found = standing_suggestion(session)
    assert found is not None
    return found
