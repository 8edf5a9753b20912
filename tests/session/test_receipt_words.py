"""What a receipt says, in sentences: each thing in its own, and what stands in a file as it is."""

from __future__ import annotations

from ann_viz.session import Receipt
from ann_viz.session.receipt import Difference, Filled, Unreadable
from ann_viz.session.receipt_words import receipt_sentences


def test_every_difference_has_a_sentence_of_its_own() -> None:
    """Marks, dates, units, signs and answers, there or not there, and whether the cells were read."""
    kinds = [
        ("marks", "1.234,5", "1,234.5", True),
        ("dates", "31/12/2024", "12/31/2024", True),
        ("unit", "kg", "lb", False),
        ("unit", "kg", "", True),
        ("sign", "", "%", True),
        ("sign", "€", "$", True),
        ("answers", "no and yes", "0 and 1", True),
    ]
    differences = [
        Difference(column="c", kind=kind, learned=learned, found=found, is_read=read)
        for kind, learned, found, read in kinds
    ]
    as_is = "read as they stand, without converting"
    assert receipt_sentences(Receipt(n_rows=1, differences=tuple(differences))) == [
        "c is written like 1,234.5 here, like 1.234,5 in the training file: read as here",
        "c is written like 12/31/2024 here, like 31/12/2024 in the training file: read as here",
        "c is in 'lb' here, in 'kg' in the training file: its cells were not read",
        f"c has nothing beside its numbers here, 'kg' in the training file: {as_is}",
        f"c has '%' beside its numbers here, nothing in the training file: {as_is}",
        f"c is in '$' here, in '€' in the training file: {as_is}",
        "c says 0 and 1 here, no and yes in the training file: taken for the same answers",
    ]


def test_many_columns_that_differ_alike_are_told_once() -> None:
    """The first by name; whether the others were read is said."""
    for is_read, fate in ((True, "read as they stand"), (False, "their cells were not read")):
        differences = tuple(
            Difference(column=f"c{n}", kind="unit", learned="kg", found="lb", is_read=is_read) for n in range(764)
        )
        said = receipt_sentences(Receipt(n_rows=1, differences=differences))
        assert len(said) == 6 and said[0].startswith("c0 is in 'lb' here")
        assert said[5].startswith("759 more columns are ") and said[5].endswith(fate)


def test_many_columns_are_told_in_one_sentence() -> None:
    """The first by name, the others by number; nothing is left out of the counts."""
    filled = tuple(Filled(column=f"c{n}", count=n, fill=0.0) for n in range(1, 21))
    said = receipt_sentences(Receipt(n_rows=100, filled=filled))
    assert said[0] == "c1: 1 cell without a value, so 0 stands in"
    assert said[5:] == ["15 more columns have cells without a value, filled in (195 cells)"]
    assert len(said) == 6


def test_what_stands_in_a_file_is_shown_as_it_is() -> None:
    """Names and cells may be markup or steer a terminal: they are cut, and quoted letter by letter."""
    cell = "<img src=x>\x1b[2J" + "y" * 100
    (said,) = receipt_sentences(
        Receipt(n_rows=1, unreadable=(Unreadable(column="<b>c</b>", count=1, examples=((cell, 2),), fill=1.0),))
    )
    assert "<b>c</b>: 1 cell" in said and "<img src=x>" in said
    assert said.isprintable() and len(said) < 120
