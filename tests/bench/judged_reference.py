"""Figures of scikit-learn for `tests/session/judged`: made once, stored, so that the tests need no scikit-learn.

Run by hand: ``python tests/bench/judged_reference.py`` (needs scikit-learn) writes
``tests/session/judged/sklearn_judged.json``.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

PLACE = Path(__file__).parents[1] / "session" / "judged" / "sklearn_judged.json"


def ranking_case(seed: int, n: int, ties: bool) -> dict[str, object]:
    """A yes-or-no target and chances that know something of it, rounded where there shall be ties."""
    from sklearn import metrics
    from sklearn.calibration import calibration_curve

    rng = np.random.default_rng(seed)
    truth = (rng.random(n) < 0.3).astype(int)
    chance = 1 / (1 + np.exp(-(rng.normal(size=n) + 1.5 * truth - 1)))
    chance = chance.round(1 if ties else 6)
    false_alarms, found, _ = metrics.roc_curve(truth, chance, drop_intermediate=False)
    precision, recall, _ = metrics.precision_recall_curve(truth, chance)
    is_so, said = calibration_curve(truth, chance, n_bins=10)
    return {
        "truth": truth.tolist(),
        "chance": chance.tolist(),
        "false_alarms": false_alarms.tolist(),
        "found": found.tolist(),
        "precision": precision[::-1].tolist(),
        "recall": recall[::-1].tolist(),
        "auc": metrics.roc_auc_score(truth, chance),
        "average_precision": metrics.average_precision_score(truth, chance),
        "said": said.tolist(),
        "is_so": is_so.tolist(),
    }


def importance_case() -> dict[str, object]:
    """A logistic regression, whose weights become a network without hidden layer, and its permutation importance."""
    from sklearn.inspection import partial_dependence, permutation_importance
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(5)
    X = rng.normal(size=(600, 4))
    y = (X @ [2.0, -1.0, 0.3, 0.0] + rng.normal(size=600) > 0).astype(int)
    model = LogisticRegression(C=100).fit(X, y)
    shuffled = permutation_importance(model, X, y, scoring="roc_auc", n_repeats=200, random_state=0)
    curve = partial_dependence(model, X, [0], grid_resolution=9, kind="average", response_method="predict_proba")
    return {
        "X": X.round(9).tolist(),
        "y": y.tolist(),
        "weights": model.coef_[0].tolist(),
        "bias": float(model.intercept_[0]),
        "means": shuffled.importances_mean.tolist(),
        "spreads": shuffled.importances_std.tolist(),
        "grid": curve["grid_values"][0].tolist(),
        "dependence": curve["average"][0].tolist(),
    }


if __name__ == "__main__":
    cases = [ranking_case(1, 200, ties=False), ranking_case(2, 150, ties=True), ranking_case(3, 40, ties=False)]
    PLACE.write_text(json.dumps({"ranking": cases, "importance": importance_case()}) + "\n")
