"""The reading edition, for Sphinx: the stored notebooks as pages that ask no other host for anything."""

from docutils.nodes import SkipNode
from latex2mathml.converter import convert

project = "catrnn"
html_title = "How much fish will the cat eat tomorrow?"
language = "en"
extensions = ["myst_nb", "sphinx_copybutton"]
exclude_patterns = ["_templates"]

nb_execution_mode = "off"  # the outputs are those that the notebooks store
nb_merge_streams = True
nb_code_prompt_show, nb_code_prompt_hide = "Show {type}", "Hide {type}"
myst_enable_extensions = ["dollarmath"]

html_theme = "furo"
templates_path, html_static_path = ["_templates"], ["_static"]
html_css_files, html_js_files = ["book.css"], [("book.js", {"defer": "defer"})]
html_copy_source = html_show_sourcelink = html_show_copyright = html_show_sphinx = False
html_use_index = False
html_math_renderer = "mathml"
copybutton_selector = ".cell_input pre"  # what is printed is not to be copied
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"


def formula(translator, node):
    """Write a formula as MathML, which browsers show by themselves."""
    display = "inline" if node.tagname == "math" else "block"
    translator.body.append(convert(node.astext(), display=display))
    raise SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", inline_renderers=(formula, None), block_renderers=(formula, None))
