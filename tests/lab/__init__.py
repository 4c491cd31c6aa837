"""Every picture, every panel and every exercise keeps its promises."""
