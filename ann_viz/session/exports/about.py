"""Where a file comes from, as plain values: written into every format that has a place for it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ann_viz import __version__
from ann_viz.session.exports.subject import Subject

__all__ = ["about"]


def about(subject: Subject) -> dict[str, Any]:
    """Return where the model comes from, as JSON values; no path and nothing of the rows is among them.

    Returns
    -------
    dict
        ``program``, ``target``, ``task``, ``network`` (settings), ``networks`` (of how many
        such the model is the mean); of a project also ``data`` (name, sha256, rows),
        ``run`` (number, title, epoch whose weights these are, epochs, best_epoch, best_loss, engine), ``training``
        (settings) and ``split``.
    """
    model = subject.model
    known: dict[str, Any] = {
        "program": f"ANN Viz {__version__}",
        "target": model.recipe.target,
        "task": model.recipe.task,
        "network": model.shown.config.to_json(),
        "networks": subject.n_networks,
        "split": asdict(model.recipe.split),
    }
    if subject.source is not None:
        source = subject.source
        known["data"] = {"name": source.name, "sha256": source.sha256, "rows": source.n_rows}
    if subject.run is not None:
        record = subject.run.record
        known["run"] = {
            "number": record.number,
            "title": record.title,
            "epoch": subject.run.checkpoint.provenance.of.epoch,
            "epochs": record.epoch,
            "best_epoch": record.best_epoch,
            "best_loss": record.best_loss,
            "engine": record.engine,
        }
        known["training"] = asdict(record.config)
    return known
