"""What a key does to questions that are answered one key each."""

from collections.abc import Callable

from msgspec.structs import replace

from mmt.model.at_home import DONE
from mmt.model.text import clean
from mmt.model.visit import Answer

from .form import Answered, Form
from .questions import Question
from .words import TEN, hint, limits, text_here

LEAVING = ("up", "down", "/", "*", "pageup", "pagedown")
"""The keys that leave a question; what is half typed is kept first."""

YES, NO = ("1", "y"), ("0", "n")

READ_S = 1.0
"""Seconds after which a page that − turned to counts as seen. No question can be read out in less, so that a
key pressed twice answers nothing that nobody asked."""


def press(form: Form, key: str, text: str = "", now: float = 0.0) -> Answered:
    """What `key` does to the form at the moment `now` (s of any steady clock).

    `text` is what it writes where text is asked for.
    """
    question = form.at
    if form.typed and key in LEAVING and not text_here(form, text):
        return _keep_and_leave(form, key)
    if key in _ALWAYS:
        return _ALWAYS[key](form)
    if text_here(form, text):
        return Answered(state=form.typing(form.typed + text))
    if question is not None and question.taken == "number" and (done := _digits(form, question, key)):
        return done
    if key in _WALK:
        return Answered(state=form.moved(_WALK[key](form)))
    if key == "x":
        return _take_back(form)
    if question is None:
        return _refuse(form, "This is the end. Enter goes on to the next step.")
    return _rest_no(form, now) if key == "-" else _answer(form, question, key)


def _keep_and_leave(form: Form, key: str) -> Answered:
    """What is half typed is kept, then the key leaves; what cannot be kept stays and says why, once."""
    kept = Answered(state=form.typing(""), word=_dropped(form)) if form.refused else _enter(form)
    return kept if kept.refused else replace(kept, state=press(kept.state.moved(form.cursor), key).state)


def _enter(form: Form) -> Answered:
    question = form.at
    if question is None or not form.typed:
        return Answered(state=form.moved(form.cursor + 1))
    if form.refused:
        return Answered(state=form.typing(""), word=_dropped(form))
    if question.taken == "text":
        text = clean(form.typed)
        return _given(form, question, text) if text else _unkept(form, "Nothing is written.")
    try:
        value = float(form.typed)
    except ValueError:
        return _unkept(form, f"{form.typed} is not a number.")
    least, most = question.least, question.most
    if (least is not None and value < least) or (most is not None and value > most):
        return _unkept(form, f"{form.typed} is out of range: {limits(question)}.")
    return _given(form, question, int(value) if value == int(value) else value)


def _unkept(form: Form, why: str) -> Answered:
    """What is typed cannot be kept. It stays to be mended; one more key drops it."""
    anew = "" if form.at is not None and form.at.taken == "text" else " A digit begins anew;"
    return _refuse(replace(form, refused=True), f"{why}{anew} Enter drops it.")


def _dropped(form: Form) -> str:
    return f"Dropped: {form.typed.strip()}" if form.typed.strip() else "Dropped."


def _erase(form: Form) -> Answered:
    question = form.at
    if form.typed:
        return Answered(state=form.typing(form.typed[:-1]))
    held = form.answers.get(question.key) if question else None
    if question is not None and question.taken == "text" and isinstance(held, str):
        return Answered(state=form.typing(held[:-1]))
    return Answered(state=form.moved(form.cursor - 1))


def _digits(form: Form, question: Question, key: str) -> Answered | None:
    typed = "" if form.refused and key != "-" else form.typed
    if key.isdecimal() or (key == "." and form.typed):
        return Answered(state=form.typing(typed + key))
    if key == "-" and question.least is not None and question.least < 0:
        return Answered(state=form.typing(typed[1:] if typed.startswith("-") else "-" + typed))
    return None


