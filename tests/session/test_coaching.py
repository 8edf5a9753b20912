"""The coach on real training: each rule speaks where it should, and not where it should not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.errors import AnnVizError
from ann_viz.explain import RULES, RunReport, load_coach_texts, observe
from ann_viz.session import Session
from ann_viz.session.coaching import report_of
from ann_viz.session.headless import open_dataset

Run = Callable[..., RunReport]


def write(path: Path, X: Any, answers: Any, names: str) -> Path:
    """Write columns of numbers and one of answers."""
    rows = [",".join([*(f"{value:.4f}" for value in row), str(answer)]) for row, answer in zip(X, answers, strict=True)]
    path.write_text("\n".join([names, *rows]) + "\n")
    return path


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Train for some epochs and report."""
    sessions = []

    def go(path: Path, *, hidden: tuple[LayerConfig, ...] | None = None, **settings: Any) -> RunReport:
        session = Session(TrainConfig(**({"epochs": 0} | settings)))
        sessions.append(session)
        session.open(open_dataset(path))
        if hidden is not None:
            session.set_hidden(hidden)
        if settings.get("epochs", 0):
            session.train()
            with suppress(AnnVizError):
                session.wait()
        report = report_of(session)
        assert report is not None
        return report

    yield go
    for session in sessions:
        session.close()


@pytest.fixture
def moons(tmp_path: Path) -> Path:
    """A learnable yes/no question with 600 rows."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(600, 2))
    return write(tmp_path / "moons.csv", X, np.where(X[:, 0] * X[:, 1] > 0, "yes", "no"), "x,y,target")


def rule(report: RunReport) -> str:
    """Name of the rule that speaks."""
    return observe(report).rule.name


def test_without_data_there_is_nothing_to_say() -> None:
    """An empty session has no report."""
    assert report_of(Session()) is None


def test_untrained_then_begun_then_learning_then_finished(run: Run, moons: Path) -> None:
    """The ordinary course of a run that goes well."""
    assert rule(run(moons)) == "untrained"
    begun = replace(run(moons, epochs=3), finished=None)
    assert rule(begun) == "early"
    done = run(moons, epochs=25)
    assert rule(done) == "finished"
    assert rule(replace(done, finished=None)) == "learning"


def test_diverged(run: Run, tmp_path: Path) -> None:
    """A rate far too high makes weights infinite; the layer is named."""
    X = np.random.default_rng(2).normal(size=(200, 3))
    path = write(tmp_path / "houses.csv", X, np.round(X @ [3.0, -2, 1] * 10, 2), "a,b,c,price")
    report = run(path, epochs=50, optimizer="sgd", learning_rate=100.0)
    assert rule(report) == "diverged"
    assert rule(run(path, epochs=50, optimizer="sgd", learning_rate=0.001)) != "diverged"


def test_rate_too_high(run: Run, moons: Path) -> None:
    """Steps that are too large make the loss jump."""
    tanh = (LayerConfig(activation="tanh"),)
    report = run(moons, hidden=tanh, epochs=30, optimizer="sgd", learning_rate=60.0)
    assert rule(report) == "rate_too_high"
    assert rule(run(moons, hidden=tanh, epochs=30)) != "rate_too_high"


def test_rate_too_low(run: Run, moons: Path) -> None:
    """Steps that are too small make the loss creep."""
    report = run(moons, epochs=30, optimizer="sgd", learning_rate=1e-5, batch_size=1)
    assert rule(replace(report, finished=None)) == "rate_too_low"


def test_dead_units(run: Run, moons: Path) -> None:
    """A few huge steps silence ReLU neurons for good."""
    report = run(moons, epochs=20, optimizer="sgd", learning_rate=8.0, momentum=0.0)
    assert report.n_dead >= 4
    assert rule(report) in {"dead_units", "rate_too_high"}
    assert rule(replace(report, train_loss=np.full_like(report.train_loss, 0.69))) == "dead_units"
    assert run(moons, epochs=20).n_dead < 4


def test_saturated_units(run: Run, moons: Path) -> None:
    """Huge weights press tanh neurons into their flat ends."""
    tanh = (LayerConfig(neurons=6, activation="tanh"),)
    report = run(moons, hidden=tanh, epochs=20, learning_rate=30.0)
    assert report.n_saturated >= 2
    assert rule(replace(report, train_loss=np.full_like(report.train_loss, 0.69))) == "saturated_units"
    assert run(moons, hidden=tanh, epochs=20).n_saturated == 0


def test_memorising(run: Run, tmp_path: Path) -> None:
    """A large network on few noisy rows gets worse on those it has not seen; the epoch it began is named."""
    rng = np.random.default_rng(3)
    X = rng.normal(size=(400, 8))
    noisy = np.where(X[:, 0] + rng.normal(size=400) * 1.5 > 0, "yes", "no")
    path = write(tmp_path / "noisy.csv", X, noisy, "a,b,c,d,e,f,g,h,target")
    report = run(path, hidden=(LayerConfig(neurons=32), LayerConfig(neurons=32)), epochs=60)
    observation = observe(report)
    assert observation.rule.name == "memorises"
    assert observation.values["best_epoch"] == f"{int(np.argmin(report.validation_loss))}"
    assert rule(run(path, hidden=(), epochs=10)) != "memorises"


def test_guessing(run: Run, tmp_path: Path) -> None:
    """Answers that follow from nothing can't be learned, and the score of guessing is said."""
    rng = np.random.default_rng(4)
    X = rng.normal(size=(500, 2))
    path = write(tmp_path / "noise.csv", X, rng.choice(["yes", "no"], 500), "x,y,target")
    report = run(path, hidden=(), epochs=30, learning_rate=0.02)
    assert rule(report) == "guessing"
    values = observe(report).values
    assert values["guess"].startswith("5")


