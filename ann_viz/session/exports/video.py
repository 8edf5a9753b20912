"""The training as a film: MP4 and WebM by PyAV, GIF, WebP and animated PNG by Pillow; all of it in memory."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Snapshot
from ann_viz.errors import OutputError
from ann_viz.session.exports.beside import session_beside
from ann_viz.session.exports.course import course_of, evenly
from ann_viz.session.exports.easel import Easel, Frame
from ann_viz.session.exports.format import Progress, Wish
from ann_viz.session.exports.stamp import stamp_of
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.telling import epoch_of, title_of
from ann_viz.translation import translate

__all__ = ["glimpse", "storyboard", "write"]

REPEAT: Final = 5
"""The last of the five steps, which goes on for as long as the film does."""

STEP_SECONDS: Final = 0.8  # each of the first four
LAST_SECONDS: Final = 1.5  # the end stands still, so that it can be read
SHARE_TRAINED: Final = 0.2
"""Of the work, where the run has to be done again first."""

COLOURS: Final = 128
SEEN_FOR_PALETTE: Final = 9
"""From so many pictures of a GIF its colours are chosen."""

CODECS: Final = {
    ".mp4": ("mp4", "libx264", {"crf": "23", "preset": "medium"}),
    ".webm": ("webm", "libvpx-vp9", {"crf": "34", "b:v": "0", "row-mt": "1", "cpu-used": "4"}),
}
PACKED: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    ".gif": ("GIF", {"optimize": True}),
    ".webp": ("WEBP", {"quality": 80, "method": 4}),
    ".png": ("PNG", {}),
}


def write(subject: Subject, wish: Wish, progress: Progress = lambda _: None) -> bytes:
    """Return the film; raises OutputError where there is nothing to film, or nobody to draw it."""
    easel, course = _set_up(subject, lambda share: progress(SHARE_TRAINED * share))
    frames = storyboard(course, wish, epoch_of(subject) or 0)
    begin = partial(session_beside, subject, course, easel.example)
    pictures = _told(easel.frames(begin, frames), len(frames), progress)
    size, fps, remark = (frames[0].width, frames[0].height), int(wish.chosen["fps"]), stamp_of(subject)
    if wish.suffix in CODECS:
        remarks = {"title": title_of(subject.model.recipe), "comment": remark}
        return _encoded(pictures, size, fps, wish.suffix, remarks)
    return _packed(pictures, size, fps, wish.suffix)


def glimpse(subject: Subject, wish: Wish, progress: Progress = lambda _: None) -> tuple[bytes, tuple[int, int]]:
    """Return one picture from the middle of the film, with its width and height; raises OutputError as `write` does."""
    easel, course = _set_up(subject, progress)
    frames = storyboard(course, wish, epoch_of(subject) or 0)
    frame = frames[len(frames) // 2]
    (picture,) = easel.frames(partial(session_beside, subject, course, easel.example), [frame])
    return picture, (frame.width, frame.height)


def _set_up(subject: Subject, progress: Progress) -> tuple[Easel, tuple[Snapshot, ...]]:
    """Return who draws, and the moments there are."""
    if subject.easel is None or subject.dataset is None:
        sentence = translate("A film is drawn from a project and its data. {why}")
        raise OutputError(sentence.format(why=subject.why_no_data).strip())
    course = course_of(subject, progress)
    if len(course) < 2:
        raise OutputError(translate("Of this run no epochs are kept to be filmed. Train it again, then take it along."))
    return subject.easel, course


def storyboard(course: Sequence[Snapshot], wish: Wish, shown: int) -> list[Frame]:
    """Return every picture of the film: the first four steps at the beginning, then epoch after epoch, then the end."""
    chosen = wish.chosen
    fps = int(chosen["fps"])
    captions = chosen["captions"] == "yes" and chosen["what"] != "window"  # the window tells the steps by itself
    even = 2 if wish.suffix in CODECS else 1  # codecs halve the colours
    size = {side: int(chosen[side]) // even * even for side in ("width", "height")}
    held = max(1, round(STEP_SECONDS * fps)) if captions else 0
    last = round(LAST_SECONDS * fps)
    room = max(2, int(chosen["seconds"]) * fps - (REPEAT - 1) * held - last)
    moments = evenly(course, room, shown)

    def frame(moment: Snapshot, step: int) -> Frame:
        return Frame(film=chosen["what"], epoch=moment.epoch, step=step if captions else 0, **size)

    begin = [frame(moments[0], step) for step in range(1, REPEAT) for _ in range(held)]
    return [*begin, *(frame(moment, REPEAT) for moment in moments), *[frame(moments[-1], REPEAT)] * last]


def _told(pictures: Iterable[bytes], n: int, progress: Progress) -> Iterator[bytes]:
    """Yield the pictures and tell how far it is."""
    for place, picture in enumerate(pictures):
        progress(SHARE_TRAINED + (1 - SHARE_TRAINED) * place / n)
        yield picture


def _pixels(picture: bytes, size: tuple[int, int]) -> NDArray[np.uint8]:
    return np.frombuffer(picture, np.uint8).reshape(size[1], size[0], 3)


def _encoded(pictures: Iterable[bytes], size: tuple[int, int], fps: int, suffix: str, remarks: dict[str, str]) -> bytes:
    """Return a film in which every picture says what has changed since the last."""
    import av

    form, codec, options = CODECS[suffix]
    buffer = io.BytesIO()
    with av.open(buffer, mode="w", format=form) as container:
        container.metadata.update(remarks)
        stream = container.add_stream(codec, rate=Fraction(fps), options=options)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for picture in pictures:
            for packet in stream.encode(av.VideoFrame.from_ndarray(_pixels(picture, size), format="rgb24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return buffer.getvalue()


def _packed(pictures: Iterable[bytes], size: tuple[int, int], fps: int, suffix: str) -> bytes:
    """Return a moving picture; one that stands still is there once, and longer."""
    from PIL import Image

    form, options = PACKED[suffix]
    images: list[Any] = []
    times: list[int] = []
    before = b""
    for picture in pictures:
        if picture == before:
            times[-1] += 1
        else:
            images.append(Image.frombytes("RGB", size, picture))
            times.append(1)
        before = picture
    if suffix == ".gif":  # one palette for all, so that nothing flickers
        some = images[:: -(-len(images) // SEEN_FOR_PALETTE)]
        together = Image.new("RGB", (size[0], size[1] * len(some)))
        for place, image in enumerate(some):
            together.paste(image, (0, place * size[1]))
        palette = together.quantize(COLOURS)
        images = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images]
    buffer = io.BytesIO()
    images[0].save(
        buffer,
        format=form,
        save_all=True,
        append_images=images[1:],
        duration=_durations(times, fps),
        loop=0,
        **options,
    )
    return buffer.getvalue()


def _durations(times: Sequence[int], fps: int) -> list[int]:
    """Return milliseconds, as whole hundredths of a second, which add up to the length of the film."""
    ends = np.round(np.cumsum([0, *times]) * 100 / fps).astype(int).tolist()
    return [10 * (stop - start) for start, stop in pairwise(ends)]
