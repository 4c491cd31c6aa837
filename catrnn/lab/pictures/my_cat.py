"""The learner's own cat: its days, its next days by every guess, and which guess to trust."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    BAND,
    GREY,
    INPUT,
    LOSS,
    PHONE,
    PREDICTION,
    SIZE,
    TEXT,
    move_band,
    style_axes,
)
from catrnn.lab.drawing.text import WEEKDAYS, amount, counted, listed, spread_labels

LOOKS = {
    "network": (PREDICTION, "-", "D"), "linear": (TEXT, "--", "s"),
    "same as yesterday": (GREY, "-.", ""), "mean": (TEXT, ":", ""),
    "straight line": (GREY, (0, (6, 1.5)), "")}
"""Every guess by name: its colour, dash and marker."""
LAST = 40
"""Days of the past that the chart shows at most."""
BELOW = 0.12
"""The room under the lowest number, as a share of the height."""
FLAT = 0.8
"""The chart begins at zero, unless the lowest number is more than this share of the highest."""
MOST_MONDAYS = 7
"""Ticks of the left chart, where the days of the week are known."""


class MyCat(Picture):
    """Left, the last days and the forecasts, with a band about the one that is to be trusted;
    right, how far each guess missed the days that were kept back."""

    size, ratios = (9.0, 4.0), (2.1, 1)
    narrow_size = (PHONE, 6.6)
    narrow_ratios = (1.5, 1)

    def build(self, axes):
        self.days, self.misses = axes
        style_axes(self.days, "day", "in your unit")
        style_axes(self.misses, "typical miss on days kept back", "", " ")
        self.days.set(xlim=(1, 10), ylim=(0, 1))
        self.days.set_yticks([0], ["−1,000,000"])
        self.misses.set(xlim=(0, 1), xticks=(), ylim=(len(LOOKS) - 0.4, -0.6))
        self.misses.set_yticks(
            range(len(LOOKS)), ["\n".join(name.rsplit(" ", 1)) for name in LOOKS])
        self.misses.grid(visible=False)
        (self.past,) = self.days.plot([], [], color=INPUT, linewidth=1.5, marker="o", markersize=5)
        self.band = self.days.fill_between([0, 1], 0, 0, color=BAND, linewidth=0)
        self.today = self.days.axvline(0, color=GREY, linewidth=1)
        self.lines, self.ends, self.leaders = {}, {}, {}
        for name, (color, dash, marker) in reversed(LOOKS.items()):
            (self.lines[name],) = self.days.plot(
                [], [], color=color, linestyle=dash, marker=marker, markersize=5)
            (self.leaders[name],) = self.days.plot([], [], color=color, linewidth=0.8)
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

    def show(self, portions, forecasts: dict, errors: dict, growth, n_holdout: int, window: int,
             week=None, measured=None):
        """portions (T,); forecasts: {name of a guess: (A,)}, for the network (starts, A).

        errors: {name: typical miss on the last `n_holdout` days}, empty if none were kept; growth:
        the same for the guess that missed least, 1, 2, ... days ahead; window: the days that
        network and linear model see. week: the day of the week of day 1, and the mean of each, {}
        without a rhythm; None if it is not known. measured: with how many days, how often the
        guess that missed least was the best one later, and the share of later days in the band.
        """
        portions = np.asarray(portions, dtype=float)
        n_days, ahead = len(portions), np.shape(forecasts["mean"])[-1]
        starts = np.atleast_2d(forecasts["network"])
        middles = {**forecasts, "network": np.median(starts, axis=0)}
        trusted = best_of(errors)
        low, high = self._frame(portions, np.array(list(middles.values())), week)
        to_come = np.arange(n_days + 1, n_days + ahead + 1)
        self.past.set_data(np.arange(1, n_days + 1), portions)
        self.today.set_xdata([n_days + 0.5, n_days + 0.5])
        for name, guess in middles.items():
            self.lines[name].set_data(to_come, np.clip(guess, low, high))
            self.lines[name].set_linewidth(2.5 if name == trusted else 1.5)
        self.band.set_visible(trusted is not None)
        if trusted is not None:
            half, middle = band_of(growth, ahead), middles[trusted]
            edges = (np.clip(np.nan_to_num(edge), low, high)
                     for edge in (middle - half, middle + half))
            move_band(self.band, to_come, *edges)
        ends = {
            name: float(np.clip(np.nan_to_num(guess[-1]), low, high))
            for name, guess in middles.items()}
        room = high - low
        for name, y in spread_labels(
                ends, 0.075 * room, low + 0.03 * room, high - 0.03 * room).items():
            end, unit = n_days + ahead, min(n_days, LAST) + ahead
            self.leaders[name].set_data([end + 0.012 * unit, end + 0.045 * unit], [ends[name], y])
            self.ends[name].set(x=end + 0.05 * unit, y=y)
        self._misses(errors)
        self.caption = caption_of(
            portions, middles, starts, errors, n_holdout, window, week, measured)
        if off := sum(np.count_nonzero(~((guess >= low) & (guess <= high)))
                      for guess in middles.values()):
            all_of = ahead * len(middles)
            self.caption += f" Held at the edge of the chart: {off} of {all_of} guesses."
        return self

    def _frame(self, portions, guesses, week) -> tuple:
        """Fit the left chart to the last days and the guesses, as long as these are not wild;
        return its ends."""
        first, last = max(1, len(portions) - LAST + 1), len(portions) + guesses.shape[1]
        low, high, ticks = frame_of(portions[first - 1:], guesses)
        weekday = week and week[0]
        if (first, last, low, high, weekday) != self.frame:
            self.frame = (first, last, low, high, weekday)
            names = 0.6 if self.narrow else 0.45  # the share of the days that they take
            self.days.set(xlim=(first - 0.5, last + names * (last - first + 1)), ylim=(low, high))
            self.days.set_yticks(ticks, [f"{tick:,.10g}".replace("-", "−") for tick in ticks])
            self.days.set_xticks(*day_ticks(first, last, weekday))
            self.days.set_xlabel(f"day (day 1 is a {weekday})" if weekday else "day")
        return low, high

    def _misses(self, misses: dict):
        largest = max([m for m in misses.values() if np.isfinite(m)], default=0) or 1.0
        self.none.set_visible(not misses)
        for bar, text, name in zip(self.bars, self.numbers, LOOKS, strict=True):
            length = np.clip(np.nan_to_num(misses.get(name, 0.0) / largest, nan=1.0), 0, 1)
            bar.set_width(0.6 * length)
            text.set(x=0.6 * length + 0.03, text=amount(misses[name]) if misses else "")


def frame_of(eaten, guesses) -> tuple:
    """Return the ends of the left chart, and its ticks, for the last days and the guesses.

    A guess that is farther off than the days are apart does not stretch it.
    """
    low, high = eaten.min(), eaten.max()
    if not 0 < FLAT * high < low:
        low, high = min(low, 0.0), max(high, 0.0)
    span = (high - low) or abs(high) or 1.0
    if low:
        low = min(low, max(low - span, np.nanmin(guesses, initial=low)))
    high = max(high, min(high + span, np.nanmax(guesses, initial=high)))
    step = round_step(1.15 * (high - low or span))
    low, high = np.floor(low / step) * step, np.floor((high + 0.15 * span) / step + 1) * step
    ticks = np.arange(low, high + step / 2, step)
    return low - BELOW * (high - low), high, ticks


def round_step(span: float) -> float:
    """Return a round number that goes four to ten times into a span."""
    step = 10.0 ** np.floor(np.log10(span))
    return float(step * (0.2 if span / step < 2 else 0.5 if span / step < 5 else 1))


def day_ticks(first: int, last: int, weekday: str | None) -> tuple:
    """Return where the ticks of the days first, ..., last stand, and what they say.

    weekday: of day 1; then the ticks are Mondays, as far as there are any.
    """
    places = range(first, last + 1, max(1, (last - first) // 8))
    if weekday is None:
        return places, [f"{place}" for place in places]
    monday = 1 + (-WEEKDAYS.index(weekday)) % 7
    mondays = [place for place in range(monday, last + 1, 7) if place >= first]
    mondays = mondays[::1 + len(mondays) // MOST_MONDAYS]
    return mondays, [f"Mon {place}" for place in mondays]


def best_of(errors: dict) -> str | None:
    """Return the name of the guess with the least typical miss a day ahead, None if none is
    known."""
    known = {name: miss for name, miss in errors.items() if np.isfinite(miss)}
    return min(known, key=known.get, default=None)


def band_of(misses, ahead: int) -> np.ndarray:
    """Return half the height of the band (ahead,): twice the largest typical miss up to that day.

    misses (A,): the typical miss 1, 2, ... days ahead. Farther ahead than these the last one holds.
    """
    so_far = np.maximum.accumulate(misses)
    return 2 * so_far[np.minimum(np.arange(ahead), len(misses) - 1)]


def caption_of(portions, middles: dict, starts, errors: dict, n_holdout: int, window: int, week,
               measured) -> str:
    """Tell in words what each guess says of tomorrow, and which one to trust."""
    n_days, ahead = len(portions), starts.shape[1]
    others = ", ".join(
        f"{name} {amount(guess[0])}" for name, guess in middles.items() if name != "network")
    of_the_week = f", a {weekday_after(week[0], n_days)}" if week else ""
    sentences = [
        f"{n_days} days.",
        f"Tomorrow, day {n_days + 1}{of_the_week}: the network guesses "
        f"{amount(middles['network'][0])} ({len(starts)} starts: {amount(starts[:, 0].min())} to "
        f"{amount(starts[:, 0].max())}); {others}."]
    if ahead > 1:
        sentences.append(
            f"On day {n_days + ahead} the network expects {amount(middles['network'][-1])}.")
    sentences.append(f"Network and linear model see {counted(window, 'day')}.")
    if week:
        sentences.append(week_in_words(week[1], n_days))
    sentences += trust_in_words(errors, n_holdout, measured)
    return " ".join(filter(None, sentences))


def trust_in_words(errors: dict, n_holdout: int, measured) -> list:
    """Return sentences on whom to trust, how surely, and what the band is."""
    best = best_of(errors)
    if best is None:
        return ["These are too few days to keep any back, so nobody can say whom to trust, and "
                "there is no band."]
    network = "" if best == "network" else f", network {amount(errors['network'])}"
    sentences = [
        f"On the last {n_holdout} days, kept back from a first training, the least typical miss: "
        f"{best} {amount(errors[best])}{network}.",
        f"The band reaches to either side of {best}, by twice its typical miss so many days "
        f"ahead on these {n_holdout} days."]
    if measured:
        n_days, right, inside = measured
        sentences.append(
            f"With {n_days} days, the guess that missed least was the best one later for "
            f"{100 * right:.0f} of 100 made-up cats, and {100 * inside:.0f} of 100 later days lay "
            "in the band.")
    return sentences


def weekday_after(first: str, n_days: int) -> str:
    """Return the day of the week n_days after one."""
    return WEEKDAYS[(WEEKDAYS.index(first) + n_days) % 7]


def week_in_words(means: dict, n_days: int) -> str:
    """Return a sentence on the days of the week that stand out by their means."""
    if not means:
        return "No day of the week stands out." if n_days >= 14 else ""
    order = sorted(means, key=means.get)
    values = [means[name] for name in order]
    cut = 1 + int(np.argmax(np.diff(values)))
    few = order[cut:] if len(order) - cut <= cut else order[:cut]
    rest = [name for name in order if name not in few]
    few = [name for name in WEEKDAYS if name in few]
    return (f"It has a week's rhythm: on {listed(few)} {amount(np.mean([means[n] for n in few]))} "
            f"on the average, on the other days {amount(np.mean([means[n] for n in rest]))}.")
