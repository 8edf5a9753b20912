"""The same setup from other seeds and on other rows: what is trained, what is remembered, and what is not touched."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.engine import Network, NetworkConfig, TrainConfig
from ann_viz.errors import Cancelled, DataError
from ann_viz.session import Session
from ann_viz.session.job import Job
from ann_viz.session.run import Moment
from ann_viz.session.seeds import Siblings
from ann_viz.session.setup import Setup, setup_of
from ann_viz.session.starting import fitting_network, trainer_on


@pytest.fixture
def setup(circles: Dataset) -> Setup:
    """Return a small network that learns the circles for six epochs."""
    return Setup(circles, fitting_network(circles, None), (TrainConfig(epochs=6, batch_size=16),))


def done(work: object) -> object:
    """Do a job's work here and now."""
    return work(lambda _: None, lambda: False)


def test_each_seed_is_the_run_of_that_seed(setup: Setup) -> None:
    """A sibling has the very weights that training the setup with its seed leads to."""
    first, second = done(Siblings().training_seeds(setup, 2))
    for sibling, seed in ((first, 4), (second, 5)):
        network = Network(NetworkConfig.from_json({**setup.network.to_json(), "seed": seed}))
        config = TrainConfig(epochs=6, batch_size=16, seed=seed)
        trainer = trainer_on(setup.dataset, network, config, engine="auto")
        while trainer.finished is None:
            trainer.advance()
        trainer.restore_best()
        assert np.array_equal(sibling.network.params, trainer.network.params)
        assert sibling.epoch == trainer.best_epoch
        assert sibling.scores["loss"] == pytest.approx(trainer.best_loss, rel=1e-5)


def test_what_was_trained_is_not_trained_again(setup: Setup) -> None:
    """More seeds of one setup are added to those there are; another setup has its own."""
    siblings = Siblings()
    two = done(siblings.training_seeds(setup, 2))
    assert siblings.seeds(setup) == two
    three = done(siblings.training_seeds(setup, 3))
    assert three[:2] == two and len(three) == 3
    other = Setup(setup.dataset, setup.network, (TrainConfig(epochs=7, batch_size=16),))
    assert siblings.seeds(other) == ()
    siblings.forget()
    assert siblings.seeds(setup) == ()


def test_a_stopped_job_leaves_what_it_had(setup: Setup) -> None:
    """The network under way is dropped, those before it stay; the fraction only grows."""
    siblings, fractions = Siblings(), []

    def stop_in_the_third() -> bool:
        return len(siblings.seeds(setup)) == 2

    with pytest.raises(Cancelled):
        siblings.training_seeds(setup, 4)(fractions.append, stop_in_the_third)
    assert len(siblings.seeds(setup)) == 2
    assert fractions == sorted(fractions) and 0 < fractions[-1] <= 0.5


def test_it_is_the_work_of_a_job(setup: Setup) -> None:
    """In a thread of its own it leads to the same."""
    job = Job("training other seeds", Siblings().training_seeds(setup, 1))
    job.wait()
    (there,), (here,) = job.take(), done(Siblings().training_seeds(setup, 1))
    assert np.array_equal(there.network.params, here.network.params)


def test_an_exploded_network_counts_with_its_best(circles: Dataset) -> None:
    """Where training has to be given up, the weights are those of the best epoch before."""
    wild = TrainConfig(epochs=40, optimizer="sgd", learning_rate=100.0, batch_size=16)
    network = NetworkConfig(n_inputs=circles.encoder.n_inputs, n_outputs=1, loss="mse", task="regression")
    (sibling,) = done(Siblings().training_seeds(Setup(circles, network, (wild,)), 1))
    assert sibling.exploded
    assert np.isfinite(sibling.network.params).all()


def test_every_row_is_kept_back_once(houses: Dataset) -> None:
    """Folds are judged by other rows each, in the target's units; scaling stays what it was."""
    setup = Setup(houses, fitting_network(houses, None), (TrainConfig(epochs=3),))
    siblings = Siblings()
    folds = done(siblings.training_folds(setup, 4))
    assert [fold.number for fold in folds] == [0, 1, 2, 3]
    assert len({fold.scores["mae"] for fold in folds}) == 4
    assert all(fold.scores["mae"] > 1 for fold in folds), "not in standard deviations of the price"
    assert siblings.folds(setup, 4) == folds and siblings.seeds(setup) == ()


def test_too_few_rows_are_not_dealt(setup: Setup) -> None:
    """With more parts than rows one would be empty."""
    with pytest.raises(DataError, match="too few"):
        done(Siblings().training_folds(setup, 60))


def test_a_branch_is_made_again_stage_by_stage(session: Session) -> None:
    """Its siblings learn as its parent did until it branched off, and then as it did."""
    session.train()
    session.wait()
    session.look_at(Moment(session.run_numbers[0], 5))
    session.continue_from_here()
    session.set_training(l2=0.01)
    session.train()
    session.wait()
    setup = setup_of(session.current_run, {run.number: run for run in session.runs})
    assert [(stage.epochs, stage.l2) for stage in setup.stages] == [(5, 0.0), (8, 0.01)]
    (sibling,) = done(Siblings().training_seeds(setup, 1))
    assert sibling.epoch <= 8


def test_others_learn_as_long_as_the_run_has(session: Session) -> None:
    """A run that was paused is compared with networks paused there; early stopping applies to each by itself."""
    session.set_training(patience=3)
    session.step("epoch")
    session.wait()
    (stage,) = setup_of(session.current_run, {}).stages
    assert (stage.epochs, stage.patience) == (1, None)
    session.set_training(epochs=400, patience=1)
    session.train()
    session.wait()
    assert session.newest.finished == "early stopping"
    (stage,) = setup_of(session.current_run, {}).stages
    assert (stage.epochs, stage.patience) == (400, 1)


def test_other_data_have_other_siblings(session: Session, houses: Dataset) -> None:
    """What was trained on data that are closed is not kept."""
    setup = session.setup_of(session.current_run)
    done(session.siblings.training_seeds(setup, 1))
    session.open(houses)
    assert session.siblings.seeds(setup) == ()
