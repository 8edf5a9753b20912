"""Why a row is answered so: parts that add up in the unit that is told, and changes that the network confirms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.engine import Network, NetworkConfig, TrainConfig
from ann_viz.session import Session
from ann_viz.session.trying.asking import answer_text, committee_of, committee_setup, half_range, question_of
from ann_viz.session.trying.changes import can_move, locked_by_name
from ann_viz.session.trying.known import KnownOfData
from ann_viz.session.trying.question import Question
from ann_viz.session.trying.reasons import Reasons, curve_of, find_reasons
from ann_viz.session.trying.told_answer import Told, certainty
from ann_viz.session.trying.tried_row import row_of_table
from ann_viz.session.trying.values import encoded
from ann_viz.session.trying.words import (
    agreement,
    change_text,
    comparison_of,
    curve_sentence,
    parts_of,
    reason_sentence,
    sure_text,
)


def question(session: Session, index: int, **options: object) -> Question:
    """Return what is asked of a row of the data."""
    dataset, known = session.dataset, KnownOfData()
    row = row_of_table(dataset, index)
    which = session.row_of(session.snapshot).answer.best if dataset.recipe.task == "multiclass" else 0
    told = Told.of(dataset.encoder, which)
    asked = Question(
        network=session.network, encoder=dataset.encoder, summaries=known.summaries(dataset), row=row, told=told,
        x=encoded(dataset.encoder, row.values), background=known.background(dataset),
    )  # fmt: skip
    return replace(asked, **options)


def reasons(asked: Question) -> Reasons:
    return find_reasons(asked, lambda _: None, lambda: False)


def trained(dataset: Dataset, epochs: int = 25) -> Session:
    session = Session(TrainConfig(epochs=epochs, learning_rate=0.03))
    session.open(dataset)
    session.train()
    session.wait()
    return session


@pytest.fixture(params=["circles", "flowers", "houses"])
def asked(request: pytest.FixtureRequest) -> Question:
    """Return a question about a yes-or-no answer, a class and a number."""
    return question(trained(request.getfixturevalue(request.param)), 7)


def test_parts_add_up_in_the_unit_that_is_told(asked: Question) -> None:
    """Whatever the target: from the average over the background to the answer of the network."""
    found = reasons(asked)
    answer = float(asked.told.values(asked.network.predict(asked.x[None]))[0])
    assert found.answer == pytest.approx(answer)
    assert found.average + found.parts.sum() == pytest.approx(answer, abs=1e-4 * max(1.0, abs(answer)))
    assert sorted(found.order) == list(range(len(asked.summaries)))


def test_changes_do_what_they_say(asked: Question) -> None:
    """Each is sent through the network anew: one or two columns, within the range seen, and another answer."""
    found = reasons(asked)
    assert found.changes.found
    now = asked.network.predict(asked.x[None])[0]
    for change in found.changes.found:
        assert 1 <= len(change.places) <= 2
        for place, value in enumerate(change.row.values):
            assert (value != asked.row.values[place]) == (place in change.places)
            assert place not in change.places or not asked.summaries[place].is_outside(value)
        then = asked.network.predict(encoded(asked.encoder, change.row.values)[None])[0]
        np.testing.assert_array_equal(then, change.output)
        if asked.told.is_number:
            assert abs(then[0] - now[0]) >= 0.5 and (then[0] > now[0]) == (change.goal == "more")
        elif asked.told.task == "binary":
            assert (then[0] > 0.5) != (now[0] > 0.5)
        else:
            assert np.argmax(then) != np.argmax(now)


def test_locked_columns_stay(circles: Dataset) -> None:
    """Nothing changes in them; with all of them locked nothing is found."""
    session = trained(circles)
    locked = frozenset(["x", "colour"])
    found = reasons(question(session, 7, locked=locked))
    assert all({*change.places} == {1} for change in found.changes.found)
    everything = reasons(question(session, 7, locked=frozenset(["x", "y", "colour"])))
    assert everything.changes.found == () and everything.changes.nearest is None


def test_names_that_nobody_can_change(circles: Dataset) -> None:
    """Going by the name, whatever its case."""
    summaries = KnownOfData().summaries(circles)
    aged = [
        replace(each, feature=replace(each.feature, column=name))
        for each, name in zip(summaries, ("Age", "b", "SEX"), strict=True)
    ]
    assert locked_by_name(aged) == {"Age", "SEX"}
    assert all(map(can_move, summaries))


def test_a_curve_has_the_rows_own_value(asked: Question) -> None:
    """There it says what the network says of the row; networks from other seeds have theirs."""
    name = asked.summaries[0].name
    curve = curve_of(replace(asked, committee=(asked.network,)), name)
    here = curve.values.index(asked.row.values[0])
    answer = float(asked.told.values(asked.network.predict(asked.x[None]))[0])
    assert curve.answers.shape[0] == 2 and curve.answers[0, here] == pytest.approx(answer, rel=1e-5)
    assert list(curve.values) == sorted(curve.values)


def test_how_sure() -> None:
    """Below 60 % unsure, above 85 % very sure."""
    assert [certainty(chance) for chance in (0.55, 0.6, 0.85, 0.9)] == ["unsure", "fairly", "fairly", "very"]


def test_numbers_as_they_are_read() -> None:
    """Chances in points, with a decimal at the line; numbers in their unit."""
    chance, number = Told(task="binary"), Told(task="regression", mean=100.0, std=2000.0)
    assert (
        chance.text(0.73) == "73\u00a0%"
        and chance.fine_text(0.497) == "49.7\u00a0%"
        and chance.fine_text(0.42) == "42\u00a0%"
    )
    assert [chance.difference_text(value) for value in (0.16, -0.101, 0.002, 0.0)] == ["+16", "−10", "+0.2", "+0"]
    assert number.values(np.array([[0.5]]))[0] == 1100.0 and number.difference_text(-2140.0) == "−2,140"


def test_the_average_of_the_weights_answers(circles: Dataset) -> None:
    """Where there is one it is the model, and the question says so; its committee is trained while it stands still."""
    session = Session(TrainConfig(epochs=4, average_epochs=2, patience=None))
    session.open(circles)
    session.step("epoch")
    session.wait()
    asked = question_of(session)
    assert asked.answering[0] == "avg" and asked.network is session.model_network and asked.committee == ()
    np.testing.assert_array_equal(asked.network.params, session.snapshot.average)
    setup = committee_setup(session)
    session.siblings.training_seeds(setup, 4)(lambda _: None, lambda: False)
    assert len(question_of(session).committee) == 4
    assert half_range(session, session.shown_row()).startswith("± ")
    assert answer_text(session, row_of_table(circles, 0)).split()[0] in ("yes", "no", "inside:", "inside")
    session.step("epoch")
    session.wait()
    assert committee_of(session) == () and half_range(session, session.shown_row()) == ""


def test_without_data_there_is_nothing_to_ask(circles: Dataset) -> None:
    """Nor of a network that has not begun is there a committee."""
    session = Session()
    assert question_of(session) is None and committee_setup(session) is None
    session.open(circles)
    assert question_of(session) is not None and committee_setup(session) is None


def test_what_is_said(asked: Question) -> None:
    """Parts and sentences in both voices, of few columns and of many; whether others agree; what would change."""
    found = reasons(asked)
    assert [part.place for part in parts_of(found)] == found.order
    told = parts_of(found, most=0)
    assert len(told) == 1 and told[0].place is None and told[0].value == "together"
    assert "most" in reason_sentence(found, "plain") and "Σφ" in reason_sentence(found, "technical")
    assert agreement(found) == (None, "One network only: how much is luck, others from other seeds would tell.")
    agreeing = replace(found, committee=np.array([found.answer, found.answer]))
    apart = replace(found, committee=np.array([found.answer, found.answer + 2 * max(1.0, asked.told.std)]))
    assert agreement(agreeing)[0] and agreement(agreeing)[1].endswith("They agree.")
    assert agreement(apart)[0] is False and agreement(apart)[1].endswith("They disagree.")
    lines, purpose, value = change_text(found, found.changes.found[0])
    assert lines[0].startswith("**") and purpose and value
    curve = curve_of(asked, asked.summaries[0].name)
    assert curve_sentence(curve, asked.told).startswith("Highest at **")
    same = replace(curve, answers=np.ones_like(curve.answers))
    assert curve_sentence(same, asked.told) == "It would answer the same whatever stands here."
    assert "only one value" in curve_sentence(replace(curve, values=curve.values[:1]), asked.told)
    assert comparison_of(asked, ()).lines == comparison_of(asked, (asked.row,)).lines == ()
    other = asked.row.with_value(0, 1.0)
    answers, values = comparison_of(asked, (other, asked.row)).lines
    assert answers[0] == "answer" and answers[-1] == asked.told.text(found.answer)
    assert values[0] == asked.summaries[0].label and values[1] == "1" and len(values) == 3
    assert [sure_text(chance) for chance in (0.5, 0.7, 0.99)] == ["unsure", "fairly sure", "very sure"]


def by_hand(asked: Question, weights: list[float]) -> Question:
    """Return a question about a network without hidden layers that has these weights, the bias last."""
    config = NetworkConfig(n_inputs=len(asked.x), hidden=(), n_outputs=1, task="binary")
    network = Network(config)
    network.params[:] = weights
    return replace(asked, network=network)


def test_where_one_column_is_not_enough_two_are(circles: Dataset) -> None:
    """The pair is the smallest there is; what comes nearest alone is told beside it."""
    asked = question(trained(circles, epochs=1), 0)
    middle = asked.row.with_values({0: 0.0, 1: 0.0})
    asked = replace(asked, row=middle, x=encoded(asked.encoder, middle.values))
    found = reasons(by_hand(asked, [1.0, 1.0, *[0.0] * (len(asked.x) - 2), -3.5])).changes
    assert found.found[0].places == (0, 1) and found.nearest is not None
    assert len(found.nearest.places) == 1 and found.nearest.output[0] < 0.5 < found.found[0].output[0]


def test_a_step_that_is_clear_is_told_once(circles: Dataset) -> None:
    """Another category turns the answer round entirely: there is no larger step to tell."""
    asked = question(trained(circles, epochs=1), 0)
    red = asked.encoder.input_names.index("red")
    other = asked.row.with_value(2, "blue")
    asked = replace(asked, row=other, x=encoded(asked.encoder, other.values))
    weights = [20.0 if place == red else 0.0 for place in range(len(asked.x))]
    found = reasons(by_hand(asked, [*weights, -10.0])).changes
    assert [change.row.values[2] for change in found.found] == ["red"] and found.nearest is None
