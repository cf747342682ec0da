"""Messages of a chat as a tree, and the branch of it that is on screen. Pure.

Whatever the store gives makes a tree: a message is younger than its parent, and one whose parent is missing
hangs on the message before it.
"""

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar


class TreeNode(Protocol):
    """A message, as far as the tree is concerned."""

    @property
    def id(self) -> int: ...

    @property
    def parent(self) -> int | None: ...


Node = TypeVar("Node", bound=TreeNode)


class MessageTree(Generic[Node]):
    """Nodes by id, and the leaf of the current branch (None = an empty branch)."""

    def __init__(self, nodes: Iterable[Node] = (), leaf: int | None = None) -> None:
        """`leaf`: where the branch on screen ends, or a message on it; None = the youngest message."""
        self._nodes: dict[int, Node] = {}
        self._parent: dict[int, int | None] = {}
        self._children: dict[int | None, list[int]] = {}
        self._shown: dict[int | None, int] = {}
        """Which child of a message was on screen last."""
        self._leaf: int | None = None
        for node in sorted(nodes, key=lambda node: node.id):
            self._insert(node)
        if self._nodes:
            self.show(leaf if leaf in self._nodes else max(self._nodes))

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._nodes

    def __len__(self) -> int:
        return len(self._nodes)

    def __getitem__(self, node_id: int) -> Node:
        return self._nodes[node_id]

    def get(self, node_id: int | None) -> Node | None:
        """That message; None when it is not here."""
        return self._nodes.get(node_id) if node_id is not None else None

    @property
    def nodes(self) -> list[Node]:
        """All messages by age."""
        return [self._nodes[key] for key in sorted(self._nodes)]

    @property
    def leaf(self) -> int | None:
        """The last message of the branch on screen."""
        return self._leaf

    @property
    def branch(self) -> list[Node]:
        """The messages on screen, oldest first."""
        return [self._nodes[key] for key in self._ancestors(self._leaf)]

    def siblings(self, node_id: int) -> list[int]:
        """The alternatives to a message, itself included, by age."""
        return list(self._children[self._parent[node_id]])

    def parent_of(self, node_id: int) -> int | None:
        """What a message hangs on."""
        return self._parent[node_id]

    def children(self, node_id: int | None) -> list[int]:
        """What follows a message, by age; None = the beginnings."""
        return list(self._children.get(node_id, ()))

    def add(self, node: Node) -> None:
        """Add a message, or give it other values; a new one ends the branch on screen."""
        if node.id in self._nodes:
            self._nodes[node.id] = node
            return
        self._insert(node)
        self.end_at(node.id)

    def remove(self, node_id: int) -> None:
        """Take a message out; what followed it follows its parent."""
        parent = self._parent[node_id]
        orphans = self._children.pop(node_id, [])
        for orphan in orphans:
            self._parent[orphan] = parent
        siblings = self._children[parent]
        siblings.remove(node_id)
        siblings.extend(orphans)
        siblings.sort()
        if self._shown.get(parent) == node_id:
            self._shown.pop(parent)
            if node_id in self._shown:
                self._shown[parent] = self._shown[node_id]
        self._shown.pop(node_id, None)
        del self._nodes[node_id], self._parent[node_id]
        if self._leaf == node_id:
            self.show(parent)

    def path(self, node_id: int) -> list[Node]:
        """A message and all before it, oldest first."""
        return [self._nodes[key] for key in self._ancestors(node_id)]

    def remove_branch(self, node_id: int) -> list[Node]:
        """Take out a message and everything that follows it; returns them by age.

        Where it was on screen, the alternative beside it is now, the older one first.
        """
        parent = self._parent[node_id]
        siblings = self._children[parent]
        place = siblings.index(node_id)
        on_screen = node_id in self._ancestors(self._leaf)
        siblings.remove(node_id)
        gone = [node_id]
        for key in gone:
            gone += self._children.pop(key, [])
        if self._shown.get(parent) == node_id:
            del self._shown[parent]
        removed = [self._nodes[key] for key in sorted(gone)]
        for key in gone:
            self._shown.pop(key, None)
            del self._nodes[key], self._parent[key]
        if on_screen:
            self.show(siblings[max(0, place - 1)] if siblings else parent)
        return removed

    def restore(self, nodes: Iterable[Node]) -> None:
        """Put back what `remove_branch` took out; what is on screen stays."""
        for node in sorted(nodes, key=lambda node: node.id):
            if node.id not in self._nodes:
                self._insert(node)

    def show(self, node_id: int | None) -> None:
        """Put the branch through a message on screen, down to where it was left last."""
        self.end_at(node_id)
        while children := self._children.get(self._leaf):
            shown = self._shown.get(self._leaf)
            self.end_at(shown if shown in children else children[-1])

    def end_at(self, node_id: int | None) -> None:
        """Let the branch on screen end at a message, whatever follows it; what is added next follows it."""
        self._leaf = node_id
        parent = None
        for key in self._ancestors(node_id):
            self._shown[parent] = key
            parent = key

    def _insert(self, node: Node) -> None:
        parent = node.parent
        if parent is not None and not (parent in self._nodes and parent < node.id):
            older = [key for key in self._nodes if key < node.id]
            parent = max(older) if older else None
        self._nodes[node.id] = node
        self._parent[node.id] = parent
        siblings = self._children.setdefault(parent, [])
        siblings.append(node.id)
        siblings.sort()

    def _ancestors(self, node_id: int | None) -> list[int]:
        found: list[int] = []
        while node_id is not None:
            found.append(node_id)
            node_id = self._parent[node_id]
        return found[::-1]
