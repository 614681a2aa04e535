"""Names that are one: connected components over pairs of names, some of which must stay apart."""

from __future__ import annotations

from collections.abc import Iterable

Node = tuple[str | None, str]
"""A department and a name within it."""
Pair = tuple[str | None, str, str]
"""A department and two names within it."""


def components(joined: Iterable[Pair], apart: Iterable[Pair]) -> dict[Node, str]:
    """Each node of a joined pair -> the first name of its component.

    Pairs are joined in the order given, save those that would bring two names of a pair of ``apart`` together.
    """
    parent: dict[Node, Node] = {}
    barred: dict[Node, set[Node]] = {}

    def root(node: Node) -> Node:
        while (above := parent.get(node, node)) != node:
            node = above
        return node

    for department, left, right in apart:
        barred.setdefault((department, left), set()).add((department, right))
        barred.setdefault((department, right), set()).add((department, left))
    for department, left, right in joined:
        first, second = sorted((root((department, left)), root((department, right))), key=lambda node: node[1])
        if first == second or any(root(node) == first for node in barred.get(second, ())):
            continue
        parent[second] = first
        if second in barred:
            barred.setdefault(first, set()).update(barred[second])
    return {node: root(node)[1] for node in parent}
