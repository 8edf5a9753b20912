"""What a file of ours says of itself: a model or a project, for people and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from ann_viz.engine import USUAL_THRESHOLD
from ann_viz.errors import ProjectFileError
from ann_viz.files import AnyPath
from ann_viz.numerals import count, format_number, percent, short_number
from ann_viz.session.data_source import DataSource, find_data
from ann_viz.session.modelfile import Model, load_model
from ann_viz.session.project import Project
from ann_viz.session.projectfile import is_project, load_project
from ann_viz.session.run_names import run_name
from ann_viz.session.run_record import RunRecord
from ann_viz.session.sweeping.swept import Swept

__all__ = ["file_info", "info_lines"]


def file_info(path: AnyPath) -> dict[str, Any]:
    """Return what is in a file, as plain JSON values.

    Parameters
    ----------
    path : path
        Of a model or a project.

    Returns
    -------
    dict
        ``kind`` ("model" or "project"), ``target``, ``task``, ``inputs``, ``sizes``, ``activations``, ``parameters``,
        ``networks`` (1, or of how many such networks the model is the mean), ``classes``, ``threshold`` (of yes or no,
        else None); of a project also ``data`` (path, bytes, sha256, rows,
        found, changed: where and as it was, or beside the project; a file that can't be read counts as another one),
        ``runs`` (number, name, title, parent, sweep, note, epochs, steps, best_epoch, best_loss, finished, training),
        ``sweeps`` (number, name, runs, measure, best, words), ``current``,
        ``looks_at_test`` (run, epoch, n_rows, measure, value, low, high), and ``rows_inside``.

    Raises
    ------
    ProjectFileError
        When it can't be read.
    """
    if not is_project(path):
        return {"kind": "model", **_model(load_model(path))}
    project = load_project(path)
    return {"kind": "project", **_model(project.model), **_project(project, Path(path).absolute().parent)}


def _model(model: Model) -> dict[str, Any]:
    config = model.shown.config
    return {
        "target": model.recipe.target,
        "task": config.task,
        "inputs": list(model.recipe.inputs),
        "classes": list(model.encoder.class_names),
        "sizes": list(config.sizes),
        "activations": [layer.activation for layer in config.hidden],
        "parameters": config.n_parameters,
        "networks": max(1, len(model.mean_of)),
        "seed": config.seed,
        "threshold": model.threshold if config.task == "binary" else None,
    }


def _project(project: Project, beside: Path) -> dict[str, Any]:
    source = project.source
    found, changed = _state_of_data(source, beside)
    records: dict[int | None, RunRecord] = {stored.record.number: stored.record for stored in project.runs}
    return {
        "data": {
            "path": source.path,
            "bytes": source.n_bytes,
            "sha256": source.sha256,
            "rows": source.n_rows,
            "found": found,
            "changed": changed,
        },
        "rows_inside": project.rows is not None,
        "current": project.state.current,
        "looks_at_test": [asdict(look) for look in project.state.looks_at_test],
        "runs": [_run(record, records.get(record.parent)) for record in records.values()],
        "sweeps": [_sweep(swept) for swept in project.state.sweeps],
    }


def _state_of_data(source: DataSource, beside: Path) -> tuple[bool, bool]:
    """Return whether there is a file where the data are looked for, and whether it is another one."""
    try:
        path, is_same = find_data(source, beside)
    except ProjectFileError:
        return True, True
    return path is not None, path is not None and not is_same


def _run(record: RunRecord, parent: RunRecord | None) -> dict[str, Any]:
    return {
        "number": record.number,
        "name": run_name(record, parent),
        "title": record.title,
        "parent": record.parent,
        "sweep": record.sweep,
        "note": record.note,
        "epochs": record.epoch,
        "steps": record.step,
        "best_epoch": record.best_epoch,
        "best_loss": record.best_loss,
        "finished": record.finished,
        "training": asdict(record.config),
    }


def _sweep(swept: Swept) -> dict[str, Any]:
    return {
        "number": swept.number,
        "name": swept.name,
        "runs": swept.n_runs,
        "measure": swept.plan.measure,
        "best": swept.best,
        "words": swept.words(),
    }


def info_lines(name: str, known: dict[str, Any]) -> list[str]:
    """Return the same for people, line by line."""
    sizes = " → ".join(format_number(size) for size in known["sizes"])
    lines = [
        f"{name}: a {known['kind']} of ANN Viz",
        f"predicts {known['target']} from {count(len(known['inputs']), 'column')}",
        f"network {sizes}, {count(known['parameters'], 'parameter')}",
    ]
    if known["networks"] > 1:
        lines.append(f"answers with the mean of {known['networks']} such networks, each from another seed")
    if known["threshold"] is not None and known["threshold"] != USUAL_THRESHOLD:
        lines.append(f"says yes above {percent(known['threshold'])}")
    if known["kind"] == "model":
        return lines
    data = known["data"]
    where = " (has changed)" if data["changed"] else "" if data["found"] else " (not there now)"
    inside = "they are inside" if known["rows_inside"] else "no rows are inside"
    lines.append(f"learned from {data['path']}{where}, {count(data['rows'], 'row')}; {inside}")
    if where and not known["rows_inside"]:
        what = "has changed" if data["changed"] else "is missing"
        lines.append(f"its table {what}: it opens and predicts without, and trains on once you say where the file is")
    if known["looks_at_test"]:
        lines.append(f"its test rows were looked at {count(len(known['looks_at_test']), 'time')}")
    for run in known["runs"]:
        current = "*" if run["number"] == known["current"] else " "
        best = f"best loss {short_number(run['best_loss'])} at epoch {format_number(run['best_epoch'])}"
        lines.append(f"{current} {run['name']}: {count(run['epochs'], 'epoch')}, {best}")
    lines += [f"  {sweep['name']}: {sweep['words']}" for sweep in known["sweeps"]]
    return lines