def _rest_no(form: Form, now: float) -> Answered:
    """No to each question of the page that was not answered yet, from the cursor on."""
    if form.turned is not None and now - form.turned < READ_S:
        return _refuse(form, "Too soon: wait a second and read this page out, then − is no to it.")
    if form.typed:
        return _refuse(form, f"{form.typed} is not kept yet: Enter keeps it.")
    open_ones = form.open_no
    if not open_ones:
        return _refuse(form, "Nothing on this page is left to answer with no.")
    given = form.answered(open_ones, False)
    left = [at for at in form.page if at >= form.cursor and form.questions[at].key not in given.answers]
    after = replace(
        given,
        cursor=left[0] if left else form.page.stop,
        turned=None if left else now,
    )
    writes = after.at is not None and after.at.taken == "text"
    word = f"{len(open_ones)} answered no." + ("" if writes else " X takes them back.")
    return Answered(state=after, changed=open_ones, value=False, word=word)


def _take_back(form: Form) -> Answered:
    """Drop what is half typed; else undo what the last key answered, else the answer under the cursor."""
    if form.typed:
        return Answered(state=form.typing(""), word=_dropped(form))
    if form.last:
        taken, value, first = form.last, form.before, form.questions.index(form.last[0])
    elif form.at is not None and form.at.key in form.answers:
        taken, value, first = (form.at,), None, form.cursor
    else:
        return _refuse(form, "Nothing is answered here.")
    undone = form.moved(first).answered(taken, value).moved(first)
    one = taken[0]
    said = f"{len(taken)} questions" if len(taken) > 1 else one.ask
    back = f"Back to {one.words(value)}" if value is not None else "Taken back, not asked"
    return Answered(state=undone, changed=taken, value=value, word=f"{back}: {said}")


def _answer(form: Form, question: Question, key: str) -> Answered:
    if question.taken == "yes-no" and key in (*YES, *NO):
        return _given(form, question, key in YES)
    if question.taken == "score" and (key.isdecimal() or key == TEN):
        return _given(form, question, 10 if key == TEN else int(key))
    if key.isdecimal() and 1 <= int(key) <= len(question.choices):
        chosen = question.choices[int(key) - 1][0]
        if question.taken == "choice":
            return _given(form, question, chosen)
        if question.taken == "move" and chosen in DONE:
            felt = [one for one in _held(form, question) if one not in DONE]
            return _given(form, question, (chosen, *felt))
        if question.taken in ("words", "move"):
            return _toggled(form, question, chosen)
    return _refuse(form, f"{key} answers nothing here: {hint(question)}.")


def _toggled(form: Form, question: Question, word: str) -> Answered:
    order = [name for name, _ in question.choices]
    now = {*_held(form, question)} ^ {word}
    value = tuple(name for name in order if name in now) or None
    return Answered(state=form.answered((question,), value), changed=(question,), value=value)


def _held(form: Form, question: Question) -> tuple[str, ...]:
    """The words that are chosen now."""
    held = form.answers.get(question.key)
    return held if isinstance(held, tuple) else ()


def _given(form: Form, question: Question, value: Answer) -> Answered:
    """The answer to the question under the cursor, which goes on."""
    given = form.answered((question,), value)
    return Answered(state=replace(given, cursor=form.cursor + 1), changed=(question,), value=value)


def _refuse(form: Form, word: str) -> Answered:
    return Answered(state=form, word=word, refused=True)


_ALWAYS: dict[str, Callable[[Form], Answered]] = {
    "up": lambda form: Answered(state=form.moved(form.cursor - 1)),
    "down": lambda form: Answered(state=form.moved(form.cursor + 1)),
    "pageup": lambda form: Answered(state=form.moved(form.page_before)),
    "pagedown": lambda form: Answered(state=form.moved(form.page.stop)),
    "enter": _enter,
    "backspace": _erase,
    "escape": lambda form: Answered(state=form.typing(""), word=_dropped(form)),
}
"""Keys that mean the same whatever is asked."""

_WALK: dict[str, Callable[[Form], int]] = {
    "/": lambda form: form.cursor - 1,
    "*": lambda form: form.page.stop,
    ".": lambda form: len(form.questions),
}
"""Signs of the keypad that go to another question, where they are not text."""
