"""A trained model as a portable one: what every column, layer and output becomes in plain values."""

from __future__ import annotations

from ann_viz.data import Encoder, Feature
from ann_viz.data.encoding.date_parts import CYCLES
from ann_viz.data.encoding.recipe import Scaling
from ann_viz.data.encoding.scaling import FARTHEST, SOFT_END, TAIL_START
from ann_viz.data.files.forms import DECORATED, form_of
from ann_viz.data.files.units import pretty_unit
from ann_viz.engine.outputs import OUTPUTS
from ann_viz.session.exports.portable import (
    PortableColumn,
    PortableInput,
    PortableLayer,
    PortableModel,
    PortableOutput,
    Reading,
    Step,
)
from ann_viz.session.modelfile import Model

__all__ = ["portable_model"]


def portable_model(model: Model) -> PortableModel:
    """Return a model in plain values."""
    encoder, network = model.encoder, model.network
    names = (*network.activation_names, OUTPUTS[network.config.task].name)
    return PortableModel(
        columns=tuple(_column(feature, encoder) for feature in encoder.features),
        layers=tuple(
            PortableLayer(W=W, b=b, activation=name) for W, b, name in zip(network.W, network.b, names, strict=True)
        ),
        output=PortableOutput(
            target=encoder.target,
            task=encoder.task,
            classes=encoder.class_names,
            mean=encoder.target_mean,
            std=encoder.target_std,
            unit=pretty_unit(form_of(encoder.target_form).unit),
            threshold=model.threshold,
            phrase=model.recipe.phrase,
            reading=_reading(encoder.target_form, encoder),
        ),
        missing=encoder.missing,
        dtype=network.config.dtype,
    )


def _column(feature: Feature, encoder: Encoder) -> PortableColumn:
    low = feature.mean - feature.std if feature.low is None else feature.low
    high = feature.mean + feature.std if feature.high is None else feature.high
    fill = feature.fill if feature.kind in ("category", "yes_no") else float(feature.fill or 0.0)
    return PortableColumn(
        name=feature.column,
        kind=feature.kind,
        inputs=(*_inputs(feature), *([_flag(feature)] if feature.flag else [])),
        fill=fill,
        categories=feature.categories,
        spellings=feature.spellings,
        counts="" if feature.text_as == "ignore" else feature.text_as,
        reading=_reading(feature.form, encoder),
        low=low,
        high=high,
        typical=min(max(fill, low), high) if isinstance(fill, float) else 0.0,
    )


def _flag(feature: Feature) -> PortableInput:
    return PortableInput(label=feature.inputs[-1], asked="missing")


def _inputs(feature: Feature) -> list[PortableInput]:
    """Return the inputs of a column but for the one that says it was missing."""
    labels = feature.inputs
    if feature.kind == "yes_no":
        return [PortableInput(label=labels[0], asked="yes", of=feature.categories[1])]
    if feature.kind == "category":
        inputs = [
            PortableInput(label=label, asked="category", of=category)
            for label, category in zip(labels, feature.categories, strict=False)
        ]
        other = labels[len(feature.categories) : len(feature.categories) + feature.has_other]
        return [*inputs, *(PortableInput(label=label, asked="other") for label in other)]
    if feature.kind == "date":
        return _date_inputs(feature)
    steps = _steps(feature.scaling, feature.mean, feature.std)
    return [PortableInput(label=labels[0], asked="value", steps=steps)]


def _date_inputs(feature: Feature) -> list[PortableInput]:
    inputs: list[PortableInput] = []
    for part, (centre, spread) in zip(feature.parts, feature.part_scales, strict=True):
        label = feature.inputs[len(inputs)]
        if part in CYCLES:
            inputs.append(PortableInput(label=label, asked="sine", of=part))
            inputs.append(PortableInput(label=feature.inputs[len(inputs)], asked="cosine", of=part))
        else:
            inputs.append(
                PortableInput(label=label, asked="part", of=part, steps=_steps(feature.scaling, centre, spread))
            )
    return inputs


def _steps(scaling: Scaling, centre: float, spread: float) -> tuple[Step, ...]:
    """Return what `ann_viz.data.encoding.scaling.scaled` does; a scaling that does more has its steps here."""
    steps = [Step("log")] if scaling == "log" else []
    if (centre, spread) != (0.0, 1.0):
        steps.append(Step("standardise", (centre, spread)))
    steps.append(Step("clip", (FARTHEST,)))
    if scaling == "tails":
        steps.append(Step("log_tails", (TAIL_START,)))
    elif scaling == "soft":
        steps.append(Step("soften", (SOFT_END,)))
    return tuple(steps)


def _reading(form: str, encoder: Encoder) -> Reading:
    found = form_of(form)
    decimal, thousands = found.decimal, found.thousands
    if found.base == DECORATED and decimal is None:
        decimal, thousands = encoder.decimal, encoder.thousands
    return Reading(
        form=found.base,
        decimal=decimal or ".",
        thousands=thousands or "",
        absent=found.without,
        until=found.until,
    )
