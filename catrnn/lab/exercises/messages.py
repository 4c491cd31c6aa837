"""Fourth stage: all that a learner reads. A function for each kind of finding, then its parts."""

import numpy as np

from catrnn.lab.exercises.compare import TOLERANCE, same
from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned
from catrnn.lab.exercises.findings import CORRECT, NOT_STARTED, Diagnosis, ErrorSite, Kind
from catrnn.lab.exercises.plain_words import in_words, of_syntax
from catrnn.lab.exercises.run import NotNumbers, RaggedRows, SeveralThings, WrongCount

SHOWN = 14
"""The most numbers that a message shows of what went in, and half as many of what came out; else it
shows shapes, and the first number that is wrong."""

ONE_ONLY = "Give one answer only."
THIS_PAGE_ONLY = ("This page cannot reach the browser's store, so it is kept only until the page "
                  "is closed.")
NO_NAME = "The name of the exercise comes first, in quotation marks. progress() lists the names."


def message(exercise: Exercise, found: Diagnosis, tries: list) -> str:
    """Return what is said of an answer."""
    return WORDS[found.kind](exercise, found, tries)


def not_started(exercise, found, tries) -> str:
    return "Write it in place of the three dots, then run the cell again."


def not_python(exercise, found, tries) -> str:
    return sentence(error_words(found.facts["site"]))


def not_a_class(exercise, found, tries) -> str:
    given = kind_of(found.facts["given"])
    return f"A class is expected, but {given} was given. Give its name, without brackets."


def not_a_function(exercise, found, tries) -> str:
    given = kind_of(found.facts["given"])
    return (f"A function is expected, but {given} was given. "
            "Give its name, without brackets behind it.")


def wrong_arguments(exercise, found, tries) -> str:
    names = ", ".join(found.facts["names"])
    return f"It cannot be called as the task says. Its arguments should be: {names}."


def missing_method(exercise, found, tries) -> str:
    method, near = found.facts["method"], found.facts["near"]
    if near:
        return f"There is no {method}; is {near[0]} meant to be it? Call it {method}."
    if exercise.layer:
        names = ", ".join(found.facts["names"])
        return f"It has no {method} yet. Write it in the class: def {method}({names}):"
    rest = f"class {found.facts['name']}({exercise.reference.__name__})"
    return f"It has no {method}. Take the rest from the course: {rest}."


def wrong_method_arguments(exercise, found, tries) -> str:
    method, names, given = (found.facts[key] for key in ("method", "names", "given"))
    right = f"def {method}({', '.join(names)}):"
    if names[:1] == ["self"] and given[:1] != ["self"]:
        return f"self is missing in the brackets of {method}. Write {right}"
    more = [name for name in given if name not in names]
    if names == ["self"] and more:
        return (f"{method} is given nothing between its brackets: leave {' and '.join(more)} out, "
                f"and write {right} What forward kept is called by self.")
    return f"{method} cannot be called as the task says. Write {right}"


def correct(exercise, found, tries) -> str:
    return exercise.on_success


def borrowed(exercise, found, tries) -> str:
    """Say which names are not the answer's own, and what to write for them."""
    names, mend = found.facts["names"], found.facts["mend"]
    places = mend.places if mend else ()
    told = {place.old: place.new for place in places}
    kept = [one for one in names if told.get(one.name) == f"self.{one.name}"]
    others = [one for one in names if one not in kept]
    words = []
    if kept:
        if kept[0].known:
            words.append(f"{listed(kept)} here {are(kept)} the notebook's own.")
        else:
            words.append(f"No {listed(kept, 'or')} came in here.")
        words.append("What a layer keeps is called by self.")
    if any(one.known for one in others):
        known = [one for one in others if one.known]
        stay = "stays" if len(known) == 1 else "stay"
        words.append(f"{listed(known)} here {are(known)} the notebook's own, and {stay} the same "
                     "whatever comes in.")
    if unknown := [one for one in others if not one.known and one.name in told]:
        words.append(f"Nothing is called {listed(unknown)} here.")
    if not any(one.name in told for one in others) and others:
        words.append(f"Work with what is given: {given_words(exercise)}.")
    said = [*words, *([instead(places)] if places else [])]
    if places and not mend.kind:  # a part of what is to be done
        said.append("Then check again.")
    return " ".join(said)


