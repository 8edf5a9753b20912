"""What one frame of the network picture costs: new weights, arranged and painted, beside one item per connection.

Run by hand: ``python tests/bench/frames.py [--frames 60] [--rounds 3]`` (offscreen or under Xvfb). Every frame
has other weights. The peer is a `QGraphicsScene` with one `QGraphicsLineItem` per connection, straight
lines, in the same run.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from itertools import pairwise

import numpy as np

NETS = ((2, 1), (2, 8, 1), (11, 6, 6, 1), (30, 16, 8, 2), (64, 32, 16, 10), (784, 128, 64, 10))
MOST_ITEMS = 2_000


def ours(app, sizes: tuple[int, ...], frames: int) -> list[float]:
    """Return milliseconds per frame of update and paint at 1200 × 800."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPainter, QPixmap

    from ann_viz.scene import NetworkNumbers, arrange, build_curves, build_frame, choose_neurons
    from ann_viz.scene.thickness import Thickness
    from ann_viz.ui.canvas.haze import Haze
    from ann_viz.ui.document.paint import paint_circles, paint_lines
    from ann_viz.ui.kit import theme

    rng = np.random.default_rng(0)
    values = tuple(rng.normal(size=n).astype(np.float32) for n in sizes)
    shown, _ = choose_neurons(values, picture=sizes[0] > 64)
    curves = build_curves(arrange([len(index) for index in shown], 1200, 800))
    tokens, haze, pixmap, thickness = theme.current(), Haze(), QPixmap(1200, 800), Thickness()
    result = []
    for moment in range(frames):
        weights = tuple(rng.normal(size=shape).astype(np.float32) for shape in pairwise(sizes))
        biases = tuple(rng.normal(size=n).astype(np.float32) for n in sizes[1:])
        start = time.perf_counter()
        numbers = NetworkNumbers(weights=weights, biases=biases, values=values).only(shown)
        thickness = thickness.renewed(moment, weights)
        frame = build_frame(curves, numbers, ["relu"] * (len(sizes) - 1), reference=thickness.at(moment))
        pixmap.fill(Qt.GlobalColor.white)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if frame.lines.n_drawn < frame.lines.n_total:
                haze.renew(curves, frame.line_numbers, tokens)
                haze.paint(painter, curves)
            paint_lines(painter, frame.lines, tokens)
            paint_circles(painter, frame, tokens, app.font(), picture=sizes[0] > 64)
        result.append((time.perf_counter() - start) * 1e3)
    return result


def items(sizes: tuple[int, ...], frames: int) -> list[float]:
    """Return milliseconds per frame with one item per connection; at most 2,000 are made and the rest reckoned."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
    from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsScene

    from ann_viz.scene import arrange

    layout = arrange(sizes, 1200, 800)
    ends = [
        (layout.x[gap], float(y0), layout.x[gap + 1], float(y1))
        for gap in range(len(sizes) - 1)
        for y0 in layout.y[gap]
        for y1 in layout.y[gap + 1]
    ]
    made = ends[:: -(-len(ends) // MOST_ITEMS)]
    scene = QGraphicsScene(0, 0, 1200, 800)
    scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
    lines = [QGraphicsLineItem(*place) for place in made]
    for line in lines:
        scene.addItem(line)
    rng, pixmap = np.random.default_rng(0), QPixmap(1200, 800)
    result = []
    for _ in range(frames):
        weights = rng.normal(size=len(lines))
        start = time.perf_counter()
        for line, weight in zip(lines, weights.tolist(), strict=True):
            colour = QColor("#D9660A" if weight < 0 else "#1C75CF")
            colour.setAlphaF(min(1.0, 0.14 + 0.3 * abs(weight)))
            line.setPen(QPen(colour, 0.6 + 2 * abs(weight)))
        pixmap.fill(Qt.GlobalColor.white)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            scene.render(painter)
        result.append((time.perf_counter() - start) * 1e3 * len(ends) / len(made))
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--soak", type=int, default=0, help="paint so many frames and print how memory grew")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ann_viz.app import make_application

    app = make_application([])
    print(f"{'network':>16} {'ours, median':>13} {'p99':>8} {'items':>9} {'ratio':>7}")
    for sizes in NETS:
        mine, theirs = [], []
        for _ in range(arguments.rounds):
            mine += ours(app, sizes, arguments.frames)[5:]
            theirs += items(sizes, 5 if sizes[0] > 60 else 15)[1:]
        median, peer = statistics.median(mine), statistics.median(theirs)
        p99 = float(np.percentile(mine, 99))
        print(f"{'-'.join(map(str, sizes)):>16} {median:10.1f} ms {p99:5.1f} ms {peer:6.1f} ms {peer / median:6.1f}×")
    if arguments.soak:
        ours(app, (11, 6, 6, 1), 500)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ours(app, (11, 6, 6, 1), arguments.soak)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"peak memory over {arguments.soak:,} frames: +{(after - before) / 1024:.1f} MB")


if __name__ == "__main__":
    main()
