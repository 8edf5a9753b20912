"""From a CSV file to arrays a network can learn from: `Table`, `Recipe`, `Encoder`, `Dataset`; knows nothing of Qt."""

from __future__ import annotations

from ann_viz.data.advice.findings import Finding, Offer, apply_offer, find
from ann_viz.data.advice.suggest import (
    possible_tasks,
    suggest_reason,
    suggest_recipe,
    suggest_task,
    target_problem,
    with_role,
    with_target,
)
from ann_viz.data.columns.column import Column, Kind
from ann_viz.data.datasets.dataset import Dataset, build_dataset
from ann_viz.data.datasets.row_parts import PART_NAMES, PartName
from ann_viz.data.datasets.without_rows import dataset_without_rows
from ann_viz.data.encoding.encoder import Encoder
from ann_viz.data.encoding.features import OTHER, Feature, Group
from ann_viz.data.encoding.recipe import MIN_ROWS, Plan, Recipe, Role, Split, Task
from ann_viz.data.files.dialect import MISSING_WORDS, Dialect
from ann_viz.data.files.look import FirstLook, look
from ann_viz.data.files.numbers import parse_number
from ann_viz.data.files.scan import Scan, scan
from ann_viz.data.files.sieve import BadLine
from ann_viz.data.tables.opening_table import open_table
from ann_viz.data.tables.table import Table

__all__ = [
    "MIN_ROWS",
    "MISSING_WORDS",
    "OTHER",
    "PART_NAMES",
    "BadLine",
    "Column",
    "Dataset",
    "Dialect",
    "Encoder",
    "Feature",
    "Finding",
    "FirstLook",
    "Group",
    "Kind",
    "Offer",
    "PartName",
    "Plan",
    "Recipe",
    "Role",
    "Scan",
    "Split",
    "Table",
    "Task",
    "apply_offer",
    "build_dataset",
    "dataset_without_rows",
    "find",
    "look",
    "open_table",
    "parse_number",
    "possible_tasks",
    "scan",
    "suggest_reason",
    "suggest_recipe",
    "suggest_task",
    "target_problem",
    "with_role",
    "with_target",
]
