"""A situation as a run: made, trained, asked what the coach says, and judged on rows not learned from."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.data.encoding.recipe import Plan
from ann_viz.engine import LayerConfig, TrainConfig, evaluate
from ann_viz.errors import AnnVizError
from ann_viz.explain.coach import Observation, observe
from ann_viz.session import Session
from ann_viz.session.coaching import report_of

__all__ = ["Case", "ask", "build", "held", "one_epoch", "score", "to_end"]

Case = dict[str, Any]


def build(folder: Path, case: Case, seed: int, patch: Case | None = None) -> Session:
    """Return a session ready to train; `patch` is the repair."""
    patch = patch or {}
    mended = bool(patch) and case["repaired_csv"]
    table = open_table(folder / f"{case['name']}{'.repaired' if mended else ''}.csv")
    recipe = suggest_recipe(table, case["target"])
    asked = case["recipe"] | patch.get("recipe", {})
    inputs = [name for name in asked.get("inputs", recipe.inputs) if name not in patch.get("drop", ())]
    recipe = replace(recipe, inputs=tuple(inputs), split=replace(recipe.split, **asked.get("split", {})))
    for column, treat in asked.get("treat", {}).items():
        recipe = recipe.with_plan(column, Plan(treat=treat))
    session = Session(TrainConfig(**(case["train"] | {"seed": seed} | patch.get("train", {}))))
    session.open(build_dataset(table, recipe))
    network = case["network"]
    session.set_hidden(tuple(LayerConfig(**layer) for layer in patch.get("hidden", network["hidden"])))
    start = patch.get("out_init", network["output_initializer"])
    extra = {"output_initializer": start} if start else {}
    session.set_network(seed=seed, **extra, **({"loss": network["loss"]} if network["loss"] else {}))
    return session


def ask(session: Session) -> Observation:
    """Return what the coach says now."""
    report = report_of(session)
    assert report is not None
    return observe(report)


def one_epoch(session: Session) -> bool:
    """Train for an epoch; false where the run has ended."""
    if session.state.value not in ("ready", "paused"):
        return False
    session.step("epoch")
    with suppress(AnnVizError):
        session.wait(60)
    return session.state.value in ("paused", "finished")


def to_end(session: Session) -> None:
    """Train until a stop rule applies."""
    if session.state.value in ("ready", "paused", "finished"):
        session.train()
        with suppress(AnnVizError):
            session.wait(120)


def held(session: Session) -> tuple[np.ndarray, np.ndarray]:
    """Return validation and test rows together."""
    assert session.dataset is not None
    parts = [session.dataset.part(name) for name in ("validation", "test")]
    return np.concatenate([X for X, _ in parts]), np.concatenate([Y for _, Y in parts])


def score(session: Session) -> tuple[float, float]:
    """Return balanced accuracy or R², and the loss, on the rows not learned from; the worst where it failed."""
    assert session.dataset is not None
    if session.state.value == "failed":
        return -9.0, 9.0
    X, Y = held(session)
    task = session.dataset.recipe.task
    found = evaluate(task, Y, session.network.predict(X))
    return found["r2" if task == "regression" else "balanced_accuracy"], found["loss"]
