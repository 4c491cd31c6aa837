"""Measure what a learner feels: a slider moves, and how soon are the new pixels on the screen?

    python benchmarks/slider_latency.py

Three contenders stand in one notebook, in JupyterLab in Debian's chromium, and take turns, round after round:

floor     a panel whose pictures were all drawn before: nothing is trained, drawn or encoded, only sent and shown
panel     `explore_training(bptt_steps=None)`: the epochs are read from the record of one training; every move of the
          learning rate trains a cat anew for 100 epochs, the error going back all four days
interact  the same training and the same three plots in plain pyplot and `ipywidgets.interact`

A key press is timed in the page, from the keydown event to the end of the frame that shows the new picture. The walk
of the epochs never comes to a setting twice, so nothing can be kept from an earlier visit. A drag moves the mouse
sixty times a second for three seconds.
Needs what tools/screenshot.py needs. The notebook lives in a temporary folder.
"""
import argparse
import json
import os
import platform
import random
import sys
import tempfile
import time
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import nbformat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tools.lab_in_browser import STILL, chromium, control, lab, open_notebook, run_all, shut_down_kernel  # noqa: E402

CONTENDERS = ("floor", "panel", "interact")
WALKS = {
    "epochs": ["ArrowRight"],                                    # 65, 66, 67 ... epochs
    "learning rate": ["ArrowLeft"] * 4 + ["ArrowRight"] * 4,     # 0.01 to 0.0001 and back, 100 epochs each
}
START, MIDDLE = 64, 100               # epochs: where the first walk begins, and where the second and the drags do
DRAGS, DRAG, HERTZ, REACH = 3, 3.0, 60, 25      # how often, seconds, mouse moves a second, CSS pixels to either side
NAME = "slider_latency.ipynb"
PACKAGES = "matplotlib", "numpy", "pillow", "jupyterlab", "ipywidgets", "anywidget"

PANEL = """
import time
from catrnn import lab
from catrnn.lab.drawing import picture
from catrnn.lab.panels import training

SPENT = {"train": [], "draw": [], "encode": []}

def timed(owner, name, part):
    plain = getattr(owner, name)
    def timing(*args, **kwargs):
        start = time.perf_counter()
        result = plain(*args, **kwargs)
        SPENT[part].append(1000 * (time.perf_counter() - start))
        return result
    setattr(owner, name, timing)

plain_training = training.train_one
timed(training, "train_one", "train")
timed(picture.Picture, "_drawn", "draw")
timed(picture, "fast_png", "encode")
lab.explore_training(START, bptt_steps=None)
"""
FLOOR = """
from catrnn.lab.panel.panel import Panel

class Drawn:
    "Every picture that the sliders can ask for, drawn before by the panel itself."

    def __init__(self, panel):
        self.figure, self.width, self.pictures = panel.picture.figure, panel.picture.width, {}
        for name, values in (("epochs", range(1, 301)), ("learning_rate", training.RATES)):
            before = panel.controls[name].value
            for value in values:
                panel.controls[name].value = value
                now = setting(**{name: control.value for name, control in panel.controls.items()})
                self.pictures[now] = panel.view.png, panel.view.caption
            panel.controls[name].value = before

    def show(self, **values):
        self.now, self.caption = self.pictures[setting(**values)]

    def png(self):
        return self.now

    def release(self):
        "These pictures are what is measured: they stay."

    small_png = png

def setting(**values):
    return tuple(values.values())

drawn, like = Drawn(lab.explore_training(MIDDLE)), lab.explore_training(START, bptt_steps=None)
drawn.pictures |= Drawn(lab.explore_training(START, bptt_steps=None)).pictures
floor = Panel("Pictures drawn before", drawn, dict, like.controls, "floor")
for control in like.controls.values():
    control.unobserve(like._moved, "value")
floor
"""
INTERACT = """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import Checkbox, IntSlider, SelectionSlider, interact
from catrnn.data import PORTIONS
from catrnn.lab.panels.training import RATES
from catrnn.layers import RecurrentLinearLayer

rate = SelectionSlider(options=RATES, value=0.01, description="learning rate")

@interact(epochs=IntSlider(START, 1, 300), learning_rate=rate,
          hidden_size=IntSlider(2, 1, 16), seed=IntSlider(0, 0, 9999), carry_state=Checkbox(True))
def plain(epochs, learning_rate, hidden_size, seed, carry_state):
    history = plain_training(epochs, learning_rate, hidden_size, seed, carry_state, PORTIONS, 1.25, None,
                             RecurrentLinearLayer)
    figure, axes = plt.subplot_mosaic((("loss", "hidden"), ("loss", "days")), figsize=(9.0, 4.6), layout="constrained")
    axes["loss"].semilogy(range(1, epochs + 1), np.clip(history.losses, 1e-6, 1e4))
    axes["loss"].set(xlabel="epoch", ylabel="loss (portions squared)", xlim=(1, 300), ylim=(1e-6, 1e4))
    axes["hidden"].imshow(history.hidden[-1, :, 0].T, aspect="auto", cmap="Greens")
    axes["hidden"].set(xlabel="day", ylabel="hidden unit")
    for (unit, day), value in np.ndenumerate(history.hidden[-1, :, 0].T):
        axes["hidden"].text(day, unit, f"{value:.2f}", ha="center", va="center")
    names = ["Day 1", "Day 2", "Day 3", "Day 4", "cat's\\nguess", "Day 5\\nanswer"]
    bars = axes["days"].bar(names, [*PORTIONS, history.predictions[-1].item(), 1.25])
    axes["days"].bar_label(bars, fmt="%.2f")
    axes["days"].set(ylabel="fish (portions)", ylim=(0, 1.7))
    plt.show()
"""
CELLS = {"panel": PANEL, "floor": FLOOR, "interact": INTERACT}

