"""What a run shows of its trouble: the values that the conditions of situations may name."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ann_viz.engine import evaluate
from ann_viz.session import Session
from coach_cases.running import held

__all__ = ["measure"]


def measure(session: Session) -> dict[str, Any]:
    """Return what the conditions of the situations may name."""
    dataset, snapshot = session.dataset, session.snapshot
    assert dataset is not None and snapshot is not None
    task = dataset.recipe.task
    parts = {"t": dataset.part("train"), "v": dataset.part("validation"), "h": held(session)}
    out = {name: session.network.predict(X) for name, (X, _) in parts.items()}
    found = {name: evaluate(task, Y, out[name]) for name, (_, Y) in parts.items()}
    losses, judged = snapshot.history.train_loss, snapshot.history.judged_loss
    tail, last = losses[-21:], losses[-11:]
    fall = float((last[0] - last[-1]) / max(last[0], 1e-12)) if len(last) > 5 else 0.0
    keys = ("r2", "r2") if task == "regression" else ("accuracy", "balanced_accuracy")
    recalls = _recalls(parts["h"][1], out["h"]) if task != "regression" else [1.0]
    spread = float(out["t"].std(axis=0).mean() / max(1e-12, parts["t"][1].std(axis=0).mean()))
    usual = np.abs(parts["h"][1] - np.median(parts["t"][1]))
    return {
        "failed": session.state.value == "failed",
        "finished": snapshot.finished,
        "first_loss": float(losses[0]),
        "train_loss": float(losses[-1]),
        "val_loss": float(judged[-1]),
        "best_val_loss": float(np.nanmin(judged)),
        "osc": float(2 * np.maximum(np.diff(tail), 0).mean() / max(tail.mean(), 1e-12)) if len(tail) > 1 else 0.0,
        "still_falling": fall > 0.002 and bool((np.diff(last) < 0).mean() > 0.75),
        "flat": abs(fall) < 0.003,
        "train_r2": found["t"].get("r2", 0.0),
        "held_r2": found["h"].get("r2", 0.0),
        **{f"{part}_acc": found[part[0]].get(keys[0], math.nan) for part in ("train", "val")},
        **{f"{part}_bal": found[part[0]].get(keys[1], math.nan) for part in ("train", "val", "held")},
        "acc": found["h"][keys[0]],
        "recall_min": min(recalls),
        "mae_ratio": float(np.median(np.abs(parts["h"][1] - out["h"])) / max(1e-12, np.median(usual))),
        "const_output": spread < 0.05 or (task != "regression" and spread < 0.2 and 0.0 in recalls),
        "n_val": len(dataset.validation),
    }


def _recalls(Y: np.ndarray, out: np.ndarray) -> list[float]:
    binary = Y.shape[1] == 1
    truth, said = (a[:, 0] > 0.5 if binary else a.argmax(axis=1) for a in (Y, out))
    return [float((said[truth == k] == k).mean()) for k in np.unique(truth)]
