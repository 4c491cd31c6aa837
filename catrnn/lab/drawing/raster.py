"""What lets a picture answer a moved slider at once and weigh little: small pixels, quick bytes."""

import struct
import zlib

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.text import Text
from PIL import Image

BACKGROUNDS = 4
"""Settings of its axes whose background a picture keeps."""

TEXT_BYTES = 3_000_000
"""Bytes of words that a picture keeps at most."""


def fast_png(image: Image.Image) -> bytes:
    """Return an RGBA image as an RGB PNG, sooner than Pillow, which tries all filters on each row.

    A row of a PNG begins with the number of its filter: 0 is none. Here a 0 ends each row, and so
    begins the next. The rows are packed where they lie: copying them takes longer than packing.
    """
    width, height = image.size
    rows = image.tobytes("raw", "RGB", 3 * width + 1)
    deflate = zlib.compressobj(1)
    packed = deflate.compress(b"\0") + deflate.compress(memoryview(rows)[:-1]) + deflate.flush()

    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)  # 8 bits each of red, green, blue
    png = b"\x89PNG\r\n\x1a\n"
    for chunk in (b"IHDR" + header, b"IDAT" + packed, b"IEND"):
        png += struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png


class Runs:
    """Pixels (height, width, 4), kept as runs of one colour: a tenth of their room, and less."""

    def __init__(self, pixels):
        self.shape = pixels.shape
        colours = np.ascontiguousarray(pixels).view(np.uint32).ravel()
        begins = np.ones(colours.size, dtype=bool)
        begins[1:] = colours[1:] != colours[:-1]
        starts = np.flatnonzero(begins)
        self.colours = colours[starts]
        self.lengths = np.diff(starts, append=colours.size).astype(np.int32)  # as Pyodide counts

    @property
    def nbytes(self) -> int:
        """Bytes that the runs take."""
        return self.colours.nbytes + self.lengths.nbytes

    def pixels(self) -> np.ndarray:
        """Return the pixels as they were."""
        return np.repeat(self.colours, self.lengths).view(np.uint8).reshape(self.shape)


class Backgrounds:
    """What stands still behind a picture, for the last few settings of its axes."""

    def __init__(self):
        self._kept = {}

    def restore(self, setting: tuple, canvas) -> bool:
        """Put the background of this setting of the axes on the canvas; False if none is kept."""
        if setting not in self._kept:
            return False
        np.copyto(np.asarray(canvas.buffer_rgba()), self._kept[setting].pixels())
        return True

    def keep(self, setting: tuple, canvas) -> None:
        """Keep what stands on the canvas for this setting; of too many the oldest goes."""
        last = list(self._kept.items())[1 - BACKGROUNDS:]
        self._kept = {**dict(last), setting: Runs(np.asarray(canvas.buffer_rgba()))}


class TextCache:
    """Draws artists as they draw themselves, but copies words that stood there before."""

    def __init__(self):
        self._kept, self._bytes = {}, 0

    def draw(self, artist, renderer) -> None:
        """Draw any artist; a copied text has the same pixels and takes a twentieth of the time."""
        plain = type(artist) is Text and not artist.get_bbox_patch()
        if not (plain and artist.get_visible() and artist.get_text()):
            return artist.draw(renderer)

        place = artist.get_transform().transform(artist.get_unitless_position())
        look = (artist.get_text(), *place, artist.get_ha(), artist.get_va(), artist.get_rotation(),
                hash(artist.get_fontproperties()), str(artist.get_color()), artist.get_alpha())
        left, low, runs = self._kept.get(look) or self._keep(look, *cut_out(artist, renderer))
        renderer.draw_image(renderer.new_gc(), left, low, runs.pixels())

    def _keep(self, look: tuple, left: int, low: int, runs: Runs) -> tuple:
        """Keep a text that was cut out; let go of the oldest ones if they take too much room."""
        self._kept[look] = left, low, runs
        self._bytes += runs.nbytes
        while self._bytes > TEXT_BYTES and len(self._kept) > 1:
            *_, oldest = self._kept.pop(next(iter(self._kept)))
            self._bytes -= oldest.nbytes
        return left, low, runs


PAPER = RendererAgg(1, 1, 72)
"""A page to draw single words on: one for all pictures."""


def cut_out(text, page) -> tuple:
    """Return where a text begins, from the left and from below, and its pixels, upside down."""
    if (PAPER.width, PAPER.height, PAPER.dpi) == (page.width, page.height, page.dpi):
        PAPER.clear()
    else:  # in place: a Text keeps the renderer it met last, and so they all keep this one
        PAPER.__init__(page.width, page.height, page.dpi)
    text.draw(PAPER)
    box = np.nan_to_num(text.get_window_extent(PAPER).padded(3).extents)
    left, low, right, high = box.clip(0, max(PAPER.width, PAPER.height)).astype(int)
    return left, low, Runs(np.asarray(PAPER.buffer_rgba())[::-1][low:high, left:right])
