"""One step of learning, told about one row: a sentence or two and the formulas with their numbers."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from ann_viz.engine import Phase
from ann_viz.explain.formulas import backward_lines, error_lines, forward_lines, input_lines, progress_lines
from ann_viz.explain.judged_row import loss_formula, slope_formula
from ann_viz.explain.row import RowPass
from ann_viz.explain.situation import RunProgress, Situation
from ann_viz.explain.spans import Told
from ann_viz.explain.texts import Voice, filled, load_notes, load_texts, word
from ann_viz.explain.wording import PARTS
from ann_viz.numerals import FINE_DECIMALS, NOTHING, count, format_number, percent, target_decimals, unsigned
from ann_viz.translation import translate

__all__ = ["step_of_phase", "tell"]

_STEP_OF_PHASE: Final = {"input": 1, "forward": 2, "error": 3, "backward": 4, "update": 4}
_NEED_TRUTH: Final = (3, 4)
_LINES = {1: input_lines, 2: forward_lines, 3: error_lines, 4: backward_lines, 5: progress_lines}


def step_of_phase(phase: Phase) -> int:
    """Return which of the five steps, from 1, a phase of a batch belongs to."""
    return _STEP_OF_PHASE[phase.kind]


def tell(step: int, situation: Situation, voice: Voice) -> Told:
    """Tell one step.

    Parameters
    ----------
    step : int
        1 to 5.
    situation : Situation
        What there is to tell about.
    voice : {"plain", "technical"}
        Whether in plain words or in technical terms.

    Returns
    -------
    Told
    """
    bodies, values = load_texts()[step - 1].body[voice], _values(situation)
    template = next(bodies[case] for case in (_case(step, situation), "any") if case in bodies)
    notes = (load_notes()[name][voice] for name in _notes(step, situation))
    sentence = " ".join(filled(text, values) for text in (template, *notes))
    is_judged = step not in _NEED_TRUTH or not situation.made_up
    return Told(sentence=sentence, lines=tuple(_LINES[step](situation)) if is_judged else ())


def _case(step: int, situation: Situation) -> str:
    """What the sentence of a step depends on."""
    if situation.made_up and step in (2, *_NEED_TRUTH):
        return "made up"
    right = situation.names.right
    cases = {
        2: "on the way"
        if situation.n_sent is not None
        else "classes"
        if situation.network.config.task == "multiclass"
        else "any",
        3: "number" if right is None else "right" if right else "wrong",
        4: "kept back" if situation.part != "train" else "alone" if situation.batch is None else "batch",
        5: _case_of_progress(situation.progress),
    }
    return cases.get(step, "any")


def _case_of_progress(progress: RunProgress) -> str:
    rows = "validated" if progress.validated else "unvalidated"
    return rows if progress.later is None else f"past, {rows}"


def _notes(step: int, situation: Situation) -> list[str]:
    """Which settings make a difference to what a step does with the row."""
    settings, row = situation.settings, situation.row
    is_learned = situation.part == "train" and not situation.made_up
    notes = {
        "dropout": step == 2 and bool(row.masks),
        "no dropout": step == 2 and settings.dropout > 0 and not row.masks,
        "class weight": step == 3 and row.weight != 1 and not situation.made_up,
        "penalties": step == 4 and is_learned and bool(settings.penalties),
        "clipping": step == 4 and is_learned and settings.clip_norm is not None,
        "rows alike": step == 5 and (situation.progress.weighted or bool(settings.penalties)),
    }
    return [name for name, is_so in notes.items() if is_so]


def _values(situation: Situation) -> dict[str, str]:
    """Live values that a text may name."""
    names, progress, row = situation.names, situation.progress, situation.row
    chance = _chance_of_truth(row)
    return {
        "row": names.row,
        "target": names.target,
        "answer": names.answer,
        "truth": names.truth,
        "certainty": names.certainty,
        "doubt": percent(1 - chance),
        "larger": word("larger") if len(row.y) == 1 else word("largest"),
        "inputs": count(len(names.inputs), "input"),
        "columns": count(len(situation.facts), "column"),
        "layers": count(len(situation.network.W), "layer of weights"),
        "training_rows": count(progress.n_train, "training row"),
        "batch_rows": count(progress.batch_size, "row"),
        "epoch": format_number(progress.epoch),
        "then": word("then", n=format_number(progress.epoch)) if progress.epoch else word("then, untrained"),
        "times": count(progress.epoch, "time") if progress.epoch else word("not once"),
        "optimizer": progress.optimizer,
        "learning_rate": format_number(progress.learning_rate, "g"),
        "loss": loss_formula(situation).spans[-1].text,
        "delta": slope_formula(situation, int(np.argmax(np.abs(row.delta[-1])))).spans[-1].text,
        "miss": _miss(situation),
        "first_loss": _loss(progress.first_loss),
        "now_loss": _loss(progress.loss),
        "best_loss": _loss(progress.best_loss),
        "best_epoch": format_number(progress.best_epoch),
        "stopped": f" {progress.stopped}" if progress.stopped else "",
        "seen": "" if progress.stopped or progress.is_plain else f" ({progress.weights})",
        "later": "" if progress.later is None else word("by now", weights=progress.later.weights),
        "later_loss": "" if progress.later is None else _loss(progress.later.loss),
        **_learning_values(situation),
    }


def _learning_values(situation: Situation) -> dict[str, str]:
    """Values of the batch and of the settings."""
    row, batch, settings = situation.row, situation.batch, situation.settings
    ways = dict.fromkeys(fact.way for fact in situation.facts)
    training_rows = count(situation.progress.n_train, "training row")
    said = "; ".join(word(f"way {way}", training_rows=training_rows) for way in ways)
    return {
        "ways": said[:1].upper() + said[1:],
        "part": translate(PARTS[situation.part]),
        "place": "" if batch is None else word("place", n=batch.place + 1, rows=count(batch.n_rows, "row")),
        "switched_off": format_number(sum(int((mask == 0).sum()) for mask in row.masks)),
        "hidden": count(sum(len(mask) for mask in row.masks), "hidden neuron"),
        "scale": format_number(1 / (1 - settings.dropout), ".3g"),
        "weight": format_number(row.weight, f".{FINE_DECIMALS}f"),
        "penalties": settings.penalties,
        "clip_norm": "" if settings.clip_norm is None else format_number(settings.clip_norm, "g"),
    }


def _chance_of_truth(row: RowPass) -> float:
    """Return which chance the answer gave to what is true; of no meaning for a number."""
    k = int(np.argmax(row.y))
    answer = float(row.A[-1][k])
    return answer if row.y[k] > 0.5 else 1 - answer


def _loss(value: float) -> str:
    return unsigned(value, FINE_DECIMALS) if math.isfinite(value) else NOTHING


def _miss(situation: Situation) -> str:
    """How far apart answer and truth are in the target's own unit, as they are written."""
    mean, std = situation.target_scale
    values = [float(value) * std + mean for value in (situation.row.A[-1][0], situation.row.y[0])]
    decimals = [target_decimals(value) for value in values]
    answer, truth = (round(value, places) for value, places in zip(values, decimals, strict=True))
    return format_number(abs(answer - truth), f",.{max(decimals)}f")
