"""A screen reader of a few lines: drives the window through the accessibility bus; prints JSON.

Runs in the system's Python, which has Debian's python3-pyatspi, inside a D-Bus session of its own:
accessibility_client.py COMMAND...  starts the window.
"""

import json
import subprocess
import sys
import threading
import time

import pyatspi
from gi.repository import GLib

_PATIENCE_S = 30


def find(root, role, name):
    """The first thing on screen with that role and a name that begins so."""

    def fits(thing):
        try:
            shown = thing.getState().contains(pyatspi.STATE_SHOWING)
            return shown and thing.getRole() == role and thing.name.startswith(name)
        except (GLib.Error, NotImplementedError):  # it may be gone by now
            return False

    return pyatspi.utils.findDescendant(root, fits)


def wait(what, look):
    """What `look` finds, as soon as it does."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        try:
            found = look()
        except (GLib.Error, AttributeError, LookupError):  # the window is not on the bus yet
            found = None
        if found:
            return found
        time.sleep(0.3)
    sys.exit(f"not found on the accessibility bus: {what}; there is\n" + "\n".join(outline(application())))


def outline(thing, depth=0):
    """What is on screen, a line for each thing."""
    yield f"{' ' * depth}{thing.getRoleName()} {thing.name!r}"
    for inner in thing:
        if inner is not None and inner.getState().contains(pyatspi.STATE_SHOWING):
            yield from outline(inner, depth + 1)


def application():
    """The window's program, among all on the bus."""
    for one in pyatspi.Registry.getDesktop(0):
        if one is not None and one.name == "Facet":
            return one
    raise LookupError


def listen(said):
    """Collect announcements, in a thread of their own."""
    pyatspi.Registry.registerEventListener(lambda event: said.append(event.any_data), "object:announcement")
    threading.Thread(target=pyatspi.Registry.start, daemon=True).start()


def act(window):
    """Ask one question as somebody who only hears does."""
    composer = wait("the composer", lambda: find(window, pyatspi.ROLE_TEXT, "Message"))
    picked = wait("the model", lambda: find(window, pyatspi.ROLE_COMBO_BOX, "gemma"))
    composer.queryEditableText().setTextContents("What is the capital of France?")
    send = wait("Send", lambda: find(window, pyatspi.ROLE_PUSH_BUTTON, "Send"))
    wait("an enabled Send", lambda: send.getState().contains(pyatspi.STATE_ENABLED))
    actions = send.queryAction()
    names = [actions.getName(number) for number in range(actions.nActions)]
    actions.doAction(names.index("Press"))

    def answer():
        found = find(window, pyatspi.ROLE_LABEL, "Answer of")  # a text that cannot be edited
        if not found or not find(window, pyatspi.ROLE_PUSH_BUTTON, "Send"):  # Stop while it answers
            return None
        # What this side knows of the button may be older than the text: so it must be twice the same.
        before = read(found)
        time.sleep(0.5)
        return found if before and read(found) == before else None

    answered = wait("the finished answer", answer)
    return {
        "model": f"{picked.description}: {picked.name}",
        "author": answered.name,
        "answer": read(answered),
    }


def read(label):
    """The text of `label`."""
    text = label.queryText()
    return text.getText(0, text.characterCount)


def main():
    said = []
    listen(said)
    program = subprocess.Popen(sys.argv[1:])
    try:
        window = wait("the window", lambda: find(application(), pyatspi.ROLE_FRAME, "Facet"))
        found = act(window)
        wait("an announcement", lambda: said)
    finally:
        program.terminate()
        program.wait(30)
    sys.stdout.write(json.dumps({**found, "said": said}) + "\n")


main()
