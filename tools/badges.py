"""Write the badges into README.md, once the repository has an address on GitHub: python3 tools/badges.py OWNER/NAME

    --branch main    the branch that the badges open
    --site ADDRESS   where the site is served, if not on the repository's own pages

Run it again after a move: what stood between the two marks is replaced.
"""

import argparse
import pathlib
import re

README = pathlib.Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- badges: tools/badges.py writes them -->\n", "<!-- end of badges -->\n"
FIRST = "notebooks/00_start_here.ipynb"


def badges(repository, branch="main", site=None):
    """The lines of the badges, as Markdown. `repository`: OWNER/NAME."""
    if not re.fullmatch(r"[A-Za-z0-9-]+/[\w.-]+", repository):
        raise SystemExit(f"'{repository}' is no repository on GitHub; write OWNER/NAME, as in its address.")
    owner, name = repository.split("/")
    site = (site or f"https://{owner.lower()}.github.io/{name}").rstrip("/")
    colab = f"https://colab.research.google.com/github/{repository}/blob/{branch}/{FIRST}"
    binder = f"https://mybinder.org/v2/gh/{repository}/{branch}?urlpath=lab/tree/{FIRST}"
    return [
        f"[Read the course]({site}/) or "
        f"[run it in your browser]({site}/live/notebooks/index.html?path={FIRST.partition('/')[2]})",
        badge("Open in Colab", "https://colab.research.google.com/assets/colab-badge.svg", colab),
        badge("Open on Binder", "https://mybinder.org/badge_logo.svg", binder),
        badge("Open in Codespaces", "https://github.com/codespaces/badge.svg", f"https://codespaces.new/{repository}"),
    ]


def badge(words, picture, address):
    """A picture that is a link."""
    return f"[![{words}]({picture})]({address})"


def written(text, lines):
    """`text` with these lines between its two marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"README.md has lost its marks; write these two lines into it:\n{BEGIN}{END}")
    return before + begin + "".join(f"{line}\n" for line in lines) + end + after


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("repository", metavar="OWNER/NAME")
    options.add_argument("--branch", default="main")
    options.add_argument("--site", metavar="ADDRESS")
    options.add_argument("--readme", type=pathlib.Path, default=README, help="another file to write into")
    given = options.parse_args()
    lines = badges(given.repository, given.branch, given.site)
    given.readme.write_text(written(given.readme.read_text("utf-8"), lines), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
