"""Facts are heard, grants name real verbs, status is written in one place."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re

from django.apps import apps

import kuaichu
from kuaichu.kernel import facts
from kuaichu.people import roles
from tests.shape.house import Module, modules, strings

VERB = re.compile(r"[a-z_]+\.[a-z_]+")
# `.status` that is no state of a row: module -> what it is
OTHER_STATUS = {
    "kuaichu/kernel/moves.py": "the one place",
}


def _import_everything() -> None:
    for found in pkgutil.walk_packages(kuaichu.__path__, "kuaichu."):
        if not found.name.endswith("__main__") and ".migrations" not in found.name:
            importlib.import_module(found.name)


def test_every_fact_is_heard_or_declared_unheard() -> None:
    _import_everything()
    wiring = importlib.import_module("kuaichu.process.wiring")
    known = {kind for kind in facts.REGISTRY.values() if kind.__module__.startswith("kuaichu.")}
    heard, unheard = set(wiring.WIRING), set(wiring.UNHEARD)
    assert known - heard - unheard == set(), "neither heard nor declared unheard"
    assert heard & unheard == set(), "heard, and declared unheard"
    assert (heard | unheard) - known == set(), "no such fact"
    assert not [kind for kind in heard if not wiring.WIRING[kind]], "in the wiring, but nothing follows"


def _used(module: Module) -> set[str]:
    """The verbs named where something acts or asks for a grant."""
    found = set()
    for call, name in module.calls("act", "act_on", "may"):
        position = 0 if name == "may" else 1
        given = call.args[position : position + 1] + [k.value for k in call.keywords if k.arg == "verb"]
        for argument in given:
            if isinstance(argument, ast.Name):
                found |= {
                    s.value
                    for v in _values_of(module, argument.id)
                    for s in strings(v)
                    if VERB.fullmatch(s.value)
                }
            elif isinstance(argument, ast.IfExp):
                found |= {s.value for branch in (argument.body, argument.orelse) for s in strings(branch)}
            else:
                found |= {s.value for s in strings(argument)}
    return found


def _values_of(module: Module, name: str) -> list[ast.expr]:
    """What is assigned to a variable, or given for a parameter, of this name in the module."""
    assigned = [
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
    ]
    takers = {
        f.name: [a.arg for a in f.args.args] for f in module.functions if name in {a.arg for a in f.args.args}
    }
    takers |= {f.name: [] for f in module.functions if name in {a.arg for a in f.args.kwonlyargs}}
    for call, function in module.calls(*takers):
        assigned += [k.value for k in call.keywords if k.arg == name]
        place = takers[function].index(name) if name in takers[function] else len(call.args)
        assigned += call.args[place : place + 1]
    return assigned


def test_grants_and_verbs_agree() -> None:
    """`ROLES` names what people and partners may do, and, as "system", what only the house itself does."""
    used = {
        verb
        for m in modules()
        if not m.name.startswith(("kuaichu/standins", "kuaichu/kernel/a"))
        for verb in _used(m)
    }
    granted = frozenset().union(*roles.ROLES.values())
    assert used, "no verb was found at all"
    assert used - granted == set(), "verbs nobody may use"
    assert granted - used == set(), "grants of verbs that do not exist"


def _writes_status(module: Module) -> bool:
    for node in ast.walk(module.tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        assigns = isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
        if assigns and any(isinstance(t, ast.Attribute) and t.attr == "status" for t in targets):
            return True
    for call, name in module.calls("update", "setattr"):
        if name == "update" and any(k.arg == "status" for k in call.keywords):
            return True
        if name == "setattr" and any(s.value == "status" for s in strings(call)):
            return True
    return False


def test_status_is_written_in_one_place() -> None:
    writers = {m.name for m in modules() if not m.name.startswith("kuaichu/standins") and _writes_status(m)}
    assert writers == set(OTHER_STATUS)


def test_moves_are_complete() -> None:
    """Every status is in its table and can be reached from where a row begins."""
    seen = 0
    for model in apps.get_models():
        if not hasattr(model, "MOVES"):
            continue
        seen += 1
        field = model._meta.get_field("status")
        values = {value for value, _label in field.choices}
        named = set(model.MOVES) | {to for targets in model.MOVES.values() for to in targets}
        assert named <= values, model
        assert len(values) <= 8, model
        starts = values - {to for targets in model.MOVES.values() for to in targets}
        reached, ahead = set(), [field.get_default() or next(iter(starts)), *starts]
        while ahead:
            status = ahead.pop()
            if status not in reached:
                reached.add(status)
                ahead += model.MOVES.get(status, ())
        assert reached >= values, (model, values - reached)
    assert seen, "no model has a table of moves"


def test_models_with_a_state_have_a_table() -> None:
    named = [m for m in apps.get_models() if m.__module__.startswith("kuaichu.") and hasattr(m, "Status")]
    assert not [m for m in named if not hasattr(m, "MOVES")]
