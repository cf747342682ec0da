"""What the window can be told to do, one line an action: name, group, title, keys, deed.

Everything here has its shortcut, which the user can change, a line under F1 and one in the command palette.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.ui.actions import ActionRegistry
from app.ui.look.appearance import STEP
from app.ui.transcript.message_port import STEPS, MessageAction
from app.ui.views import View

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

FIXED = (
    ("Chat", "Send the message", "Return"),
    ("Chat", "New line in the message", "Shift+Return"),
    ("Chats", "Rename the marked chat of the list", "F2"),
    ("Chats", "Delete the marked chat of the list", "Del"),
    ("Comparison", "Next difference, in the analysis", "N"),
    ("Comparison", "Previous difference, in the analysis", "P"),
)
"""Group, title and keys of what belongs to one widget and cannot be changed."""


def add_shortcuts(window: "MainWindow") -> ActionRegistry:
    """Each does what its button does."""

    def chat_id() -> int:
        return window.flow.chat.chat_id

    def explain() -> None:
        if window.views.comparing and (pane := window.compare.analysis) is not None:
            pane.explain.click()

    def repeat() -> None:
        if window.views.comparing and (pane := window.compare.analysis) is not None:
            pane.repeat.click()

    registry = ActionRegistry(window, window.preferences.settings.shortcuts)
    add, bar, pages, looks = registry.add, window.top_bar, window.pages, window.appearance
    over = partial(add, anywhere=True)  # a page that is open stays
    add("stop", "Chat", "Stop what runs", "Esc", window.views.stop)
    add("write", "Chat", "Go to the message field", "Ctrl+L", window.composer.setFocus)
    add("new_chat", "Chats", "New chat", "Ctrl+N", window.new_chat)
    add("find", "Chat", "Find in this chat", "Ctrl+F", window.pane.begin_find)
    add("search_chats", "Chats", "Search all chats", "Ctrl+Shift+F", window.sidebar.search.setFocus)
    transfer, attaching = window.files.transfer, window.files.attaching
    add("attach", "Chat", "Attach text files", "Ctrl+Shift+A", attaching.ask)
    add("export_chat", "Chats", "Export this chat", "Ctrl+E", lambda: transfer.ask_to_export(chat_id()))
    add("export_chats", "Chats", "Export all chats into a folder", "Ctrl+Shift+E", transfer.ask_to_export_all)
    add("import_chats", "Chats", "Import chats", "Ctrl+O", transfer.ask_to_import)
    add("import_folder", "Chats", "Import a folder of chats", "Ctrl+Alt+O", transfer.ask_to_import_folder)
    add("pick_model", "Model", "Choose a model", "Ctrl+M", bar.picker.showPopup)
    add("native", "Model", "Run with Native", "Ctrl+1", bar.switch.button("native").click)
    add("transformers", "Model", "Run with Transformers", "Ctrl+2", bar.switch.button("transformers").click)
    add("rescan", "Model", "Rescan the model folders", "F5", window.scan)
    add("models_folder", "Model", "Choose the models folder", "Ctrl+Shift+O", window.models_folder.ask)
    add("compare", "Comparison", "Compare two runtimes", "Ctrl+Shift+C", bar.compare_button.click)
    add("analysis", "Comparison", "Show the analysis", "Ctrl+D", window.compare.controls.analysis.click)
    add("explain", "Comparison", "Explain the differences", "Ctrl+Shift+X", explain)
    add("repeat", "Comparison", "Ask both sides five times more", "Ctrl+Shift+J", repeat)
    add("benchmark", "Benchmark", "Measure models and runtimes", "Ctrl+Shift+B", bar.benchmark_button.click)
    add("sidebar", "Window", "Show or hide the chats", "Ctrl+B", bar.sidebar_button.toggle)
    add("panel", "Window", "Show or hide sampling and figures", "Ctrl+.", bar.panel_button.toggle)
    over("theme", "Window", "Next theme: system, light, dark, contrast", "Ctrl+Shift+L", looks.next_theme)
    over("larger", "Window", "Larger text", "Ctrl++", lambda: looks.change_size(STEP))
    over("smaller", "Window", "Smaller text", "Ctrl+-", lambda: looks.change_size(-STEP))
    over("usual_size", "Window", "Text as large as the system's", "Ctrl+0", lambda: looks.change_size(0))
    over("palette", "Window", "Find an action, a chat or a model", "Ctrl+K", window.command_palette.open)
    over("settings", "Window", "Settings", "Ctrl+,", lambda: pages.show("settings"))
    over("welcome", "Model", "Get the demo model", "Ctrl+Shift+G", lambda: pages.show("welcome"))
    over("shortcuts", "Window", "Show all shortcuts", "F1", lambda: pages.show("shortcuts"))
    over("about", "Window", "About Facet, licences, diagnostics", "Shift+F1", lambda: pages.show("about"))
    over("quit", "Window", "Quit", "Ctrl+Q", window.close)
    _add_message_actions(window, registry)
    for name, button in (
        ("attach", window.composer.clip),
        ("new_chat", window.sidebar.new_button),
        ("sidebar", bar.sidebar_button),
        ("panel", bar.panel_button),
        ("compare", bar.compare_button),
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
        registry.add(action.action_name, "Messages", action.title, action.default_keys, deed)
    for name, title, keys, by in STEPS:
        registry.add(name, "Messages", title, keys, in_chat(partial(messages.step_aimed, by)))
    undo = in_chat(messages.removed.undo)
    registry.add("message_undo", "Messages", "Bring back what was deleted last", "Ctrl+Alt+Z", undo)
    messages.keys_of = registry.keys_of
