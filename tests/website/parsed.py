"""A page of the book, parsed: its anchors, what it points to, its pictures' words, its code, and what lies in folds."""

from functools import cache
from html.parser import HTMLParser
from pathlib import Path

POINTS = {"href", "src", "action", "srcset", "data", "poster"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Parsed(HTMLParser):
    """What the tests ask of a page. A fold is shut where no `open` stands in its tag."""

    def __init__(self, text: str):
        super().__init__()
        self.ids, self.points, self.alts, self.code, self.shut = set(), [], [], [], []
        self.formulas, self.open_tags = 0, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids |= {given["id"]} if "id" in given else set()
        self.points += [(tag, given[name]) for name in POINTS & given.keys()]
        self.formulas += tag == "math"
        if tag == "img":
            self.alts.append(given.get("alt"))
        if tag == "pre" and self.inside("cell_input"):
            self.code.append("")
        if tag == "details" and "open" not in given:
            self.shut.append("")
        if tag not in VOID:
            self.open_tags.append((tag, (given.get("class") or "").split()))

    def handle_endtag(self, tag):
        while self.open_tags and self.open_tags.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if self.inside("cell_input") and any(tag == "pre" for tag, _ in self.open_tags):
            self.code[-1] += text
        if any(tag == "details" for tag, _ in self.open_tags):
            self.shut[-1] += text

    def inside(self, name: str) -> bool:
        return any(name in classes for _, classes in self.open_tags)


@cache
def parsed(path: Path) -> Parsed:
    return Parsed(path.read_text("utf-8"))
