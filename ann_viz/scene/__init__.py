"""A snapshot turned into arrays to draw: positions, thickness, colour strength. Knows no Qt and no file."""

from ann_viz.scene.frame import Frame, build_frame
from ann_viz.scene.layout import Layout, arrange
from ann_viz.scene.lines import Bucket, Curves, Lines, build_curves, sort_lines
from ann_viz.scene.marks import Connection, Mark, Neuron
from ann_viz.scene.modes import LINE_MODES, LineMode, line_values, log_strength
from ann_viz.scene.scales import (
    ACTIVATION_REFERENCES,
    activation_strength,
    round_up_to_one_digit,
    weight_reference,
)

__all__ = [
    "ACTIVATION_REFERENCES",
    "LINE_MODES",
    "Bucket",
    "Connection",
    "Curves",
    "Frame",
    "Layout",
    "LineMode",
    "Lines",
    "Mark",
    "Neuron",
    "activation_strength",
    "arrange",
    "build_curves",
    "build_frame",
    "line_values",
    "log_strength",
    "round_up_to_one_digit",
    "sort_lines",
    "weight_reference",
]
