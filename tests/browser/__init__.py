"""Every panel keeps its promises in a real JupyterLab in a real browser, by mouse, keyboard and screen reader."""
