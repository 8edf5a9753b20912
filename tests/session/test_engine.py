"""Training with the compiled engine: shown, kept with the run and its model, stopped and looked at like any other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.engine.compiled import choice
from ann_viz.engine.compiled.choice import about_turbo, choice_of, engine_words, obstacle
from ann_viz.errors import ConfigError
from ann_viz.session import RunState, Session, load_model, save_model

pytestmark = pytest.mark.usefixtures("turbo")


def session_on(dataset: Dataset, engine: choice.EngineChoice = "auto") -> Session:
    session = Session(engine=engine)
    session.open(dataset)
    return session


def engine_of(session: Session) -> str:
    assert session.snapshot is not None
    return session.snapshot.engine.partition("/")[0]


def test_both_engines_learn_the_same(circles: Dataset) -> None:
    """The losses of every epoch agree, and what trained is known."""
    losses = []
    for engine in ("numpy", "turbo"):
        session = session_on(circles, engine)
        session.set_training(epochs=20)
        session.train()
        assert session.wait(60)
        assert session.snapshot is not None and engine_of(session) == engine
        losses.append(session.snapshot.history.validation_loss)
        session.close()
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-4)


def test_a_run_without_end_is_seen_and_stopped(circles: Dataset) -> None:
    """Frames come while C is at work, and it answers to a pause."""
    session = session_on(circles)
    session.set_training(epochs=0)
    session.train()
    steps: list[int] = []
    while len(steps) < 5:
        snapshot = session.poll()
        if snapshot is not None and np.isfinite(snapshot.params).all():
            steps.append(snapshot.step)
    session.pause()
    assert steps == sorted(steps)
    assert session.state is RunState.PAUSED
    assert session.snapshot is not None and session.snapshot.step >= steps[-1]
    session.close()


def test_settings_change_while_c_is_at_work(circles: Dataset) -> None:
    """It comes back for them, and ends by the new ones."""
    session = session_on(circles)
    session.set_training(epochs=0)
    session.train()
    while session.poll() is None:
        pass
    session.set_training(epochs=1, optimizer="sgd")
    assert session.wait(60)
    assert session.state is RunState.FINISHED
    assert session.snapshot is not None and session.snapshot.train_config.optimizer == "sgd"
    session.close()


def test_another_engine_begins_a_run(circles: Dataset) -> None:
    """The run that was left keeps its own, and goes on with it."""
    session = session_on(circles, "numpy")
    session.set_training(epochs=3)
    session.train()
    session.wait(60)
    left = session.set_engine("auto")
    assert left is not None
    assert (engine_of(session), session.snapshot.step) == ("turbo", 0)  # type: ignore[union-attr]
    session.step("epoch")
    session.wait(60)
    right = session.show_run(left)
    assert right is not None
    assert (engine_of(session), session.engine) == ("numpy", "numpy")
    session.show_run(right)
    session.step("epoch")
    session.wait(60)
    assert (engine_of(session), session.engine) == ("turbo", "auto")
    session.close()


def test_the_model_says_what_trained_it(circles: Dataset, tmp_path: Path) -> None:
    """It is read back with the model."""
    session = session_on(circles)
    save_model(tmp_path / "model", session.model())
    assert load_model(tmp_path / "model").engine == session.snapshot.engine  # type: ignore[union-attr]
    session.close()


def test_what_can_not_be_compiled_trains_with_numpy(circles: Dataset) -> None:
    """Unless Turbo was asked for by name, which is refused with the reason."""
    session = session_on(circles)
    session.set_network(dtype="float64")
    assert engine_of(session) == "numpy"
    session.close()
    strict = session_on(circles, "turbo")
    with pytest.raises(ConfigError, match="float32, not float64"):
        strict.set_network(dtype="float64")
    strict.close()


def test_wide_layers_are_left_to_numpy_where_it_is_quicker(circles: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a table, so that the same machine always does the same; by name Turbo takes them all the same."""
    monkeypatch.setattr(choice, "QUICKER_UP_TO", dict.fromkeys(choice.QUICKER_UP_TO, 5))
    session = session_on(circles)
    assert engine_of(session) == "numpy"
    assert "NumPy is quicker" in obstacle(session.network_config, "auto")  # type: ignore[arg-type]
    session.set_engine("turbo")
    assert engine_of(session) == "turbo"
    session.close()


def test_without_the_library_everything_is_numpy(circles: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """And said why."""
    monkeypatch.setenv("ANN_VIZ_ENGINE", "numpy")
    session = session_on(circles)
    assert engine_of(session) == "numpy"
    assert about_turbo() == "Turbo is not available: ANN_VIZ_ENGINE=numpy forbids it."
    assert choice_of("turbo/avx2") == "numpy"
    session.close()


def test_engines_in_words() -> None:
    """As people write them."""
    assert [engine_words(name) for name in ("numpy", "turbo/avx512", "turbo/sse2")] == [
        "NumPy",
        "Turbo (AVX-512)",
        "Turbo (SSE2)",
    ]
