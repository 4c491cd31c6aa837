"""A bound on the drawings that panels hold."""

MOST_DRAWINGS = 4
"""Pictures of panels that hold a drawing at a time; no notebook shows more than three panels."""


class Drawings:
    """The pictures that hold a drawing, the last moved last; of too many the first lets go.

    ipywidgets keeps every panel for ever, also those that no page shows any more: each run of a
    cell makes a new one. A picture that let go still stands in its page, and draws anew if it is
    moved after all.
    """

    def __init__(self, most: int):
        self.most, self.held = most, []

    def use(self, picture) -> None:
        """Make room for a picture that is about to be drawn."""
        self.held = [other for other in self.held if other is not picture] + [picture]
        while len(self.held) > self.most:
            self.held.pop(0).release()

    def forget(self, picture) -> None:
        """Let go of the drawing of a picture that is not needed any more."""
        self.held = [other for other in self.held if other is not picture]
        picture.release()


DRAWINGS = Drawings(MOST_DRAWINGS)
