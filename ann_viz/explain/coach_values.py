"""The live values that the coach's texts may name: every number as it is read, in words or as a figure."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from ann_viz.engine import OPTIMIZERS
from ann_viz.explain.group_gaps import GroupGap
from ann_viz.explain.run_report import DataReport, RunReport
from ann_viz.numerals import (
    NOTHING,
    at_most_four_digits,
    count,
    format_number,
    in_powers,
    listed,
    percent_fixed,
    percent_in_words,
    short_number,
)
from ann_viz.translation import translate

__all__ = ["coach_values", "score_in_words"]

PLAIN: Final = 10.0  # from here on decimals are noise
PLAIN_SHARE: Final = 2.0


def coach_values(report: RunReport) -> dict[str, str]:
    """Return what the texts about a run may name; what is not known is a dash."""
    values = _run_values(report) | _network_values(report)
    if report.gap is not None:
        values |= _group_values(report.gap)
    if report.data is not None:
        values |= _data_values(report, report.data)
    return _Known(values)


class _Known(dict[str, str]):
    """Values of which those that are not known are a dash."""

    def __missing__(self, _name: str) -> str:
        return NOTHING


def score_in_words(report: RunReport) -> Callable[[float], str]:
    """Return how a score is told in plain words: "89 of 100", or R²."""

    def told(value: float) -> str:
        if not math.isfinite(value):
            return NOTHING
        if report.task == "regression":
            return f"R² {short_number(value, 2)}"
        return translate("{n} of 100").format(n=format_number(round(100 * value)))

    return told


def _counted_alike(report: RunReport, told: str) -> str:
    """Return a score with the word that tells it from the accuracy beside it; R² is told from it already."""
    if report.task == "regression" or told == NOTHING:
        return told
    return translate("{score} (each answer counting alike)").format(score=told)


def _figure(value: float) -> str:
    return short_number(value, 2) if math.isfinite(value) else NOTHING


def _loss(losses: np.ndarray[tuple[int], np.dtype[np.float64]], row: int) -> str:
    return short_number(float(losses[row])) if len(losses) and math.isfinite(losses[row]) else NOTHING


def _times(ratio: float) -> str:
    """Return how often one thing goes into another: "7.3", "66"."""
    return format_number(ratio, ".0f" if ratio >= PLAIN else ".1f") if math.isfinite(ratio) else NOTHING


def _times_as(ratio: float) -> str:
    """Return what stands before "as strong": "74 %", "37 times"."""
    return percent_in_words(ratio) if ratio < PLAIN_SHARE else translate("{n} times").format(n=_times(ratio))


def _small_share(value: float) -> str:
    """A share that may be tiny: "0.3 %", "4·10⁻⁷"."""
    if not math.isfinite(value):
        return NOTHING
    return in_powers(value) if 0 < value < 0.001 else percent_fixed(value)


def _run_values(r: RunReport) -> dict[str, str]:
    told = score_in_words(r)
    is_validated = r.data is None or r.data.n_validation > 0
    recalls = [share for share in r.recalls if math.isfinite(share)]
    return {
        "epoch": format_number(r.epoch),
        "best_epoch": format_number(r.best_epoch),
        "since": format_number(r.since),
        "first_loss": _loss(r.validation_loss, 0),
        "loss": _loss(r.validation_loss, -1),
        "best_loss": short_number(float(np.min(r.validation_loss))) if len(r.validation_loss) else NOTHING,
        "loss_share": percent_in_words(r.train_loss[-1] / r.guess_loss) if r.guess_loss > 0 else NOTHING,
        "judged_rows": translate("on rows it has not seen")
        if is_validated
        else translate("on the rows it learns from"),
        "known": told(r.known),
        "known_score": _figure(r.known),
        "held_known": told(r.known_held),
        "held_known_score": _figure(r.known_held),
        "held_error": _figure(r.held_error),
        "recall_min": percent_in_words(min(recalls)) if recalls else NOTHING,
        "swing": percent_fixed(r.trend.swing),
        "falling": percent_in_words(r.trend.falling),
        "per_epoch": _small_share(max(0.0, r.trend.per_epoch)),
        "rise": percent_fixed(r.rise),
        "rise_z": _figure(r.rise_z),
        "other_starts": told(r.other_starts),
        "other_network": r.other_network,
        "other_lead": format_number(100 * r.other_lead, ".1f") if math.isfinite(r.other_lead) else NOTHING,
    }


def _network_values(r: RunReport) -> dict[str, str]:
    gradients = [each[0] / each[-1] if each and each[-1] > 0 else 0.0 for each in (r.gradients, r.gradients_at_start)]
    widths = [format_number(layer.neurons) for layer in r.network.hidden]
    batch = r.training.batch_size
    return {
        "rate": format_number(r.training.learning_rate, "g"),
        "rate_now": in_powers(r.rate) if r.rate > 0 else NOTHING,
        "first_rate": in_powers(r.first_rate) if r.first_rate > 0 else NOTHING,
        "optimizer": OPTIMIZERS[r.training.optimizer].label,
        "batch": format_number(batch),
        "batch_text": count(batch, "row") if batch else translate("all rows"),
        "n_batches": count(r.n_batches, "step"),
        "dropout": percent_in_words(r.training.dropout),
        "grown": _times(r.weights / r.weights_at_start) if r.weights_at_start > 0 else NOTHING,
        "moved": _small_share(r.moved),
        "pull_share": _times_as(r.pull / r.data_pull) if r.data_pull > 0 else NOTHING,
        "gradient_share": _small_share(gradients[0]),
        "gradient_start_share": _small_share(gradients[1]),
        "n_hidden": count(sum(layer.neurons for layer in r.network.hidden), "hidden neuron"),
        "n_idle": format_number(sum(layer.dead + layer.saturated for layer in r.layers)),
        "n_idle_start": format_number(sum(layer.dead + layer.saturated for layer in r.layers_at_start)),
        "alike_units": percent_in_words(max((layer.alike for layer in r.layers), default=0.0)),
        "widths": listed(widths, len(widths)) if widths else NOTHING,
        "n_parameters": count(r.network.n_parameters, "parameter"),
    }


def _group_values(gap: GroupGap) -> dict[str, str]:
    told = translate("It answers {score} of the rows rightly where {column} is {name}, and {others} of all others.")
    common = ""
    if gap.yes:
        told = translate(
            "Of the rows that are “{yes}” it finds {score} where {column} is {name}, and {others} of all others."
        )
        common = translate(
            "“{yes}” is true of {share} of the group and of {others} elsewhere; what is rarer is found less."
        )
    score, others = percent_in_words(gap.score), percent_in_words(gap.others)
    return {
        "group_told": told.format(yes=gap.yes, score=score, column=gap.column, name=gap.name, others=others),
        "group_common": common.format(
            yes=gap.yes, share=percent_in_words(gap.counting), others=percent_in_words(gap.others_counting)
        ),
        "group": f"{gap.column}: {gap.name}",
        "group_measure": translate("Recall") if gap.yes else translate("Accuracy"),
        "group_score": score,
        "group_others": others,
        "n_group": count(gap.n, "row"),
        "n_others": count(gap.n_others, "row"),
        "n_groups": format_number(gap.n_groups),
        "group_chance": _small_share(gap.chance),
    }


def _data_values(r: RunReport, d: DataReport) -> dict[str, str]:
    number = d.finding("identifier", "row counter", "near-unique")
    far = d.far_target > d.far_share
    rarest = min(d.class_counts, default=0)
    return {
        **_probe_values(r, d),
        **_best_column_values(r, d),
        "n_train": count(d.n_train, "row"),
        "n_validation": format_number(d.n_validation),
        "n_inputs": count(d.n_inputs, "input"),
        "rarest": translate("{rows} of the rarest class").format(rows=count(rarest, "row"))
        if d.class_counts
        else translate("each with a number of its own"),
        "share": percent_in_words(max(d.class_counts) / sum(d.class_counts)) if sum(d.class_counts) else NOTHING,
        "n_twins": format_number(d.twins.n),
        "twin_share": percent_in_words(d.twins.share),
        "twin_agreeing": percent_in_words(d.twins.agreeing),
        "twin_chance": percent_in_words(d.twins.by_chance),
        "alike": _figure(d.order.alike),
        "share_gap": at_most_four_digits(d.share_gap),
        "far_column": d.target if far else d.far_column,
        "far_share": percent_in_words(max(d.far_target, d.far_share)),
        "id_column": number.columns[0] if number is not None else d.order.column or NOTHING,
    }


def _probe_values(r: RunReport, d: DataReport) -> dict[str, str]:
    """Return what simple models make of the same rows."""
    told, p = score_in_words(r), d.probes
    values = {
        "able": _counted_alike(r, told(p.able)),
        "able_score": _figure(p.able),
        "probe_error": _figure(p.error),
        "chance": told(p.chance),
        "chance_score": _figure(p.chance),
        "linear": told(p.linear),
        "linear_score": _figure(p.linear),
        "curved": told(p.curved),
        "curved_score": _figure(p.curved),
        "held": told(p.held),
        "held_score": _figure(p.held),
    }
    if d.codes is not None:
        values |= {
            "code_column": d.codes.column,
            "code": told(d.codes.score),
            "code_score": _figure(d.codes.score),
            "code_line": told(d.codes.smooth),
            "code_smooth": _figure(d.codes.smooth),
        }
    return values


def _best_column_values(r: RunReport, d: DataReport) -> dict[str, str]:
    """Return what the columns that tell most on their own are called, and how much they tell."""
    told, columns = score_in_words(r), d.probes.columns
    first, second = (*columns, None, None)[:2]
    values: dict[str, str] = {}
    if first is not None:
        leak = d.finding("leak", "sums to target")
        leaking = leak.columns[0] if leak is not None else first.column
        values |= {
            "best_column": first.column,
            "best_single": told(first.score),
            "best_single_score": _figure(first.score),
            "leak_column": leaking,
            "leak_score": _figure(next((each.score for each in columns if each.column == leaking), math.nan)),
        }
    if second is not None:
        values |= {"second": told(second.score), "second_score": _figure(second.score)}
    return values
