"""Down the loss of a straight line: where each step landed on the map, and how high."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    GRADIENT,
    GREY,
    LOSS,
    PHONE,
    SIZE,
    TARGET,
    TEXT,
    loss_axis,
    style_axes,
)
from catrnn.lab.drawing.text import counted, number

WEST, EAST, SOUTH, NORTH = -2.0, 3.0, -1.5, 2.5
"""Ends of the map: weights from west to east, biases from south to north."""

LOW, HIGH = 1e-6, 1e4
"""Ends of the loss chart (portions squared): always the same, so that two settings can be
compared by eye."""

LEVELS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Losses at which the map has a contour line, each about three times the one before."""

ARRIVED, STEPS = 1e-4, 200


class Descent(Picture):
    """Left, the loss over weight and bias as a map, with the path from start to end; right, the
    loss step by step.

    x, y (N, 1): inputs and answers that the line weight * x + bias is judged by.
    """

    size = (8.4, 4.0)
    ratios = (1.4, 1)
    narrow_size = (PHONE, 7.0)
    narrow_ratios = (1.5, 1)

    def __init__(self, x, y, ax=None):
        self.x, self.y = np.ravel(x), np.ravel(y)
        super().__init__(ax)

    def build(self, axes):
        self.map, self.chart = axes
        style_axes(self.map, "weight", "bias (portions)", "The loss as a map")
        self.map.set(xlim=(WEST, EAST), ylim=(SOUTH, NORTH), aspect="equal")
        self.map.grid(visible=False)
        self._contours(self.map)
        (self.path,) = self.map.plot([], [], ".-", color=GRADIENT, linewidth=1.5, markersize=7)
        (self.first,) = self.map.plot(
            [], [], "o", color="white", markeredgecolor=TARGET, markersize=9)
        (self.last,) = self.map.plot(
            [], [], "D", color=GRADIENT, markeredgecolor=TARGET, markersize=9, zorder=5)
        style_axes(self.chart, "step", "loss (portions squared)", "The loss step by step")
        self._steps(STEPS)
        loss_axis(self.chart, LOW, 10 * HIGH)
        (self.losses,) = self.chart.plot([], [], color=LOSS, linewidth=2)
        (self.end,) = self.chart.plot(
            [0], [1], "D", color=LOSS, markersize=8, markeredgecolor="white", clip_on=False)
        self.start_text = self.map.text(
            0, 0, "start", color=TARGET, fontsize=SIZE, ha="right", va="center")
        self.end_text = self.chart.text(
            0, 1, "", color=LOSS, fontsize=SIZE, va="center", linespacing=1.1)

    def _contours(self, ax):
        weight, bias = np.meshgrid(np.linspace(WEST, EAST, 126), np.linspace(SOUTH, NORTH, 101))
        loss = np.mean((weight[..., None] * self.x + bias[..., None] - self.y) ** 2, axis=-1)
        greys = [
            "#FFFFFF", "#F7F7F7", "#EFEFEF", "#E7E7E7", "#DFDFDF", "#D7D7D7", "#CFCFCF", "#C7C7C7"
        ]
        fill = ax.contourf(weight, bias, loss, [0, *LEVELS, 1000], colors=greys, zorder=0)
        lines = ax.contour(weight, bias, loss, LEVELS, colors=GREY, linewidths=0.8, zorder=1)
        names = ax.clabel(lines, [0.1, 1.0, 10.0], fmt="%g", fontsize=SIZE, colors=TEXT)
        lowest, *_ = np.linalg.lstsq(
            np.stack([self.x, np.ones_like(self.x)], axis=-1), self.y, rcond=None)
        ax.plot(*lowest[:, None], "*", color=TARGET, markersize=13, zorder=4)
        ax.text(
            lowest[0], lowest[1] - 0.2, "lowest", color=TARGET, fontsize=SIZE, ha="center",
            va="top", zorder=4, bbox={"facecolor": "#F7F7F7", "edgecolor": "none", "pad": 1}
        )
        self.static = (fill, lines, *names)

    def show(self, path, losses):
        """path (S+1, 2): weight and bias at the start and after each of S steps; losses (S+1,):
        the loss there."""
        path, losses = np.asarray(path), np.asarray(losses)
        left = left_at(path)
        trail = on_the_map(path, left)
        self.path.set_data(*trail.T)
        self.first.set_data(*path[:1].T)
        self.last.set_data(*trail[-1:].T)
        self.start_text.set(x=path[0, 0] - 0.14, y=path[0, 1])
        self._curve(losses)
        moves = np.diff(path[:left], axis=0)
        swings = int(((moves[1:] * moves[:-1]).sum(axis=-1) < -1e-12).sum())
        self.caption = caption_of(losses) + (
            f" It swings across the valley {swings} times." if swings > 1 else "")
        self.caption += f" Step {left} leaves the map." if left is not None else ""
        return self

    def _steps(self, last: int):
        """Let the chart go from 0 to `last` steps, with room for a number on the right."""
        self.chart.set(xlim=(0, 1.4 * last), xticks=range(0, last + 1, last // 4))

    def _curve(self, losses):
        steps, seen = (
            len(losses) - 1, np.clip(np.nan_to_num(losses, nan=HIGH, posinf=HIGH), LOW, HIGH))
        last = max(STEPS, steps)
        self._steps(last)
        self.losses.set_data(np.arange(steps + 1), seen)
        self.end.set_data([steps], seen[-1:])
        says = "under\n0.0001" if losses[-1] < ARRIVED else number(losses[-1])
        says = says if losses[-1] <= HIGH else "off the\nchart"
        self.end_text.set(x=steps + 0.05 * last, y=np.clip(seen[-1], 4 * LOW, HIGH / 4), text=says)


def left_at(path):
    """Return the first step that is not on the map, or None."""
    with np.errstate(invalid="ignore"):
        inside = (path >= (WEST, SOUTH)) & (path <= (EAST, NORTH))
    off = np.flatnonzero(~inside.all(axis=-1))
    return int(off[0]) if len(off) else None


def on_the_map(path, left):
    """Return the path up to the edge of the map, where step `left` crosses it."""
    if not left or not np.isfinite(path[left]).all():
        return path[:left]
    move = path[left] - path[left - 1]
    room = np.where(move > 0, (EAST, NORTH), (WEST, SOUTH)) - path[left - 1]
    share = np.divide(room, move, out=np.ones(2), where=move != 0).min()
    return np.vstack([path[:left], path[left - 1] + share * move])


def caption_of(losses) -> str:
    """Tell in words how the descent went."""
    n, first, last = len(losses) - 1, number(losses[0]), number(losses[-1])
    steps = counted(n, "step")
    if n == 0:
        return f"No step yet: the loss at the start is {first}."
    if not losses[-1] <= HIGH:
        step = np.flatnonzero(~(losses > HIGH) & np.isfinite(losses))
        return (
            f"It explodes: the loss goes from {first} to over {HIGH:,.0f}, off the chart, by step "
            f"{step[-1] + 1}.")
    if losses[-1] > losses[0]:
        return f"It explodes: the loss climbs from {first} to {last} in {steps}."
    if losses[-1] == losses[0]:
        return f"It stands still at a loss of {first}."
    if losses[-1] < ARRIVED:
        return (
            f"It arrives: the loss falls from {first} to under {ARRIVED} by step "
            f"{np.argmax(losses < ARRIVED)}.")
    if losses[-1] > 1.001 * losses.min():
        low = losses.argmin()
        return (
            f"It turns: the loss falls from {first} to {number(losses[low])} at step {low}, then "
            f"climbs to {last}.")
    how = "crawls" if losses[-1] > losses[0] / 2 else "falls"
    return f"It {how}: the loss goes from {first} to {last} in {steps}."
