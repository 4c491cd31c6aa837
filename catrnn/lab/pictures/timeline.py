"""What the cat ate day by day, what was guessed for tomorrow, and what was right."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import INPUT, PHONE, PREDICTION, SIZE, TARGET, style_axes
from catrnn.lab.drawing.text import number

ROOM = 10
"""Most days that still have room for a number each."""


class Timeline(Picture):
    """One bar a day, then one for each guess, then the answer, each with its number on top.

    The height of the chart belongs to the days and the answer; a guess far off is cut there, its
    number stays.
    """

    size = (6.4, 3.2)
    narrow_size = (PHONE, 3.2)

    def build(self, ax):
        self.ax, self.bars, self.texts, self.names = ax, [], [], None
        style_axes(ax, "", "fish (portions)")
        ax.grid(visible=False, axis="x")
        ax.axhline(0, color=TARGET, linewidth=0.8)
        ax.set_ylim(-100, 100)
        self._lay_out(["Day 1", "Day 2\nanswer"], 1, 0)

    def show(self, portions, guesses=(), answer: float | None = None):
        """portions: T numbers; guesses: {name: portions}; answer: portions, or None while nobody
        knows."""
        guesses = dict(guesses)
        last = {f"Day {len(portions) + 1}\nanswer": answer} if answer is not None else {}
        names = [
            day_name(day, len(portions), self._inches()) for day in range(1, len(portions) + 1)]
        names += ["\n".join(name.rsplit(" ", 1)) for name in guesses] + list(last)
        if names != self.names:
            self._lay_out(names, len(portions), len(guesses))
        values = np.array([*portions, *guesses.values(), *last.values()], dtype=float)
        top = max(1.0, *portions, answer or 0)
        low, high = (-0.3 * top, 1.35 * top)
        self.ax.set_ylim(
            min(0, low) if values.min() < 0 or not np.isfinite(values).all() else 0, high)
        for bar, text, value in zip(self.bars, self.texts, values, strict=True):
            height = np.clip(
                np.nan_to_num(value, nan=0, posinf=high, neginf=low), 0.97 * low, 0.9 * high)
            bar.set_height(height)
            text.set(
                y=max(height, 0) + 0.02 * top,
                text=number(value, 2) if len(portions) <= ROOM else "")
        told = [f"{name} {number(value, 2)}" for name, value in guesses.items()]
        self.caption = f"Portions of fish: {', '.join(f'{p:.2f}' for p in portions)}."
        self.caption += f" Guesses for Day {len(portions) + 1}: {', '.join(told)}." if told else ""
        self.caption += f" The answer is {answer:.2f}." if answer is not None else ""
        return self

    def _lay_out(self, names: list, n_days: int, n_guesses: int):
        for artist in (*self.bars, *self.texts):
            artist.remove()
        guess = dict(facecolor="#FBE3D3", edgecolor=PREDICTION, hatch="///")
        answer = dict(facecolor="none", edgecolor=TARGET, linewidth=1.8, linestyle="--")
        kinds = [dict(color=INPUT)] * n_days + [guess] * n_guesses + [answer]
        # Guesses and answer keep room for their names beside many thin days.
        slot = max(1, n_days / (6 if self._inches() > 5 else 4))
        places = [*range(n_days), *(n_days - 1 + slot * np.arange(1, len(names) - n_days + 1))]
        self.bars = [
            self.ax.bar(x, 0, width=0.7, **kind)[0] for x, kind in zip(places, kinds, strict=False)]
        self.texts = [
            self.ax.text(x, 0, "", ha="center", va="bottom", fontsize=SIZE) for x in places]
        self.ax.set_xticks(places, names, parse_math=False)
        self.ax.set_xlim(-0.6, places[-1] + 0.6 * slot)
        self.names = names

    def first_slot(self) -> tuple:
        """Return where the room of the first bar begins, and its width, in widths of the page."""
        page = self.figure.bbox.width
        (left, _), (right, _) = self.ax.transData.transform([(-0.5, 0), (0.5, 0)]) / page
        return left, right - left

    def _inches(self) -> float:
        """Return the width of the chart."""
        return self.ax.bbox.width / self.ax.figure.dpi


def day_name(day: int, n_days: int, inches: float) -> str:
    """Return what stands beneath a day: less, the more days there are on so many inches."""
    if n_days <= 6:
        return f"Day {day}"
    room = n_days <= min(2 * ROOM, 4 * inches)
    return str(day) if room or day % 10 == 0 else ""
