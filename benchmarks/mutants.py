"""Every mutant of a module: its source with one comparison, constant, boolean or arithmetic operator changed.

A mutant that no test notices is a line that no test holds. `python -m benchmarks.mutation_run` runs them all.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}


class Mutant(NamedTuple):
    """A module's source but for one change.

    `name` is the same for as long as the line and the change are; the second such change of a line ends in 2.
    """

    module: str
    name: str
    source: str


def mutants_of(path: Path, module: str) -> Iterator[Mutant]:
    """Every mutant of the module in `path`, in the order of its lines."""
    text = path.read_text(encoding="utf-8")
    tree, lines = ast.parse(text), text.splitlines()
    seen: Counter[str] = Counter()
    for node in list(_decisions(tree)):
        for changed, what in _changes(node):
            name = f"{module}: {lines[node.lineno - 1].strip()} [{what}]"
            seen[name] += 1
            mutated = _with(tree, node, changed)
            yield Mutant(module, name if seen[name] == 1 else f"{name} {seen[name]}", ast.unparse(mutated))


def _decisions(tree: ast.Module) -> Iterator[ast.expr]:
    """Expressions that run: no annotation, no text, and nothing but functions' bodies and the module's tables."""
    skipped = {id(part) for node in ast.walk(tree) for part in _annotations(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and id(node) not in skipped:
            yield node


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns", "decorator_list", "bases"):
        part = getattr(node, name, None)
        for each in part if isinstance(part, list) else [part]:
            if isinstance(each, ast.AST):
                yield from ast.walk(each)


def _changes(node: ast.expr) -> Iterator[tuple[ast.expr, str]]:
    changed: ast.expr
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                for other in _COMPARISONS[type(op)]:
                    changed = copy.deepcopy(node)
                    changed.ops[place] = other()
                    yield changed, f"{type(op).__name__} to {other.__name__}"
        case ast.BoolOp(op=op):
            changed = copy.deepcopy(node)
            changed.op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield changed, f"{type(op).__name__} to {type(changed.op).__name__}"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield copy.deepcopy(operand), "Not dropped"
        case ast.BinOp(op=op) if type(op) in _OPERATORS:
            changed = copy.deepcopy(node)
            changed.op = _OPERATORS[type(op)]()
            yield changed, f"{type(op).__name__} to {type(changed.op).__name__}"
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value), f"{value} to {not value}"
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1), f"{value} to {value + 1}"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test=copy.deepcopy(test), body=copy.deepcopy(orelse), orelse=copy.deepcopy(body)), "swapped"


class _Replace(ast.NodeTransformer):
    def __init__(self, place: tuple[int, int, int | None, int | None, type], changed: ast.expr) -> None:
        self._place = place
        self._changed = changed
        self.done = False

    def visit(self, node: ast.AST) -> ast.AST:
        if not self.done and isinstance(node, ast.expr) and _place(node) == self._place:
            self.done = True
            return ast.copy_location(self._changed, node)
        return self.generic_visit(node)


def _place(node: ast.expr) -> tuple[int, int, int | None, int | None, type]:
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset, type(node)


def _with(tree: ast.Module, node: ast.expr, changed: ast.expr) -> ast.Module:
    mutated = _Replace(_place(node), changed).visit(copy.deepcopy(tree))
    assert isinstance(mutated, ast.Module)
    return ast.fix_missing_locations(mutated)
