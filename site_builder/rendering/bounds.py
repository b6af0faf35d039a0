"""Limits the size of values that one expression of a template can make.

`'x' * 10 ** 10` needs more memory than there is, and `10 ** 10 ** 10` keeps the processor busy in a way that
nothing can interrupt. So these operators are replaced by functions when a template is compiled, which also
keeps Jinja from evaluating them then.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

_LONGEST_TEXT = 10_000_000
_LONGEST_LIST = 1_000_000
_MOST_DIGITS = 4_000
_MOST_BITS = int(_MOST_DIGITS * 3.3219)
_FILTERS = ("batch", "center", "indent", "round", "slice", "tojson")
"""Jinja filters whose result grows with a number they are given."""


def limited_range(*bounds: int) -> range:
    """Python's `range`. Raises `LookupError` if it is too long for a page."""
    made = range(*bounds)
    if made[_LONGEST_LIST:]:
        raise LookupError(f"a range of more than {_LONGEST_LIST:,} numbers is too long for a page")
    return made


def times(left: Any, right: Any) -> Any:
    """`left * right`. Raises `LookupError` if the result is too large for a page."""
    for value, count in ((left, right), (right, left)):
        if isinstance(count, int):
            _check_repeated(value, count)
    return left * right


def _check_repeated(value: Any, count: int) -> None:
    if isinstance(value, int):
        _check_bits(value.bit_length() + count.bit_length())
    elif isinstance(value, (str, bytes)) and len(value) * count > _LONGEST_TEXT:
        raise LookupError(
            f"a text of more than {_LONGEST_TEXT:,} characters is too long for a page"
        )
    elif isinstance(value, (list, tuple)) and len(value) * count > _LONGEST_LIST:
        raise LookupError(f"a list of more than {_LONGEST_LIST:,} items is too long for a page")


def power(left: Any, right: Any) -> Any:
    """`left ** right`. Raises `LookupError` if the result is too large for a page."""
    if isinstance(left, int) and isinstance(right, int) and abs(left) > 1:
        _check_bits(left.bit_length() * right)
    return left**right


def _check_bits(bits: int) -> None:
    if bits > _MOST_BITS:
        raise LookupError(f"a number of more than {_MOST_DIGITS:,} digits is too large for a page")


def limit_filters(filters: MutableMapping[str, Callable[..., Any]]) -> None:
    """Limits the numbers that filters are given."""
    for name in _FILTERS:
        filters[name] = _limited(name, filters[name])


def _limited(name: str, apply: Callable[..., Any]) -> Callable[..., Any]:
    # The first arguments of a filter are the value and, for some, the environment or context.
    first = 2 if hasattr(apply, "jinja_pass_arg") else 1

    @functools.wraps(apply)
    def limited(*words: Any, **more: Any) -> Any:
        for number in (*words[first:], *more.values()):
            if isinstance(number, int) and abs(number) > _LONGEST_LIST:
                raise LookupError(
                    f"'{name}' with a number above {_LONGEST_LIST:,} is too much for a page"
                )
        return apply(*words, **more)

    return limited


class _Operators(NodeTransformer):
    """Replaces `*` and `**` by calls of `times` and `power`, and refuses Python's own names for them and others."""

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        return self._checked(node, node.attr)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        return self._checked(node, node.arg.value if isinstance(node.arg, nodes.Const) else "")

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        named = [row.value for row in node.args[:1] if isinstance(row, nodes.Const)]
        return self._checked(node, named[0] if node.name == "attr" and named else "")

    def _checked(self, node: nodes.Expr, name: object) -> nodes.Node:
        if isinstance(name, str) and name.startswith("__"):
            raise TemplateSyntaxError(f"'{name}' can't be used in a template", node.lineno)
        return self.generic_visit(node)

    def visit_Mul(self, node: nodes.Mul) -> nodes.Node:  # noqa: N802  # the name says what is visited
        return self._called("times", node)

    def visit_Pow(self, node: nodes.Pow) -> nodes.Node:  # noqa: N802
        return self._called("power", node)

    def _called(self, name: str, node: nodes.BinExpr) -> nodes.Node:
        self.generic_visit(node)
        function = nodes.EnvironmentAttribute(name, lineno=node.lineno)
        call = nodes.Call(function, [node.left, node.right], [], None, None, lineno=node.lineno)
        assert node.environment
        return call.set_environment(node.environment)


def limit_operators(template: nodes.Template) -> nodes.Template:
    """A template whose operators are limited."""
    made = _Operators().visit(template)
    assert isinstance(made, nodes.Template)
    return made
