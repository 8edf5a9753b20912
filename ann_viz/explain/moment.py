"""Which weights a snapshot has, what answers with them, and why training stopped, in words.

Every part of the window says it with these.
"""

from __future__ import annotations

from typing import Final

from ann_viz.engine import Snapshot
from ann_viz.engine.average import settled_after
from ann_viz.numerals import count, format_number
from ann_viz.translation import translatable, translate

__all__ = [
    "answering_tag",
    "answering_tip",
    "counted_text",
    "drawn_text",
    "end_text",
    "live_text",
    "measured_text",
    "stop_text",
    "weights_text",
    "when_text",
]

_ENDS: Final = {
    "epochs": translatable("Stopped: all {epochs} done."),
    "target loss": translatable("Stopped: the training loss has reached its target."),
    "time": translatable("Stopped: the time is up."),
    "early stopping": translatable("Stopped early: no better for {stale}."),
    "non-finite": translatable("Stopped: the numbers became infinite."),
}
_THESE: Final = translatable("These are the weights of {weights}.")


def when_text(snapshot: Snapshot) -> str:
    """Return the moment that the weights are from, shortly: "epoch 6", "epoch 3 + 12 of 51 batches"."""
    of = snapshot.weights_of
    text = translate("epoch {n}").format(n=format_number(of.epoch)) if of.epoch else translate("the start")
    if not of.batch:
        return text
    if of.restored:
        return f"{text} + {count(of.batch, 'batch')}"
    batch = format_number(of.batch)
    return translate("{moment} + {n} of {batches}").format(
        moment=text, n=batch, batches=count(snapshot.n_batches, "batch")
    )


def live_text(snapshot: Snapshot) -> str:
    """Return the epoch that the weights are from, for numbers that change too fast to name the batch: "in epoch 38"."""
    of = snapshot.weights_of
    if not of.batch:
        return when_text(snapshot)
    return translate("in epoch {n}").format(n=format_number(snapshot.epoch + 1))


def weights_text(snapshot: Snapshot) -> str:
    """Return what the weights are: "epoch 6 (best) of 16 run", "epoch 3 + 12 of 51 batches, some set by hand".

    Of weights that are the average of the epochs until then, that is said, and of how many networks they are one.
    """
    of, text = snapshot.weights_of, when_text(snapshot)
    if of.restored:
        if of.epoch == snapshot.best_epoch and not of.batch:
            best = translate("{moment} (best, average)") if of.average else translate("{moment} (best)")
            text = best.format(moment=text)
        text = translate("{moment} of {n} run").format(moment=text, n=format_number(snapshot.epoch))
    return translate("{moment}, some set by hand").format(moment=text) if of.edited else text


def answering_tag(snapshot: Snapshot | None, *, brief: bool = False) -> str:
    """Return in a word what answers, to stand behind a number; empty for the weights that are drawn.

    It is "avg", or "mean of 3", for which brief is "mean".
    """
    if snapshot is not None and snapshot.n_networks > 1:
        return translate("mean") if brief else translate("mean of {n}").format(n=snapshot.n_networks)
    return translate("avg") if snapshot is not None and snapshot.average is not None else ""


def drawn_text(snapshot: Snapshot | None) -> str:
    """Say which of several networks that answer together is drawn; empty where it is the only one."""
    if snapshot is None or snapshot.n_networks == 1:
        return ""
    return translate("the first of {n} networks").format(n=snapshot.n_networks)


def answering_tip(snapshot: Snapshot | None) -> str:
    """Return the same as a sentence."""
    if snapshot is not None and snapshot.n_networks > 1:
        text = translate("What {n} networks answer in the mean, each from another seed; the picture shows the first")
        return text.format(n=snapshot.n_networks)
    averages = snapshot is not None and snapshot.average is not None
    return translate("What the average of its weights answers") if averages else ""


def stop_text(snapshot: Snapshot) -> str:
    """Say why training stopped and, where that is not plain from it, what the weights are; empty while it may go on."""
    if snapshot.finished is None:
        return ""
    stale = count(snapshot.epoch - snapshot.best_epoch, "epoch")
    text = translate(_ENDS[snapshot.finished]).format(epochs=count(snapshot.epoch, "epoch"), stale=stale)
    of = snapshot.weights_of
    if not (of.restored or of.edited or of.batch):
        return text
    return f"{text} {translate(_THESE).format(weights=weights_text(snapshot))}"


def end_text(snapshot: Snapshot) -> tuple[str, str]:
    """Say of a run that is over how long it was, and which of its weights stand now."""
    stale = count(snapshot.epoch - snapshot.best_epoch, "epoch")
    done = translate("Finished after {epochs}").format(epochs=count(snapshot.epoch, "epoch"))
    why = ""
    if snapshot.finished not in (None, "epochs"):
        why = translate(_ENDS[snapshot.finished]).format(epochs=count(snapshot.epoch, "epoch"), stale=stale)
    of, best = snapshot.weights_of, format_number(snapshot.best_epoch)
    if of.edited or of.batch:
        weights = translate(_THESE).format(weights=weights_text(snapshot))
    elif 0 < snapshot.epoch <= settled_after(snapshot.train_config):
        weights = translate("So early the last epoch is kept: its average weights stand now.")
    elif snapshot.best_epoch == snapshot.epoch:
        last = translate("The last epoch was the best.")
        weights = translate("The last epoch was the best: its average weights stand now.") if of.average else last
    elif of.restored:
        which = translate("average weights") if of.average else translate("weights")
        weights = translate("The best was epoch {best}: its {weights} stand now.").format(best=best, weights=which)
    else:
        weights = translate("The weights of epoch {last} stand; the best was epoch {best}.").format(
            last=format_number(snapshot.epoch), best=best
        )
    if snapshot.n_networks > 1:
        together = translate("The answer is the mean of {n} networks.")
        weights += f" {together.format(n=snapshot.n_networks)}"
    return done, f"{why} {weights}".strip()


def counted_text(snapshot: Snapshot) -> str:
    """Say of which weights, which rows and how counted the losses on show are."""
    n_train, n_validation = snapshot.n_judged
    weights = measured_text(snapshot)
    rows = count(n_train, "training row")
    if n_validation:
        other = count(n_validation, "validation row")
        rows = translate("{first} and {second}").format(first=rows, second=other)
    text = translate("Measured on {rows} with the weights of {weights}.").format(rows=rows, weights=weights)
    if not n_train:  # of a project whose table is missing
        text = translate("As noted while it was trained, with the weights of {weights}.").format(weights=weights)
    config = snapshot.train_config
    weighted, penalised = snapshot.class_weights is not None, config.l1 > 0 or config.l2 > 0
    if weighted or penalised:
        without = {
            (True, False): translate("Every row counts once, without the class weights of training."),
            (False, True): translate("Without the penalties of training."),
            (True, True): translate("Every row counts once, without the class weights and penalties of training."),
        }
        text += f" {without[weighted, penalised]}"
    return text


def measured_text(snapshot: Snapshot) -> str:
    """Return of which weights `Snapshot.scores` are: these, or while training runs those of the last epoch's end.

    Where the average is judged, or a mean of networks, that is said.
    """
    text = translate("epoch {n}").format(n=format_number(int(snapshot.history.last("epoch"))))
    if snapshot.measured is not None:
        text = weights_text(snapshot)
    if snapshot.n_networks > 1:
        together = translate("{moment}, in the mean of {n} networks")
        return together.format(moment=text, n=snapshot.n_networks)
    if snapshot.average is None or snapshot.weights_of.average:
        return text
    return translate("{moment}, average").format(moment=text)