def given_words(exercise: Exercise) -> str:
    """Return what an answer may work with."""
    return ", ".join(exercise.signature or exercise.axes)


def listed(names: list, last: str = "and") -> str:
    """Return borrowed names with commas and an and."""
    names = [one.name for one in names]
    return f" {last} ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def are(names: list) -> str:
    return "is" if len(names) == 1 else "are"


def instead(places: tuple) -> str:
    """Say what to write, and in which lines."""
    by_swap = {}
    for place in places:
        by_swap.setdefault((place.old, place.new), []).append(place.line)
    by_lines = {}
    for (old, new), lines in by_swap.items():
        by_lines.setdefault(tuple(sorted(set(lines))), []).append(f"`{new}` for `{old}`")
    said = []
    for lines, swaps in by_lines.items():
        numbers = " and ".join(filter(None, [", ".join(map(str, lines[:-1])), str(lines[-1])]))
        said.append(f"in line{'s' if len(lines) > 1 else ''} {numbers} write {', '.join(swaps)}")
    words = "; ".join(said)
    return f"{words[0].upper()}{words[1:]}."


def mended(exercise, found, tries) -> str:
    """Say what one small change would mend: with the change, or with its place alone."""
    mend = found.facts["mend"]
    words, with_change = CHANGES[mend.kind]
    first = mend.places[0]
    if mend.kind == "too_much" and first.new and first.new in first.old:
        part = first.old.replace(first.new, "", 1).strip(" */+-@")
        words = words.replace("A part of this line", f"`{part}`") if part else words
    if mend.kind == "places" and "[" not in first.old and "[" in first.new:
        words = "Only a part of this is meant here, not the whole."
    place = instead(mend.places) if with_change else looking(mend.places)
    said = [words, place]
    error = tries[found.probe or 0].got.error
    problem = tries[found.probe or 0].got.invalid
    if error and not with_change:
        said.append(sentence(f"It stopped: {in_words(error.problem)}"))
    elif problem and not with_change:
        said.append(sentence(invalid_words(problem)))
    elif not (error or problem or found.probe is None or mend.kind == "rounded"):
        said.append(evidence(exercise, found, tries))
    return " ".join(said)


def looking(places: tuple) -> str:
    """Say where to look."""
    lines = sorted({place.line for place in places})
    numbers = " and ".join(map(str, lines))
    many = "s" if len(lines) > 1 else ""
    old = short(next((place.old for place in places if place.old), ""))
    return f"Look at line{many} {numbers}" + (f", `{old}`." if old else ".")


def short(code: str) -> str:
    """Return code as one line."""
    return code.strip().splitlines()[0].strip() if code.strip() else ""


