"""The words that mean "missing": said, written out and read back."""

from __future__ import annotations

from ann_viz.data import Column
from ann_viz.session.importing.missing_words import WordUse, missing_text, missing_words, word_uses


def test_a_word_says_where_it_was_found() -> None:
    """Counts, columns and the doubt in one line."""
    pool = Column(
        index=0, name="Pool", kind="category", n_missing=23, n_distinct=3,
        missing_words=(("NA", 20), ("", 3)), doubtful_missing=("NA",),
    )  # fmt: skip
    uses = word_uses((pool,), ("", "NA", "?"))
    assert uses["NA"] == WordUse(places={"Pool": 20}, doubtful=("Pool",))
    assert uses["?"] == WordUse(places={})
    use = WordUse(places={"Pool": 20, "Alley": 3, "Fence": 1}, doubtful=("Alley",))
    assert use.sentence == "24× in Pool, Alley and 1 more column · may be a category of Alley"
    assert WordUse(places={}).sentence == "not in this file"


def test_words_that_mean_missing_read_back_as_written() -> None:
    """The list on screen and the words of the dialect are the same thing."""
    words = ("", "NA", "?", "none given")
    assert missing_text(words) == "empty, NA, ?, none given"
    assert missing_words(missing_text(words)) == words
