"""How fast is a training, what does it grow with, and where is NumPy itself the limit?

    python benchmarks/train_speed.py [--rounds 15]

Writes benchmarks/train_speed.md. One run, one thread, float64. Contenders take turns, round after round; the figures
are medians of the processor's time, so that waiting for other programs does not count; a busy machine still disturbs
them, so close what you can. Cats are built beforehand, with weights and a learning rate so small that none explodes:
what is timed is the training.
PyTorch takes part if it is installed (`pip install torch`); the course does not need it.
"""

import argparse
import gc
import os
import platform
import sys
import time
import tracemalloc
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy is imported, or it is too late

import numpy as np  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from catrnn.initializers import normal_init  # noqa: E402
from catrnn.network import CatRNN  # noqa: E402
from catrnn.training import train  # noqa: E402

try:
    import torch
except ImportError:
    torch = None

EPOCHS, DAYS, RATE, CATS, SINGLES = 100, 4, 1e-6, 1000, 20
ONE_GOAL, MANY_GOAL = 4, 120
REPORT = ROOT / "benchmarks" / "train_speed.md"


# What is timed: each function below returns a function of no arguments that does one training.


def portions(t=DAYS):
    """Days (T, 1, 1) and the answer (1, 1)."""
    return np.linspace(0.25, 1.0, t).reshape(t, 1, 1), np.array([[1.25]])


def calm_weights(rng, d, h):
    """The seed's, with hidden weights so small that no state explodes, however many the days and the units."""
    c_w, b, p_w, output_c_w, output_b = normal_init(rng, d, h)
    return [c_w, b, p_w / (2 * np.sqrt(h)), output_c_w, output_b]


def all_epochs(history, epochs=EPOCHS):
    """Stop if the training ended early, for then its time means nothing."""
    assert len(history.losses) == epochs, "a cat exploded"


def catrnn(h, m=None, t=DAYS, epochs=EPOCHS, record=True):
    """A cat of h units, or m cats side by side, by this package, with the checks at its doors."""
    rngs = [np.random.default_rng(k) for k in range(m or 1)]
    cat, (days, target) = CatRNN.random(rngs if m else rngs[0], h, RATE, calm_weights), portions(t)
    return lambda: all_epochs(train(cat, days, target, epochs, record=record), epochs)


def loop(h, record):
    """Some single cats, one after the other."""
    rngs, (days, target) = [np.random.default_rng(k) for k in range(SINGLES)], portions()
    cats = [CatRNN.random(rng, h, RATE, calm_weights) for rng in rngs]
    return lambda: [all_epochs(train(cat, days, target, EPOCHS, record=record)) for cat in cats]


def products(h, m=None, multiply=np.matmul):
    """The matrix products of a training alone, of the same shapes: no sums, no gates, no Python around them."""
    rng, leading = np.random.default_rng(0), (m,) if m else ()
    x, h0, guess, w_in, w_h, w_out = (rng.standard_normal((*leading, *shape)) for shape in
                                      ((1, 1), (1, h), (1, 1), (1, h), (h, h), (h, 1)))
    day = [(x, w_in), (h0, w_h), (h0, w_in.mT), (h0, w_h.mT), (x.mT, h0), (h0.mT, h0)]
    answer = [(h0, w_out), (guess, w_out.mT), (h0.mT, guess)]

    def run():
        for a, b in (day * DAYS + answer) * EPOCHS:
            multiply(a, b)

    return run


def multiply_and_sum(a, b):
    """The product a @ b of many small matrices, by broadcasting."""
    return (a[..., :, :, None] * b[..., None, :, :]).sum(axis=-2)


def bare(h):
    """The training of one cat as a plain function: the same sums, no layers, no checks."""
    days, target = portions()
    w_in, b, w_h, w_out, b_out = params = calm_weights(np.random.default_rng(0), 1, h)

    def run():
        kept = []
        for _ in range(EPOCHS):
            zs, hs = [], [np.zeros((1, h))]
            for x in days:
                zs.append(x @ w_in + hs[-1] @ w_h + b)
                hs.append(np.maximum(0, zs[-1]))
            guess = hs[-1] @ w_out + b_out
            d_guess = 2 * (guess - target) / 1
            kept.append((np.mean((guess - target) ** 2), guess, hs[1:], [p.copy() for p in params]))
            d_h, per_day = d_guess @ w_out.T, []
            for x, z, before in zip(days[::-1], zs[::-1], hs[-2::-1], strict=True):
                d_z = d_h * (z > 0)
                per_day.append((x.T @ d_z, d_z.sum(axis=0), before.T @ d_z))
                d_h = d_z @ w_h.T
            d_params = [*map(sum, zip(*per_day, strict=True)), hs[-1].T @ d_guess, d_guess.sum(axis=0)]
            for p, d_p in zip(params, d_params, strict=True):
                p -= RATE * d_p
        losses, guesses, states, weights = zip(*kept, strict=True)
        return [np.array(each) for each in (losses, guesses, states, *zip(*weights, strict=True))]

    return run


