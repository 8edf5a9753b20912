"""A snapshot turned into arrays to draw: positions, thickness, colour strength. Knows no Qt and no file."""

from ann_viz.scene.curves import LineCurves, build_curves
from ann_viz.scene.detail import WIDEST, choose_neurons, from_shown, picture_side, to_shown
from ann_viz.scene.elements import Connection, Element, Neuron, Route, Way, fits
from ann_viz.scene.flow import Beads, ErrorPaths, Errors, beads, error_paths
from ann_viz.scene.frame import FADED, Frame, NetworkNumbers, build_frame, follow_frame
from ann_viz.scene.haze import HAZE_STEPS, haze
from ann_viz.scene.hits import connection_at, mark_at
from ann_viz.scene.layout import Layout, arrange
from ann_viz.scene.lines import Bucket, Lines, follow_lines, sort_lines, strongest
from ann_viz.scene.modes import LINE_MODES, LineMode, line_values, log_strength
from ann_viz.scene.paths import own_lines, paths_behind
from ann_viz.scene.scales import (
    FULL_TINT,
    activation_reference,
    activation_strength,
    round_up_to_one_digit,
    weight_reference,
)

__all__ = [
    "FADED",
    "FULL_TINT",
    "HAZE_STEPS",
    "LINE_MODES",
    "WIDEST",
    "Beads",
    "Bucket",
    "Connection",
    "Element",
    "ErrorPaths",
    "Errors",
    "Frame",
    "Layout",
    "LineCurves",
    "LineMode",
    "Lines",
    "NetworkNumbers",
    "Neuron",
    "Route",
    "Way",
    "activation_reference",
    "activation_strength",
    "arrange",
    "beads",
    "build_curves",
    "build_frame",
    "choose_neurons",
    "connection_at",
    "error_paths",
    "fits",
    "follow_frame",
    "follow_lines",
    "from_shown",
    "haze",
    "line_values",
    "log_strength",
    "mark_at",
    "own_lines",
    "paths_behind",
    "picture_side",
    "round_up_to_one_digit",
    "sort_lines",
    "strongest",
    "to_shown",
    "weight_reference",
]
