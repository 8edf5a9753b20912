"""Make the puzzles xor.csv, two_moons.csv, two_spirals.csv and circles.csv: points in the plane in two classes.

Each is a shape that no straight line can part. Run `python make_puzzles.py` to write the files anew; the result is
always the same.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

SEED = 2019


def _csv(points: np.ndarray, labels: np.ndarray, names: tuple[str, str], rng: np.random.Generator) -> str:
    rows = rng.permutation(len(points))
    lines = [f"{points[i, 0]:.4f},{points[i, 1]:.4f},{names[labels[i]]}" for i in rows]
    return "\n".join(["x,y,class", *lines]) + "\n"


def xor() -> str:
    """Return 400 points in a square: opposite corners belong together."""
    rng = np.random.default_rng(SEED)
    points = rng.uniform(0.06, 1.0, (400, 2)) * rng.choice((-1, 1), (400, 2))
    labels = (points[:, 0] * points[:, 1] > 0).astype(int)
    return _csv(points + rng.normal(0, 0.03, points.shape), labels, ("different", "same"), rng)


def two_moons() -> str:
    """Return 600 points on two half circles that reach into each other."""
    rng = np.random.default_rng(SEED + 1)
    labels = np.arange(600) % 2
    angle = rng.uniform(0, np.pi, 600)
    side = 1 - 2 * labels
    points = np.column_stack([np.cos(angle) * side + labels, np.sin(angle) * side + 0.5 * labels])
    return _csv(points + rng.normal(0, 0.12, points.shape), labels, ("upper", "lower"), rng)


def two_spirals() -> str:
    """Return 800 points on two arms that wind around each other one and a half times, named by the colours they get."""
    rng = np.random.default_rng(SEED + 2)
    labels = np.arange(800) % 2
    turn = np.sqrt(rng.uniform(0.01, 1.0, 800))  # the root spreads the points evenly along the arms
    angle = 3 * np.pi * turn + np.pi * labels
    points = np.column_stack([turn * np.cos(angle), turn * np.sin(angle)])
    return _csv(points + rng.normal(0, 0.02, points.shape), labels, ("amber arm", "blue arm"), rng)


def circles() -> str:
    """Return 600 points: a disc and the ring around it."""
    rng = np.random.default_rng(SEED + 3)
    labels = np.arange(600) % 2
    angle = rng.uniform(0, 2 * np.pi, 600)
    radius = np.where(labels == 0, 0.45 * np.sqrt(rng.random(600)), rng.uniform(0.65, 1.0, 600))
    points = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return _csv(points + rng.normal(0, 0.04, points.shape), labels, ("inner", "outer"), rng)


FILES = {"xor.csv": xor, "two_moons.csv": two_moons, "two_spirals.csv": two_spirals, "circles.csv": circles}

if __name__ == "__main__":
    for name, make in FILES.items():
        Path(__file__).with_name(name).write_text(make(), encoding="utf-8", newline="\n")
