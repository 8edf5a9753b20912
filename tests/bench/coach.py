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
import os
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from coach_cases.buttons import followed
from coach_cases.running import Case, ask, build, one_epoch
from coach_cases.situation import CAUSES
from coach_cases.symptoms import measure
from coach_cases.writing import write_situations

from ann_viz.errors import AnnVizError
from ann_viz.session import Session
from ann_viz.session.headless import open_dataset
from ann_viz.session.suggested import suggest_training

CLAIMS = {"diverged": ["rate_too_high"]}  # of rules that are not named like a cause
HARMLESS = ("fine", "noise_ceiling", "improving", "early", "trying")
TRUE_OF = {  # what a teacher would say of a real file after 200 epochs, where it is not that all is well
    "bank_customers.csv": ["group_behind"],  # active members, who leave more rarely, are found more rarely
    "Churn_Modelling.csv": ["group_behind"],  # the same table
    "iris.csv": ["small_validation"],  # 15 rows
    "airline-passengers.csv": ["small_validation"],  # 14 rows
    "glass.csv": ["small_validation"],  # 22 rows
    "winequality-red.csv": ["duplicates"],  # 240 rows are there twice or more
    "digits.csv": ["overfit"],  # the validation loss rises while the score stays
}
MARKS = (5, 20, 50)
EARLY = 5


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
        row |= followed(folder, case, seed, session, min(50, max(1, epochs // 2), len(said)))
    session.close()
    return row


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
