"""What the coach says of situations whose cause is known, and what following it brings.

Run by hand: ``python tests/bench/coach.py [--cases FOLDER] [--only TEXT] [--seeds 3] [--draw 0] [--no-buttons]``.
Without a folder the situations of ``coach_cases`` are drawn; a folder holds pairs of a CSV file and a JSON file of the
same form.
``--real FOLDER`` trains its files as the window suggests instead, those of the samples for example, and prints what is
said of each; what is blamed without being listed in `TRUE_OF` is a false alarm.

The coach is asked after every epoch, as the window asks it at a pace of one a second.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
import time
import warnings
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from coach_cases.situation import CAUSES
from coach_cases.writing import write_situations

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.data.encoding.recipe import Plan
from ann_viz.engine import LayerConfig, TrainConfig, evaluate
from ann_viz.errors import AnnVizError
from ann_viz.explain.coach import Observation, observe
from ann_viz.session import Session
from ann_viz.session.coaching import report_of
from ann_viz.session.headless import open_dataset
from ann_viz.session.remedies import remedy
from ann_viz.session.remedy import carry_out
from ann_viz.session.suggested import suggest_training

Case = dict[str, Any]
CLAIMS = {"diverged": ["rate_too_high"]}  # of rules that are not named like a cause
HARMLESS = ("fine", "noise_ceiling", "improving", "early", "trying")
TRUE_OF = {  # what a teacher would say of a real file after 200 epochs, where it is not that all is well
    "bank_customers.csv": ["group_behind"],  # active members, who leave more rarely, are found more rarely
    "iris.csv": ["small_validation"],  # 15 rows
    "airline-passengers.csv": ["small_validation"],  # 14 rows
    "glass.csv": ["small_validation"],  # 22 rows
    "winequality-red.csv": ["duplicates"],  # 240 rows are there twice or more
    "digits.csv": ["overfit"],  # the validation loss rises while the score stays
}
MARKS = (5, 20, 50)
EARLY = 5
ROUNDS, ROUND_EPOCHS, LOOKED_AT = 6, 30, 5
BETTER, LOWER = 0.03, 0.9  # of a score; of a loss


# A run ----------------------------------------------------------------------------------------------------------------
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


# Symptoms -------------------------------------------------------------------------------------------------------------
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


# Grades ---------------------------------------------------------------------------------------------------------------
def claims(name: str) -> list[str]:
    """Return the causes that a rule blames."""
    return CLAIMS.get(name, [name] if name in CAUSES else [])


def grade(name: str, case: Case, mark: str = "end") -> str:
    """Return how good a card is at a time; that all is well is no diagnosis yet in the first epochs."""
    blamed, expected = claims(name), case["expected"]
    unripe = mark == "e5" or (mark != "end" and expected == "stopped_early")
    if not blamed or (blamed == ["fine"] and unripe and expected != "fine"):
        return "right" if expected == "fine" else "silent"
    if expected in blamed:
        return "right"
    return "acceptable" if set(blamed) & set(case["acceptable"]) else "wrong"


def is_forbidden(name: str, case: Case) -> bool:
    """Whether a card blames what must not be blamed."""
    return case["expected"] not in claims(name) and bool(set(claims(name)) & set(case["forbidden"]))


def run_case(folder: Path, case: Case, seed: int, buttons: bool) -> dict[str, Any] | None:
    """Run one situation with one seed; None where this draw does not show the trouble."""
    session, epochs, said = build(folder, case, seed), case["train"]["epochs"], []
    while session.snapshot.epoch < epochs and one_epoch(session):
        said.append(ask(session).rule.name)
    if session.state.value == "failed":
        said.append(ask(session).rule.name)
    shown = eval(case["symptom"], {"min": min, "abs": abs}, measure(session))
    if not shown:
        session.close()
        return None
    marks = {f"e{k}": said[k - 1] for k in MARKS if k <= len(said)} | {"end": said[-1]}
    row = {
        "case": case["name"],
        "marks": marks,
        "grades": {mark: grade(name, case, mark) for mark, name in marks.items()},
        "forbidden": sorted({name for name in said[20:] or said[-1:] if is_forbidden(name, case)}),
        "changes": sum(a != b for a, b in zip(said[EARLY:], said[EARLY + 1 :], strict=False)),
        "cards": len(set(said)),
    }
    if buttons:
        row |= _followed(folder, case, seed, session, min(50, max(1, epochs // 2), len(said)))
    session.close()
    return row


# Buttons --------------------------------------------------------------------------------------------------------------
def press(session: Session) -> str:
    """Do what the first possible button does; return its name, or nothing."""
    report = report_of(session)
    assert report is not None
    for action in observe(report).rule.actions:
        found = remedy(action, session, report)
        if found is not None and action != "train":
            carry_out(session, found)
            return action
    return ""


def _followed(folder: Path, case: Case, seed: int, went_on: Session, at: int) -> dict[str, Any]:
    """Press the first button half way, and compare with the run that went on; then follow all advice."""
    other = build(folder, case, seed)
    for _ in range(went_on.snapshot.epoch + 1 if went_on.state.value == "failed" else at):
        if not one_epoch(other):
            break
        ask(other)
    if other.state.value != "failed":
        other.set_training(epochs=max(case["train"]["epochs"], other.snapshot.epoch + 10), patience=None)
    action = press(other)
    row: dict[str, Any] = {"button": action, "effect": "no button"}
    if action:
        to_end(other)
        row["effect"] = effect(case, score(went_on), score(other))
    other.close()
    if case["effect"] == "score_up" and (case["repair"] is not None or case["repaired_csv"]):
        mended = build(folder, case, seed, (case["repair"] or {}) | {"mended": True})
        to_end(mended)
        with suppress(AnnVizError):
            mended.restore_best()
        goal, sick = score(mended)[0], max(0.0, score(went_on)[0])
        mended.close()
        got, pressed = obey(folder, case, seed)
        row |= {"cured": got > sick + 0.5 * (goal - sick), "pressed": pressed}
    return row


def effect(case: Case, went_on: tuple[float, float], pressed: tuple[float, float]) -> str:
    """Say what pressing did; where a score was too good to be true, telling the truth helps."""
    (x, x_loss), (y, y_loss) = went_on, pressed
    if case["effect"] == "score_down":
        return "helps" if y < x - BETTER else "no change"
    if y > x + BETTER or (y_loss < LOWER * x_loss and y > x - BETTER):
        return "helps"
    return "hurts" if x > y + BETTER or (x_loss < LOWER * y_loss and x > y - BETTER) else "no change"


def obey(folder: Path, case: Case, seed: int) -> tuple[float, list[str]]:
    """Train 30 epochs and press the first button, six times; return the score in the end, of the best weights."""
    session, pressed = build(folder, case, seed), []
    session.set_training(epochs=0, patience=None)
    for turn in range(ROUNDS + 1):
        for epoch in range(ROUND_EPOCHS):
            if not one_epoch(session):
                break
            if epoch >= ROUND_EPOCHS - LOOKED_AT:
                ask(session)
        if turn < ROUNDS:
            pressed.append(press(session))
    with suppress(AnnVizError):
        session.restore_best()
    got = score(session)[0]
    session.close()
    return got, [action for action in pressed if action]


# The table ------------------------------------------------------------------------------------------------------------
def report(rows: list[dict[str, Any]], seconds: float) -> None:
    """Print what came of all runs."""
    print(f"\n{len(rows)} runs that show their trouble, {seconds:.0f} s")
    for mark in (*(f"e{k}" for k in MARKS), "end"):
        counted = Counter(row["grades"][mark] for row in rows if mark in row["grades"])
        total = max(1, sum(counted.values()))
        words = (
            f"{name} {counted[name]:3} ({counted[name] / total:4.0%})"
            for name in ("right", "acceptable", "wrong", "silent")
        )
        print(f"  {mark:4}", "  ".join(words))
    changes = [row["changes"] for row in rows]
    print(f"  forbidden after epoch 20: {sum(bool(row['forbidden']) for row in rows)} runs")
    cards = max(row["cards"] for row in rows)
    print(
        f"  changes of mind after epoch {EARLY}: mean {np.mean(changes):.2f}, most {max(changes)}; cards: most {cards}"
    )
    effects = Counter(row["effect"] for row in rows if "effect" in row)
    print("  first button:", dict(effects))
    cures = [row["cured"] for row in rows if "cured" in row]
    if cures:
        print(f"  an obedient learner is cured in {sum(cures)} of {len(cures)} ({np.mean(cures):.0%})")


def run_all(folder: Path, only: str, n_seeds: int, buttons: bool) -> list[dict[str, Any]]:
    """Run all situations of a folder."""
    rows = []
    for path in sorted(folder.glob("*.json")):
        if only not in path.stem:
            continue
        case = json.loads(path.read_text(encoding="utf-8"))
        runs = [run_case(folder, case, seed, buttons) for seed in case["seeds"][:n_seeds]]
        shown = [row for row in runs if row is not None]
        rows += shown
        said = "/".join(dict.fromkeys(row["marks"]["end"] for row in shown))
        grades = ",".join(row["grades"]["end"] for row in shown) or "no draw shows it"
        button = "  ".join(
            f"{row['button']}:{row['effect']}{' cured' if row.get('cured') else ''}" for row in shown if "button" in row
        )
        print(f"{path.stem[:32]:32} {case['expected']:18} {said[:30]:30} {grades:22} {button}", flush=True)
    return rows


def run_real(folder: Path) -> None:
    """Train every CSV file as suggested, and print what the coach says of it."""
    files = alarms = 0
    for path in sorted(folder.glob("*.csv")):
        try:
            session, dataset = Session(), open_dataset(path)
            session.open(dataset, suggest_training(dataset))
        except AnnVizError as error:
            print(f"{path.name:30} {error}")
            continue
        said = []
        while one_epoch(session) and session.state.value != "finished":
            said.append(ask(session).rule.name)
        said.append(ask(session).rule.name)
        cards = [name for name, before in zip(said, [None, *said], strict=False) if name != before]
        is_alarm = not {said[-1]} & {*HARMLESS, *TRUE_OF.get(path.name, ())}
        files, alarms = files + 1, alarms + is_alarm
        mark = "  alarm" if is_alarm else ""
        print(f"{path.name:30} {len(session.dataset.X):6} rows  {' > '.join(cards)}{mark}", flush=True)
        session.close()
    print(f"{alarms} alarms in {files} files")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--draw", type=int, default=0)
    parser.add_argument("--no-buttons", action="store_true")
    parser.add_argument("--real", type=Path)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    begin = time.perf_counter()
    if asked.real is not None:
        run_real(asked.real)
        return
    with tempfile.TemporaryDirectory() as drawn:
        folder = asked.cases or Path(drawn)
        if asked.cases is None:
            write_situations(folder, asked.draw)
        rows = run_all(folder, asked.only, asked.seeds, not asked.no_buttons)
    if not rows:
        sys.exit("No situation shows its trouble.")
    report(rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()
