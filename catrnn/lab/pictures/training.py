"""A whole training in one picture: the loss, the hidden state, the guess, the weights."""

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import PHONE
from catrnn.lab.drawing.text import number
from catrnn.lab.pictures.activations import Activations
from catrnn.lab.pictures.loss_curve import LossCurve
from catrnn.lab.pictures.timeline import Timeline
from catrnn.lab.pictures.weights import Weights


class Training(Picture):
    """Loss over the epochs; activations by day and the guess against the answer after the last
    of them."""

    size = (9.0, 4.6)
    narrow_size = (PHONE, 7.4)
    plan = (("loss", "hidden"), ("loss", "days"))
    narrow_plan = (("loss",), ("days",), ("hidden",))

    def axes(self):
        if self.narrow:
            return self.figure.subplot_mosaic(self.narrow_plan)
        return self.figure.subplot_mosaic(self.plan, width_ratios=(1, 1.15))

    def build(self, axes):
        self.loss, self.hidden, self.days = (
            LossCurve(axes["loss"]), Activations(axes["hidden"]), Timeline(axes["days"]))

    def show(
        self, losses, hidden, portions, prediction: float, answer: float, *, last_epoch: int,
        verdict: str
    ):
        """losses (E,), hidden (T, H), portions (T,); last_epoch: where the axis ends; verdict: a
        sentence in words."""
        self.loss.show(losses, last_epoch)
        self.hidden.show(hidden)
        self.days.show(portions, {"its guess": prediction}, answer)
        self.caption = (
            f"{verdict} {self.loss.caption} {guess_caption(portions, prediction, answer)} "
            f"{self.hidden.caption}")
        return self


class Epoch(Training):
    """One epoch of a training that is over: a dot on the loss, and what the network did and
    was at that epoch."""

    size = (9.0, 5.2)
    narrow_size = (PHONE, 9.0)
    plan = (("loss", "hidden"), ("weights", "days"))
    narrow_plan = (("loss",), ("days",), ("hidden",), ("weights",))

    def build(self, axes):
        super().build(axes)
        self.weights = Weights(axes["weights"])

    def show(
        self, epoch: int, losses, hidden, portions, prediction: float, answer: float, weights: dict,
        first: dict, loudest: float | None = None
    ):
        """epoch, from 1; losses (E,) of them all; the rest belongs to this epoch, `first` to the
        first. loudest: see Activations."""
        self.loss.show(losses, marked=epoch)
        self.hidden.show(hidden, loudest)
        self.days.show(portions, {"its guess": prediction}, answer)
        self.weights.show(weights, first)
        loss = f"In epoch {epoch} of {len(losses)} the loss is {number(losses[epoch - 1])}."
        self.caption = (
            f"{loss} {guess_caption(portions, prediction, answer)} {self.hidden.caption} "
            f"{self.weights.caption}")
        return self


def guess_caption(portions, prediction: float, answer: float) -> str:
    """Tell what the network predicts, beside what is right."""
    return (
        f"For Day {len(portions) + 1} the network predicts {number(prediction)}; the answer is "
        f"{number(answer)}.")
