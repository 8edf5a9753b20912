"""The coach on real training: each cause is named where it is one, and calmly; what it got wrong once stays right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from blamed_rows import CAUSES, LINE, RARE, SAME_SIGN, X

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.data.encoding.recipe import Plan, Split
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.errors import AnnVizError
from ann_viz.explain import load_coach_texts
from ann_viz.explain.causes import other_size_pays
from ann_viz.explain.coach import RULES, observe, verdict
from ann_viz.explain.coach_values import coach_values
from ann_viz.explain.evidence import Trend
from ann_viz.explain.glossary import load_glossary
from ann_viz.explain.run_report import Card
from ann_viz.resources import resource
from ann_viz.session import Session
from ann_viz.session.coaching import report_of
from ann_viz.session.headless import learn, open_dataset
from ann_viz.session.remedies import REMEDIES, remedy
from ann_viz.session.remedy import carry_out
from ann_viz.session.suggested import suggest_training

Make = Callable[..., Session]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Return what makes a session for columns of which the last is the answer."""
    sessions: list[Session] = []

    def open_session(
        *columns: np.ndarray, hidden: str = "8 relu, 8 relu", split: Split | None = None, **settings: Any
    ) -> Session:
        names = [f"x{i + 1}" for i in range(sum(np.atleast_2d(c.T).shape[0] for c in columns[:-1]))]
        cells = [cell for column in columns[:-1] for cell in np.atleast_2d(column.T)]
        path = tmp_path / f"rows{len(sessions)}.csv"
        lines = zip(*cells, columns[-1], strict=True)
        path.write_text("\n".join([",".join([*names, "answer"]), *(",".join(map(str, line)) for line in lines)]) + "\n")
        table = open_table(path)
        recipe = suggest_recipe(table, "answer")
        numbers = [name for name, cell in zip(names, cells, strict=True) if cell.dtype.kind != "U"]
        plans = {name: Plan(treat="number") for name in numbers if table.column(name).kind != "number"}
        for name, plan in plans.items():
            recipe = recipe.with_plan(name, plan)
        recipe = replace(recipe, inputs=tuple(names), split=split or recipe.split)
        session = Session(TrainConfig(**({"epochs": 0} | settings)))
        sessions.append(session)
        session.open(build_dataset(table, recipe))
        session.set_hidden(tuple(_layer(piece.split()) for piece in hidden.split(", ") if piece))
        return session

    yield open_session
    for session in sessions:
        session.close()


def _layer(words: list[str]) -> LayerConfig:
    neurons, activation, *start = words
    return LayerConfig(neurons=int(neurons), activation=activation, initializer=start[0] if start else None)


def said(session: Session, epochs: int) -> list[str]:
    """Train so many epochs, as in a window that looks after each, and return what stood on the card."""
    cards = []
    for _ in range(epochs):
        if session.state.value not in ("ready", "paused"):
            break
        session.step("epoch")
        with suppress(AnnVizError):
            session.wait()
        cards.append(observe(report_of(session)).rule.name)
    return cards


def test_what_is_found_of_a_class_follows_the_threshold(make: Make) -> None:
    """The report is of the line that decides now, not of the one at the last look."""
    session = make(X, LINE)
    said(session, 2)
    before = report_of(session)
    session.set_threshold(0.05)
    after = report_of(session)
    assert before is not None and after is not None
    assert after.recalls[1] > before.recalls[1] and after.recalls[0] < before.recalls[0]


def test_without_data_there_is_nothing_to_say() -> None:
    """An empty session has no report."""
    assert report_of(Session()) is None


def test_a_run_that_goes_well(make: Make) -> None:
    """Untrained, begun, and then praise, once the rows have been looked at for copies and leaks."""
    session = make(X, SAME_SIGN)
    assert observe(report_of(session)).rule.name == "untrained"
    cards = said(session, 40)
    assert cards[1] == "early"
    assert cards[-1] == "fine"
    unseen = make(X, SAME_SIGN)
    unseen.step("epoch")
    unseen.wait()
    for _ in range(12):
        unseen.step("epoch")
        unseen.wait()
        assert observe(report_of(unseen, look=False)).rule.name != "fine"


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_is_named(make: Make, cause: str) -> None:
    """On rows and settings where a teacher would name it; its first button changes something, if it has one."""
    given = dict(CAUSES[cause])
    session = make(*given.pop("rows"), **given)
    assert said(session, given["epochs"])[-1] == cause
    report = report_of(session)
    actions = observe(report).rule.actions
    if actions:
        assert any(remedy(action, session, report) is not None for action in actions)


