"""The widgets that a widget is made of."""


def close_whole(widget) -> None:
    """Close a widget and every part of it."""
    for part in [*parts_of(widget), widget]:
        part.close()


def parts_of(widget) -> list:
    """Return every widget that a widget is made of, the innermost first."""
    looks = [getattr(widget, name) for name in ("layout", "style") if widget.has_trait(name)]
    own = [*getattr(widget, "children", ()), *looks]
    return [part for one in own for part in (*parts_of(one), one)]
