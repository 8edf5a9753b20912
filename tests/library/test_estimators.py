"""The estimators do what scikit-learn asks of every estimator."""

from __future__ import annotations

import doctest
import subprocess
import sys
from typing import Any

import numpy as np
import pytest


def test_without_scikit_learn_one_sentence_says_so() -> None:
    program = "import sys; sys.modules['sklearn.base'] = None; sys.modules['sklearn'] = None\nimport ann_viz\n"
    program += "try:\n    ann_viz.AnnVizClassifier\nexcept ImportError as error:\n    print(error)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "The estimators need scikit-learn: pip install 'ann-viz[sklearn]'.\n"


def checks() -> list[Any]:
    """Every check of scikit-learn, on both estimators."""
    try:
        from sklearn.utils.estimator_checks import estimator_checks_generator
    except ModuleNotFoundError:
        return [pytest.param(None, None, marks=pytest.mark.skip(reason="scikit-learn is not there"))]
    from ann_viz.library.estimators import AnnVizClassifier, AnnVizRegressor

    made = (AnnVizClassifier(epochs=60), AnnVizRegressor(epochs=60))
    return [
        pytest.param(estimator, check, id=f"{type(estimator).__name__}-{check.func.__name__}")
        for each in made
        for estimator, check in estimator_checks_generator(each)
    ]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("estimator", "check"), checks())
def test_what_scikit_learn_asks(estimator: Any, check: Any) -> None:
    check(estimator)


def test_the_example_is_true() -> None:
    pytest.importorskip("sklearn")
    from ann_viz.library import estimators

    done = doctest.testmod(estimators)
    assert done.attempted == 4 and done.failed == 0


def test_rows_are_kept_back_and_the_best_epoch_is_taken() -> None:
    # Intention: with rows to judge by, the weights are those of the lowest loss on them.
    pytest.importorskip("sklearn")
    from ann_viz.library.estimators import AnnVizRegressor

    rng = np.random.default_rng(1)
    X = rng.normal(size=(120, 3))
    y = 40 + 7 * X[:, 0] - 3 * X[:, 1] + rng.normal(size=120)
    found = AnnVizRegressor(hidden=(8,), validation_fraction=0.25, patience=8, random_state=2, engine="numpy").fit(X, y)
    assert found.history_.is_validated and found.n_iter_ < 200
    assert found.score(X, y) > 0.9


def test_three_networks_answer_where_accuracy_is_asked_for() -> None:
    """Their mean is one network, three times as wide; a single one is what it was."""
    pytest.importorskip("sklearn")
    from ann_viz import AnnVizRegressor
    from ann_viz.engine import side_by_side

    X = np.random.default_rng(0).normal(size=(60, 3))
    y = X @ [1.0, -2.0, 0.5]
    known = {"hidden": (4,), "epochs": 5, "random_state": 1, "engine": "numpy", "validation_fraction": 0.2}
    one, three = AnnVizRegressor(**known).fit(X, y), AnnVizRegressor(**known, accuracy=True).fit(X, y)
    assert three.network_.config.sizes == (3, 12, 1)
    first = side_by_side([one.network_] * 3)
    np.testing.assert_allclose(three.network_.W[0][:, :4], first.W[0][:, :4])
    assert not np.allclose(three.network_.W[0][:, 4:8], first.W[0][:, 4:8])
    assert not np.allclose(three.predict(X), one.predict(X))
