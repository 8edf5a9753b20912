"""A snapshot turned into arrays to draw: positions, thickness, colour strength. Knows no Qt and no file."""

from ann_viz.scene.frame import Frame, build_frame
from ann_viz.scene.layout import Layout, arrange
from ann_viz.scene.lines import Bucket, Curves, Lines, build_curves, sort_lines
from ann_viz.scene.scales import (
    ACTIVATION_REFERENCES,
    activation_strength,
    round_up_to_one_digit,
    weight_reference,
)

__all__ = [
    "ACTIVATION_REFERENCES",
    "Bucket",
    "Curves",
    "Frame",
    "Layout",
    "Lines",
    "activation_strength",
    "arrange",
    "build_curves",
    "build_frame",
    "round_up_to_one_digit",
    "sort_lines",
    "weight_reference",
]
