"""What a sweep tries follows from its plan, and stays the same when it is asked for more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ann_viz.engine import LayerConfig, NetworkConfig, TrainConfig
from ann_viz.errors import ConfigError
from ann_viz.session.sweeping.plan import Plan, Span, parse_domain
from ann_viz.session.sweeping.settings import SETTINGS, applied
from ann_viz.session.sweeping.task import Value
from ann_viz.session.sweeping.words import done_words

SPACE = (("hidden", ((4,), (6, 6))), ("learning_rate", Span(0.001, 0.1)))
EXAMPLES: dict[str, Value] = {
    "hidden": (12, 6),
    "learning_rate": 0.05,
    "l2": 0.002,
    "batch_size": 64,
    "dropout": 0.25,
    "activation": "tanh",
    "optimizer": "sgd",
    "l1": 0.003,
    "momentum": 0.5,
    "schedule": "cosine",
}


def test_more_runs_begin_with_the_same_ones() -> None:
    """So a sweep of twice as many runs goes on with the results there are."""
    few = Plan(space=SPACE, runs=10).candidates()
    many = Plan(space=SPACE, runs=20).candidates()
    assert many[:10] == few and len(set(many)) == 20
    assert Plan(space=SPACE, runs=10, seed=4).candidates() != few


def test_draws_spread_over_the_powers() -> None:
    """As many rates below the middle of the powers as above, all within the range."""
    rates = [dict(settings)["learning_rate"] for settings in Plan(space=SPACE, runs=200).candidates()]
    assert all(isinstance(rate, float) and 0.001 <= rate <= 0.1 for rate in rates)
    assert 70 < sum(isinstance(rate, float) and rate < 0.01 for rate in rates) < 130


def test_few_combinations_are_not_tried_twice() -> None:
    """Where four combinations are all, forty runs are four."""
    plan = Plan(space=(("hidden", ((4,), (8,))), ("l2", (0.0, 0.1))), runs=40)
    assert len(plan.candidates()) == 4
    assert plan.candidates() != replace(plan, search="grid").candidates()  # in another order
    assert set(plan.candidates()) == set(replace(plan, search="grid").candidates())


def test_narrowing_doubles_the_epochs() -> None:
    """Rounds too short to tell anything are left out."""
    assert Plan(space=SPACE, search="halving", epochs=100).rounds() == (12, 25, 50, 100)
    assert Plan(space=SPACE, search="halving", epochs=8).rounds() == (4, 8)
    assert Plan(space=SPACE, epochs=100).rounds() == (100,)
    plan = Plan(space=SPACE, search="halving", epochs=100, runs=4, seeds=2, baselines=("guessing",))
    ends = [1 + 8, 1 + 8 + 4, 1 + 8 + 4 + 2]
    assert [plan.round_of(n) for n in (0, 8, ends[0], ends[1] - 1, ends[1], ends[2], plan.n_tasks)] == [
        1,
        1,
        2,
        2,
        3,
        4,
        4,
    ]
    assert plan.n_tasks == ends[2] + 2
    assert plan.n_epochs == 2 * (4 * 12 + 2 * 13 + 25 + 50), "what goes on does not begin again"
    first, last = plan.tasks_of((), 12)[0], plan.tasks_of((), 100)[0]
    assert plan.before(first) is None and (first.total, last.total) == (100, 0)
    assert plan.before(last) == plan.tasks_of((), 50)[0] and plan.epochs_of(last) == 50
    assert done_words(plan, 4, ends[0]) == "4 of 4, stage 2 of 4" and done_words(Plan(space=SPACE), 3, 9) == "3 of 40"


@pytest.mark.parametrize(
    ("text", "name", "domain"),
    [
        ("hidden=6,6/64,32/0", "hidden", ((6, 6), (64, 32), ())),
        ("learning_rate=0.001/0.01", "learning_rate", (0.001, 0.01)),
        ("learning_rate=1e-4..0.1", "learning_rate", Span(1e-4, 0.1)),
        ("batch=16/64/16", "batch_size", (16, 64)),
        ("activation=relu/tanh", "activation", ("relu", "tanh")),
    ],
)
def test_what_is_typed(text: str, name: str, domain: object) -> None:
    """As the command line takes it."""
    assert parse_domain(text) == (name, domain)


@pytest.mark.parametrize(
    "text",
    ["hidden", "hidden=", "depth=3", "learning_rate=fast", "hidden=6;6", "l2=0..0.1", "activation=", "l2=0.1..0"],
)
def test_what_is_mistyped(text: str) -> None:
    """One sentence that names what can't be read."""
    with pytest.raises(ConfigError) as caught:
        parse_domain(text)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "change",
    [
        {"space": ()},
        {"runs": 0},
        {"seeds": 0},
        {"epochs": 0},
        {"space": (("hidden", ()),)},
        {"search": "grid"},
        {"space": (("dropout", (0.1, 3.0)),)},
        {"space": (("activation", ("reluu",)),)},
        {"space": (("learning_rate", Span(1e-9, 0.1)),)},
        {"search": "grid", "space": (("seed_of", (1,)),)},
    ],
)
def test_plans_that_make_no_sense(change: dict[str, object]) -> None:
    """They are refused when they are made."""
    with pytest.raises(ConfigError):
        replace(Plan(space=SPACE), **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_put_where_it_belongs(name: str) -> None:
    """What was put in is what is found, and can be written for the reader."""
    row, value = SETTINGS[name], EXAMPLES[name]
    before = NetworkConfig(n_inputs=3, n_outputs=1), TrainConfig()
    after = applied(((name, value),), *before)
    assert row.current(after) == value != row.current(before)
    assert row.write(value) and row.title and row.subtitle


def test_layers_take_the_activation_whatever_the_order() -> None:
    """An activation asked for before the layers is theirs as well."""
    network, _ = applied(
        (("activation", "tanh"), ("hidden", (5,))), NetworkConfig(n_inputs=3, n_outputs=1), TrainConfig()
    )
    assert network.hidden == (LayerConfig(neurons=5, activation="tanh"),)
