"""A sweep to take along: as plain JSON values, as lines of CSV, or as a table with what is to be thought of it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ann_viz.numerals import NOTHING, count, percent
from ann_viz.session.sweeping.baselines import baseline_name
from ann_viz.session.sweeping.mattered import what_mattered
from ann_viz.session.sweeping.measures import MEASURE_NAMES, score_text
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.ranking import RunScore
from ann_viz.session.sweeping.settings import SETTINGS
from ann_viz.session.sweeping.sweep import Sweep
from ann_viz.session.sweeping.words import against_baselines, verdict
from ann_viz.translation import translate

__all__ = ["sweep_csv", "sweep_json", "sweep_lines"]

_GAP: Final = "  "


def sweep_json(sweep: Sweep) -> dict[str, Any]:
    """Return the runs, best first, each with its settings, mean, spread and the scores of its seeds.

    A number that does not exist is None: the spread of a single seed, the score of a run that diverged.
    """
    runs = sweep.runs()
    return {
        "measure": sweep.plan.measure,
        "runs": [{"settings": _settings_json(run), **_run_json(run)} for run in runs],
        "baselines": [{"model": run.results[0].task.model, **_run_json(run)} for run in sweep.baselines()],
        "mattered": dict(what_mattered(runs)),
    }


def _settings_json(run: RunScore) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in run.settings}


def _run_json(run: RunScore) -> dict[str, Any]:
    names = [name for name, _ in run.results[0].scores]
    return {
        "mean": _number(run.mean()),
        "spread": _number(run.spread()),
        "seeds": [_number(value) for value in run.values()],
        "scores": {name: _number(run.mean(name)) for name in names},
        "epochs": max(result.task.epochs for result in run.results),
        "parameters": run.n_parameters or None,
        "failed": run.failed or None,
    }


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def sweep_csv(plan: Plan, runs: Sequence[RunScore], baselines: Sequence[RunScore]) -> str:
    """Return a line for every run, best first, then for what they are compared with; plain numbers, as a program reads.

    Columns are the settings, mean and spread of every score, parameters (weights and biases) and why there is none.
    """
    names = [name for name, _ in plan.space]
    good = next((run for run in runs if not run.failed), None)
    scores = [] if good is None else [name for name, _ in good.results[0].scores]
    head = ["rank", "model", *names, *(part for name in scores for part in (name, f"{name}_spread"))]
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow([*head, "seeds", "epochs", "parameters", "failed"])
    for rank, run in enumerate((*runs, *baselines), 1):
        settings = _settings_json(run)
        values = ["x".join(map(str, value)) if isinstance(value, list) else value for value in settings.values()]
        numbers = (number for name in scores for number in (run.mean(name), run.spread(name)))
        lines.writerow(
            [
                "" if run.is_baseline else rank,
                run.results[0].task.model,
                *(values or [""] * len(names)),
                *(number if math.isfinite(number) else "" for number in numbers),
                len(run.results),
                max(result.task.epochs for result in run.results),
                run.n_parameters or "",
                run.failed,
            ]
        )
    return text.getvalue()


def sweep_lines(sweep: Sweep) -> Iterator[str]:
    """Yield a table of the runs, what they are compared with, and some sentences."""
    runs, baselines = sweep.runs(), sweep.baselines()
    plan = sweep.plan
    names = [name for name, _ in plan.space]
    titles = ["", *(translate(SETTINGS[name].title) for name in names), translate(MEASURE_NAMES[plan.measure])]
    rows = [_cells(number, run, names) for number, run in enumerate(runs, 1)]
    rows += [_cells(0, run, names) for run in baselines]
    yield from _aligned([[*titles, translate("parameters")], *rows])
    mattered = what_mattered(runs)
    if mattered:
        shares = ", ".join(f"{translate(SETTINGS[name].title)} {percent(share)}" for name, share in mattered)
        yield ""
        yield translate(
            "What mattered, as a share of the difference that one setting explains alone: {shares}."
        ).format(shares=shares)
    better = plan.is_higher_better
    sentences = [
        " ".join(verdict(runs, is_higher_better=better)).strip(),
        against_baselines(runs, baselines, is_higher_better=better),
    ]
    yield from (sentence for sentence in sentences if sentence)


def _cells(number: int, run: RunScore, names: Sequence[str]) -> list[str]:
    """Return the texts of one row; a baseline has its name where the settings stand."""
    settings = dict(run.settings)
    if run.is_baseline:
        texts = ["", baseline_name(run.results[0].task.model), *[""] * (len(names) - 1)]
    else:
        texts = [str(number), *(SETTINGS[name].write(settings[name]) for name in names)]
    if run.failed:
        exploded = translate("exploded with {some} of {all}").format(
            some=run.n_failed, all=count(len(run.results), "seed")
        )
        return [*texts, exploded, ""]
    score, spread = score_text(run.mean(), run.measure), run.spread()
    beside = "" if math.isnan(spread) else f" ± {score_text(spread, run.measure, run.mean())}"
    return [*texts, score + beside, str(run.n_parameters or NOTHING)]


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield _GAP.join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip()