CHANGES = {
    "powers": ("^ is no power in Python; a power is written **.", True),
    "products": ("* multiplies number by number, and @ is the matrix product.", True),
    "maxima": ("max looks for the largest of several things; np.maximum compares number by "
               "number.", True),
    "ands": ("and, or and a double comparison want one True or False; between arrays write & or |, "
             "with brackets around each comparison.", True),
    "whole_questions": ("One True or False is asked for, and an array has one for each number.",
                        True),
    "fixed": ("A number is fixed here, and it depends on what comes in.", True),
    "counts": ("It counts the wrong thing: len counts rows, .size all numbers.", True),
    "several_returned": ("What comes back is not what the task asks for, or in another order.",
                         True),
    "rounded": ("A number was rounded on the way. Leave the rounding out.", True),
    "printed": ("print shows a thing and hands nothing back; return does.", True),
    "unreturned": ("Nothing is returned: the last line works it out and keeps it to itself.", True),
    "rebound": ("= with - makes a new array; -= changes the one that was given.", True),
    "aliases": ("Two names stand for one array here, so a change of one is a change of the other. "
                "Make a copy, or a new array.", True),
    "returned_in_loop": ("The return stands inside the loop, so the first round is the last. Move "
                         "it to the left, behind the loop.", False),
    "begun_in_loop": ("This line begins anew in every round of the loop. It belongs before the "
                      "loop.", False),
    "overwritten": ("Each round of the loop overwrites what the one before found. Add to it, with "
                    "+=.", True),
    "brackets": ("Python multiplies and divides before it adds and takes away: brackets are "
                 "missing.", True),
    "called": ("The brackets behind a name are not right: () calls a function, [] chooses a "
               "place.", True),
    "first_alone": ("Only the first one is taken here, and all of them count.", True),
    "numbered": ("This is the number of a thing, not the thing itself.", True),
    "numbers": ("A number here is not the right one.", False),
    "turned": ("A matrix here is turned on its side (.T) where it should not be, or is not where "
               "it should; or the two stand the wrong way round.", False),
    "comparisons": ("This comparison asks something else than the task.", False),
    "signs": ("A sign is wrong here: plus and minus, or times and divided.", False),
    "along": ("It is taken along the wrong axis, or over too many numbers.", False),
    "others_of_numpy": ("Another function is wanted here.", False),
    "places": ("The place between the brackets is not the right one.", False),
    "other_starts": ("It begins with something that was made up here, in place of what came in.",
                     False),
    "too_much": ("A part of this line has no place in it.", False),
    "too_little": ("A part is missing in this line.", False),
    "order": ("The lines stand in the wrong order.", False),
    "sides_of_loops": ("A line stands on the wrong side of a loop: is it done in each round, or "
                       "once behind them all?", False),
    "other_names": ("One name here is not the right one.", False),
}
"""By the kind of a change: what is told, and whether the change is told with it."""


def alias(exercise, found, tries) -> str:
    """Say that an argument was changed by a second name."""
    name, second = found.facts["name"], found.facts["second"]
    return (f"{name} is changed: {second} = {name} makes no copy, so {second} is {name} itself, "
            f"and what changes the one in place changes the other. Write {second} = "
            f"{name}.copy(), or make a new array each time: {second} = ...")


def unused(exercise, found, tries) -> str:
    """Say which arguments no line asks for."""
    names = found.facts["names"]
    several = " and ".join(names)
    words = f"{several} {'come' if len(names) > 1 else 'comes'} in, and no line asks for "
    words += "them." if len(names) > 1 else "it."
    if found.probe is not None and tries[found.probe].got.error:
        return f"{words} {stopped(exercise, found, tries)}"
    return f"{words} {evidence(exercise, found, tries)}".strip()


def no_difference(exercise, found, tries) -> str:
    """Say what makes no difference, and should."""
    names, result = found.facts["names"], exercise.returns[found.part]
    if len(names) == len(exercise.axes):
        words = f"{result} is the same whatever comes in"
    else:
        words = f"{' and '.join(names)} should make a difference to {result}, and does not"
    return f"{sentence(words)} {evidence(exercise, found, tries)}"


def rounded(exercise, found, tries) -> str:
    """Say to how many places a result is rounded."""
    places = found.facts["places"]
    many = f"{places} decimals" if places > 1 else "1 decimal"
    result = exercise.returns[found.part]
    return sentence(f"{result} is right, but rounded to {many}. Leave the rounding out")


def mutated(exercise, found, tries) -> str:
    """Say which argument was changed in place, and where."""
    probe, _, got = tries[found.probe]
    name, now = got.mutated
    was, is_now = (shown(x) if np.size(x) <= SHOWN else "other numbers" for x in (probe[name], now))
    words = f"{name} is changed in place: it was {was}, and after the call it is {is_now}. "
    if exercise.mutates:
        return (words + f"Only {' and '.join(exercise.mutates)} may change. "
                "Are the arguments in the order of the task?")
    if site := found.facts.get("site"):
        words += f"That is line {site[0]}, `{site[1]}`. "
    return (f"{words}Whoever gave it still needs it. Work on a copy: begin with {name} = "
            f"{name}.copy().")


def known_slip(exercise, found, tries) -> str:
    words = sentence(" Or: ".join(dict.fromkeys(slip.words for slip in found.slips)))
    return f"{words} {evidence(exercise, found, tries)}".strip()


