"""Eigenvalues of the hidden-to-hidden weights, and what is left of a gradient."""

import numpy as np
from matplotlib.patches import Circle

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    GRADIENT,
    GREY,
    HIDDEN,
    LIGHT_GREY,
    PHONE,
    SIZE,
    TARGET,
    style_axes,
)
from catrnn.lab.drawing.text import length, stacked

LOW, HIGH = 3e-11, 3e10
"""Ends of the axis of lengths: the same for every setting, so that two can be compared by eye."""

TICKS = {
    1e-9: "a billionth", 1e-6: "a millionth", 1e-3: "a thousandth", 1: "1", 1e3: "a thousand",
    1e6: "a million", 1e9: "a billion"}

REACH = 2.6
"""How far the plane goes from 0, unless an eigenvalue needs more."""


class Spectrum(Picture):
    """Left, eigenvalues and the unit circle; right, the length of a gradient after 0, 1, 2, ...
    days back."""

    size = (8.4, 4.0)
    ratios = (1.1, 1)
    narrow_size = (PHONE, 7.4)
    narrow_ratios = (1.4, 1)

    def build(self, axes):
        self.plane, self.chart = axes
        self.last = None
        self._build_plane(self.plane)
        style_axes(self.chart, "days back", "", "Length of the gradient")
        self.chart.set(yscale="log", ylim=(LOW, HIGH))
        self.chart.set_yticks(list(TICKS), TICKS.values())
        self.chart.minorticks_off()
        self._days(30)
        (self.lengths,) = self.chart.plot([], [], "o-", color=GRADIENT, linewidth=1.5, markersize=5)
        (self.power,) = self.chart.plot(
            [], [], color=TARGET, linewidth=1.5, dashes=(5, 2.5), zorder=3)
        self.names = [
            self.chart.text(0, 1, "", color=c, fontsize=SIZE, ha="left", va="center")
            for c in (GRADIENT, TARGET)]

    def _build_plane(self, ax):
        style_axes(ax, "real part", "imaginary part", "Eigenvalues of p_w")
        ax.set(
            aspect="equal", xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=(-1, 0, 1),
            yticks=(-1, 0, 1))
        ax.set_axisbelow(False)
        ax.grid(color="white", linewidth=1)
        ax.add_patch(Circle((0, 0), 1, facecolor=LIGHT_GREY, edgecolor="none", zorder=0.5))
        ax.add_patch(Circle((0, 0), 1, fill=False, edgecolor=TARGET, linewidth=1.5, zorder=1.6))
        self.rim = ax.add_patch(
            Circle((0, 0), 1, fill=False, edgecolor=GRADIENT, linewidth=1.8, linestyle="--"))
        (self.spoke,) = ax.plot([], [], color=GRADIENT, linewidth=1.8)
        (self.eigenvalues,) = ax.plot(
            [], [], "o", color=HIDDEN, markersize=8, markeredgecolor="white")
        (self.largest,) = ax.plot(
            [], [], "D", color=GRADIENT, markersize=9, markeredgecolor="white")
        self.radius = ax.text(
            0, 0, "", color=GRADIENT, fontsize=SIZE, fontweight="bold", ha="center", va="center")
        corner = dict(fontsize=SIZE, va="bottom", transform=ax.transAxes)
        ax.text(
            0.03, 0.03, "outside:\ngrows", bbox=dict(facecolor="white", edgecolor=GREY, pad=3),
            **corner)
        ax.text(
            0.97, 0.03, "inside:\nfades", ha="right",
            bbox=dict(facecolor=LIGHT_GREY, edgecolor=GREY, pad=3), **corner)

    def show(self, eigenvalues, lengths, name: str = "Linear"):
        """eigenvalues (H,), complex; lengths (K+1,): of the gradient after 0 to K days back, the
        first of them 1.

        name: what kind of layer it is, for the caption.
        """
        eigenvalues, lengths = np.asarray(eigenvalues), np.asarray(lengths, dtype=float)
        radius = float(np.abs(eigenvalues).max())
        self._eigenvalues(eigenvalues, radius)
        self._lengths(lengths, radius)
        self.caption = f"{name}, spectral radius {radius:.2f}. {caption_of(lengths, radius)}"
        return self

    def _eigenvalues(self, eigenvalues, radius: float):
        reach = max(REACH, 1.25 * radius)
        self.plane.set(xlim=(-reach, reach), ylim=(-reach, reach))
        outermost = eigenvalues[np.abs(eigenvalues) >= radius * (1 - 1e-9)]
        end = outermost[np.argmax(np.where(outermost.imag > -1e-9, outermost.real, -np.inf))]
        past = 1 if 0.65 < radius < 1 else radius  # do not write across the unit circle
        beyond = np.exp(1j * np.angle(end)) * (past + 0.1 * reach)
        self.rim.set_radius(radius)
        self.spoke.set_data([0, end.real], [0, end.imag])
        self.eigenvalues.set_data(eigenvalues.real, eigenvalues.imag)
        self.largest.set_data([end.real], [end.imag])
        self.radius.set(
            x=beyond.real + 0.07 * reach * np.sign(beyond.real), y=beyond.imag, text=f"{radius:.2f}"
        )

    def _days(self, last: int):
        """Let the chart go from 0 to `last` days back, with room for names on the right."""
        if self.last != last:  # new ticks have the axes drawn anew
            self.last = last
            self.chart.set(
                xlim=(-0.03 * last, 1.34 * last), xticks=range(0, last + 1, max(1, last // 6)))

    def _lengths(self, lengths, radius: float):
        days, last = np.arange(len(lengths)), len(lengths) - 1
        self._days(last)
        self.power.set_data(days, np.clip(radius**days, LOW, HIGH))
        self.lengths.set_data(days, np.where(lengths > 0, np.clip(lengths, LOW, HIGH), np.nan))
        says = "gradient" if lengths[-1] > 0 else "gone: 0", f"{radius:.2f}^{last}"
        ends = np.clip([lengths[-1], radius**last], 4 * LOW, HIGH / 500)
        for text, y, said in zip(self.names, 10 ** stacked(np.log10(ends), 1.3), says, strict=True):
            text.set(x=1.04 * last, y=y, text=said)


def caption_of(lengths, radius: float) -> str:
    """Tell in words what is left of a gradient of length 1, and what the spectral radius alone
    would leave."""
    last, left = len(lengths) - 1, lengths[-1]
    if left == 0:
        return f"The gradient is gone: {np.argmax(lengths == 0)} days back it is exactly 0."
    how = "grows" if left > 2 else "stays" if left > 0.5 else "fades"
    how = "explodes" if left > 1000 else "fades away" if left < 1e-3 else how
    alone = f"{radius:.2f} to the power of {last} is {length(radius**last)}"
    return f"The gradient {how}: {last} days back its length is {length(left)}; {alone}."