# A picture counts as seen when its frame is over: it is decoded, and the task after the frame's callbacks has begun.
STOPWATCH = """() => {
    const picture = panel => panel.querySelector('img');
    const seen = panel => picture(panel)?.dataset.shows ?? picture(panel)?.src;
    const frame = () => new Promise(requestAnimationFrame);
    const over = () => new Promise(done => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
    });
    addEventListener('keydown', () => { window.pressed = performance.now() }, true);
    addEventListener('pointerup', () => { window.released = performance.now() }, true);
    window.nextPicture = panel => new Promise(done => {
        const before = seen(panel);
        const observer = new MutationObserver(async () => {
            if (!seen(panel) || seen(panel) === before) return;
            observer.disconnect();
            await picture(panel).decode(); // at once, if it was decoded before it was shown
            await frame();
            await over();
            done(performance.now() - window.pressed);
        });
        observer.observe(panel, {subtree: true, childList: true, attributes: true});
    });
    window.watchDrag = panel => {
        window.pictures = [];
        let last = seen(panel);
        const look = async now => {
            if (!window.pictures) return;
            requestAnimationFrame(look);
            if (!seen(panel) || seen(panel) === last || !picture(panel).complete) return;
            const drawn = {shows: last = seen(panel)};
            await over();
            window.pictures?.push({...drawn, at: performance.now()});
        };
        requestAnimationFrame(look);
    };
}"""
READ = """async () => {
    const {kernel} = jupyterapp.shell.currentWidget.context.sessionContext.session;
    const future = kernel.requestExecute({code: 'import json; print(json.dumps(SPENT))'});
    let text = '';
    future.onIOPub = message => { text += message.content.text ?? '' };
    await future.done;
    return text;
}"""


def write_notebook(folder):
    numbers = f"START, MIDDLE = {START}, {MIDDLE}\n"
    cells = [nbformat.v4.new_code_cell((numbers + source).strip()) for source in CELLS.values()]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / NAME)


def timed_moves(panel, label, moves):
    """Press keys on a control, each after the picture of the one before; return milliseconds."""
    page, handle, milliseconds = panel.page, control(panel, label), []
    # Else JupyterLab takes arrows for its own shortcuts: github.com/jupyter-widgets/ipywidgets/issues/3912
    handle.evaluate("e => e.setAttribute('data-lm-suppress-shortcuts', 'true')")
    handle.focus()
    for key in islice(cycle(WALKS[label]), moves):
        panel.evaluate("panel => { window.next = nextPicture(panel) }")
        page.keyboard.press(key)
        milliseconds.append(page.evaluate("window.next"))
        page.wait_for_timeout(random.uniform(40, 60))  # hands rest too, and out of step with the frames
    return milliseconds


def go_to(panel, value):
    """Bring the epochs to a value by as many keys as it takes."""
    handle = control(panel, "epochs")
    handle.focus()
    while (now := epochs_of(handle)) != value:
        panel.page.keyboard.press("ArrowLeft" if now > value else "ArrowRight")
    panel.page.wait_for_timeout(1000)


def epochs_of(handle):
    return round(float(handle.get_attribute("aria-valuenow")))