@pytest.mark.parametrize("cause", ["leak", "id_column", "duplicates", "split_shift", "outlier", "code_as_number"])
def test_faults_of_the_rows_are_told_before_training(make: Make, cause: str) -> None:
    """And the button mends them there: told again of the mended rows, it is another card."""
    given = dict(CAUSES[cause])
    session = make(*given.pop("rows"), **given)
    report = report_of(session)
    rule = observe(report).rule
    assert rule.name == cause
    found = next(each for action in rule.actions if (each := remedy(action, session, report)) is not None)
    assert found.recipe is not None
    carry_out(session, found)
    assert observe(report_of(session)).rule.name != cause


def test_stopped_early(make: Make) -> None:
    """The epochs that were asked for were over while it still got better; the button lets it go on."""
    session = make(X, SAME_SIGN, learning_rate=0.002, epochs=10)
    assert said(session, 10)[-1] == "stopped_early"
    report = report_of(session)
    found = remedy("train_more", session, report)
    assert found is not None
    assert found.train


def test_no_validation_rows(make: Make) -> None:
    """It is said that nothing is kept back, and guessing is not spoken of."""
    session = make(X, SAME_SIGN, split=Split(train=0.85, validation=0.0, test=0.15))
    assert said(session, 40)[-1] == "no_validation"


# What it got wrong once -----------------------------------------------------------------------------------------------
def test_a_leak_is_not_praised(make: Make) -> None:
    """100 % from a column that holds the answer is no good news at any time."""
    given = dict(CAUSES["leak"])
    assert set(said(make(*given.pop("rows"), **given), 40)) == {"leak"}


def test_columns_that_a_line_reads_are_not_blamed(make: Make) -> None:
    """A network that has learned nothing yet is at fault, not the columns."""
    for settings in ({"learning_rate": 1e-4, "optimizer": "sgd"}, {"l2": 1.0}, {"learning_rate": 20.0}):
        assert "no_signal" not in said(make(X, LINE, epochs=40, **settings), 40)


def test_a_rate_of_one_is_the_rate(make: Make) -> None:
    """Neurons that a huge rate has silenced need a smaller rate, not other starting weights."""
    session = make(X, SAME_SIGN, learning_rate=1.0, epochs=60)
    card = said(session, 60)[-1]
    assert card == "rate_too_high"
    report = report_of(session)
    found = remedy(observe(report).rule.actions[0], session, report)
    assert found is not None
    assert found.training == {"learning_rate": 0.1}
    assert not found.new_start


def test_what_is_suggested_is_not_blamed_while_it_learns() -> None:
    """The output layer begins small and passes little back at first, and a penalty pulls while the loss still falls."""
    dataset = open_dataset(resource("samples", "iris.csv"))
    session = Session()
    session.open(dataset, suggest_training(dataset, "best"))
    assert set(said(session, 20)) == {"early", "improving", "small_validation"}
    session.close()


@pytest.mark.parametrize("finished", [None, "epochs", "early stopping", "time"])
def test_a_flat_loss_is_not_said_to_fall(make: Make, finished: str | None) -> None:
    """Whatever ended the run, whether or not the rows were looked at, and where the network is at fault or is not."""
    session = make(X[:90], SAME_SIGN[:90], hidden="1 tanh", learning_rate=0.1, epochs=60)
    said(session, 60)
    report = report_of(session)
    assert verdict(report).name == "at_rest"
    flat = [Trend(0.01, 0.5, 0.0, 0.0), Trend(0.01, 0.6, 0.005, 0.003), Trend(0.02, 0.3, -0.1, -0.01)]
    for trend, data, known in product(flat, (report.data, None), (report.known, 1.0)):
        rests = replace(report, finished=finished, trend=trend, data=data, known=known)
        assert verdict(rests).name not in ("improving", "stopped_early")
    falling = replace(report, finished=finished, trend=Trend(0.0, 1.0, 0.2, 0.01), moved=0.1)
    assert verdict(falling).name in ("improving", "stopped_early")


