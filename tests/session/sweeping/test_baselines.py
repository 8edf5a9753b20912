"""Something simpler is scored on the same rows as a network, and honestly."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.engine import NetworkConfig, TrainConfig
from ann_viz.session.sweeping.baselines import baseline_models, reality_checks
from ann_viz.session.sweeping.problem import problem_of
from ann_viz.session.sweeping.task import ModelName, Task
from ann_viz.session.sweeping.work import solve


def network_for(dataset: Dataset) -> NetworkConfig:
    return NetworkConfig(
        n_inputs=dataset.encoder.n_inputs, n_outputs=dataset.encoder.n_outputs, task=dataset.recipe.task
    )


def test_guessing_is_the_share_of_the_commoner_class(circles: Dataset) -> None:
    """The trivial answer is right for as many validation rows as have the class that is commonest in training."""
    guessing, linear = reality_checks(circles, network_for(circles))
    Y = circles.stream("validation")[1]
    share = float(np.asarray(Y[:]).mean())
    assert guessing.result.score("accuracy") == pytest.approx(max(share, 1 - share))
    assert linear.result.score("loss") < guessing.result.score("loss")


def test_a_number_is_missed_in_its_own_units(houses: Dataset) -> None:
    """The mean is off by the spread of the prices, a straight line by their noise."""
    guessing, linear = reality_checks(houses, network_for(houses))
    prices = np.asarray(houses.part("validation")[1], float)[:, 0] * houses.encoder.target_std
    assert guessing.result.score("rmse") == pytest.approx(prices.std(), rel=0.2)
    assert linear.result.score("rmse") < 20  # the noise of the prices is 10


def test_no_hidden_layer_is_logistic_regression(circles: Dataset) -> None:
    """It comes as far as scikit-learn's solver does with the same penalty."""
    linear_model = pytest.importorskip("sklearn.linear_model")
    problem = problem_of(circles, network_for(circles), TrainConfig())
    ours = solve(problem, Task(model="linear")).score("loss")
    theirs = linear_model.LogisticRegression(C=1 / (0.001 * len(problem.X))).fit(problem.X, problem.Y[:, 0])
    loss = problem.score(theirs.predict_proba(problem.judging[0])[:, 1:])["loss"]
    assert ours == pytest.approx(loss, abs=0.02)


@pytest.mark.parametrize("model", ["sklearn_mlp", "boosting"])
@pytest.mark.parametrize("data", ["circles", "flowers", "houses"])
def test_scikit_learn_answers_all_three_tasks(model: ModelName, data: str, request: pytest.FixtureRequest) -> None:
    """Its answers have the form of ours: they beat guessing."""
    pytest.importorskip("sklearn")
    assert model in baseline_models()
    dataset = request.getfixturevalue(data)
    problem = problem_of(dataset, network_for(dataset), TrainConfig())
    found = solve(problem, Task(model=model, epochs=300))
    assert not found.failed
    if model == "sklearn_mlp":  # trees need more rows than these
        assert found.score("loss") < solve(problem, Task(model="guessing")).score("loss")
