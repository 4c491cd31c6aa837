"""ipywidgets keeps every widget for ever; after each test they go, so that the process stays small."""

import ipywidgets
import pytest


@pytest.fixture(autouse=True)
def no_widget_outlives_its_test():
    yield
    ipywidgets.Widget.close_all()
