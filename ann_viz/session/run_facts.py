"""What the card *This run* says of a run: where it began, what was changed, how long it has learned."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ann_viz.engine.compiled.choice import engine_words
from ann_viz.numerals import count, format_number
from ann_viz.session.document import Document
from ann_viz.session.run import Run
from ann_viz.session.run_columns import time_taken
from ann_viz.session.run_differences import run_differences, training_differences
from ann_viz.translation import translate

__all__ = ["run_facts"]

MOST_CHANGES: Final = 3


def run_facts(document: Document, run: Run) -> tuple[tuple[str, str], ...]:
    """Return names and sentences: Began, Changed, Trained, Took."""
    facts = [(translate("Began"), _began(document, run)), (translate("Changed"), _changed(document, run))]
    facts.append((translate("Trained"), _trained(document, run)))
    took = time_taken(run.snapshot.history.last("seconds"))
    facts.append((translate("Took"), f"{took} · {engine_words(run.snapshot.engine)}"))
    return tuple(facts)


def _parent(document: Document, run: Run) -> Run | None:
    return next((one for one in document.runs if one.number == run.parent), None)


def _began(document: Document, run: Run) -> str:
    parent = _parent(document, run)
    if run.branched_at is not None and parent is not None:
        words = translate("from {name}, epoch {epoch}")
        return words.format(name=document.run_name(parent), epoch=format_number(run.branched_at))
    if not run.untouched:
        return translate("with weights it was given")
    return translate("untrained, seed {seed}").format(seed=format_number(run.network_config.seed, "d"))


def _changed(document: Document, run: Run) -> str:
    parent = _parent(document, run)
    first = run.earlier[0].settings if run.earlier else run.settings
    changes = [] if parent is None else list(run_differences(parent, replace(run, trained_with=first)))
    texts = [f"{each.name} {each.one} → {each.other}" for each in changes] + _on_the_way(run)
    if not texts:
        return translate("nothing: the first") if parent is None else translate("nothing")
    return count(len(texts), "change") if len(texts) > MOST_CHANGES else ", ".join(texts)


def _on_the_way(run: Run) -> list[str]:
    """Return what was changed while it learned: "L2 0 → 0.001 at epoch 24"."""
    texts = []
    after = [*(each.settings for each in run.earlier[1:]), run.settings]
    for earlier, settings in zip(run.earlier, after, strict=False):
        for each in training_differences(earlier.settings, settings):
            words = translate("{name} {one} → {other} at epoch {epoch}")
            epoch = format_number(earlier.epoch)
            texts.append(words.format(name=each.name, one=each.one, other=each.other, epoch=epoch))
    return texts


def _trained(document: Document, run: Run) -> str:
    epochs = count(run.snapshot.epoch - (run.branched_at or 0), "epoch")
    siblings = len(document.siblings.seeds(document.setup_of(run)))
    if not siblings:
        return epochs
    return translate("{epochs} · {n} seeds").format(epochs=epochs, n=format_number(1 + siblings))
