"""Which day is to blame, by how much, and whether the days add up to the truth."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    BACKGROUND,
    DARK_GREY,
    GRADIENT,
    GREY,
    PHONE,
    SIZE,
    TARGET,
    style_axes,
)
from catrnn.lab.drawing.text import ROUNDING, percent, signed_short

NAMES = ("c_w", "p_w", "b")
NUMBERED = 4
"""Most days that have room for a number each."""

SOLID = {"facecolor": "#DCC9AD", "edgecolor": GRADIENT, "linestyle": "-", "hatch": None}
HOLLOW = {"facecolor": BACKGROUND, "edgecolor": GRADIENT, "linestyle": "-", "hatch": "///"}
LOST = {"facecolor": "none", "edgecolor": GREY, "linestyle": "--", "hatch": None}
TOTAL = {"facecolor": GRADIENT, "edgecolor": GRADIENT, "linestyle": "-", "hatch": None}
"""Blame that is above zero, blame below zero, blame that was overwritten, the sum."""

ROOM = 0.85
"""Slots to the right of the middle of the last bar."""

AIR, NARROW_AIR = 0.015, 0.03
"""Heights of the chart between a bar and its number, on a wide page and on that of a phone."""


class Ledger(Picture):
    """One bar a day for one entry of c_w, p_w and b each, standing on the sum so far; then the
    total, and the nudge. most_days: how many have a slot."""

    size = (9.0, 4.1)
    ratios = (1, 1, 1)
    narrow_size = (PHONE, 7.6)

    def __init__(self, most_days: int = 6, ax=None):
        self.most_days = most_days
        super().__init__(ax)

    def build(self, axes):
        self.figure.get_layout_engine().set(rect=(0, 0, 1, 0.96 if self.narrow else 0.93))
        self.scale = None
        self.headline = axes[0].text(
            0.012, 0.9865 if self.narrow else 0.975, "", transform=self.figure.transFigure,
            color=TARGET, va="top", fontsize=SIZE + 1, clip_on=False)
        air = NARROW_AIR if self.narrow else AIR
        self.pages = {
            name: Page(ax, self.most_days, air) for name, ax in zip(NAMES, axes, strict=True)}
        for name, ax in zip(NAMES, axes, strict=True):
            style_axes(
                ax, "" if self.narrow and name != NAMES[-1] else "blamed day, newest first",
                "gradient of the loss" if self.narrow or name == "c_w" else "", title=name)
            ax.set(
                xlim=(-0.6, 4.6), ylim=(-10000, 10000), xticks=[0, 4], xticklabels=["4", "total"])
            ax.grid(visible=False, axis="x")
            if name != "c_w" and not self.narrow:
                ax.tick_params(labelleft=False)

    def show(
        self, per_day: list, total: dict, nudged: dict, error: float, *,
        bptt_steps: int | None = None, unit: int = 1, added: bool = True, slips: dict | None = None
    ):
        """Show a ledger of all days, newest first, beside the gradient that came of it and what
        the nudge says.

        per_day, total, nudged: gradients by name, for c_w (1, H), p_w (H, H) and b (H,). error:
        relative error of total against nudged. bptt_steps: how many days were asked, None for all.
        unit: from 1; of p_w the entry from this unit to itself. added: False draws days that
        overwrite each other. slips: {name: what it breaks, a sentence}. Raises ValueError if there
        are more days than slots.
        """
        n_days, asked = len(per_day), len(per_day[:bptt_steps])
        if not 1 <= asked <= n_days <= self.most_days:
            raise ValueError(
                f"per_day has {n_days} days, of which {asked} are asked, but the ledger has "
                f"room for 1 to {self.most_days}; leave some out or add one")
        blame = {name: [entry(d_params, name, unit) for d_params in per_day] for name in NAMES}
        totals, truths = ({name: entry(d, name, unit) for name in NAMES} for d in (total, nudged))
        self._scale(
            n_days, [np.cumsum(b) if added else b for b in blame.values()], *totals.values(),
            *truths.values())
        for name, page in self.pages.items():
            page.ax.set_title(
                f"{name}, unit {unit}", loc="left", fontsize=SIZE + 1, fontweight="bold")
            page.show(blame[name][:asked], totals[name], truths[name], n_days, added)
        slips = slips or {"no slip": ""}
        days, end = f"{asked} of {n_days} days", "in all" if added else "of which is left"
        self.headline.set_text(f"Relative error {percent(error, 1)}: {days}, {', '.join(slips)}")
        back = f"Looking back {days}. {' '.join(slips.values())}".strip()
        told = "; ".join(
            f"{name} {', '.join(map(signed_short, blame[name][:asked]))}, {end} "
            f"{signed_short(totals[name])} (nudge {signed_short(truths[name])})"
            for name in NAMES)
        self.caption = (
            f"{back} Blame of unit {unit}, newest day first: {told}. "
            f"{verdict(total, nudged, error)}")
        return self

    def _scale(self, n_days: int, sums: list, *others):
        """Give the three axes one scale, in coarse steps; touch it only if it is another, for
        that takes long."""
        every = np.concatenate([*sums, others, [0.0]])
        step = tick_step(max(every.max() - every.min(), 1e-3))
        room = 0.75 if self.narrow else 0.35  # steps that a number takes
        low, high = (
            int(np.ceil(max(0.0, end) / step + room)) for end in (-every.min(), every.max()))
        if (n_days, step, low, high) == self.scale:
            return
        self.scale, ticks = (n_days, step, low, high), np.arange(-low, high + 1) * step
        for page in self.pages.values():
            page.ax.set(xlim=(-0.6, n_days + ROOM), ylim=(-low * step, high * step))
            page.ax.set_xticks(
                range(n_days + 1), [*(str(n_days - k) for k in range(n_days)), "total"])
            page.ax.set_yticks(
                ticks, [f"{tick:.6g}" if abs(tick) < 1e5 else f"{tick:.0e}" for tick in ticks])


class Page:
    """The ledger of one entry of one weight, on an axis of its own."""

    def __init__(self, ax, most_days: int, air: float):
        self.ax, self.air = ax, air
        ax.axhline(0, color=TARGET, linewidth=0.8)
        self.bars = [ax.bar(k, 0, width=0.72, zorder=2)[0] for k in range(most_days + 1)]
        beside = {"ha": "center", "fontsize": SIZE, "zorder": 5}
        self.texts = [ax.text(k, 0, "", **beside) for k in range(most_days + 1)]
        (self.sums,) = ax.plot([], [], color=GRADIENT, linewidth=1, linestyle=":", zorder=1)
        (self.nudge,) = ax.plot([], [], color=TARGET, linewidth=1.2, linestyle="--", zorder=3)
        (self.mark,) = ax.plot(
            [], [], "D", color=TARGET, markersize=6, markerfacecolor="white", zorder=4)
        self.nudge_text = ax.text(1, 1.02, "", color=TARGET, fontsize=SIZE, ha="right", va="bottom",
                                  transform=ax.transAxes)

    def show(self, blame: list, total: float, truth: float, n_days: int, added: bool):
        """blame: one number a day that was looked at, newest first."""
        ends = np.cumsum(blame) if added else np.array(blame)
        for bar, text in zip(self.bars, self.texts, strict=True):
            bar.set(height=0, visible=False)
            text.set_text("")
        for k, (end, value) in enumerate(zip(ends, blame, strict=True)):
            kept = added or k == len(blame) - 1
            self._bar(
                k, end - value, value, SOLID if kept and value > 0 else HOLLOW if kept else LOST,
                n_days <= NUMBERED)
        for k in range(len(blame), n_days):
            self.texts[k].set(text="not\nasked", y=0, va="bottom", color=DARK_GREY)
        self._bar(n_days, 0, total, TOTAL, True)
        x, sums = [*np.repeat(np.arange(len(blame)), 2)[1:], n_days], np.repeat(ends, 2)
        self.sums.set_data(x if added else [], sums if added else [])
        self.nudge.set_data([-0.6, n_days + ROOM], [truth, truth])
        self.mark.set_data([n_days + ROOM - 0.12], [truth])
        self.nudge_text.set_text(f"\u25C7 nudge {signed_short(truth)}")

    def _bar(self, k: int, start: float, value: float, kind: dict, numbered: bool):
        air = self.air * np.ptp(self.ax.get_ylim()) * (-1 if value < 0 else 1)
        self.bars[k].set(y=start, height=value, visible=True, **kind)
        self.texts[k].set(
            text=signed_short(value) if numbered else "",
            color=DARK_GREY if kind is LOST else TARGET, y=start + value + air,
            va="top" if value < 0 else "bottom")


def entry(d_params: dict, name: str, unit: int) -> float:
    """Return what belongs to a unit, from 1: its entry of c_w or b; of p_w the one from this
    unit to itself."""
    return float(np.atleast_2d(d_params[name])[unit - 1 if name == "p_w" else 0, unit - 1])


def tick_step(span: float) -> float:
    """Return 1, 2 or 5 times a power of ten, so that `span` takes three to six steps of it."""
    power = 10 ** np.floor(np.log10(span / 3))
    return float(power * max(k for k in (1, 2, 5) if k * power <= span / 3))


def verdict(total: dict, nudged: dict, error: float) -> str:
    """Say how far a gradient is from what the nudge says, over all weights of the layer."""
    if not any(np.any(d) for d in (*total.values(), *nudged.values())):
        return (
            "Every number is zero: every gate is shut on the last day, so no weight is to blame "
            "for anything.")
    if error < ROUNDING:
        return (
            "Over all weights of the layer it equals the nudge: the relative error is under "
            "0.00000001.")
    return (
        "Over all weights of the layer the relative error against the nudge is "
        f"{percent(error, 1)}.")
