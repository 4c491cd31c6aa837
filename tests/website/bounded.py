"""To ask a page for what somebody else promises it, and to say what did not come."""

import json

SOON = 60_000  # milliseconds; what takes longer never comes, on the busiest machine too
BOUNDED = """argument => Promise.race([(%s)(argument), new Promise((_, fail) =>
    setTimeout(() => fail(new Error(%s)), %d))])"""


def promised(page, promise: str, argument=None, *, else_say: str):
    """Return what a promise in a page comes to; Playwright by itself would wait for ever.

    promise: JavaScript, a function of the argument.
    """
    return page.evaluate(BOUNDED % (promise, json.dumps(else_say), SOON), argument)
