"""Writes situations as pairs of a CSV file and a JSON file, the form in which the bench reads them from anywhere."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np

from coach_cases.chance import CHANCE
from coach_cases.data import DATA
from coach_cases.healthy import HEALTHY
from coach_cases.learning import LEARNING
from coach_cases.network import NETWORK
from coach_cases.rows import Columns
from coach_cases.situation import Situation, layers

__all__ = ["SITUATIONS", "write_situations"]

SITUATIONS = (*LEARNING, *NETWORK, *CHANCE, *DATA, *HEALTHY)
SEEDS = (3, 4, 5)


def write_situations(folder: Path, draw: int = 0) -> None:
    """Write all situations, drawn anew for another `draw`."""
    for number, situation in enumerate(SITUATIONS):
        stem = f"{number + 1:02}_{situation.name}"
        for table, name in ((situation.rows, stem), (situation.mended, f"{stem}.repaired")):
            if table is not None:
                _write_table(folder / f"{name}.csv", table(np.random.default_rng([number, draw])))
        target = list(situation.rows(np.random.default_rng(0)))[-1]
        (folder / f"{stem}.json").write_text(json.dumps(_case(situation, stem, target), indent=1), encoding="utf-8")


def _write_table(path: Path, columns: Columns) -> None:
    texts = [[f"{v:.6g}" if isinstance(v, float) else str(v) for v in column.tolist()] for column in columns.values()]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([list(columns), *zip(*texts, strict=True)])


def _case(situation: Situation, stem: str, target: str) -> dict[str, Any]:
    repair = None if situation.repair is None else dict(situation.repair)
    if repair is not None and "hidden" in repair:
        repair["hidden"] = layers(repair["hidden"])
    return {
        "name": stem,
        "target": target,
        "expected": situation.expected,
        "acceptable": situation.acceptable.split(),
        "forbidden": situation.forbidden.split(),
        "recipe": situation.recipe,
        "network": {
            "hidden": layers(situation.hidden),
            "loss": None,
            "output_initializer": situation.output_initializer,
        },
        "train": situation.train,
        "seeds": list(SEEDS),
        "symptom": situation.symptom,
        "repair": repair if situation.mended is None else (repair or {}),
        "effect": situation.effect,
        "repaired_csv": situation.mended is not None,
    }
