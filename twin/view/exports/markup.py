"""HTML as a tree of elements that is written once, so that every name from a layout is text."""

from __future__ import annotations

from xml.etree import ElementTree

Node = ElementTree.Element


def element(tag: str, attributes: dict[str, str] | None = None, *children: Node | str) -> Node:
    """An element; texts are escaped when the tree is written."""
    node = Node(tag, attributes or {})
    for child in children:
        if isinstance(child, Node):
            node.append(child)
        elif len(node):
            node[-1].tail = (node[-1].tail or "") + child
        else:
            node.text = (node.text or "") + child
    return node


def document(head: Node, body: Node) -> bytes:
    """A page of HTML, as UTF-8."""
    text = ElementTree.tostring(
        element("html", {"lang": "en"}, head, body), encoding="unicode", method="html"
    )
    return f"<!DOCTYPE html>\n{text}\n".encode(errors="replace")
