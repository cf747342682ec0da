"""What the window can be told to do, one line an action: name, group, title, keys, deed.

Everything here has its shortcut, which the user can change, a line under F1 and one in the command palette.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from app.language import marked, tr
from app.ui.actions import ActionRegistry
from app.ui.look.appearance import STEP
from app.ui.transcript.message_port import STEPS, MessageAction
from app.ui.views import View

if TYPE_CHECKING:
    from app.ui.compare.analysis_pane import AnalysisPane
    from app.ui.main_window import MainWindow

_CHAT = marked("Chat")
_CHATS = marked("Chats")
_MESSAGES = marked("Messages")
_MODEL = marked("Model")
_COMPARISON = marked("Comparison")
_BENCHMARK = marked("Benchmark")
_WINDOW = marked("Window")

FIXED = (
    (_CHAT, marked("Send the message"), "Return"),
    (_CHAT, marked("New line in the message"), "Shift+Return"),
)
"""Group, title and keys of what cannot be changed: Enter also chooses in lists, presses buttons and ends
lines, so what it does depends on where the keyboard is.
"""


def add_shortcuts(window: "MainWindow") -> ActionRegistry:
    """Each does what its button does."""

    def chat_id() -> int:
        return window.flow.chat.chat_id

    def explain() -> None:
        analyse(lambda pane: pane.explain)

    def repeat() -> None:
        analyse(lambda pane: pane.repeat)

    def analyse(button_of: Callable[["AnalysisPane"], QPushButton]) -> None:
        pane = window.compare.analysis if window.views.comparing else None
        if pane is not None and button_of(pane).isEnabled():
            button_of(pane).click()
        elif pane is None or pane.stop.isHidden():  # else it is under way
            window.notice.say(tr("There are no two answers to analyse: ask in a comparison first."))

    registry = ActionRegistry(window, window.preferences.settings.shortcuts)
    add, bar, pages, looks = registry.add, window.top_bar, window.pages, window.appearance
    over = partial(add, anywhere=True)  # a page that is open stays
    add("stop", _CHAT, tr("Stop what runs"), "Esc", window.views.stop)
    add("write", _CHAT, tr("Go to the message field"), "Ctrl+L", window.composer.setFocus)
    add("new_chat", _CHATS, tr("New chat"), "Ctrl+N", window.new_chat)
    add("find", _CHAT, tr("Find in this chat"), "Ctrl+F", window.pane.begin_find)
    add("search_chats", _CHATS, tr("Search all chats"), "Ctrl+Shift+F", window.sidebar.search.setFocus)
    transfer, attaching = window.files.transfer, window.files.attaching
    add("attach", _CHAT, tr("Attach text files"), "Ctrl+Shift+A", attaching.ask)
    add("export_chat", _CHATS, tr("Export this chat"), "Ctrl+E", lambda: transfer.ask_to_export(chat_id()))
    add(
        "export_chats",
        _CHATS,
        tr("Export all chats into a folder"),
        "Ctrl+Shift+E",
        transfer.ask_to_export_all,
    )
    add("import_chats", _CHATS, tr("Import chats"), "Ctrl+O", transfer.ask_to_import)
    add("import_folder", _CHATS, tr("Import a folder of chats"), "Ctrl+Alt+O", transfer.ask_to_import_folder)
    add("pick_model", _MODEL, tr("Choose a model"), "Ctrl+M", bar.picker.showPopup)
    add("native", _MODEL, tr("Run with Native"), "Ctrl+1", bar.switch.button("native").click)
    add(
        "transformers", _MODEL, tr("Run with Transformers"), "Ctrl+2", bar.switch.button("transformers").click
    )
    add("rescan", _MODEL, tr("Rescan the model folders"), "F5", window.scan)
    add("models_folder", _MODEL, tr("Choose the models folder"), "Ctrl+Shift+O", window.models_folder.ask)
    add("compare", _COMPARISON, tr("Compare two runtimes"), "Ctrl+Shift+C", bar.compare_button.click)
    add("analysis", _COMPARISON, tr("Show the analysis"), "Ctrl+D", window.compare.controls.analysis.click)
    add("explain", _COMPARISON, tr("Explain the differences"), "Ctrl+Shift+X", explain)
    add("repeat", _COMPARISON, tr("Ask both sides five times more"), "Ctrl+Shift+J", repeat)
    add(
        "benchmark", _BENCHMARK, tr("Measure models and runtimes"), "Ctrl+Shift+B", bar.benchmark_button.click
    )
    add("sidebar", _WINDOW, tr("Show or hide the chats"), "Ctrl+B", bar.sidebar_button.toggle)
    add("panel", _WINDOW, tr("Show or hide sampling and figures"), "Ctrl+.", bar.panel_button.toggle)
    over("theme", _WINDOW, tr("Next theme: system, light, dark, contrast"), "Ctrl+Shift+L", looks.next_theme)
    over("larger", _WINDOW, tr("Larger text"), "Ctrl++", lambda: looks.change_size(STEP))
    over("smaller", _WINDOW, tr("Smaller text"), "Ctrl+-", lambda: looks.change_size(-STEP))
    over("usual_size", _WINDOW, tr("Text as large as the system's"), "Ctrl+0", lambda: looks.change_size(0))
    over("palette", _WINDOW, tr("Find an action, a chat or a model"), "Ctrl+K", window.command_palette.open)
    over("settings", _WINDOW, tr("Settings"), "Ctrl+,", lambda: pages.show("settings"))
    over("welcome", _MODEL, tr("Get the demo model"), "Ctrl+Shift+G", lambda: pages.show("welcome"))
    over("shortcuts", _WINDOW, tr("Show all shortcuts"), "F1", lambda: pages.show("shortcuts"))
    over("about", _WINDOW, tr("About Facet, licences, diagnostics"), "Shift+F1", lambda: pages.show("about"))
    over("quit", _WINDOW, tr("Quit"), "Ctrl+Q", window.close)
    _add_message_actions(window, registry)
    _add_actions_of_places(window, registry)
    for name, button in (
        ("attach", window.composer.clip),
        ("new_chat", window.sidebar.new_button),
        ("sidebar", bar.sidebar_button),
        ("panel", bar.panel_button),
        ("compare", bar.compare_button),
        ("analysis", window.compare.controls.analysis),
        ("benchmark", bar.benchmark_button),
    ):
        registry.label(name, button)
    registry.changed.connect(lambda: window.preferences.change(shortcuts=registry.chosen))
    return registry


def _add_message_actions(window: "MainWindow", registry: ActionRegistry) -> None:
    """For the message in which the keyboard is, else for the last one; only in the chat."""
    messages = window.messages

    def in_chat(deed: Callable[[], object]) -> Callable[[], object]:
        return lambda: deed() if window.views.shown is View.CHAT else None

    for action in MessageAction:
        deed = in_chat(partial(messages.run_aimed, action))
        registry.add(action.action_name, _MESSAGES, action.title, action.default_keys, deed)
    for name, title, keys, by in STEPS:
        registry.add(name, _MESSAGES, tr(title), keys, in_chat(partial(messages.step_aimed, by)))
    undo = in_chat(messages.removed.undo)
    registry.add("message_undo", _MESSAGES, tr("Bring back what was deleted last"), "Ctrl+Alt+Z", undo)
    messages.keys_of = registry.keys_of


def _add_actions_of_places(window: "MainWindow", registry: ActionRegistry) -> None:
    """Their keys work in the list of chats, and in the comparison."""
    chats = partial(registry.add, place=window.sidebar.list)
    chats(
        "rename_chat", _CHATS, tr("Rename the marked chat of the list"), "F2", window.sidebar.rename_current
    )
    chats(
        "delete_chat", _CHATS, tr("Delete the marked chat of the list"), "Del", window.sidebar.delete_current
    )

    def step(by: int) -> None:
        if window.views.comparing and (pane := window.compare.analysis) is not None:
            pane.step(by)

    def show_keys(*_: object) -> None:
        if (pane := window.compare.analysis) is not None:
            keys = (registry.keys_of("previous_difference"), registry.keys_of("next_difference"))
            pane.show_step_keys(*keys)

    comparison = partial(registry.add, place=window.compare)
    comparison("next_difference", _COMPARISON, tr("Next difference, in the analysis"), "N", partial(step, 1))
    comparison(
        "previous_difference", _COMPARISON, tr("Previous difference, in the analysis"), "P", partial(step, -1)
    )
    window.compare.analysis_made.connect(show_keys)
    registry.changed.connect(show_keys)
