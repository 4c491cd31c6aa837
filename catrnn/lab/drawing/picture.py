"""What every picture can do: be built once, be shown often."""

import io

from PIL import Image

from catrnn.lab.drawing.raster import TextCache, fast_png
from catrnn.lab.drawing.style import INCH, new_figure


class Picture:
    """Artists on an axis, built once; `show` moves them and writes the caption, the picture's text twin.

    A subclass gives `size` in inches, `build(ax)` with the widest labels that will come, and `show(...)`, which sets
    `caption` and returns self.
    A figure in a notebook is a picture shown once; a panel shows the same picture again and again.
    """

    size = (6.4, 3.4)
    ratios = (1,)
    """Widths of the axes side by side; with more than one, `build` receives a list of axes."""
    caption = ""
    static = ()
    """Artists that never move, beside the axes themselves; they are drawn once."""

    def __init__(self, ax=None):
        self.figure = new_figure(*self.size) if ax is None else ax.figure
        self._backgrounds, self._texts = {}, TextCache()
        self.build(self.axes() if ax is None else ax)
        if ax is None:  # laid out once, for the labels that `build` has put there: nothing jumps when a slider moves
            for artist in (a for ax in self.figure.axes for a in (*ax.texts, *ax.lines, *ax.patches)):
                artist.set_in_layout(False)
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")

    def axes(self):
        """Return new axes for `build`; override for more than a row of them."""
        return self.figure.subplots(1, len(self.ratios), width_ratios=self.ratios)

    @property
    def width(self) -> int:
        """Pixels of the page."""
        return round(self.figure.get_figwidth() * INCH)

    def png(self) -> bytes:
        """Return the picture as it stands, fast."""
        return fast_png(self._drawn())

    def small_png(self) -> bytes:
        """Return the picture as it stands, small: 256 colours are plenty for lines and letters."""
        file = io.BytesIO()
        self._drawn().convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, "png", optimize=True)
        return file.getvalue()

    def _drawn(self) -> Image.Image:
        """Draw what stands on the axes; draw the axes themselves again only when one has changed."""
        canvas, moving, frame = self.figure.canvas, self._moving(), self._axes_now()
        if frame not in self._backgrounds:
            for artist in moving:
                artist.set_animated(True)
            canvas.draw()
            last = list(self._backgrounds.items())[-3:]
            self._backgrounds = {**dict(last), frame: canvas.copy_from_bbox(self.figure.bbox)}
        canvas.restore_region(self._backgrounds[frame])
        renderer = canvas.get_renderer()
        for artist in moving:
            self._texts.draw(artist, renderer)
        return Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())

    def redraw(self) -> None:
        """Have what is still drawn again too, next time: it has changed."""
        self._backgrounds = {}

    def _moving(self) -> list:
        """Return all that stands on the axes, from the lowest to the highest, but for the axes and what is still."""
        static = {id(artist) for artist in self.static}
        artists = [a for ax in self.figure.axes for a in ax.get_children() if a not in (ax.xaxis, ax.yaxis, ax.patch)]
        return sorted((a for a in artists if id(a) not in static), key=lambda a: a.zorder)

    def _axes_now(self) -> tuple:
        """Return what the background depends on: limits, ticks and labels of every axis."""
        return tuple((*axis.get_view_interval(), axis.get_scale(), axis.get_label_text(), axis.get_visible(),
                      axis.get_major_locator(), axis.get_major_formatter())
                     for ax in self.figure.axes for axis in (ax.xaxis, ax.yaxis))

    def _repr_mimebundle_(self, **_kwargs):
        """Show the picture in a notebook, its caption beside it for whoever reads without eyes."""
        return {"image/png": self.small_png(), "text/plain": self.caption}, {"image/png": {"width": self.width}}
