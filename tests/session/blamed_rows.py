"""Rows and settings for every cause that the coach can name: a teacher would name it too."""

from __future__ import annotations

from typing import Any

import numpy as np

RNG = np.random.default_rng(0)
X = RNG.normal(size=(500, 3))
SAME_SIGN = np.where(X[:, 0] * X[:, 1] > 0, "yes", "no")
LINE = np.where(X[:, 0] + 0.5 * X[:, 1] + RNG.normal(0, 0.2, 500) > 0, "yes", "no")
NOISE = np.random.default_rng(1)
FAR, X_FAR = NOISE.random(1400) < 0.4, NOISE.normal(size=(1400, 2))
ANSWER_FAR = np.where(X_FAR[:, 0] + np.where(FAR, 2.5, 0.2) * NOISE.normal(size=1400) > 0, "yes", "no")
PRICES = np.round(X @ [30.0, -20.0, 5.0], 2)
RARE = np.where(X[:, 0] + RNG.normal(0, 0.8, 500) > 1.9, "yes", "no")

CAUSES: dict[str, dict[str, Any]] = {
    "rate_too_low": {"rows": (X, LINE), "optimizer": "sgd", "learning_rate": 1e-4, "epochs": 40},
    "batch_too_large": {
        "rows": (X, SAME_SIGN),
        "optimizer": "sgd",
        "learning_rate": 0.1,
        "batch_size": 0,
        "epochs": 30,
    },
    "symmetric_start": {"rows": (X, SAME_SIGN), "hidden": "6 tanh constant, 6 tanh constant", "epochs": 40},
    "vanishing": {
        "rows": (X, SAME_SIGN),
        "hidden": ", ".join(["6 sigmoid"] * 6),
        "optimizer": "sgd",
        "learning_rate": 0.1,
        "epochs": 30,
    },
    "no_nonlinearity": {"rows": (X, SAME_SIGN), "hidden": "", "epochs": 40},
    "too_small": {"rows": (X, SAME_SIGN), "hidden": "1 tanh", "learning_rate": 0.03, "epochs": 50},
    "l2_too_strong": {"rows": (X, SAME_SIGN), "l2": 0.3, "epochs": 40},
    "dropout_too_strong": {"rows": (X, SAME_SIGN), "hidden": "4 relu, 4 relu", "dropout": 0.9, "epochs": 40},
    "schedule_too_fast": {
        "rows": (X, SAME_SIGN),
        "learning_rate": 0.003,
        "schedule": "step",
        "schedule_epochs": 1,
        "schedule_factor": 0.4,
        "epochs": 40,
    },
    "rate_too_high": {"rows": (X, SAME_SIGN), "learning_rate": 3.0, "hidden": "6 tanh, 6 tanh", "epochs": 40},
    "batch_too_small": {
        "rows": (X, LINE),
        "optimizer": "momentum",
        "learning_rate": 0.3,
        "batch_size": 1,
        "hidden": "8 tanh",
        "epochs": 20,
    },
    "no_signal": {"rows": (X, RNG.choice(["yes", "no"], 500)), "epochs": 25},
    "noise_ceiling": {
        "rows": (X, np.where(RNG.random(500) < 0.8, LINE, np.where(LINE == "yes", "no", "yes"))),
        "hidden": "2 tanh",
        "epochs": 45,
    },
    "group_behind": {
        "rows": (np.where(FAR, "far", "near"), X_FAR, ANSWER_FAR),
        "hidden": "4 relu",
        "learning_rate": 0.01,
        "epochs": 40,
    },
    "overfit": {
        "rows": (X, np.where(RNG.random(500) < 0.75, LINE, np.where(LINE == "yes", "no", "yes"))),
        "hidden": "32 relu, 32 relu",
        "epochs": 80,
    },
    "small_validation": {"rows": (X[:90], LINE[:90]), "hidden": "4 relu", "epochs": 60},
    "too_few_rows": {"rows": (RNG.normal(size=(60, 50)), LINE[:60]), "epochs": 30},
    "imbalance": {"rows": (X, RARE), "optimizer": "sgd", "learning_rate": 0.01, "epochs": 40},
    "leak": {"rows": (X, (LINE == "yes") + RNG.normal(0, 0.05, 500), LINE), "epochs": 15},
    "id_column": {"rows": (np.arange(1000, 1500), X, np.sort(LINE)), "epochs": 15},
    "duplicates": {"rows": (np.tile(X[:50], (10, 1)), np.tile(RNG.choice(["yes", "no"], 50), 10)), "epochs": 15},
    "split_shift": {"rows": (np.arange(500), X, np.cumsum(RNG.normal(size=500))), "epochs": 15},
    "outlier": {
        "rows": (
            np.where(np.arange(500) % 250 == 3, 1e6, X[:, 0]),
            X[:, 1],
            np.where(np.abs(X[:, 0]) < 0.67, "yes", "no"),
        ),
        "epochs": 15,
    },
    "code_as_number": {
        "rows": (np.arange(500) % 14 + 1, X, np.where(np.arange(500) % 14 % 3 == 0, "yes", "no")),
        "hidden": "6 relu",
        "epochs": 15,
    },
    "diverged": {"rows": (X, PRICES), "optimizer": "sgd", "learning_rate": 100.0, "epochs": 20},
}
