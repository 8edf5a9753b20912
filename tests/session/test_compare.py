"""Comparing two runs: what differs, who is ahead, and when luck is ruled out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ann_viz.session import Moment, Session
from ann_viz.session.best_epoch import at_epoch, best_of
from ann_viz.session.compare import compare, pair_request, training_pair
from ann_viz.session.verdict import is_luck_ruled_out, verdict_of


def train(session: Session) -> int:
    """Train to the end and return the run's number."""
    session.train()
    session.wait()
    return session.run_numbers[0]


@pytest.mark.parametrize(
    ("wins", "n", "ruled_out"),
    [
        (5, 5, True),
        (7, 8, True),
        (9, 10, True),
        (4, 5, False),
        (6, 8, False),
        (8, 10, False),
        (4, 4, False),
        (6, 6, True),
    ],
)
def test_luck_is_ruled_out_by_seeds(wins: int, n: int, ruled_out: bool) -> None:
    """As the design says: at least five of five, seven of eight, nine of ten."""
    assert is_luck_ruled_out(wins, n) is ruled_out


def test_one_run_each_proves_nothing() -> None:
    """It is said so, and that five seeds would say more."""
    verdict = verdict_of([(0.331, 0.332)], same_rows=True)
    assert (verdict.tint, verdict.seeds) == ("neutral", 5)
    assert "luck is not ruled out" in verdict.bold and verdict.rest == "A has the lower loss, by 0.001."


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (0.3584, "A has the lower loss, by 0.0004."),
        (0.35849, "A has the lower loss, by 0.0005."),
        (0.35801, "both have the same loss."),
        (0.3591, "A has the lower loss, by 0.001."),
    ],
)
def test_losses_that_are_written_alike_are_called_the_same(other: float, told: str) -> None:
    """Those that three decimals may not tell apart have four."""
    assert verdict_of([(0.358, other)], same_rows=True).rest == told


def test_sentence_and_table_tell_the_same_difference(session: Session) -> None:
    """Of two runs as of a run and itself."""
    first = train(session)
    session.set_training(l2=0.01)
    session.reset()
    found = compare(pair_request(session, train(session), first))
    loss = found.metrics[0]
    assert loss.one != loss.other and loss.better
    assert found.verdict.rest == f"{loss.better} has the lower loss, by {loss.difference[1:]}."
    same = compare(pair_request(session, first, first))
    assert same.verdict.rest == "both have the same loss." and same.metrics[0].difference == "0"


def test_over_seeds_the_sentence_tells_the_difference_of_the_means(session: Session) -> None:
    """As a reader subtracts them; means that three decimals do not tell apart have four, and then "less than"."""
    close = [(0.33804 + seed / 1000, 0.33846 + seed / 1000) for seed in range(5)]
    assert "on average 0.0005." in verdict_of(close, same_rows=True).rest  # 0.3400 and 0.3405
    closer = [(0.33801 + seed / 1000, 0.33804 + seed / 1000) for seed in range(5)]
    assert "on average less than 0.0001." in verdict_of(closer, same_rows=True).rest
    first = train(session)
    session.set_training(l2=0.05)
    session.reset()
    pair = pair_request(session, train(session), first)
    training_pair(session.siblings, pair, 5)(lambda _: None, lambda: False)
    found = compare(pair_request(session, *(side.run.number for side in pair.sides)))
    one, other = (float(text.partition(" ")[0]) for text in found.metrics[0].means)
    assert found.n_seeds == 5 and f"on average {abs(one - other):.3f}" in found.verdict.rest


def test_five_of_five_is_not_luck() -> None:
    """However small the difference; what another score says stands beside it."""
    pairs = [(0.330 + seed / 1000, 0.334 + seed / 1000) for seed in range(5)]
    verdict = verdict_of(pairs, same_rows=True, besides="Elsewhere B is ahead.")
    assert verdict.tint == "good" and verdict.bold == "A is a little better, and not by luck:"
    assert verdict.rest == "lower loss with 5 of 5 seeds, on average 0.004. Elsewhere B is ahead."
    swapped = verdict_of([(b, a) for a, b in pairs], same_rows=True)
    assert swapped.bold == "B is a little better, and not by luck:"


