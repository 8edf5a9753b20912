"""The glossary: complete, in both voices, and clear about what is wrong with a broken file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ann_viz.errors import DataError
from ann_viz.explain import glossary
from ann_viz.explain.glossary import GlossaryEntry, find_entries, load_glossary
from ann_viz.numerals import format_number

ASKED_FOR = [
    "neuron",
    "weight",
    "bias",
    "input_layer",
    "hidden_layer",
    "output_layer",
    "activation_function",
    "forward_propagation",
    "loss",
    "gradient",
    "gradient_descent",
    "backpropagation",
    "learning_rate",
    "batch",
    "epoch",
    "iteration",
    "hyperparameter",
    "optimizer",
    "overfitting",
    "underfitting",
    "regularisation",
    "dropout",
    "training_set",
    "validation_set",
    "test_set",
    "softmax",
    "sigmoid",
    "relu",
    "one_hot",
    "standardise",
    "confusion_matrix",
    "precision",
    "recall",
    "roc",
]
LONGEST_SENTENCE = 32  # words
GOOD = {"id": "a", "term": "A", "plain": "Plain.", "technical": "Technical.", "see_also": [], "show": None}


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """What is said about a file of this content."""

    def complaint(text: str) -> str:
        path = tmp_path / "glossary.json"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setattr(glossary, "resource", lambda *_parts: path)
        with pytest.raises(DataError) as caught:
            load_glossary.__wrapped__()
        return str(caught.value)

    return complaint


def test_the_words_that_were_asked_for_are_explained() -> None:
    """All of them, in alphabetical order, and each refers to others."""
    entries = load_glossary()
    assert set(ASKED_FOR) <= set(entries)
    terms = [entry.term.casefold() for entry in entries.values()]
    assert terms == sorted(terms)
    assert all(entry.see_also and entry.id not in entry.see_also for entry in entries.values())


@pytest.mark.parametrize("entry", load_glossary().values(), ids=lambda entry: entry.id)
def test_texts_are_short_and_calm(entry: GlossaryEntry) -> None:
    """Short sentences without exclamation marks; the voices differ."""
    assert entry.text("plain") == entry.plain != entry.text("technical") == entry.technical
    for text in (entry.plain, entry.technical):
        assert "!" not in text
        assert text.endswith(".")
        for sentence in re.split(r"(?<=[.?:;])\s", text):
            assert len(sentence.split()) <= LONGEST_SENTENCE


def test_the_network_that_is_described_is_this_programs() -> None:
    """Numbers in the texts are those of the engine and of the data."""
    from ann_viz.data.advice.suggest import SUGGESTED_SPLIT
    from ann_viz.data.encoding.recipe import Split
    from ann_viz.engine import TrainConfig
    from ann_viz.engine.activation_calls import LEAK
    from ann_viz.engine.losses import HUBER_DELTA
    from ann_viz.engine.optimizers import BETA1, BETA2, EPSILON, RMSPROP_ALPHA

    entries = load_glossary()
    assert f"slope of {LEAK}" in entries["relu"].technical
    assert f"a miss of {HUBER_DELTA:g} standardised" in entries["huber"].technical
    assert f"β₁ = {BETA1}" in entries["adam"].technical and f"β₂ = {BETA2}" in entries["adam"].technical
    assert f"ε = {format_number(EPSILON, '.0e')}" in entries["adam"].technical
    assert f"α = {RMSPROP_ALPHA}" in entries["rmsprop"].technical
    assert TrainConfig().optimizer == "adam" and "You start with it" in entries["adam"].plain
    said = (
        f"{SUGGESTED_SPLIT.train * 100:.0f} in 100 (of the data that come with the program {Split().train * 100:.0f})"
    )
    assert said in entries["training_set"].plain


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("epochs", "epoch"), ("round", "epoch"), ("neural network", "neural_network"), ("SGD", "gradient_descent"),
        ("baseline", "baseline"), ("generalisation", "generalisation"), ("generalization", "generalisation"),
        ("balanced accuracy", "balanced_accuracy"), ("class weight", "class_weight"), ("class weights", "class_weight"),
        ("clipping", "clipping"), ("clip norm", "clipping"), ("initialisation", "initialisation"), ("δ", "delta"),
        ("blame", "delta"), ("MAE", "mean_absolute_error"), ("mse", "mean_squared_error"), ("AUC", "roc"),
        ("dead neuron", "dead_neuron"), ("dead neurons", "dead_neuron"), ("saturated neuron", "saturated_neuron"),
        ("losses", "loss"), ("batches", "batch"), ("biases", "bias"), ("gradients", "gradient"), ("neurons", "neuron"),
        ("networks", "neural_network"), ("penalties", "regularisation"), ("weight decay", "l2"), ("slope", "gradient"),
    ],
)  # fmt: skip
def test_people_find_a_word_by_the_name_they_know(typed: str, entry: str) -> None:
    """In the plural, short, in American spelling, as a symbol, or by another name: it comes first."""
    assert find_entries(typed, load_glossary().values())[0].id == entry


def test_what_is_typed_is_found_in_terms_first() -> None:
    """Beginnings of terms, then other terms, then explanations; nothing typed lists everything."""
    entries = load_glossary().values()
    assert find_entries(" ", entries) == list(entries)
    found = [entry.id for entry in find_entries("gradient", entries)]
    assert found[:2] == ["gradient", "gradient_descent"]
    assert found.index("vanishing_gradient") < found.index("backpropagation")
    assert find_entries("node", entries)[0].id == "neuron"
    assert find_entries("zebra", entries) == []


def test_a_broken_file_is_named(broken: Callable[[str], str]) -> None:
    """What is wrong with the file is said with its name."""
    lacking = {name: value for name, value in GOOD.items() if name != "plain"}
    for content in ("{", "[]", "{}", '{"entries": 3}', json.dumps({"entries": [lacking]})):
        assert "The glossary in 'glossary.json' can't be read." in broken(content)


@pytest.mark.parametrize("change", [{"term": " "}, {"plain": 3}, {"see_also": [1]}, {"show": ""}, {"see_also": None}])
def test_a_field_must_hold_text(broken: Callable[[str], str], change: dict[str, Any]) -> None:
    """An empty or wrong field is refused when the file is read."""
    assert "can't be read" in broken(json.dumps({"entries": [GOOD | change]}))


def test_ids_are_unique_and_links_lead_somewhere(broken: Callable[[str], str]) -> None:
    """Both complaints name the entry."""
    assert "explains 'a' twice" in broken(json.dumps({"entries": [GOOD, GOOD]}))
    assert "from 'a' to 'b'" in broken(json.dumps({"entries": [GOOD | {"see_also": ["b"]}]}))