@pytest.mark.parametrize("waiting", ["improving", "early", "overfit"])
def test_what_is_put_back_is_judged_anew(make: Make, waiting: str) -> None:
    """A run with an average ends at its best epoch: what stood on the card of the last one is gone at once."""
    session = make(X, LINE, average_epochs=3.0, epochs=30)
    said(session, 30)
    report = report_of(session)
    assert report.finished == "epochs"
    before = replace(report, card=Card(waiting, waiting, 9, report.epoch - 1))
    assert observe(before).rule.name == verdict(report).name != waiting


def test_balanced_classes_are_judged_by_what_is_optimised(make: Make) -> None:
    """After its own advice to let classes count the same, a lower accuracy is no worse than guessing."""
    session = make(X, RARE, class_weights="balanced", hidden="4 relu", epochs=40)
    cards = set(said(session, 40))
    assert not cards & {"no_signal", "imbalance", "bad_start"}


@pytest.mark.slow
def test_few_cards_for_the_bank() -> None:
    """Two hundred epochs, three cards, and none of them alarming."""
    session = Session(TrainConfig(epochs=200))
    session.open(open_dataset(resource("samples", "bank_customers.csv")))
    cards = said(session, 200)
    session.close()
    shown = [card for card, before in zip(cards, [None, *cards], strict=False) if card != before]
    assert len(shown) <= 4  # "it has just begun" among them


def test_the_card_does_not_flicker(make: Make) -> None:
    """A loss that jumps about low down changes nothing."""
    session = make(X, SAME_SIGN, learning_rate=0.03, hidden="24 relu, 24 relu", epochs=100)
    cards = said(session, 100)[5:]
    assert sum(a != b for a, b in pairwise(cards)) <= 2


# Words ----------------------------------------------------------------------------------------------------------------
def test_every_rule_has_its_words(make: Make) -> None:
    """Title, text, measures and a word of the glossary, in both voices; every button has a label and does something."""
    texts, glossary = load_coach_texts(), load_glossary()
    session = make(X, SAME_SIGN, epochs=5)
    said(session, 5)
    values = coach_values(report_of(session))
    names = {rule.name for rule in RULES}
    assert set(texts.texts) == set(texts.titles) == set(texts.why) == set(texts.words) == names
    for rule in RULES:
        for voice in ("plain", "technical"):
            assert texts.titles[rule.name][voice].format_map(values)
            assert texts.texts[rule.name][voice].format_map(values)
            assert all(texts.measures[name][voice].format_map(values) for name in texts.why[rule.name])
        assert texts.words[rule.name] in glossary
        assert set(rule.actions) <= set(REMEDIES)


def test_what_is_not_known_is_a_dash(make: Make) -> None:
    """Without a look at the rows no text breaks."""
    values = coach_values(report_of(make(X, SAME_SIGN), look=False))
    assert "{able}".format_map(values) == "–"


def test_the_other_size_is_offered_when_it_pays(make: Make) -> None:
    """Both suggested networks were trained, and the one that is not on show was right more often: a click takes it."""
    session = make(X, SAME_SIGN, epochs=1)
    dataset = session.dataset
    assert dataset is not None
    for size, epochs in (("best", 15), ("small", 1)):
        assert report_of(session).other_network == ""
        found = suggest_training(dataset, size)
        session.use_suggestion(replace(found, training=replace(found.training, epochs=epochs)))
        learn(session)
    report = report_of(session)
    assert report.other_network == "64–32" and report.other_lead > 0.1
    assert other_size_pays(report)
    click = remedy("other_size", session, report)
    assert click is not None
    carry_out(session, click)
    config = session.network_config
    assert config is not None and [layer.neurons for layer in config.hidden] == [64, 32]
    assert session.train_config == suggest_training(dataset, "best").training
