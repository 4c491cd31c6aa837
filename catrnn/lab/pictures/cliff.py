"""The loss over two weights, with a cliff in it, and two ways down: free, and clipped."""

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patheffects import withStroke

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    GRADIENT,
    GREY,
    LIGHT_GREY,
    LOSS,
    PHONE,
    SIZE,
    TARGET,
    loss_axis,
    style_axes,
)
from catrnn.lab.drawing.text import amount, counted, stacked, weight

LOW, HIGH = 1e-6, 1e5
"""Ends of the loss chart (portions squared)."""

LEVELS = 10.0 ** np.arange(-2, 7)
"""Losses at which the map has a contour line: each ten times the one before."""

STYLES = {
    "no clip": dict(linestyle=(0, (4, 2)), marker="X"),
    "clip": dict(linestyle="-", marker="o"),
}
"""The two ways down: dashes and crosses, or a line and dots."""

HALO = [withStroke(linewidth=4, foreground="white")]


class Cliff(Picture):
    """Left, the loss over p_w and c_w as a map, with two paths; right, the loss step by step.

    losses (C, P): the loss at every c_w (C,) and every p_w (P,), both rising.
    """

    size = (8.4, 4.2)
    ratios = (1.45, 1)
    narrow_size = (PHONE, 6.8)
    narrow_ratios = (1.35, 1)

    def __init__(self, losses, p_w, c_w, ax=None):
        self.land, self.across, self.up = np.asarray(losses), np.asarray(p_w), np.asarray(c_w)
        super().__init__(ax)

    def build(self, axes):
        self.map, self.chart = axes
        self.last = None
        style_axes(
            self.map, "p_w, for yesterday's state", "c_w, for today's fish", "The loss as a map")
        self.map.set(xlim=self.across[[0, -1]], ylim=self.up[[0, -1]])
        self.map.grid(visible=False)
        style_axes(self.chart, "step", "", "Loss (portions squared)")
        loss_axis(self.chart, LOW, HIGH)
        self._steps(60)
        self._land(self.map)
        self.paths, self.losses, self.ends, self.names = {}, {}, {}, {}
        for name, style in STYLES.items():
            (self.paths[name],) = self.map.plot(
                [], [], color=GRADIENT, linewidth=1.8, markeredgecolor="white", markeredgewidth=0.8,
                zorder=4, **style)
            (self.losses[name],) = self.chart.plot(
                [], [], color=LOSS, linewidth=2, linestyle=style["linestyle"])
            (self.ends[name],) = self.chart.plot([], [], style["marker"], color=LOSS, markersize=9,
                                                 markeredgecolor="white", zorder=4, clip_on=False)
            self.names[name] = self.chart.text(0, 1, "", color=LOSS, fontsize=SIZE, va="center")
        self.paths["no clip"].set(
            markersize=10, path_effects=[withStroke(linewidth=3.5, foreground="white")])
        self.paths["clip"].set(markersize=6)
        self.thrown = self._write(self.map, 0.23, -0.21, "")
        (self.first,) = self.map.plot(
            [], [], "o", color="white", markeredgecolor=TARGET, markersize=10, zorder=5)
        self.start = self._write(self.map, 0, 0, "", ha="right")

    def _land(self, ax):
        share = np.linspace(0, 0.75, len(LEVELS) + 1)[:, None]
        shades = (1 - share) * np.ones(3) + share * np.array(to_rgb(LOSS))
        fill = ax.contourf(
            self.across, self.up, self.land, [-1, *LEVELS, np.inf], colors=list(shades), zorder=0)
        lines = ax.contour(
            self.across, self.up, self.land, LEVELS, colors=GREY, linewidths=0.7, zorder=1)
        shut = ax.axhspan(
            self.up[0], 0, facecolor=LIGHT_GREY, edgecolor="#C4C4C4", hatch="//", linewidth=0,
            zorder=1.5)
        (star,) = ax.plot(
            [1], [1 / 30], "*", color=TARGET, markersize=14, markeredgecolor="white", zorder=3)
        words = [
            self._write(ax, 0.23, -0.07, "gate shut: no slope"),
            self._write(ax, 0.42, 0.65, "valley"),
            self._write(ax, 1.02, -0.07, "mean of all days", ha="center"),
            self._write(ax, 1.08, 0.8, "wall")]
        self.static = (fill, lines, shut, star, *words)

    @staticmethod
    def _write(ax, x: float, y: float, words: str, **how):
        return ax.text(
            x,
            y,
            words,
            **{
                "color": TARGET, "fontsize": SIZE, "va": "center", "path_effects": HALO,
                "zorder": 5, **how},
        )

    def _steps(self, last: int):
        """Let the chart go from 0 to `last` steps, with room for names on the right."""
        if self.last != last:  # new ticks have the axes drawn anew
            self.last = last
            self.chart.set(xlim=(0, 1.42 * last), xticks=range(0, last + 1, max(1, last // 3)))

    def show(self, free, clipped, limit: float, step: int | None = None):
        """free, clipped: (path, losses), the descent without a clip and the one clipped at `limit`.

        path (S+1, 2): p_w and c_w at the start and after each step; losses (S+1,); step: how far to
        show them.
        """
        last = len(clipped[1]) - 1
        step = last if step is None else step
        names = {"no clip": "no clip", "clip": f"clip {limit:g}"}
        descents = {name: (np.asarray(path)[:step + 1], np.asarray(losses)[:step + 1])
                    for name, (path, losses) in zip(STYLES, (free, clipped), strict=True)}
        self._start(clipped[0][0])
        self._steps(last)
        for name, (path, losses) in descents.items():
            self._descent(name, path, losses)
        ends = [self.ends[name].get_ydata()[0] for name in STYLES]
        heights = 10 ** stacked(np.log10(ends), 0.9)
        for name, y in zip(STYLES, heights, strict=True):
            self.names[name].set(x=step + 0.05 * last, y=max(y, 2 * LOW), text=names[name])
        off = {name: self._off(path) for name, (path, _) in descents.items()}
        self.thrown.set_text(thrown_to(descents["no clip"][0]) if off["no clip"][-1] else "")
        told = (caption_of(names[name], *descents[name], off[name]) for name in STYLES)
        self.caption = f"After {counted(step, 'step')}. {' '.join(told)}"
        return self

    def _off(self, path) -> np.ndarray:
        """Return which points (S+1,) of a path are not on the map."""
        (west, east), (south, north) = self.across[[0, -1]], self.up[[0, -1]]
        across, up = path.T
        return ~((across >= west) & (across <= east) & (up >= south) & (up <= north))

    def _start(self, weights):
        self.first.set_data(*weights[:, None])
        self.start.set(x=weights[0] - 0.04, y=weights[1], text="start")

    def _descent(self, name: str, path, losses):
        seen = np.clip(np.nan_to_num(losses, nan=HIGH, posinf=HIGH), LOW, HIGH)
        self.paths[name].set_data(*within_reach(path).T)
        self.losses[name].set_data(np.arange(len(seen)), seen)
        self.ends[name].set_data([len(seen) - 1], seen[-1:])


def within_reach(path) -> np.ndarray:
    """Return the path with what is far off the map drawn nearer, in the same direction: numbers
    that can be drawn."""
    path = np.where(np.isfinite(path).all(axis=-1, keepdims=True), path, np.nan)
    return path * np.minimum(1, 1e4 / np.maximum(np.abs(path).max(axis=-1, keepdims=True), 1))


def loss_of(value: float) -> str:
    """Return a loss that may be tiny or large."""
    return "under 0.0001" if value < 1e-4 else amount(value, 4, most=1e9)


def thrown_to(path) -> str:
    """Say where a path is that has left the map."""
    return f"thrown to p_w {weight(path[-1, 0])}, c_w {weight(path[-1, 1])}"


def caption_of(name: str, path, losses, off) -> str:
    """Tell in a sentence where a descent is; off (S+1,): where it was not on the map."""
    top = np.nanmax(losses)
    said = (
        f"{name.capitalize()}: p_w {weight(path[-1, 0])}, c_w {weight(path[-1, 1])}, loss "
        f"{loss_of(losses[-1])}")
    if top > max(2 * losses[0], losses[-1]):
        said += f", after a loss of {loss_of(top)} at step {np.nanargmax(losses)}"
    if off[-1]:
        said += f", off the map since step {len(off) - np.argmin(off[::-1])}"
    stuck = len(path) > 1 and (path[-1] == path[-2]).all() and losses[-1] > 0.01
    return said + (", and no slope leads back." if stuck else ".")