def test_underfitting(run: Run, tmp_path: Path) -> None:
    """One neuron can't draw a circle: the loss stays flat and high."""
    rng = np.random.default_rng(5)
    X = rng.uniform(-1, 1, size=(600, 2))
    answers = np.where((X**2).sum(axis=1) < 0.64, "yes", "no")
    path = write(tmp_path / "circle.csv", X, answers, "x,y,target")
    report = run(path, hidden=(LayerConfig(neurons=1, activation="tanh"),), epochs=60, learning_rate=0.02)
    assert rule(report) == "underfits"
    better = run(path, hidden=(LayerConfig(neurons=24), LayerConfig(neurons=24)), epochs=60)
    assert rule(better) != "underfits"


def test_accuracy_misleads(run: Run, tmp_path: Path) -> None:
    """Where one answer is common the coach says what always giving it would score, unless classes are balanced."""
    rng = np.random.default_rng(6)
    X = rng.normal(size=(800, 2))
    path = write(tmp_path / "rare.csv", X, np.where(X[:, 0] > 0.9, "yes", "no"), "x,y,target")
    report = run(path, epochs=12)
    assert rule(report) == "accuracy_misleads"
    assert rule(replace(report, balanced=True)) != "accuracy_misleads"


def test_few_rows_to_check_on(run: Run, tmp_path: Path) -> None:
    """A score on 15 rows is not to be trusted."""
    rng = np.random.default_rng(7)
    X = rng.normal(size=(100, 2))
    path = write(tmp_path / "few.csv", X, np.where(X[:, 0] > 0, "yes", "no"), "x,y,target")
    assert rule(run(path, hidden=(), epochs=200)) == "small_validation"


def test_numbers_have_their_own_measure(run: Run, tmp_path: Path) -> None:
    """A run that predicts a number is measured by R² against the mean."""
    X = np.random.default_rng(8).normal(size=(600, 2))
    path = write(tmp_path / "price.csv", X, np.round(X @ [3.0, -2.0] * 10, 2), "a,b,price")
    observation = observe(replace(run(path, epochs=20), finished=None))
    assert observation.rule.name == "learning"
    assert float(observation.values["metric"].removeprefix("R² ")) > 0.9


def test_every_rule_has_its_texts() -> None:
    """What a rule says and offers is in the file, in both voices."""
    texts = load_coach_texts()
    values = {name: "1" for name in _names()}
    for known in RULES:
        for voice in ("plain", "technical"):
            assert texts.titles[known.name][voice].format_map(values)
            assert texts.texts[known.name][voice].format_map(values)
        assert len(known.actions) <= 2
        assert all(texts.actions[action].format_map(values) for action in known.actions)
    assert set(texts.texts) == {known.name for known in RULES}


def _names() -> set[str]:
    empty = RunReport(
        state="ready", task="binary", epoch=0, step=0, best_epoch=0, finished=None, train_loss=np.ones(1),
        validation_loss=np.ones(1), metric=0.5, guess_metric=0.5, guess_loss=0.69, commonest_share=0.5, balanced=False,
        n_train=1, n_validation=1, learning_rate=0.01, l2=0.0, n_hidden=1, n_rectified=1, n_squashing=0, n_dead=0,
        n_saturated=0,
    )  # fmt: skip
    return set(observe(empty).values)