def stopped(exercise, found, tries) -> str:
    """Say where it stopped, and on what."""
    probe, _, got = tries[found.probe or 0]
    given = values_of(probe) if exercise.lists else f"the shapes {shapes_of(probe)}"
    said = str(got.error.problem)
    more = next((words for piece, words in exercise.when_stopped.items() if piece in said), "")
    known = (*exercise.axes, *exercise.signature)
    return f"{sentence(error_words(got.error, known))} {more or f'It was given {given}.'}"


def invalid(exercise, found, tries) -> str:
    return sentence(invalid_words(tries[found.probe].got.invalid))


def wrong_value(exercise, found, tries) -> str:
    """Say which way a number is wrong, and where help is."""
    _, expected, got = arrays(found, tries)
    help_ = f'hint("{exercise.name}", 1) helps.'
    if exercise.choices:
        wrong = [k for k, (right, came) in enumerate(zip(
            tries[0].expected.parts, tries[0].got.parts, strict=True)) if not same(right, came)]
        names = ", ".join(f"{exercise.returns[k]} ({result_of(exercise, tries[0].got.parts[k])})"
                          for k in wrong)
        return f"Not what becomes of it: {names}. Look once more at what tells it. {help_}"
    if got.ndim:
        return f"That is not it. {evidence(exercise, found, tries)} {help_}"
    way = "high" if got > expected else "low"
    return f"That is too {way}. {evidence(exercise, found, tries)} {help_}"


def wrong_shape(exercise, found, tries) -> str:
    """Say that the shape is not right, and whether the numbers are."""
    probe, expected, got = arrays(found, tries)
    name = exercise.returns[found.part]
    shapes = f"expected {shape_of(expected)}, got {shape_of(got)}, for {shapes_of(probe)}."
    if expected.ndim and not got.ndim:
        return sentence(f"{name} is one number, and {shape_of(expected)} is wanted, for "
                        f"{shapes_of(probe)}. Is there a sum, a mean or a largest too many?")
    if got.T.shape == expected.shape and same(expected, got.T):
        return sentence(f"{name} is turned on its side: {shapes}")
    if got.size == expected.size and same(expected.ravel(), got.ravel()):
        return sentence(f"The numbers in {name} are right, but not its shape: {shapes}")
    return sentence(f"The shape of {name} is not right: {shapes}")


def wrong_numbers(exercise, found, tries) -> str:
    """Say what is wrong with all numbers of a result, and show the smallest that are."""
    words = NUMBERS[found.kind].format(name=exercise.returns[found.part], **found.facts)
    return f"{sentence(words)} {evidence(exercise, found, tries)}"


def wrong_factor(exercise, found, tries) -> str:
    """Say by how much a result is too large or too small, and show it."""
    factor = found.facts["factor"]
    times, way = (factor, "large") if factor > 1 else (1 / factor, "small")
    words = f"{exercise.returns[found.part]} is {times:.4g} times too {way}"
    return f"{sentence(words)} {evidence(exercise, found, tries)}"


NUMBERS = {
    Kind.WRONG_SIGN: "Every number in {name} has the wrong sign",
    Kind.SUM_FOR_MEAN: "{name} is n times too large, where n is the number of {what} in "
                       "{argument}: divide by n, or take a mean where you took a sum",
    Kind.MEAN_FOR_SUM: "{name} is n times too small, where n is the number of {what} in "
                       "{argument}: do not divide by n, or take a sum where you took a mean",
    Kind.NOT_A_NUMBER: "{name} holds nan, which is not a number: something was divided by zero, "
                       "or was never set.",
    Kind.ALL_ZEROS: "{name} is all zeros, as if it was forgotten",
    Kind.RIGHT_ON_SOME: "{name} is right on {right} of {tries} tries, and wrong on the others",
    Kind.WRONG_NUMBERS: "{name} does not hold the right numbers",
}

