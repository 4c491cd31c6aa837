"""The slips that `tools/mutate.py` plants can still be planted."""

from tests.helpers.answers import ROOT
from tools.mutate import SLIPS


def test_the_old_line_of_every_slip_is_there_exactly_once():
    texts = {room: (ROOT / "catrnn" / f"{room}.py").read_text("utf-8") for room in {slip.room for slip in SLIPS}}
    assert [slip.words for slip in SLIPS if texts[slip.room].count(slip.old) != 1] == []
