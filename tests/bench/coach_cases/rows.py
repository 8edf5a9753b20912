"""Tables of a situation: each function draws columns, the last of which is the answer, for a number of rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

Columns = dict[str, np.ndarray]
Rows = Callable[[np.random.Generator], Columns]


def _named(X: np.ndarray, answer: np.ndarray, target: str = "answer", prefix: str = "x") -> Columns:
    return {f"{prefix}{i + 1}": column for i, column in enumerate(X.T)} | {target: answer}


def _yes(truth: np.ndarray) -> np.ndarray:
    return np.where(truth, "yes", "no")


def moons(rng: np.random.Generator, n: int = 600, noise: float = 0.2) -> Columns:
    """Two half moons that hold each other."""
    t, up = rng.uniform(0, np.pi, n), rng.random(n) < 0.5
    X = np.where(up[:, None], np.c_[np.cos(t), np.sin(t)], np.c_[1 - np.cos(t), 0.5 - np.sin(t)])
    return _named(X + rng.normal(0, noise, X.shape), _yes(up))


def ring(rng: np.random.Generator, n: int = 600, noise: float = 0.1, d: int = 2) -> Columns:
    """Inside or outside of a circle, or a ball."""
    X = rng.normal(size=(n, d))
    radius = np.sqrt((X**2).sum(axis=1))
    return _named(X, _yes(radius + rng.normal(0, noise, n) < np.median(radius)))


def spiral(rng: np.random.Generator, n: int = 500, noise: float = 0.05, turns: float = 1.0) -> Columns:
    """Two arms around each other."""
    t, arm = np.sqrt(rng.random(n)) * 2 * np.pi * turns + 0.5, rng.random(n) < 0.5
    angle = t + np.pi * arm
    X = np.c_[t * np.cos(angle), t * np.sin(angle)] / 4
    return _named(X + rng.normal(0, noise, X.shape), _yes(arm))


def checks(rng: np.random.Generator, n: int = 600, noise: float = 0.05, d: int = 2) -> Columns:
    """Two columns of the same sign, or not; the others mean nothing."""
    X = rng.uniform(-1, 1, (n, d))
    return _named(X, _yes((X[:, 0] + rng.normal(0, noise, n)) * X[:, 1] > 0))


def line(rng: np.random.Generator, n: int = 600, d: int = 4, noise: float = 0.3) -> Columns:
    """A straight border between yes and no."""
    X = rng.normal(size=(n, d))
    return _named(X, _yes(X @ np.linspace(2, 0.5, d) + rng.normal(0, noise, n) > 0))


def flipped(rng: np.random.Generator, table: Callable[..., Columns] = ring, share: float = 0.2, **kinds) -> Columns:
    """Another table of yes and no of which some answers are wrong."""
    columns = table(rng, **kinds)
    *_, target = columns
    wrong = rng.random(len(columns[target])) < share
    columns[target] = np.where(wrong, np.where(columns[target] == "yes", "no", "yes"), columns[target])
    return columns


def divided(rng: np.random.Generator, n: int = 2400, share: float = 0.3, blur: float = 2.5) -> Columns:
    """A border between yes and no that in one of two places the columns hardly tell."""
    X, is_far = rng.normal(size=(n, 4)), rng.random(n) < share
    blurred = X[:, 0] - X[:, 1] + rng.normal(0, 1, n) * np.where(is_far, blur, 0.2)
    return {"place": np.where(is_far, "far", "near")} | _named(X, _yes(blurred > 0))


def blobs(rng: np.random.Generator, n: int = 600, k: int = 4, d: int = 3, spread: float = 0.6) -> Columns:
    """Classes that lie in heaps."""
    centres = rng.normal(0, 2, (k, d))
    kind = rng.integers(0, k, n)
    return _named(centres[kind] + rng.normal(0, spread, (n, d)), np.array([f"kind {c}" for c in "abcdefghij"])[kind])


def sectors(rng: np.random.Generator, n: int = 900, k: int = 6, noise: float = 0.05) -> Columns:
    """Classes as slices of a cake, each standing twice."""
    X = rng.normal(size=(n, 2))
    angle = np.arctan2(X[:, 1], X[:, 0]) + rng.normal(0, noise, n)
    kind = (np.floor((angle + np.pi) / np.pi * k).astype(int)) % k
    return _named(X, np.array([f"kind {c}" for c in "abcdefghij"])[kind])


def houses(rng: np.random.Generator, n: int = 600, noise: float = 15.0) -> Columns:
    """Prices that follow area and age in straight lines."""
    area, rooms, age = rng.uniform(40, 200, n), rng.integers(1, 7, n).astype(float), rng.uniform(0, 80, n)
    return {"area": area, "rooms": rooms, "age": age, "price": 3 * area - 1.5 * age + rng.normal(0, noise, n)}


def wave(rng: np.random.Generator, n: int = 500, waves: float = 2.0, noise: float = 0.1) -> Columns:
    """A sine over one column."""
    t = rng.uniform(-1, 1, n)
    return {"t": t, "height": np.sin(np.pi * waves * t) + rng.normal(0, noise, n)}


def hills(rng: np.random.Generator, n: int = 700, noise: float = 0.1) -> Columns:
    """A product of two columns, which no plane follows."""
    X = rng.uniform(-2, 2, (n, 3))
    return _named(X, X[:, 0] * X[:, 1] + 0.2 * X[:, 2] + rng.normal(0, noise, n), "height")


def bent_line(rng: np.random.Generator, n: int = 700, noise: float = 0.8) -> Columns:
    """A number of which the columns hold some three quarters."""
    X = rng.normal(size=(n, 3))
    return _named(X, X[:, 0] + np.abs(X[:, 1]) + rng.normal(0, noise, n), "height")


def chance(rng: np.random.Generator, n: int = 700, d: int = 4, kind: str = "yes", share: float = 0.5) -> Columns:
    """Answers that no column has to do with."""
    X = rng.normal(size=(n, d))
    if kind == "number":
        return _named(X, rng.normal(50, 10, n))
    return _named(X, _yes(rng.random(n) < share) if kind == "yes" else rng.choice(["red", "green", "blue"], n))


def rare(rng: np.random.Generator, n: int = 2500, share: float = 0.03, blur: float = 1.0, d: int = 3) -> Columns:
    """A rare yes that the columns tell to some extent."""
    X = rng.normal(size=(n, d))
    score = X[:, 0] + 0.8 * X[:, 1] + rng.normal(0, blur, n)
    return _named(X, _yes(score > np.quantile(score, 1 - share)))


def rare_kind(rng: np.random.Generator, n: int = 2000, share: float = 0.03) -> Columns:
    """Three classes, one of them nearly all rows."""
    X = rng.normal(size=(n, 3))
    score = X[:, 0] + rng.normal(0, 0.9, n)
    kind = np.where(
        score > np.quantile(score, 1 - share), "high", np.where(score < np.quantile(score, share), "low", "usual")
    )
    return _named(X, kind)


def with_outcome(rng: np.random.Generator, table: Callable[..., Columns] = line, blur: float = 0.1, **kinds) -> Columns:
    """Another table of yes and no with a column that is known only afterwards."""
    columns = table(rng, **kinds)
    *names, target = columns
    after = (columns[target] == "yes") * 2.0 + rng.normal(0, blur, len(columns[target]))
    return {name: columns[name] for name in names} | {"paid_back": after, target: columns[target]}


def with_number(
    rng: np.random.Generator, table: Callable[..., Columns] = line, by_answer: bool = True, **kinds
) -> Columns:
    """Another table with a running number, in the order of the answer or in none."""
    columns = table(rng, **kinds)
    *names, target = columns
    n = len(columns[target])
    order = np.argsort(columns[target], kind="stable") if by_answer else np.arange(n)
    numbers = np.arange(1, n + 1) if by_answer else rng.permutation(np.arange(10_000, 10_000 + 3 * n))[:n]
    return {"customer_id": numbers} | {name: columns[name][order] for name in (*names, target)}


def copied(rng: np.random.Generator, times: int = 8, n: int = 100, d: int = 5, kind: str = "yes") -> Columns:
    """Every row stands several times; the answers are drawn by lot."""
    X = np.tile(rng.normal(size=(n, d)), (times, 1))
    drawn = _yes(rng.random(n) < 0.5) if kind == "yes" else rng.normal(50, 10, n)
    order = rng.permutation(n * times)
    return _named(X[order], np.tile(drawn, times)[order])


def walk(rng: np.random.Generator, n: int = 700) -> Columns:
    """A price that wanders from day to day."""
    return {"day": np.arange(1, n + 1), "wind": rng.normal(size=n), "price": np.cumsum(rng.normal(0, 1, n))}


def drifting(rng: np.random.Generator, n: int = 900) -> Columns:
    """What decides turns round in the course of the file."""
    X, time = rng.normal(size=(n, 3)), np.linspace(0, 1, n)
    turned = np.where(time < 0.68, 1.0, -1.0)
    return _named(X, _yes(X[:, 0] * turned + 0.3 * X[:, 1] + rng.normal(0, 0.3, n) > 0))


def sorted_file(rng: np.random.Generator, table: Callable[..., Columns] = line, **kinds) -> Columns:
    """Another table in the order of its answer."""
    columns = table(rng, **kinds)
    *_, target = columns
    order = np.argsort(columns[target], kind="stable")
    return {name: column[order] for name, column in columns.items()}


def mistyped(
    rng: np.random.Generator,
    table: Callable[..., Columns] = ring,
    column: str = "x1",
    size: float = 3e4,
    n_wrong: int = 2,
    shift: float = 50.0,
    **kinds,
) -> Columns:
    """Another table with some values that lost their decimal point."""
    columns = table(rng, **kinds)
    columns[column] = columns[column] * 5 + shift if column in ("x1", "x2") else columns[column].astype(float)
    columns[column][rng.choice(len(columns[column]), n_wrong, replace=False)] *= size
    return columns


def towns(rng: np.random.Generator, n: int = 1200, k: int = 20, d: int = 2, kind: str = "yes") -> Columns:
    """A code from 1 to k of which each has an answer of its own."""
    town, X = rng.integers(1, k + 1, n), rng.normal(size=(n, d))
    if kind == "yes":
        likely = rng.permutation(np.arange(k) % 2)[town - 1]
        return {"town": town} | _named(X, _yes(rng.random(n) < np.where(likely, 0.93, 0.07)))
    level = rng.normal(0, 10, k)[town - 1]
    return {"town": town} | _named(X, level + X[:, 0] + rng.normal(0, 1.5, n), "price")


def wide(rng: np.random.Generator, n: int = 60, d: int = 70) -> Columns:
    """More columns than rows, of which two tell."""
    X = rng.normal(size=(n, d))
    return _named(X, _yes(X[:, 0] + X[:, 1] + rng.normal(0, 0.5, n) > 0))


def with_tiny_class(rng: np.random.Generator, n: int = 400) -> Columns:
    """Three heaps, one of three rows."""
    columns = blobs(rng, n=n, k=2, d=3)
    target = "answer"
    columns[target][rng.choice(n, 3, replace=False)] = "kind z"
    return columns


def of(draw: Callable[..., Columns], /, **kinds) -> Rows:
    """Return a table of given kinds, to be drawn."""
    return partial(draw, **kinds)
