"""Write ``sklearn_metrics.json``: random cases and what scikit-learn says of them. Run by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from sklearn import metrics as sk


def classes(rng: np.random.Generator, k: int, n: int, ties: bool) -> dict:
    truth = np.concatenate([np.arange(k), rng.integers(0, k, n - k)])
    logits = rng.normal(size=(n, k)) + 1.5 * np.eye(k)[truth] * rng.random((n, 1))
    if ties:
        logits = logits.round()
    P = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    average = "binary" if k == 2 else "macro"
    answer = (P[:, 1] > 0.5).astype(int) if k == 2 else P.argmax(axis=1)
    scores = {
        "accuracy": sk.accuracy_score(truth, answer),
        "balanced_accuracy": sk.balanced_accuracy_score(truth, answer),
        "precision": sk.precision_score(truth, answer, average=average, zero_division=0),
        "recall": sk.recall_score(truth, answer, average=average, zero_division=0),
        "f1": sk.f1_score(truth, answer, average=average, zero_division=0),
        "auc": sk.roc_auc_score(truth, P[:, 1]) if k == 2 else sk.roc_auc_score(truth, P, multi_class="ovr"),
        "log_loss": sk.log_loss(truth, P, labels=list(range(k))),
        "brier": sk.brier_score_loss(truth, P[:, 1]) if k == 2 else float(((P - np.eye(k)[truth]) ** 2).sum(1).mean()),
    }
    output = P[:, 1:] if k == 2 else P
    return {
        "task": "binary" if k == 2 else "multiclass",
        "truth": truth.tolist(),
        "output": output.tolist(),
        "confusion": sk.confusion_matrix(truth, answer, labels=list(range(k))).tolist(),
        "expected": {name: float(value) for name, value in scores.items()},
    }


def numbers(rng: np.random.Generator, m: int, n: int) -> dict:
    Y = rng.normal(3, 2, (n, m))
    output = Y + rng.normal(0, 1, (n, m))
    expected = {
        "loss": sk.mean_squared_error(Y, output),
        "mae": sk.mean_absolute_error(Y, output),
        "rmse": sk.root_mean_squared_error(Y, output),
        "r2": sk.r2_score(Y, output),
    }
    return {"task": "regression", "truth": Y.tolist(), "output": output.tolist(), "expected": expected}


def main() -> None:
    rng = np.random.default_rng(7)
    cases = [classes(rng, k, n, ties) for k in (2, 3, 7) for n in (25, 60) for ties in (False, True)]
    cases += [numbers(rng, m, n) for m in (1, 3) for n in (10, 50)]
    Path(__file__).with_name("sklearn_metrics.json").write_text(json.dumps(cases), encoding="utf-8")


if __name__ == "__main__":
    main()
