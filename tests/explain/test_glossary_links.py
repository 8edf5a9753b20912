"""Words of the glossary are found in texts: longest first, once each, never inside other words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ann_viz.explain.glossary import GlossaryEntry
from ann_viz.explain.glossary_links import Piece, mark_words


def _entry(identifier: str, term: str) -> GlossaryEntry:
    return GlossaryEntry(id=identifier, term=term, plain="p", technical="t", see_also=(), show=None)


ENTRIES = {
    "layer": _entry("layer", "Layer"),
    "hidden": _entry("hidden", "Hidden layer"),
    "neuron": _entry("neuron", "Neuron (node)"),
    "r2": _entry("r2", "R²"),
}


def test_the_longest_word_wins() -> None:
    """A hidden layer is not a layer with an adjective."""
    assert mark_words("One hidden layer and a layer.", ENTRIES) == (
        Piece("One "),
        Piece("hidden layer", "hidden"),
        Piece(" and a "),
        Piece("layer", "layer"),
        Piece("."),
    )


def test_only_the_first_occurrence_is_marked() -> None:
    """Also when the second is another word for the same."""
    marked = [piece for piece in mark_words("Neurons, nodes and a neuron", ENTRIES) if piece.entry]
    assert marked == [Piece("Neurons", "neuron")]


def test_parts_of_words_are_left_alone() -> None:
    """A player holds no layer."""
    assert mark_words("The player multilayers", ENTRIES) == (Piece("The player multilayers"),)


def test_signs_in_a_term_are_meant() -> None:
    """R² is found with its sign, and bold marks around a word do not hide it."""
    assert Piece("R²", "r2") in mark_words("Its **R²** is 0.9", ENTRIES)


@given(st.text() | st.lists(st.sampled_from(["layer", "hidden", "weights", "nodes", " ", "loss", "**"])).map("".join))
def test_nothing_is_lost(text: str) -> None:
    """The pieces make up the text again, and no entry is marked twice."""
    pieces = mark_words(text)
    assert "".join(piece.text for piece in pieces) == text
    marked = [piece.entry for piece in pieces if piece.entry]
    assert len(marked) == len(set(marked))
