"""What the package shap says of three networks, for `tests/explain/test_shapley.py`.

Run by hand in an environment that has it: ``python tests/bench/shapley_oracle.py > tests/explain/shapley_oracle.json``.
A row is given to shap as numbers that stand for the inputs of whole columns, so that one-hot inputs go together there
as well. Its exact explainer counts all sets of columns over an independent background.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import shap

sys.path.insert(0, str(Path(__file__).parents[1] / "explain"))

from shapley_models import MODELS, Case


def values_of(case: Case) -> list[list[float]]:
    """Return the Shapley values of every column for every output."""
    rows = np.vstack([case.x, case.background])  # (1 + n, n_inputs): a row's number stands for its inputs

    def answers(places: np.ndarray) -> np.ndarray:
        X = np.empty((len(places), rows.shape[1]), dtype=np.float64)
        for column, (start, stop) in enumerate(case.groups):
            X[:, start:stop] = rows[places[:, column].astype(int), start:stop]
        return np.asarray(case.network.predict(X))

    n_columns = len(case.groups)
    background = np.repeat(np.arange(1, len(rows))[:, None], n_columns, axis=1)
    explainer = shap.ExactExplainer(answers, shap.maskers.Independent(background, max_samples=len(background)))
    found = explainer(np.zeros((1, n_columns)), max_evals=2**n_columns + 1)
    return [[float(value) for value in column] for column in found.values[0].reshape(n_columns, -1)]


if __name__ == "__main__":
    print(
        json.dumps({"shap": shap.__version__, **{name: values_of(make()) for name, make in MODELS.items()}}, indent=1)
    )
