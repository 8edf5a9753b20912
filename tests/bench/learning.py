"""How well the suggested settings learn: public sets, three splits each, beside models that people trust.

Run by hand, in an environment with the ``bench`` extra: ``python tests/bench/learning.py --data FOLDER``, where the
folder has the files named in `learning_sets.py`; whatever is missing is left out and said so. The network is trained
by the very steps of ``ann-viz train`` with nothing chosen. The others are given the same training rows, encoded by what
these show; with ``--more`` the validation rows as well, of which the network takes the best epoch only.
Scores are points: rows in a hundred that are answered rightly, or R² times a hundred.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from learning_sets import SETS, DataSet, data_file

from ann_viz.data import Dataset, build_dataset
from ann_viz.engine import evaluate
from ann_viz.session import Session
from ann_viz.session.headless import learn, open_dataset
from ann_viz.session.suggested import Suggestion, suggest_training

Rows = tuple[np.ndarray, np.ndarray]
Chances = tuple[np.ndarray, np.ndarray]
"""Of a yes/no answer: the chance that was told for each test row, and the truth."""
Peer = Callable[[Rows, Rows, bool, int], np.ndarray]
WORST: Final = -100.0  # points: an R² far below guessing says nothing more


@dataclass(frozen=True)
class Outcome:
    """What one model came to on one split."""

    score: float
    seconds: float
    epochs: int = 0
    chances: Chances | None = None


# The network ----------------------------------------------------------------------------------------------------------
NEUTRAL: Final[dict[str, Any]] = {"average_epochs": 0.0, "l2": 0.0, "dropout": 0.0, "patience": None}
"""Settings of training that can be left out, and what they are then."""

ACCURACY: Final = "accuracy mode"


def network(path: Path, data: DataSet, seed: int, part: str, engine: Any) -> Outcome:
    """Train as ``ann-viz train`` does, perhaps without a part of what is suggested, or with ``--accuracy``."""
    with closing(Session(engine=engine)) as session:
        dataset = _other_data(open_dataset(path, target=data.target, seed=seed), part)
        suggestion = suggest_training(dataset, "small" if part == "size" else None, seed=seed)
        session.open(dataset, _other_settings(suggestion, part))
        session.set_network(seed=seed)
        begin = time.process_time()
        outcome = learn(session, accuracy=part == ACCURACY)
        seconds = time.process_time() - begin
        truth, answer = session.answers("test")
        chances = (answer[:, 0], truth[:, 0]) if dataset.recipe.task == "binary" else None
        return Outcome(_points(dataset, truth, answer), seconds, outcome.epochs, chances)


def _other_data(dataset: Dataset, part: str) -> Dataset:
    """Return the data with far values as they are, or split 70/15/15, where that is the part to do without."""
    recipe = dataset.recipe
    if part == "tails":
        recipe = replace(recipe, scaling="standard")
    elif part == "split":
        recipe = replace(recipe, split=replace(recipe.split, train=0.7, validation=0.15, test=0.15))
    return dataset if recipe is dataset.recipe else build_dataset(dataset.table, recipe)


def _other_settings(suggestion: Suggestion, part: str) -> Suggestion:
    """Return the settings without a part, or with one of them set: "patience=12"."""
    name, _, value = part.partition("=")
    if name == "scale":
        return replace(suggestion, output_scale=1.0)
    if value:
        changes = {name: type(getattr(suggestion.training, name))(value)}
    else:
        changes = {name: NEUTRAL[name]} if name in NEUTRAL else {}
    return replace(suggestion, training=replace(suggestion.training, **changes))


def _points(dataset: Dataset, truth: np.ndarray, answer: np.ndarray) -> float:
    if dataset.recipe.task == "regression":
        return max(WORST, 100 * evaluate(dataset.recipe.task, truth, answer)["r2"])
    classes = (answer > 0.5) == (truth > 0.5) if truth.shape[1] == 1 else answer.argmax(1) == truth.argmax(1)
    return 100 * float(np.mean(classes))


def calibration(outcomes: list[Outcome], bins: int = 10) -> tuple[float, float, float] | None:
    """Return three calibration errors of a yes/no answer over bins of equal numbers of rows; None for other answers.

    The plain one (ECE), the mean over the splits: few rows in a bin differ from their chance by luck, so it is never 0.
    What it would be by luck alone, were every chance the true one. The root of the debiased squared error (Kumar, Liang
    & Ma 2019), all splits together, in which luck cancels out; 0 where the estimate is below it.
    """
    told = [each.chances for each in outcomes if each.chances is not None]
    if not told:
        return None
    rng = np.random.default_rng(0)
    lucky = [_expected_error(p, rng.random(len(p)) < p, bins) for p, _ in told for _ in range(50)]
    squares = 0.0
    chances, truth = (np.concatenate(parts) for parts in zip(*told, strict=True))
    for part in np.array_split(np.argsort(chances), bins):
        share = truth[part].mean()
        by_luck = share * (1 - share) / (len(part) - 1)
        squares += len(part) / len(truth) * ((share - chances[part].mean()) ** 2 - by_luck)
    plain = statistics.mean(_expected_error(p, y, bins) for p, y in told)
    return plain, statistics.mean(lucky), max(0.0, squares) ** 0.5


def _expected_error(chances: np.ndarray, truth: np.ndarray, bins: int) -> float:
    parts = np.array_split(np.argsort(chances), bins)
    return float(sum(abs(truth[part].mean() - chances[part].mean()) * len(part) for part in parts) / len(truth))


# The others -----------------------------------------------------------------------------------------------------------
def _sklearn(make: Callable[[bool, int], Any]) -> Peer:
    def fit(known: Rows, unseen: Rows, regression: bool, seed: int) -> np.ndarray:
        model = make(regression, seed)
        warnings.simplefilter("ignore")  # some of them would like to learn longer
        y = known[1][:, 0] if known[1].shape[1] == 1 else known[1].argmax(1)
        return np.asarray(model.fit(known[0], y if regression else y.round().astype(int)).predict(unseen[0]))

    return fit


def peers() -> dict[str, Peer]:
    """Return the models to compare with that are installed."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    def mlp(early: bool) -> Peer:
        return _sklearn(lambda r, s: (MLPRegressor if r else MLPClassifier)(random_state=s, early_stopping=early))

    def boosting(regression: bool, seed: int) -> Any:
        return (HistGradientBoostingRegressor if regression else HistGradientBoostingClassifier)(random_state=seed)

    return {
        "MLP": mlp(False),
        "MLP, early stopping": mlp(True),
        "gradient boosting": _sklearn(boosting),
        "linear": _sklearn(lambda r, _: Ridge() if r else LogisticRegression(max_iter=2000)),
    }