WORDS = {
    Kind.NOT_STARTED: not_started,
    Kind.NOT_PYTHON: not_python,
    Kind.NOT_A_CLASS: not_a_class,
    Kind.NOT_A_FUNCTION: not_a_function,
    Kind.WRONG_ARGUMENTS: wrong_arguments,
    Kind.MISSING_METHOD: missing_method,
    Kind.WRONG_METHOD_ARGUMENTS: wrong_method_arguments,
    Kind.CORRECT: correct,
    Kind.MUTATED: mutated,
    Kind.KNOWN_SLIP: known_slip,
    Kind.BORROWED: borrowed,
    Kind.MENDED: mended,
    Kind.ALIAS: alias,
    Kind.UNUSED: unused,
    Kind.NO_DIFFERENCE: no_difference,
    Kind.ROUNDED: rounded,
    Kind.STOPPED: stopped,
    Kind.INVALID: invalid,
    Kind.WRONG_VALUE: wrong_value,
    Kind.WRONG_SHAPE: wrong_shape,
    Kind.WRONG_FACTOR: wrong_factor,
    **dict.fromkeys(NUMBERS, wrong_numbers),
}


def error_words(site: ErrorSite, known: tuple = ()) -> str:
    """Say in which line of the learner's code it stopped, and what Python said."""
    problem = site.problem
    if isinstance(problem, SyntaxError):
        return of_syntax(problem)
    said = in_words(problem, known)
    if "number by number" in said and "*" in site.code.replace("**", ""):
        said += ". A matrix product is written with @"
    if site.line is None:
        return f"It stopped: {said}"
    return f"It stopped in line {site.line}, `{site.code}`: {said}"


def invalid_words(problem: InvalidResult) -> str:
    """Say what came back, where numbers were expected; an author's own words stand as they are."""
    match problem:
        case NothingReturned():
            return "Nothing is returned. End with a line that begins with return"
        case WrongCount(args=(names, kind, count)):
            came = f"{kind_of(kind)} came" if count is None else f"{count} things came"
            return (f"{len(names)} things are expected back, but {came}. "
                    f"End with: return {', '.join(names)}")
        case SeveralThings(args=(name, count)):
            return (f"{count} things came back; only {name} is wanted. Is there a comma in the "
                    "line of the return?")
        case RaggedRows(args=(name,)):
            return (f"{name} has rows of different lengths. "
                    "Give every row the same number of values")
        case NotNumbers(args=(name, kind, inside)):
            holding = f" holding {kind_of(inside)}" if inside else ""
            text = issubclass(kind, str)
            mend = ("Give the number itself, without quotation marks" if text else
                    "Give a list: list(...) makes one of it" if kind.__name__ == "generator" else
                    "Give a number or an array")
            return f"{name} should be numbers, but {kind_of(kind)} came{holding}. {mend}"
    return str(problem)


def kind_of(kind: type) -> str:
    """Return a type with its article, as learners know it."""
    if kind in (type(...), type(None)):
        return {type(...): "three dots", type(None): "None"}[kind]
    if issubclass(kind, int | float | np.integer | np.floating):
        return "a number"
    known = {"str": "text", "ndarray": "array", "type": "class"}
    name = known.get(kind.__name__, kind.__name__)
    return f"an {name}" if name[0] in "aeiouAEIOU" else f"a {name}"


