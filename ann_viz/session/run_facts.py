"""What the card *This run* says of a run: where it began, what was changed, how long it has learned."""

from __future__ import annotations

from ann_viz.engine.compiled.choice import engine_words
from ann_viz.numerals import count, format_number
from ann_viz.session.document import Document
from ann_viz.session.run import Run
from ann_viz.session.run_differences import run_differences
from ann_viz.translation import translate

__all__ = ["run_facts"]

MOST_CHANGES = 3


def run_facts(document: Document, run: Run) -> tuple[tuple[str, str], ...]:
    """Return names and sentences: Began, Changed, Trained, Took."""
    facts = [(translate("Began"), _began(document, run)), (translate("Changed"), _changed(document, run))]
    facts.append((translate("Trained"), _trained(document, run)))
    seconds = run.snapshot.history.last("seconds")
    took = translate("{seconds} s · {engine}").format(
        seconds=format_number(seconds, ".1f" if seconds < 100 else ",.0f"), engine=engine_words(run.snapshot.engine)
    )
    facts.append((translate("Took"), took))
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
    if parent is None:
        return translate("nothing: the first")
    differences = run_differences(parent, run)
    if not differences:
        return translate("nothing")
    if len(differences) > MOST_CHANGES:
        return count(len(differences), "change")
    return ", ".join(f"{each.name} {each.one} → {each.other}" for each in differences)


def _trained(document: Document, run: Run) -> str:
    epochs = count(run.snapshot.epoch - (run.branched_at or 0), "epoch")
    siblings = len(document.siblings.seeds(document.setup_of(run)))
    if not siblings:
        return epochs
    return translate("{epochs} · {n} seeds").format(epochs=epochs, n=format_number(1 + siblings))
