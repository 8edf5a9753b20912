"""Rich text: what was put in is read letter by letter, and only a few tags that load nothing ever stand in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.rich import Rich, bold, escaped, joined, rich, words_of

NASTY = ("<img src=x.png>", "</b>", "&lt;b&gt;", "a & b", "{0} %1", '"quoted"', "<style>@import url(x)</style>")


@pytest.mark.parametrize("data", NASTY)
def test_data_are_shown_letter_by_letter(data: str) -> None:
    """Whatever is filled in or joined is read as it was; the template's own tags stay."""
    assert words_of(rich("<b>{name}</b> is new", name=data)) == f"{data} is new"
    assert words_of(joined(" < ", (data, bold(data)))) == f"{data} < {data}"
    assert "<i" not in bold(data)


@given(st.text(alphabet="<>&;/ab ={}\"'x"))
def test_no_text_becomes_a_tag(data: str) -> None:
    """The tags of rich text are those of its template."""
    assert rich("<b>{data}</b>", data=data).count("<") == 2
    assert words_of(rich("<b>{data}</b>", data=data)) == data


def test_rich_parts_stay_rich_and_other_text_does_not() -> None:
    """A part keeps its tags; what lost its kind by plain formatting is escaped."""
    assert rich("so: {part}", part=bold("x")) == "so: <b>x</b>"
    assert escaped(bold("x")) == "<b>x</b>"
    assert escaped("so: {part}".format(part=bold("x"))) == "so: &lt;b&gt;x&lt;/b&gt;"
    assert escaped(bold("x") + "!") == "&lt;b&gt;x&lt;/b&gt;!"


@pytest.mark.parametrize(
    "template",
    [
        '<img src="x.png">',
        '<b style="background-image:url(x.png)">x</b>',
        '<span style="color:red" onclick="x">x</span>',
        '<a href="http://example.org/">x</a>',
        '<a href="file:///x">x</a>',
        '<table background="x.png">',
        "<style>p {{color:red}}</style>",
        '<link rel="stylesheet" href="x">',
        "a < b",
    ],
)
def test_other_tags_are_refused(template: str) -> None:
    """A template of our own that could load or open something is a fault of the program."""
    with pytest.raises(ValueError, match="not allowed"):
        rich(template)


def test_data_can_not_leave_an_attribute() -> None:
    """A colour or an address that is none is refused, whatever it tries."""
    template = '<span style="color:{colour}">x</span>'
    assert rich(template, colour="#1a2b3c") == '<span style="color:#1a2b3c">x</span>'
    for colour in ('red"><img src=x>', "red; background-image:url(x)", "url(x)"):
        with pytest.raises(ValueError, match="not allowed"):
            rich(template, colour=colour)


def test_links_lead_inside_the_program() -> None:
    """Ids of the glossary and names of commands are addresses."""
    assert isinstance(rich('<a href="#forget" style="color:#123456;text-decoration:none">{x}</a>', x="y"), Rich)
    assert words_of(rich('<a href="learning-rate">learning rate</a><br>x<sup>2</sup>')) == "learning rate\nx2"