def others(path: Path, data: DataSet, seed: int, models: dict[str, Peer], more: bool) -> Iterator[tuple[str, Outcome]]:
    """Train each peer on the same rows, scaled plainly."""
    with closing(open_dataset(path, target=data.target, seed=seed)) as opened:
        dataset = build_dataset(opened.table, replace(opened.recipe, scaling="standard"))
        parts = [dataset.part(name) for name in (("train", "validation") if more else ("train",))]
        known, unseen = tuple(np.concatenate([part[k] for part in parts]) for k in (0, 1)), dataset.part("test")
        regression = dataset.recipe.task == "regression"
        for name, fit in models.items():
            begin = time.process_time()
            said = fit(known, unseen, regression, seed)  # type: ignore[arg-type]
            if regression:
                score = _points(dataset, unseen[1], said[:, None])
            else:
                truth = unseen[1][:, 0].round() if unseen[1].shape[1] == 1 else unseen[1].argmax(1)
                score = 100 * float(np.mean(said == truth))
            yield name, Outcome(score, time.process_time() - begin)


# The table ------------------------------------------------------------------------------------------------------------
Found = dict[str, dict[str, list[Outcome]]]


def as_table(found: Found) -> list[str]:
    """Return a Markdown table: a row a set, mean and standard error over its splits."""
    names = list(next(iter(found.values())))
    lines = [f"| set | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for data, models in found.items():
        lines.append(f"| {data} | " + " | ".join(_cell([each.score for each in models[name]]) for name in names) + " |")
    medians = [statistics.median(_mean(models[name]) for models in found.values()) for name in names]
    return [*lines, "| **median** | " + " | ".join(f"**{value:.1f}**" for value in medians) + " |"]


def _mean(outcomes: list[Outcome]) -> float:
    return statistics.mean(each.score for each in outcomes)


def _cell(scores: list[float]) -> str:
    return f"{statistics.mean(scores):.1f} ± {_error(scores):.1f}"


def _error(values: list[float]) -> float:
    """Return the standard error of the mean."""
    return statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0.0


def leads(found: Found, of: str, over: list[str]) -> list[tuple[float, float]]:
    """Return by how many points one model leads the best of others, set by set, and its standard error over splits."""
    told = []
    for models in found.values():
        best = max((models[name] for name in over), key=_mean)
        gaps = [one - other for one, other in _pairs(models[of], best)]
        told.append((statistics.mean(gaps), _error(gaps)))
    return told


def main() -> None:
    """Run what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the files")
    parser.add_argument("--sets", choices=("development", "held-out", "all"), default="all")
    parser.add_argument("--only", default="", help="part of a set's name")
    parser.add_argument("--seeds", type=int, default=3, help="splits per set, each with a seed of its own")
    parser.add_argument("--engine", choices=("numpy", "turbo", "auto"), default="numpy")
    parser.add_argument(
        "--without", nargs="*", default=[], help="parts to take away one at a time; field=value sets it"
    )
    parser.add_argument("--accuracy", action="store_true", help="train in accuracy mode too, and tell what it gains")
    parser.add_argument("--more", action="store_true", help="let the peers learn from the validation rows too")
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    models = {} if options.alone else peers()
    found: Found = {}
    with tempfile.TemporaryDirectory() as scratch:
        for data in (each for each in SETS if options.sets in ("all", each.part) and options.only in each.name):
            path = data_file(data, options.data, Path(scratch))
            if path is None:
                print(f"{data.name} is missing", file=sys.stderr)
                continue
            found[data.name] = kept = _run(path, data, models, options)
            told = {name: _cell([each.score for each in outcomes]) for name, outcomes in kept.items()}
            print(data.name, told, [each.epochs for each in kept["ANN Viz"]], file=sys.stderr, flush=True)
    print("\n".join([*as_table(found), "", *summary(found, options.without, bool(models)), *gained(found)]))


def _run(path: Path, data: DataSet, models: dict[str, Peer], options: argparse.Namespace) -> dict[str, list[Outcome]]:
    """Train everything on every split of one set."""
    kept: dict[str, list[Outcome]] = {}
    for seed in range(options.seeds):
        for part in ("", *options.without):
            name = f"without {part}" if part else "ANN Viz"
            kept.setdefault(name, []).append(network(path, data, seed, part, options.engine))
        if options.accuracy:
            kept.setdefault(ACCURACY, []).append(network(path, data, seed, ACCURACY, options.engine))
        for name, outcome in others(path, data, seed, models, options.more) if models else ():
            kept.setdefault(name, []).append(outcome)
    return kept


def summary(found: Found, parts: list[str], has_peers: bool) -> list[str]:
    """Return the bars, and what each part is worth."""
    ours = [models["ANN Viz"] for models in found.values()]
    lines = [f"- {max(o.seconds for outcomes in ours for o in outcomes):.1f} s of processor time at most"]
    for data, models in found.items():
        errors = calibration(models["ANN Viz"])
        if errors is not None:
            plain, lucky, debiased = errors
            lines.append(
                f"- calibration of {data}: ECE {plain:.3f}, by luck alone {lucky:.3f}, debiased {debiased:.3f}"
            )
    if has_peers:
        mlp, trees = (
            leads(found, "ANN Viz", ["MLP", "MLP, early stopping"]),
            leads(found, "ANN Viz", ["gradient boosting"]),
        )
        for name, pairs in (("the better MLP", mlp), ("gradient boosting", trees)):
            values = [value for value, _ in pairs]
            level = sum(value >= -0.5 for value in values)
            behind = sum(value + 2 * error < -0.5 for value, error in pairs)
            median = statistics.median(values)
            lines.append(
                f"- against {name}: median {median:+.2f} points, at least level on {level} of {len(values)}; "
                f"surely behind, by two standard errors of the pairs, on {behind}"
            )
            lines.append(f"  ({', '.join(f'{value:+.1f} ± {error:.1f}' for value, error in pairs)})")
    for part in parts:
        lost = [m - n for models in found.values() for m, n in _pairs(models["ANN Viz"], models[f"without {part}"])]
        lines.append(f"- without {part}: {statistics.mean(lost):+.2f} ± {_error(lost):.2f} points are lost")
    return lines


def gained(found: Found) -> list[str]:
    """Return what accuracy mode gains, the mean over the sets of the means over their splits; nothing without it."""
    sets = [_pairs(models[ACCURACY], models["ANN Viz"]) for models in found.values() if ACCURACY in models]
    if not sets:
        return []
    gains = [statistics.mean(three - one for three, one in pairs) for pairs in sets]
    better, worse = (sum(sign * gain > 0 for gain in gains) for sign in (1, -1))
    mean = f"{statistics.mean(gains):+.2f} ± {_error(gains):.2f}"
    return [f"- {ACCURACY}: {mean} points are gained; better on {better} of {len(gains)} sets, worse on {worse}"]


def _pairs(some: list[Outcome], others: list[Outcome]) -> list[tuple[float, float]]:
    return [(one.score, other.score) for one, other in zip(some, others, strict=True)]


if __name__ == "__main__":
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    main()