def pytorch(h, record=True):
    """nn.RNN, nn.Linear, backpropagation through all days and SGD, as PyTorch's tutorials write it."""
    rnn = torch.nn.RNN(1, h, nonlinearity="relu", dtype=torch.float64)
    linear = torch.nn.Linear(h, 1, dtype=torch.float64)
    params, loss_of = [*rnn.parameters(), *linear.parameters()], torch.nn.MSELoss()
    optimizer = torch.optim.SGD(params, lr=RATE)
    days, target = map(torch.tensor, portions())

    def run():
        losses, kept = [], []
        for _ in range(EPOCHS):
            optimizer.zero_grad()
            states, _ = rnn(days)
            guess = linear(states[-1])
            loss = loss_of(guess, target)
            losses.append(loss.item())
            if record:
                kept.append((guess.detach(), states.detach(), *(p.detach().clone() for p in params)))
            loss.backward()
            optimizer.step()
        return losses, [torch.stack(each) for each in zip(*kept, strict=True)]

    return run


def pytorch_vmap(h, m):
    """m cats side by side: one cat's loss as a function, `grad` of it, `vmap` over the cats. Records nothing."""
    cats = [calm_weights(np.random.default_rng(k), 1, h) for k in range(m)]
    params = [torch.tensor(np.stack([np.atleast_2d(w) for w in same])) for same in zip(*cats, strict=True)]
    days, target = map(torch.tensor, portions())

    def loss_of(w_in, b, w_h, w_out, b_out):
        state = torch.zeros((1, h), dtype=torch.float64)
        for day in days:
            state = torch.relu(day @ w_in + state @ w_h + b)
        loss = ((state @ w_out + b_out - target) ** 2).mean()
        return loss, loss

    gradients = torch.func.vmap(torch.func.grad(loss_of, argnums=(0, 1, 2, 3, 4), has_aux=True))

    def run():
        losses = []
        for _ in range(EPOCHS):
            d_params, loss = gradients(*params)
            losses.append(loss)
            for p, d_p in zip(params, d_params, strict=True):
                p -= RATE * d_p
        return torch.stack(losses)

    return run


# How it is timed


def medians(contenders, rounds):
    """Return each contender's median in milliseconds of the processor; they take turns, after a round not counted."""
    times = {name: [] for name in contenders}
    for _ in range(rounds + 1):
        for name, run in contenders.items():
            gc.collect()
            start = time.process_time()
            run()
            times[name].append(1000 * (time.process_time() - start))
    return {name: float(np.median(each[1:])) for name, each in times.items()}


def megabytes(run):
    """Return the peak of what one run allocates, by tracemalloc."""
    gc.collect()
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def exponent(xs, ys):
    """Return the slope of the least-squares line through the logarithms: 1 is in proportion, 0 is no growth."""
    return np.polyfit(np.log(xs), np.log(ys), 1)[0]


# What is written


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return [*("| " + " | ".join(line) + " |" for line in lines), ""]


def verdict(ratio, goal):
    return f"{ratio:.1f}" + (f" (goal {goal}: {'met' if ratio >= goal else 'missed'})" if goal else "")


def one_cat(rounds):
    rows = []
    for h in (2, 8, 16, 64):
        runs = {"products": products(h), "bare": bare(h), "cat": catrnn(h), "quiet": catrnn(h, record=False)}
        if torch:
            runs |= {"torch": pytorch(h), "torch quiet": pytorch(h, record=False)}
        ms = medians(runs, rounds)
        row = [f"{h}", *(f"{ms[name]:.1f}" for name in ("products", "bare", "cat", "quiet"))]
        if torch:
            row += [f"{ms['torch']:.1f}", verdict(ms["torch"] / ms["cat"], ONE_GOAL if h <= 16 else None),
                    f"{ms['torch quiet'] / ms['quiet']:.1f}"]
        rows.append(row)
    head = ["H", "NumPy's matrix products alone, ms", "bare NumPy, no layers, no checks, ms", "catrnn, ms",
            "catrnn, nothing recorded, ms"]
    return [f"## One cat, {EPOCHS} epochs, {DAYS} days, full look-back", "",
            "Losses, predictions, states and weights of every epoch are recorded, by PyTorch's loop too.",
            "The first column is NumPy's own price for products of these shapes, called one by one from Python; the",
            "second adds the rest of the sums. Layers that do the same sums cannot be faster.", "",
            *table(head + ["PyTorch, ms", "PyTorch / catrnn", "the same, nothing recorded"] * bool(torch), rows)]


