"""Which nodes of a directed graph lie on one circle."""

from collections.abc import Iterable, Iterator


def circles(links: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The number of each node's strongly connected component: two nodes share it when each reaches the other.

    Kosaraju's algorithm, without recursion, in time linear in the links.
    """
    forward: dict[str, list[str]] = {}
    backward: dict[str, list[str]] = {}
    for start, end in links:
        forward.setdefault(start, []).append(end)
        forward.setdefault(end, [])
        backward.setdefault(end, []).append(start)
    component: dict[str, int] = {}
    for number, root in enumerate(reversed(_finished(forward))):
        waiting = [root] if root not in component else []
        while waiting:
            node = waiting.pop()
            if node not in component:
                component[node] = number
                waiting += backward.get(node, [])
    return component


def _finished(forward: dict[str, list[str]]) -> list[str]:
    """The nodes in the order in which a depth-first search leaves them."""
    order: list[str] = []
    seen: set[str] = set()
    for root, first in forward.items():
        path: list[tuple[str, Iterator[str]]] = [] if root in seen else [(root, iter(first))]
        seen.add(root)
        while path:
            node, ahead = path[-1]
            following = next((there for there in ahead if there not in seen), None)
            if following is None:
                order.append(node)
                path.pop()
            else:
                seen.add(following)
                path.append((following, iter(forward[following])))
    return order
