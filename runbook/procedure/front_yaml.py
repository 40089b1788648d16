"""YAML to plain strings, lists and maps, bounded before anything is built."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from runbook.procedure.findings import Spot

if TYPE_CHECKING:
    from runbook.procedure.findings import Findings

_DEEPEST = 20
_MOST_NODES = 20_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*:(?:\s+(.*?))?\s*$")


def looks_like_keys(lines: tuple[str, ...]) -> bool:
    """Whether the first line with words is a `key: value`."""
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    return _KEY.match(first) is not None


def read_yaml(body: str, findings: Findings) -> tuple[dict[str, Any] | None, dict[str, int]]:
    """The keys of a YAML map and the line of each; None when it is not one."""
    try:
        _check_depth(body)
        node = yaml.compose(body, Loader=_LOADER)
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            return None, {}
        lines = {key.value: key.start_mark.line + 2 for key, _ in node.value if _scalar(key)}
        return _Plain().mapping(node, 0), lines
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line, column = (mark.line + 2, mark.column + 1) if mark is not None else (1, 1)
        problem = getattr(fault, "problem", None) or "it cannot be read"
        findings.add(
            "front-matter-invalid",
            Spot(line, column),
            f"The front matter is not valid YAML here: {problem}."
            " Put text with : or {{ in quotes.",
        )
        return None, {}


def _check_depth(body: str) -> None:
    depth = 0
    for event in yaml.parse(body, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _too_large(event.start_mark)


def _too_large(mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem="it is too large or nested too deep", problem_mark=mark)


def _scalar(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


class _Plain:
    """Nodes to strings, lists and dicts, with an end even when aliases point at each other."""

    def __init__(self) -> None:
        self._left = _MOST_NODES

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        return {
            str(key.value): self.value(value, depth + 1)
            for key, value in node.value
            if _scalar(key)
        }

    def value(self, node: yaml.Node, depth: int) -> Any:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise _too_large(node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, depth + 1) for child in node.value]
        if node.tag == "tag:yaml.org,2002:null":
            return ""
        return str(node.value)


def salvage(lines: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, int]]:
    """Read `key: value` lines one by one when the block as a whole is not YAML."""
    raw: dict[str, Any] = {}
    places: dict[str, int] = {}
    for number, line in enumerate(lines, start=2):
        pair = _KEY.match(line)
        if pair is not None and pair[2] and pair[1] not in raw:
            raw[pair[1]] = pair[2].strip("'\"")
            places[pair[1]] = number
    return raw, places
