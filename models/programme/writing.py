"""A programme as a YAML file that people can read and that reads back equal.

Keys stand in the schema's order, what is at its default is left out, Japanese stays as it is. What fits on one line
below the top level stands on one line.
"""

import unicodedata
from io import StringIO

import yaml

from models.programme.schema import Programme

WIDTH = 120


def written(programme: Programme) -> str:
    """The programme's file."""
    return in_yaml(programme.plain())


def in_yaml(data: object) -> str:
    """Plain data in this house's layout."""
    root = _Dumper(StringIO(), sort_keys=False).represent_data(data)
    _lay_out(root, depth=0)
    return yaml.serialize(root, Dumper=_Dumper, allow_unicode=True, width=10**6)


def on_one_line(data: object) -> str:
    """Plain data on a single line, as within a list."""
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, width=10**6, default_flow_style=True, sort_keys=False)
    return text.removesuffix("\n").removesuffix("...").rstrip()


class _Dumper(yaml.SafeDumper):
    """Plain data only, no anchors, lists indented below their key."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _lay_out(node: yaml.Node, depth: int) -> int:
    """Set each collection on one line if it fits; the columns it takes so."""
    if isinstance(node, yaml.ScalarNode):
        if "\n" in node.value:
            node.style = "|"
            return WIDTH
        return _columns(node.value) + 2
    if not isinstance(node, yaml.CollectionNode):
        raise TypeError(f"A programme holds no {node.tag}.")
    if isinstance(node, yaml.MappingNode):
        taken = sum(_lay_out(key, depth) + _lay_out(value, depth + 1) + 2 for key, value in node.value)
    else:
        taken = sum(_lay_out(entry, depth + 1) + 2 for entry in node.value)
    room = WIDTH - 4 * depth
    node.flow_style = depth > 0 and taken <= room and not _holds_parts(node)
    return taken if node.flow_style else WIDTH


def _holds_parts(node: yaml.CollectionNode) -> bool:
    """A list of entries: each stands on a line of its own, however short."""
    return isinstance(node, yaml.SequenceNode) and any(not isinstance(one, yaml.ScalarNode) for one in node.value)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
