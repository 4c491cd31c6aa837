"""The notebooks in the order of the course, and what their first cells say of them."""

import json
import re

from tools.site_tools import ROOT


def in_order():
    """Return the notebooks in the order of the course: the numbered ones, those without a number, the glossary."""
    return sorted((ROOT / "notebooks").glob("*.ipynb"), key=lambda path: (path.stem == "glossary", path.stem))


def about(path):
    """Return a notebook's title, question and minutes, as they stand in its first cells; "" for what is not there.

    The minutes for the exercises are added, where they stand beside the others.
    """
    text = "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"][:3])
    patterns = (r"^# (.*)$", r"^\*\*([^*]*\?)\*\*$", r"^\*\*Time\*\* about (.*)$")
    found = (re.search(pattern, text, re.MULTILINE) for pattern in patterns)
    title, question, time = (match[1] if match else "" for match in found)
    return [title, question, str(sum(map(int, re.findall(r"\d+", time))) or "")]
