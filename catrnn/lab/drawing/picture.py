"""What every picture can do: be built once, be shown often, be let go."""

import copy
import functools
import gc
import io

from matplotlib.ticker import FixedLocator, FuncFormatter
from PIL import Image

from catrnn.lab.drawing.matplotlib_own import own_settings
from catrnn.lab.drawing.raster import Backgrounds, TextCache, fast_png
from catrnn.lab.drawing.style import INCH, new_figure


class Picture:
    """Artists on an axis, built once; `show` moves them and writes the caption, their text twin.

    What a subclass gives:
        size        inches of the page, (width, height);
        narrow_size inches of the page of a phone, PHONE wide; None if the picture has none;
        ratios      widths of the axes side by side; if there are more, `build` gets a list. On the
                    page of a phone they stand one below the other, as high as `narrow_ratios` says;
        build(ax)   makes every artist, with the widest labels that will come: after it the layout
                    is fixed, so that nothing jumps when a slider moves;
        show(...)   takes arrays and numbers, moves the artists, sets `caption`, returns self;
                    it does not compute, train, load or draw;
        focus       what to look at, as a share of the page's width: a page that shows a part of the
                    picture shows this one;
        static      artists that never move, beside the axes themselves: they are drawn once.

    What every picture keeps (tests/lab/test_every_picture.py): moved from setting to setting it has
    the very pixels of one drawn anew; nothing is cut off at the edge of the page; no two texts
    touch; no letter is smaller than `style.SIZE` points; no warning leaks; the axes are drawn again
    only when their limits, ticks or labels change.

    A figure in a notebook is a picture shown once; a panel shows the same picture again and again.
    With `ax` it stands on an axis of the caller, whose figure it leaves alone; without, its own is
    made when it is first shown. Styles and fonts that the user has set change nothing in it. `turn`
    puts it on the page of a phone, or back.
    """

    size = (6.4, 3.4)
    narrow_size = None
    ratios = (1,)
    narrow_ratios = None
    narrow = False
    caption = ""
    focus = 0.0
    static = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "show" in vars(cls):
            cls.show = remembered(cls.show)

    @classmethod
    def takes_an_axis(cls) -> bool:
        """Return whether the picture can stand on one axis of the caller."""
        return cls.ratios == (1,) and cls.axes is Picture.axes

    def __init__(self, ax=None):
        self._ax, self._shown = ax, None
        self._lasting = {*vars(self), "_lasting", "caption", "narrow"}
        if ax is not None:
            self._build()

    def _build(self):
        """Make figure and artists, all or none."""
        try:
            with own_settings():
                self._make_artists()
        except BaseException:  # an interrupt too: half of a picture is none
            self.release()
            raise

    def _make_artists(self):
        """Make figure and artists, and lay them out once: nothing jumps when a slider moves."""
        self._backgrounds, self._texts = Backgrounds(), TextCache()
        if self._ax is not None:
            self._figure = self._ax.figure
            self.build(self._ax)
            return
        self._figure = new_figure(*self.page_size())
        self.build(self.axes())
        self._lay_axes_out()

    def _lay_axes_out(self):
        """Give the axes their places on the page: all pictures of a class have the same."""
        cls, axes = type(self), self._figure.axes
        places = "_narrow_places" if self.narrow else "_places"
        if places not in vars(cls):
            for artist in (artist for ax in axes for artist in (*ax.texts, *ax.lines, *ax.patches)):
                artist.set_in_layout(False)  # laid out for the labels of the axes alone
            self._figure.get_layout_engine().execute(self._figure)
            setattr(cls, places, [ax.get_position(original=True) for ax in axes])
        self._figure.set_layout_engine("none")
        for ax, place in zip(axes, vars(cls)[places], strict=True):
            ax.set_position(place)

    @property
    def figure(self):
        """The figure that the picture stands on."""
        if not self._is_built():
            self._build_again()
        return self._figure

    def _is_built(self) -> bool:
        return "_figure" in vars(self)

    def _build_again(self):
        """Draw anew what was let go: the same artists, moved to where they were shown last."""
        self._build()
        if self._shown:
            args, kwargs = self._shown
            caption = self.caption  # a panel may have added to it
            self.show(*args, **kwargs)
            self.caption = caption

    def release(self) -> None:
        """Let go of the drawing, some megabytes; whatever is asked next draws it anew, alike.

        A picture on an axis of the caller stays as it is.
        """
        if self._ax is not None or not self._is_built():
            return
        for name in vars(self).keys() - self._lasting:
            delattr(self, name)
        gc.collect()  # figure and artists know one another, and Python is in no hurry with circles

    def turn(self, narrow: bool) -> None:
        """Stand on the page of a phone from now on, or on the wide one again; where there is none
        for a phone, or the axis is the caller's, nothing changes."""
        narrow = narrow and self.narrow_size is not None and self._ax is None
        if narrow != self.narrow:
            self.release()  # first: the two are never alive together
            self.narrow = narrow

    def page_size(self) -> tuple:
        """Return the inches of the page, (width, height)."""
        return self.narrow_size if self.narrow else self.size

    def axes(self):
        """Return new axes for `build`; override for more than a row of them."""
        n = len(self.ratios)
        if self.narrow:
            return self.figure.subplots(n, 1, height_ratios=self.narrow_ratios)
        return self.figure.subplots(1, n, width_ratios=self.ratios)

    @property
    def width(self) -> int:
        """Pixels of the page."""
        inches = self.page_size()[0] if self._ax is None else self._ax.figure.get_figwidth()
        return round(inches * INCH)

    def png(self) -> bytes:
        """Return the picture as it stands, fast."""
        return fast_png(self._drawn())

    def small_png(self) -> bytes:
        """Return the picture as it stands, small: 256 colours are plenty for lines and letters."""
        image, file = self._drawn().convert("RGB"), io.BytesIO()
        image.quantize(256, dither=Image.Dither.NONE).save(file, "png", optimize=True)
        return file.getvalue()

    def _drawn(self) -> Image.Image:
        """Draw what stands on the axes; draw the axes again only when one of them has changed."""
        canvas, moving, setting = self.figure.canvas, self._moving(), self._axes_now()
        with own_settings():
            if not self._backgrounds.restore(setting, canvas):
                for artist in moving:
                    artist.set_animated(True)
                canvas.draw()
                self._backgrounds.keep(setting, canvas)
            renderer = canvas.get_renderer()
            for artist in moving:
                self._texts.draw(artist, renderer)
        return Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())

    def redraw(self) -> None:
        """Have what is still drawn again too, next time: it has changed."""
        self._backgrounds = Backgrounds()

    def _moving(self) -> list:
        """Return what may move on the axes, from the lowest to the highest."""
        static = {id(artist) for artist in self.static}
        artists = [artist for ax in self.figure.axes for artist in ax.get_children()
                   if artist not in (ax.xaxis, ax.yaxis, ax.patch) and id(artist) not in static]
        return sorted(artists, key=lambda artist: artist.zorder)

    def _axes_now(self) -> tuple:
        """Return what the background depends on: limits, ticks and labels of every axis."""
        return tuple((*axis.get_view_interval(), axis.get_scale(), axis.get_label_text(),
                      axis.get_visible(), *ticks_of(axis))
                     for ax in self.figure.axes for axis in (ax.xaxis, ax.yaxis))

    def _repr_mimebundle_(self, **_kwargs):
        """Show the picture in a notebook, with words for who reads without eyes; then let it go."""
        bundle = {"image/png": self.small_png(), "text/plain": self.caption}
        self.release()
        return bundle, {"image/png": {"width": self.width, "alt": self.caption}}


def remembered(show):
    """Wrap `show` of a picture: it builds again what was let go and remembers what it was given."""
    @functools.wraps(show)
    def remembering(self, *args, **kwargs):
        if not self._is_built():
            self._build()
        with own_settings():
            show(self, *args, **kwargs)
        if self._ax is None:
            # As they are now: a cat's weights are moved in place.
            self._shown = copy.deepcopy((args, kwargs))
        return self

    return remembering


def ticks_of(axis) -> tuple:
    """Return where the ticks of an axis stand and what they say; of fixed ones the values."""
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    if not isinstance(locator, FixedLocator):
        return locator, formatter
    given = isinstance(formatter, FuncFormatter)  # labels that were set together with the ticks
    return tuple(locator.locs), tuple(formatter.format_ticks(locator.locs)) if given else formatter
