"""The learner's own cat: its days, its next days by every guess, and which guess to trust."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    BAND,
    GREY,
    INPUT,
    LOSS,
    PREDICTION,
    SIZE,
    TEXT,
    move_band,
    style_axes,
)
from catrnn.lab.drawing.text import amount, counted, spread_labels

LOOKS = {
    "network": (PREDICTION, "-", "D"), "linear": (TEXT, "--", "s"),
    "same as yesterday": (GREY, "-.", ""), "mean": (TEXT, ":", ""),
    "straight line": (GREY, (0, (6, 1.5)), "")}
"""Every guess by name: its colour, dash and marker."""
LAST = 40
"""Days of the past that the chart shows at most."""


class MyCat(Picture):
    """Left, the last days and the forecasts; right, how far each guess missed the days that were
    kept back."""

    size, ratios = (9.0, 4.0), (2.1, 1)

    def build(self, axes):
        self.days, self.misses = axes
        style_axes(self.days, "day", "eaten, in your unit")
        style_axes(self.misses, "typical miss on days kept back", "", " ")
        self.days.set(xlim=(1, 10), ylim=(0, 1))
        self.days.set_yticks([0], ["1,000,000"])
        self.misses.set(xlim=(0, 1), xticks=(), ylim=(len(LOOKS) - 0.4, -0.6))
        self.misses.set_yticks(
            range(len(LOOKS)), ["\n".join(name.rsplit(" ", 1)) for name in LOOKS])
        self.misses.grid(visible=False)
        (self.past,) = self.days.plot([], [], color=INPUT, linewidth=1.5, marker="o", markersize=5)
        self.band = self.days.fill_between([0, 1], 0, 0, color=BAND, linewidth=0)
        self.today = self.days.axvline(0, color=GREY, linewidth=1)
        self.lines, self.ends = {}, {}
        for name, (color, dash, marker) in reversed(LOOKS.items()):
            (self.lines[name],) = self.days.plot(
                [], [], color=color, linestyle=dash, marker=marker, markersize=5)
            self.ends[name] = self.days.text(
                0, 0, name, color=color if color == PREDICTION else TEXT, va="center", fontsize=SIZE
            )
        self.bars = self.misses.barh(
            range(len(LOOKS)), np.zeros(len(LOOKS)), color=LOSS, height=0.5)
        self.numbers = [
            self.misses.text(0, y, "", va="center", fontsize=SIZE) for y in range(len(LOOKS))]
        self.none = self.misses.text(
            0.5, 2, "too few days\nto keep any back", ha="center", va="center", fontsize=SIZE)
        self.frame = None

    def show(self, portions, forecasts: dict, misses: dict, kept: int, memory: int):
        """portions (T,); forecasts: {name of a guess: (A,)}, for the network (starts, A);
        misses: {name: typical miss on the last `kept` days}, empty if none were kept; memory:
        the days that network and linear model look back."""
        portions = np.asarray(portions, dtype=float)
        n_days, ahead = len(portions), np.shape(forecasts["mean"])[-1]
        starts = np.atleast_2d(forecasts["network"])
        middles = {**forecasts, "network": np.median(starts, axis=0)}
        low, high = self._frame(portions, np.array(list(middles.values())))
        to_come = np.arange(n_days + 1, n_days + ahead + 1)
        self.past.set_data(np.arange(1, n_days + 1), portions)
        self.today.set_xdata([n_days + 0.5, n_days + 0.5])
        move_band(
            self.band, to_come,
            *(np.clip(edge, low, high) for edge in (starts.min(axis=0), starts.max(axis=0))))
        for name, guess in middles.items():
            self.lines[name].set_data(to_come, np.clip(guess, low, high))
        ends = {
            name: float(np.clip(np.nan_to_num(guess[-1]), low, high))
            for name, guess in middles.items()}
        for name, y in spread_labels(ends, 0.075 * (high - low), 0.7 * low, 0.97 * high).items():
            self.ends[name].set(x=n_days + ahead + 0.02 * (min(n_days, LAST) + ahead), y=y)
        self._misses(misses)
        self.caption = caption_of(portions, middles, starts, misses, kept, memory)
        return self

    def _frame(self, portions, guesses) -> tuple:
        """Fit the left chart to the last days and the guesses, as long as these are not wild;
        return its ends."""
        first, last = max(1, len(portions) - LAST + 1), len(portions) + guesses.shape[1]
        eaten = portions[first - 1:].max() or 1.0
        high = 1.15 * np.nanmax([eaten, min(2 * eaten, np.nanmax(guesses, initial=0))])
        high = round_steps(high)[-1] + round_steps(high)[1]
        if (first, last, high) != self.frame:
            self.frame = (first, last, high)
            self.days.set(
                xlim=(first - 0.5, last + 0.42 * (last - first + 1)), ylim=(-0.12 * high, high))
            self.days.set_xticks(range(first, last + 1, max(1, (last - first) // 8)))
            self.days.set_yticks(round_steps(high), [f"{tick:,.10g}" for tick in round_steps(high)])
        return -0.12 * high, high

    def _misses(self, misses: dict):
        largest = max([m for m in misses.values() if np.isfinite(m)], default=0) or 1.0
        self.none.set_visible(not misses)
        for bar, text, name in zip(self.bars, self.numbers, LOOKS, strict=True):
            length = np.clip(np.nan_to_num(misses.get(name, 0.0) / largest, nan=1.0), 0, 1)
            bar.set_width(0.6 * length)
            text.set(x=0.6 * length + 0.03, text=amount(misses[name]) if misses else "")


def round_steps(high: float) -> np.ndarray:
    """Return four to ten round numbers from 0 up to `high`."""
    step = 10.0 ** np.floor(np.log10(high))
    step *= 0.2 if high / step < 2 else 0.5 if high / step < 5 else 1
    return np.arange(0, high + 1e-9 * high, step)


def caption_of(portions, middles: dict, starts, misses: dict, kept: int, memory: int) -> str:
    """Tell in words what each guess says of tomorrow, and which one to trust."""
    tomorrow = ", ".join(
        f"{name} {amount(guess[0])}" for name, guess in middles.items() if name != "network")
    ahead = starts.shape[1]
    last = (
        f" On day {len(portions) + ahead} the network expects {amount(middles['network'][-1])}."
        if ahead > 1
        else "")
    said = (
        f"{len(portions)} days. Tomorrow, day {len(portions) + 1}: the network guesses "
        f"{amount(middles['network'][0])} ({len(starts)} starts: {amount(starts[:, 0].min())} to "
        f"{amount(starts[:, 0].max())}); {tomorrow}.{last} "
        f"Network and linear model look {counted(memory, 'day')} back.")
    if not misses:
        return f"{said} These are too few days to keep any back, so nobody can say whom to trust."
    best = min(misses, key=lambda name: misses[name] if np.isfinite(misses[name]) else np.inf)
    network = "" if best == "network" else f", network {amount(misses['network'])}"
    return (
        f"{said} On the last {kept} days, kept back from a first training, the least typical miss: "
        f"{best} {amount(misses[best])}{network}.")
