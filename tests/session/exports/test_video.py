"""The film: which pictures it has, and that what is written can be played."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from ann_viz.errors import Cancelled, OutputError
from ann_viz.session import Session
from ann_viz.session.exports import Subject, Wish, format_for, subject_of, wish_for
from ann_viz.session.exports.course import course_of
from ann_viz.session.exports.easel import Begin, Frame, Shot
from ann_viz.session.exports.video import storyboard, write

VIDEO = format_for("video")


class Easel:
    """Draws a colour for every epoch."""

    example = 0

    def draw(self, shot: Shot) -> bytes:
        raise NotImplementedError

    def paper(self, report: object, remark: str) -> bytes:
        raise NotImplementedError

    def frames(self, begin: Begin, frames: Sequence[Frame]) -> Iterator[bytes]:
        session = begin()
        for frame in frames:
            yield bytes([20 * frame.epoch % 256, 100, 40 * frame.step]) * (frame.width * frame.height)
        session.close()


@pytest.fixture
def subject(session: Session) -> Subject:
    session.train()
    session.wait()
    work = session.take_work()
    assert work is not None
    return replace(subject_of(work), easel=Easel())


def wish(output: str, **chosen: object) -> Wish:
    return wish_for(VIDEO, output, chosen={"width": 321, "height": 241, "fps": 10, "seconds": 6, **chosen})


def test_it_tells_the_five_steps_and_then_the_epochs(subject: Subject) -> None:
    # Intention: as long as was asked for at most, of even size for codecs, ending on the last epoch.
    frames = storyboard(course_of(subject), wish("x.mp4"), 4)
    assert [frame.step for frame in frames[::8]][:4] == [1, 2, 3, 4] and frames[-1].step == 5
    assert (frames[0].width, frames[0].height) == (320, 240) and len(frames) <= 60
    assert frames[0].epoch == 0 and frames[-1].epoch == 8 and {frame.epoch for frame in frames} >= {4}
    silent = storyboard(course_of(subject), wish("x.gif", captions="no"), 4)
    assert {frame.step for frame in silent} == {0} and silent[0].width == 321


def test_without_anybody_to_draw_or_anything_to_see_it_says_so(subject: Subject) -> None:
    with pytest.raises(OutputError, match="drawn from a project"):
        write(replace(subject, easel=None), wish("x.mp4"))
    with pytest.raises(OutputError, match="no epochs"):
        write(replace(subject, run=None), wish("x.mp4"))


def test_it_stops_when_nobody_wants_it_any_more(subject: Subject) -> None:
    pytest.importorskip("PIL")

    def progress(share: float) -> None:
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        write(subject, wish("x.gif"), progress)


@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
def test_a_film_can_be_played(subject: Subject, suffix: str) -> None:
    av = pytest.importorskip("av")
    content = write(subject, wish(f"x{suffix}"))
    with av.open(io.BytesIO(content)) as film:
        pictures = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    assert len(pictures) == len(storyboard(course_of(subject), wish(f"x{suffix}"), 0))
    assert pictures[0].shape == (240, 320, 3)
    assert np.abs(pictures[-1].mean(axis=(0, 1)) - [160, 100, 200]).max() < 12


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png"])
def test_a_moving_picture_moves(subject: Subject, suffix: str) -> None:
    Image = pytest.importorskip("PIL.Image")
    with Image.open(io.BytesIO(write(subject, wish(f"x{suffix}")))) as image:
        assert image.n_frames >= 7 and image.size == (321, 241)  # a GIF has few colours: two may look alike