def drag(panel):
    """Drag the epochs left and right; return pictures a second, and milliseconds from release to the last picture."""
    page, handle = panel.page, control(panel, "epochs")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    panel.evaluate("watchDrag")
    page.mouse.move(x, y)
    page.mouse.down()
    start = time.perf_counter()
    for step in range(int(DRAG * HERTZ)):
        time.sleep(max(0, start + step / HERTZ - time.perf_counter()))
        page.mouse.move(x + REACH * (abs((step + HERTZ) % (4 * HERTZ) - 2 * HERTZ) / HERTZ - 1), y)
    page.mouse.up()
    page.wait_for_timeout(1500)
    seen, released = page.evaluate("[window.pictures, window.released]")
    page.evaluate("window.pictures = null")
    value, last = epochs_of(handle), seen[-1]
    if not last["shows"].startswith("data:") and f"epochs={value}," not in last["shows"]:
        sys.exit(f"The slider stands at {value}, yet after the drag the picture shows {last['shows']}")
    during = [p for p in seen if p["at"] <= released]
    return len(during) / DRAG, max(0.0, last["at"] - released)


def measure(turns, moves):
    """Return {contender: {what: numbers}} and the milliseconds spent in the kernel."""
    results = {name: {"epochs": [], "learning rate": [], "drag": [], "last": []} for name in CONTENDERS}
    with tempfile.TemporaryDirectory() as temp, chromium() as browser:
        write_notebook(Path(temp))
        with lab(Path(temp), settings=STILL) as (base, token):
            page = browser.new_page(viewport={"width": 1200, "height": 1080}, device_scale_factor=1)
            open_notebook(page, base, token, NAME)
            run_all(page)
            page.evaluate(STOPWATCH)
            panels = dict(zip(CELLS, page.locator(".jp-CodeCell").all(), strict=True))
            for panel in panels.values():
                timed_moves(panel, "learning rate", 8)  # not counted
            for label in WALKS:
                for _ in range(turns):
                    for name in CONTENDERS:
                        results[name][label].append(timed_moves(panels[name], label, moves))
                for panel in panels.values():
                    go_to(panel, MIDDLE)
            spent = json.loads(page.evaluate(READ))
            for _ in range(DRAGS):
                for name in CONTENDERS:
                    speed, last = drag(panels[name])
                    go_to(panels[name], MIDDLE)
                    results[name]["drag"].append(speed)
                    results[name]["last"].append(last)
            shut_down_kernel(page)
    return results, spent


def p95(numbers):
    return sorted(numbers)[int(0.95 * len(numbers))]


def table(results):
    lines = ["| slider | contender | median ms | p95 ms | to the floor | least, median, most turn | to interact |",
             "| --- | --- | ---: | ---: | ---: | --- | ---: |"]
    for label in WALKS:
        every = {name: [ms for turn in results[name][label] for ms in turn] for name in CONTENDERS}
        middle = {name: median(every[name]) for name in CONTENDERS}
        for name in CONTENDERS:
            turns = zip(results[name][label], results["floor"][label], strict=True)
            ratios = sorted(median(mine) / median(floor) for mine, floor in turns)
            spread = ", ".join(f"{ratio:.2f}" for ratio in (ratios[0], median(ratios), ratios[-1]))
            lines.append(f"| {label} | {name} | {middle[name]:.0f} | {p95(every[name]):.0f} | "
                         f"{middle[name] / middle['floor']:.2f} | {spread} | {middle[name] / middle['interact']:.2f} |")
    lines += ["", "| a drag of the epochs | pictures a second | to the floor | last picture, ms after letting go |",
              "| --- | ---: | ---: | --- |"]
    for name in CONTENDERS:
        speed, floor = median(results[name]["drag"]), median(results["floor"]["drag"])
        lasts = ", ".join(f"{ms:.0f}" for ms in results[name]["last"])
        lines.append(f"| {name} | {speed:.1f} | {speed / floor:.2f} | {lasts} |")
    return lines


def kernel(spent):
    parts = ", ".join(f"{part} {median(ms):.1f} ms" for part, ms in spent.items())
    return f"In the kernel, median of a move of the panel: {parts}."


def machine():
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        models = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = models[0] if models else model
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return f"{os.cpu_count()} cores ({model}), {platform.system()}, Python {platform.python_version()}, {versions}."


def load():
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=9, help="of each contender with each slider")
    parser.add_argument("--moves", type=int, default=8, help="in a turn")
    options = parser.parse_args()
    before = load()
    results, spent = measure(options.turns, options.moves)
    print("\n".join([*table(results), "", kernel(spent), machine(), f"Load before {before}, after {load()}."]))


if __name__ == "__main__":
    main()
