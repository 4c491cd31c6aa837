"""What is said of a change that makes an answer right: with the change, or with its place alone."""

from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.plain_words import in_words
from catrnn.lab.exercises.shown import evidence, invalid_words, sentence


def borrowed(exercise, found, tries) -> str:
    """Say which names are not the answer's own, and what to write for them."""
    names, mend = found.facts["names"], found.facts["mend"]
    if mend and mend.kind == "kept_nowhere":
        return kept_nowhere(names)
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


def kept_nowhere(names: list) -> str:
    """Say that what came into one method is not known in another, and how it is kept."""
    it, is_ = ("it", "is") if len(names) == 1 else ("them", "are")
    kept = " and ".join(f"self.{one.name} = {one.name}" for one in names)
    here = " and ".join(f"self.{one.name}" for one in names)
    return (f"{listed(names)} {is_} not known in line {names[0].line}: what comes into one "
            f"function of a class stays there, unless it is kept. Keep {it} there with {kept}, and "
            f"write {here} here.")


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
    with_change = CHANGES[mend.kind][1]
    place = instead(mend.places) if with_change else looking(mend.places)
    said = [words_of(mend), place]
    error = tries[found.probe or 0].got.error
    problem = tries[found.probe or 0].got.invalid
    if error and not with_change:
        said.append(sentence(f"It stopped: {in_words(error.problem)}"))
    elif problem and not with_change:
        said.append(sentence(invalid_words(problem)))
    elif not (error or problem or found.probe is None or mend.kind == "rounded"):
        said.append(evidence(exercise, found, tries))
    return " ".join(said)


def words_of(mend) -> str:
    """Return what is told of a kind of change, closer where the change itself tells more."""
    words, first = CHANGES[mend.kind][0], mend.places[0]
    if mend.kind == "too_much" and first.new and first.new in first.old:
        part = first.old.replace(first.new, "", 1).strip(" */+-@")
        return words.replace("A part of this line", f"`{part}`") if part else words
    if mend.kind == "brackets" and "**" in first.new and "**" in first.old:
        return "Python takes a power before it adds and takes away: brackets are missing."
    if mend.kind == "places" and first.old.startswith("range("):
        return "The loop begins or ends at the wrong place."
    if mend.kind == "places" and "[" not in first.old and "[" in first.new:
        return "Only a part of this is meant here, not the whole."
    if mend.kind == "places" and ":" in first.old and ":" not in first.new:
        return "A colon takes a piece, even of one; a place alone takes what stands there."
    return words


def looking(places: tuple) -> str:
    """Say where to look."""
    lines = sorted({place.line for place in places if place.old} or {places[0].line})
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
    "commas": ("A comma at the end makes a tuple, a list of one thing, out of it. Leave it out.",
               True),
    "unreached": ("Nothing behind a return is done, and here lines stand behind one. Move the "
                  "return to the end.", False),
    "lost": ("A sum ends with its line: the next one, which begins with a sign, is lost. Put "
             "brackets around the whole sum.", False),
    "shadowed": ("One name stands for two things here, and the second takes the place of the "
                 "first. Give it a name of its own.", False),
    "signs_of_giving": ("+= adds and -= takes away; =+ and =- give a new value, and == only asks "
                        "whether two things are equal.", True),
    "given_nothing": ("append and its like change the list itself and hand nothing back, so no "
                      "name and no = belong in front.", True),
    "sums": ("sum adds up the rows alone; np.sum adds up all numbers.", True),
    "twice": ("This line stands there twice, so it is done twice.", False),
    "listed_otherwise": ("What is put into the list is not what goes on into the next round: work "
                         "it out first, then put it in.", False),
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