def evidence(exercise: Exercise, found: Diagnosis, tries: list) -> str:
    """Return the smallest numbers that show it: what went in, what was expected, and what came."""
    if found.probe is None:
        return ""
    if tries[found.probe].got.invalid:
        return sentence(invalid_words(tries[found.probe].got.invalid))
    probe, expected, got = arrays(found, tries)
    several, name = len(exercise.returns) > 1, exercise.returns[found.part]
    if exercise.kind == "value":  # what is expected would be the answer
        mend = " One number is expected. Decimals are written with a point, as in 0.5."
        of_it = f" for {name}" if several else ""
        return f"You gave {result_of(exercise, got)}{of_it}.{mend if got.ndim else ''}"

    small = sum(np.size(x) for x in probe.values()) <= SHOWN
    given = values_of(probe) if small else shapes_of(probe)
    start = f"For {given}: {name} " if several else f"For {given}: "
    if expected.shape != got.shape:
        return start + f"expected {shape_of(expected)}, got {shape_of(got)}."
    if (small and expected.size <= SHOWN // 2) or expected.size == 1:
        right, came = result_of(exercise, expected), result_of(exercise, got)
        if right == came:  # they differ further behind the point
            right, came = shown(expected, 8), shown(got, 8)
        return start + f"expected {right}, got {came}."

    off = ~np.isclose(expected, got, rtol=0, atol=TOLERANCE * np.abs(expected).max())
    i = tuple(np.argwhere(off)[0].tolist())
    return start + f"at {list(i)} expected {shown(expected[i])}, got {shown(got[i])}."


def arrays(found: Diagnosis, tries: list) -> tuple:
    """Return the probe that shows it, and the expected and the given array of the wrong part."""
    probe, expected, got = tries[found.probe]
    return probe, expected.parts[found.part], got.parts[found.part]


def result_of(exercise: Exercise, x: np.ndarray) -> str:
    """Return a result as the learner knows it: the word that it stands for, or its numbers."""
    number = x.item() - 1 if exercise.choices and x.size == 1 else None
    if number in range(len(exercise.choices)):
        return repr(str(exercise.choices[int(number)]))
    return shown(x)


def sentence(words: str) -> str:
    """Return words as a sentence. A name such as d_x keeps its small letter."""
    words = "The " + words[4:] if words.startswith("the ") else words
    return words if words.endswith((".", "?", ":")) else words + "."


def values_of(probe: dict) -> str:
    """Return the arguments and what is in them."""
    return ", ".join(f"{name} = {shown(x, 8)}" for name, x in probe.items())


def shapes_of(probe: dict) -> str:
    """Return the shapes of the arguments in words."""
    return ", ".join(f"{name} {np.shape(x)}" if np.ndim(x) else f"{name} = {shown(x)}"
                     for name, x in probe.items())


def shape_of(x: np.ndarray) -> str:
    """Return a shape in words."""
    return f"shape {x.shape}" if x.ndim else "one number"


def shown(x, decimals: int = 4) -> str:
    """Return numbers as Python writes them, with at most four decimals and no dust."""
    if np.ndim(x):
        return "[" + ", ".join(shown(one, decimals) for one in x) + "]"
    return f"{round(float(x), decimals) + 0.0:.10g}"


def line(name: str, state: str, words: str) -> str:
    """Return the line that `check` prints."""
    return f"{name}: {state}. {words}"


def interrupted(name: str) -> str:
    return f"{name}: stopped before it came to an end. Does every loop in it end?"


def not_judged(problem: BaseException) -> str:
    return f"It cannot be judged: {type(problem).__name__}. Is it what the task asks for?"


def unknown(name: str, near: list) -> str:
    """Say that there is no exercise of this name, and which are near."""
    like_it = " or ".join(map(repr, near))
    help_ = f"Did you mean {like_it}?" if near else "progress() lists them all."
    return f"There is no exercise {name!r}. {help_}"


def hint_lines(exercise: Exercise) -> list:
    """Return the lines that `hint` prints, from the first hint to where the solution is."""
    last = f"That was the last one. To see how the course does it, type {exercise.solution_source}."
    hints = [*exercise.hints, last]
    return [f"{exercise.name}, hint {number} of {len(hints)}: {words}"
            for number, words in enumerate(hints, start=1)]


def progress_lines(exercises: list, states: dict, kept: bool) -> list:
    """Return the lines that `progress` prints.

    states: the best that was said of each, by name; kept: whether other notebooks will know it.
    """
    lines, notebook = [], ""
    for exercise in exercises:
        if exercise.notebook != notebook:
            notebook = exercise.notebook
            lines.append(notebook.replace("_", " "))
        lines.append(f"    {exercise.name:22} {states.get(exercise.name, NOT_STARTED)}")
    done = sum(states.get(exercise.name) == CORRECT for exercise in exercises)
    words = f"{done} of {len(exercises)} correct"
    return [*lines, f"{words}." if kept else f"{words} since this notebook was started."]
