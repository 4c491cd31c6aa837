"""The fate map: a mark for every cat in its cell, the best cells framed, and a caption that tells the truth."""


import numpy as np
import pytest

from catrnn.lab.drawing import style
from catrnn.lab.pictures.fate_map import MARKS, FateMap
from catrnn.training import FATES

RATES, SIZES = (0.001, 0.003, 0.01, 0.03, 0.1), (1, 2, 4, 8, 16)


def drawn(seed):
    return np.random.default_rng(seed).choice(FATES, (5, 5, 40))


def all_alike(kind):
    return np.full((5, 5, 40), kind, "U9")


def shown(fates, picture=None):
    return (picture or FateMap()).show(fates, RATES, SIZES)


def cells_of(mark):
    """The (row, column) of every mark but the last, which is the one of the key."""
    x, y = mark.get_data()
    return np.round(y[:-1]).astype(int), np.round(x[:-1]).astype(int)


def test_every_fate_has_a_mark_of_its_own_shape_or_filling():
    assert set(MARKS) == set(FATES)
    assert len({(look["marker"], "markerfacecolor" in look) for look in MARKS.values()}) == len(FATES)


def test_every_cat_is_a_mark_in_its_cell():
    fates, picture = drawn(3), shown(drawn(3))
    for kind, mark in picture.marks.items():
        counts = np.zeros((5, 5), int)
        np.add.at(counts, cells_of(mark), 1)
        assert np.array_equal(counts, (fates == kind).sum(axis=-1))
    everything = np.concatenate([mark.get_xydata() for mark in picture.marks.values()])
    assert len(np.unique(everything.round(6), axis=0)) == 1000 + len(MARKS)


def test_a_cell_says_how_many_of_its_cats_learned():
    fates = drawn(4)
    for y, row in enumerate(shown(fates).shares):
        for x, text in enumerate(row):
            assert text.get_text() == f"{100 * np.mean(fates[y, x] == 'learned'):.0f}% learned"


def test_the_caption_counts_all_cats_and_names_the_best_and_the_worst_cell():
    fates = all_alike("dead")
    fates[2, 3, :30] = "learned"
    fates[0, :] = "learned"
    fates[0, :, 35:] = "exploded"
    fates[4, 4, :1] = "not yet"
    assert shown(fates).caption == (
        "Of 1,000 networks: learned 20%, not yet under 1%, dead 77%, exploded 2%. Most learn with hidden size 1 and "
        "learning rate 0.001 (88%, as in 4 more cells), fewest with hidden size 2 and learning rate 0.001 "
        "(0%, as in 18 more cells)."
    )


def test_one_more_cell_is_one_cell():
    fates = all_alike("dead")
    fates[1, 1], fates[2, 2] = "learned", "learned"
    assert "(100%, as in 1 more cell)" in shown(fates).caption


@pytest.mark.parametrize(("kind", "percent"), [("learned", 100), ("dead", 0)])
def test_when_all_cells_are_alike_none_is_best(kind, percent):
    picture = shown(all_alike(kind))
    assert picture.caption == f"Of 1,000 networks: {kind} 100%. In every cell {percent}% learn."
    assert not len(picture.frame.get_xdata())


def test_exactly_the_best_cells_are_framed():
    fates = all_alike("not yet")
    fates[1, 4], fates[3, 0], fates[0, 0, 1:] = "learned", "learned", "learned"
    corners = shown(fates).frame.get_xydata()[:, ::-1].reshape(-1, 6, 2)[:, :4]  # of each frame (row, column)
    assert corners.mean(axis=1).round(6).tolist() == [[1, 4], [3, 0]]


def test_a_smaller_map_is_drawn_too():
    picture = FateMap().show([[["learned", "dead"], ["dead", "dead"]]], (0.01, 0.1), (3,))
    assert "Most learn with hidden size 3 and learning rate 0.01 (50%), fewest" in picture.caption


def test_no_words_of_an_earlier_map_stay():
    big = shown(drawn(0))
    big.show([[["learned", "dead"]]], (0.01,), (3,))
    assert [text.get_text() for text in big.shares.flat if text.get_text()] == ["50% learned"]


def test_no_two_texts_and_no_text_and_mark_touch():
    picture = shown(drawn(0))
    picture.png()
    renderer = picture.figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in (*picture.shares.flat, *picture.names.values())]
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])
    everything = picture.ax.transData.transform(np.concatenate([m.get_xydata() for m in picture.marks.values()]))
    apart = np.linalg.norm(everything[:, None] - everything, axis=-1) + 1000 * np.eye(len(everything))
    assert apart.min() > max(mark.get_markersize() for mark in picture.marks.values()) * style.DPI / 72
    for mark in picture.marks.values():
        points = picture.ax.transData.transform(mark.get_xydata())
        assert not any(box.padded(5).contains(*point) for box in boxes for point in points)
