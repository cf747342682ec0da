"""Branches are kept, stepping comes back to where one was, and any set of messages makes a tree."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from app.chat.title import LONGEST, title_of
from app.chat.tree import MessageTree


@dataclass(frozen=True)
class Said:
    id: int
    parent: int | None = None


def _ids(tree: MessageTree[Said]) -> list[int]:
    return [node.id for node in tree.branch]


def _forked() -> MessageTree[Said]:
    """1 - 2 - 3 - 4, and 5 beside 3, with 6 behind it."""
    return MessageTree([Said(1), Said(2, 1), Said(3, 2), Said(4, 3), Said(5, 2), Said(6, 5)])


def test_the_youngest_branch_is_on_screen_unless_a_leaf_is_given() -> None:
    assert _ids(_forked()) == [1, 2, 5, 6]
    assert _ids(MessageTree(_forked().nodes, leaf=4)) == [1, 2, 3, 4]
    assert _ids(MessageTree(_forked().nodes, leaf=3)) == [1, 2, 3, 4]
    assert _ids(MessageTree(_forked().nodes, leaf=99)) == [1, 2, 5, 6]
    assert _ids(MessageTree()) == []


def test_stepping_to_an_alternative_and_back_ends_where_one_was() -> None:
    tree = _forked()
    tree.add(Said(7, 5))
    tree.show(6)
    tree.show(3)
    assert _ids(tree) == [1, 2, 3, 4]
    tree.show(5)
    assert _ids(tree) == [1, 2, 5, 6]
    assert tree.siblings(5) == [3, 5]
    assert tree.siblings(1) == [1]


def test_a_branch_that_ends_early_takes_what_is_added_next() -> None:
    tree = _forked()
    tree.end_at(2)
    assert _ids(tree) == [1, 2]
    tree.add(Said(8, 2))
    assert _ids(tree) == [1, 2, 8]
    assert tree.siblings(8) == [3, 5, 8]


def test_what_followed_a_removed_message_follows_its_parent() -> None:
    tree = _forked()
    tree.remove(2)
    assert _ids(tree) == [1, 5, 6]
    assert tree.siblings(5) == [3, 5]
    tree.remove(6)
    assert _ids(tree) == [1, 5]
    tree.remove(1)
    assert _ids(tree) == [5]
    tree.remove(5)
    assert _ids(tree) == [3, 4]


def test_a_branch_is_taken_out_whole_and_comes_back() -> None:
    tree = _forked()
    tree.show(4)
    tree.show(6)
    assert [node.id for node in tree.path(5)] == [1, 2, 5]
    gone = tree.remove_branch(5)
    assert [node.id for node in gone] == [5, 6]
    assert _ids(tree) == [1, 2, 3, 4]  # the alternative beside it
    tree.restore(gone)
    assert _ids(tree) == [1, 2, 3, 4]
    tree.show(6)
    assert _ids(tree) == [1, 2, 5, 6]
    gone = tree.remove_branch(3)
    assert _ids(tree) == [1, 2, 5, 6]  # it was not on screen
    tree.restore(gone)
    assert tree.siblings(5) == [3, 5]
    gone = tree.remove_branch(1)
    assert len(gone) == 6
    assert _ids(tree) == []
    assert tree.leaf is None
    tree.restore(gone)
    tree.show(6)
    assert _ids(tree) == [1, 2, 5, 6]
    tree.remove_branch(6)
    assert _ids(tree) == [1, 2, 5]


@given(st.lists(st.tuples(st.integers(1, 30), st.one_of(st.none(), st.integers(0, 40))), max_size=40))
def test_any_messages_make_a_tree_with_all_of_them(pairs: list[tuple[int, int | None]]) -> None:
    nodes = list({key: Said(key, parent) for key, parent in pairs}.values())
    tree = MessageTree(nodes)
    reached: list[int] = []
    waiting = tree.children(None)
    while waiting:
        reached.append(waiting.pop())
        waiting += tree.children(reached[-1])
    assert sorted(reached) == sorted(node.id for node in nodes)
    assert _ids(tree) == sorted(_ids(tree))


def test_a_title_is_the_first_sentence_of_the_question() -> None:
    assert title_of("What is\n the capital?") == "What is"
    assert title_of("hello, can you `sort` a list? In place.") == "Can you sort a list?"
    assert title_of("# **Plan**\nmore") == "Plan"
    assert title_of("Hi!", "Hello there. How can I help?") == "Hello there"
    assert title_of("Hi!") == "Hi!"
    assert title_of("  \n") == ""
    assert title_of("a\0b \x1b[31mred\u202e txt") == "A b [31mred txt"
    long = title_of("word " * 40)
    assert long.endswith("word…")
    assert len(long) <= LONGEST