def test_three_of_five_is_too_close() -> None:
    """Ten seeds are offered then, and after ten no more."""
    pairs = [(0.33, 0.34), (0.33, 0.34), (0.33, 0.34), (0.34, 0.33), (0.34, 0.33)]
    verdict = verdict_of(pairs, same_rows=True)
    assert (verdict.tint, verdict.bold, verdict.seeds) == ("neutral", "Too close to call:", 10)
    assert verdict_of(pairs + pairs, same_rows=True).seeds == 0


def test_other_rows_cannot_be_compared() -> None:
    """A lower loss on easier rows says nothing."""
    assert verdict_of([(0.1, 0.9)], same_rows=False).tint == "warning"


def test_a_branch_is_compared_with_its_parent(session: Session) -> None:
    """At the best epoch of each: the settings that differ, the start, and scores as the document gives them."""
    first = train(session)
    session.look_at(Moment(first, 4))
    session.continue_from_here()
    session.set_training(l2=0.01)
    branch = train(session)
    found = compare(pair_request(session, branch, first))
    assert [(each.name, each.one, each.other) for each in found.differences] == [
        ("L2", "0.01", "0"),
        ("Starts from", "epoch 4 of B", "untrained"),
    ]
    assert [row.words for row in found.metrics] == ["lower is better", "accuracy", "recall", "ROC AUC"]
    assert found.n_seeds == 1 and not found.metrics[0].means
    one = session.find_run(branch)
    assert found.metrics[0].values[0][0] == pytest.approx(one.snapshot.best_loss, rel=1e-5)


def test_another_start_of_the_outputs_is_a_difference(session: Session) -> None:
    """As it is part of the name of a run."""
    first = train(session)
    session.set_network(output_scale=0.1)
    second = train(session)
    found = compare(pair_request(session, second, first))
    assert [each.name for each in found.differences] == ["Start"]
    assert "Other starting weights" in session.run_name(session.find_run(second))


def test_seeds_are_paired(session: Session) -> None:
    """Of two runs with siblings, as many pairs are judged as both have, with mean, spread and wins."""
    first = train(session)
    session.set_training(learning_rate=0.0001)
    session.reset()
    slow = train(session)
    for number, n in ((first, 4), (slow, 5)):
        work = session.siblings.training_seeds(session.setup_of(session.find_run(number)), n)
        work(lambda _: None, lambda: False)
    found = compare(pair_request(session, first, slow))
    assert found.n_seeds == 5
    assert found.metrics[0].wins == "A wins 5 of 5" and found.metrics[0].better == "A"
    assert all("±" in text for text in found.metrics[0].means)
    assert found.verdict.tint == "good" and found.verdict.bold.startswith("A is")


def test_numbers_are_compared_in_their_unit(houses) -> None:
    """Errors of a price stand in the unit of the price."""
    session = Session()
    session.open(houses)
    session.set_training(epochs=3)
    first = train(session)
    session.set_training(l2=0.1)
    session.reset()
    found = compare(pair_request(session, first, train(session)))
    errors = next(row for row in found.metrics if row.words == "mean error")
    assert errors.values[0][0] > 5
    session.close()


def test_the_best_epoch_is_found_without_a_past(session: Session) -> None:
    """Also of a run from a file, whose past is not there yet: its weights and its course until then."""
    number = train(session)
    run = session.find_run(number)
    with_past = best_of(run)
    session.reset()
    left = session.find_run(number)
    bare = replace(left, snapshot=replace(left.snapshot, timeline=()))
    assert np.array_equal(best_of(bare).params, with_past.params)
    assert best_of(bare).epoch == with_past.epoch and len(best_of(bare).history) == len(with_past.history)
    assert at_epoch(run, 3).epoch == 3