def many_cats(rounds):
    rows = []
    for h in (2, 4, 8, 16):
        runs = {"products": products(h, CATS), "sums": products(h, CATS, multiply_and_sum),
                "quiet": catrnn(h, CATS, record=False), "cats": catrnn(h, CATS),
                "loop quiet": loop(h, False), "loop": loop(h, True)}
        if torch:
            runs["vmap"] = pytorch_vmap(h, CATS)
        ms = medians(runs, rounds)
        loops = {name: ms[name] * CATS / SINGLES for name in ("loop", "loop quiet")}
        row = [f"{h}", *(f"{ms[name]:.0f}" for name in ("products", "sums", "quiet", "cats")), f"{loops['loop']:.0f}",
               verdict(loops["loop quiet"] / ms["quiet"], MANY_GOAL if h == 2 else None),
               f"{loops['loop'] / ms['cats']:.1f}"]
        rows.append(row + ([f"{ms['vmap']:.0f}", f"{ms['vmap'] / ms['quiet']:.1f}"] if torch else []))
    head = ["H", "NumPy's matrix products alone, ms", "the same products by multiply and sum, ms",
            "catrnn, nothing recorded, ms", "catrnn, all recorded, ms", "loop, all recorded, ms",
            "loop / catrnn, nothing recorded", "loop / catrnn, all recorded"]
    return [f"## {CATS:,} cats side by side, {EPOCHS} epochs, {DAYS} days, full look-back", "",
            f"The loop is timed over {SINGLES} cats and scaled up.",
            "The first column is the floor: batched products of tiny matrices are NumPy's limit. The larger H, the",
            "more of the work is theirs, and the less a loop over cats wastes. The second is another way to the same.",
            "",
            *table(head + ["PyTorch's vmap, ms", "vmap / catrnn, nothing recorded"] * bool(torch), rows)]


def growth(rounds):
    sweeps = {
        "days T (H = 8, one cat)": ("t", (4, 8, 16, 32, 64, 128), dict(h=8)),
        "hidden units H (one cat)": ("h", (2, 8, 32, 64, 128, 256), dict()),
        "hidden units H (100 cats)": ("h", (2, 4, 8, 16, 32, 64), dict(m=100, record=False)),
        "cats M (H = 2, 20 epochs)": ("m", (1, 10, 100, 1000, 10000), dict(h=2, epochs=20, record=False)),
        "epochs (H = 8, one cat)": ("epochs", (25, 50, 100, 200, 400, 800), dict(h=8)),
    }
    rows = []
    for name, (letter, values, rest) in sweeps.items():
        runs = {value: catrnn(**rest, **{letter: value}) for value in values}
        ms = list(medians(runs, max(3, rounds // 3)).values())
        rows.append([name, ", ".join(f"{v}: {each:.1f}" for v, each in zip(values, ms, strict=True)),
                     f"{exponent(values, ms):.2f}", f"{exponent(values[-2:], ms[-2:]):.2f}"])
    return ["## Growth", "",
            "An exponent of 1 is in proportion, 0 is no growth; fitted by least squares to the logarithms.",
            f"{EPOCHS} epochs and {DAYS} days where nothing else is said. Many cats are not recorded.", "",
            *table(["with", "ms", "exponent", "exponent of the last two"], rows)]


def memory():
    rows = [[f"{m or 1:,}", f"{h}", *(f"{megabytes(catrnn(h, m, record=record)):.1f}" for record in (False, True))]
            for m, h in ((None, 2), (None, 16), (None, 64), (CATS, 2), (CATS, 8), (CATS, 16))]
    return [f"## Peak memory of one training, {EPOCHS} epochs, {DAYS} days", "", "What it allocates, by tracemalloc.",
            "",             *table(["cats", "H", "nothing recorded, MB", "all recorded, MB"], rows)]


def machine():
    model, cpuinfo = platform.machine(), Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = [line for line in cpuinfo.read_text("utf-8").splitlines() if line.startswith("model name")]
        model = f"{lines[0].partition(':')[2].strip()}, {model}" if lines else model
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    versions = f"Python {platform.python_version()}, NumPy {np.__version__} with {blas['name']} {blas['version']}"
    return f"{os.cpu_count()} cores ({model}), {platform.system()}, {versions}, " + (
        f"PyTorch {torch.__version__}." if torch else "without PyTorch: install torch to compare with it.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    if torch:
        torch.set_num_threads(1)
    else:
        print("PyTorch is not installed; going on without it")
    lines = ["# How fast a training is", "",
             "Written by `python benchmarks/train_speed.py`, which says how it measures.", "",
             f"One thread, float64, medians of {rounds} interleaved rounds ({max(3, rounds // 3)} of many cats and of "
             "growth), in milliseconds of the processor.", machine(), ""]
    printed = 0
    for part in (lambda: one_cat(rounds), lambda: many_cats(max(3, rounds // 3)), lambda: growth(rounds), memory):
        lines += part()
        print(*lines[printed:], sep="\n", flush=True)
        printed = len(lines)
    REPORT.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
