"""Writes what docs/exercises.md says of the schema and of the signals, and draws the signals.

Run by ``make docs``. The text comes from the models and the registry themselves, so that
it cannot say anything else; tests/test_docs.py runs :func:`updated` and compares.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections import defaultdict
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from posecoach.checkers import load_definition
from posecoach.checkers.definition import Definition
from posecoach.checkers.levels import levels_of
from posecoach.checkers.parts import Id, Line, SignalName, Text
from posecoach.checkers.problems import model_in
from posecoach.checkers.rep_rules import SideRule
from posecoach.motion import REGISTRY, MotionTracker, Signal, names
from posecoach.motion.signals.registry import UNIT_NAMES
from posecoach.pose import SIDES

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "exercises.md"
PICTURES = ROOT / "docs" / "pictures" / "signals"

# A clip of tests/clips for each signal, in which it does what it is for.
CLIPS = {
    "ac_side_r_cw": [
        *("ankle_flexion", "dorsiflexion", "toe_x", "toe_y", "heel_x", "heel_y"),
        *("shin_x", "shin_y", "leg_x", "leg_y", "toe_to_camera", "heel_to_camera"),
    ],
    "dx_sit_stand_side_r": [
        *("hips_over_foot", "hip_height", "knee_bend", "stance_knee", "hip_bend"),
        *("trunk_lean", "thigh_drop", "over_feet"),
    ],
    "dx_walk_across": [
        "beside",
        "facing",
        "foot_out",
        "shoulder_width",
        "travel",
        "stride",
        "knee_lift",
    ],
    "hr_alternate_3q_l": ["lone_heel_rise"],
    "dx_squat_3q_l": ["squat_depth", "thigh_raise"],
    "hr_front": ["heel_lift", "knee_gap"],
    "hr_side_r_mixed": ["body_rise", "feet_aloft"],
    "hs_side_r_kneebend": ["trunk_forward", "straighter", "reach", "hand_to_toes"],
    "lr_side_r_kneefault": ["ankle_split", "chest_up", "leg_raise", "bridge"],
    "tc_3q_l": ["toe_flow", "hind_flow", "foot_pixels"],
    "pg_side_l_drop": ["foot_lift"],
    "fm_side_r_chair": [
        *("foot_flow", "foot_stroke", "foot_aside", "foot_speed", "foot_axis", "foot_turn"),
        "trunk_moved",
    ],
    "ts_front_faults": ["ankle_to_thigh", "ankle_over_knee"],
    "tw_spot_side_l_drops": ["heels_up", "toe_shift", "feet_moved", "stepping", "step_phase"],
    "ws_side_r_L_heelfault": [
        "step_back",
        "lean_over",
        "toes_up",
        "heel_height",
        "leg_span",
        "stagger",
    ],
}
CLIP_OF = {name: clip for clip, signals in CLIPS.items() for name in signals}

EXAMPLE_CLIP = "dx_sit_stand_side_r"

_UNITS = {
    **dict.fromkeys(
        ("leave", "attempt", "count", "limit", "standard", "slack", "drop", "rise", "near"),
        "the signal's",
    ),
    **dict.fromkeys(("range", "on", "off"), "the signal's"),
    **dict.fromkeys(("step", "swing", "still"), "leg lengths"),
    **dict.fromkeys(("back", "keep", "edge", "round", "leg_share"), "share"),
    "turning_deg_s": "degrees a second",
    "seconds": "s",
}
_ALIASES: dict[Any, str] = {Id: "id", Text: "text", Line: "text", SignalName: "signal"}
_NAMES: dict[Any, str] = {int: "whole number", float: "number", bool: "true or false", str: "text"}
_VIEWS = {"side": "side", "oblique": "oblique", "front": "front", "behind": "behind"}


def schema() -> str:
    """Every table of a definition and every key, as Markdown."""
    homes = tables()
    return "\n".join(line for model, path in homes.items() for line in _table(path, model, homes))


def tables() -> dict[type[BaseModel], str]:
    """Every table of the schema, and where it is written first: ``reps.tracks``."""
    found: dict[type[BaseModel], str] = {}

    def look(model: type[BaseModel], path: str) -> None:
        found[model] = path
        for name, field in model.model_fields.items():
            inner = model_in(field.annotation)
            if inner is not None and inner not in found:
                look(inner, _path(path, name, field))

    look(Definition, "")
    return found


def _path(path: str, name: str, field: FieldInfo) -> str:
    free = ".ID" if get_origin(field.annotation) is dict else ""
    return f"{path}.{name}{free}".lstrip(".")


def _table(path: str, model: type[BaseModel], homes: dict[type[BaseModel], str]) -> list[str]:
    lines = [f"### `[{path}]`" if path else "### The file itself", "", _first_line(model), ""]
    lines += ["| key | type | unit | default | meaning |", "|---|---|---|---|---|"]
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        kind = _type(name, field)
        if inner is not None and homes[inner] != _path(path, name, field):
            kind += f", as `[{homes[inner]}]`"
        cells = (f"`{name}`", kind, _unit(name, model), _default(field), meaning(model, name))
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]


def meaning(model: type[BaseModel], name: str) -> str:
    """What a key means, from the docstring of the model or of one that it is made of.

    Raises:
        KeyError: If none says.
    """
    for each in model.__mro__:
        found = _attributes(each).get(name)
        if found is not None:
            return _plain(found)
    raise KeyError(f"{model.__name__}.{name} has no meaning: add it to the docstring")


def _attributes(model: type) -> dict[str, str]:
    """The lines of a Google-style section of attributes, by name."""
    text = inspect.cleandoc(model.__dict__.get("__doc__") or "")
    _, _, section = text.partition("Attributes:\n")
    found: dict[str, str] = {}
    name = ""
    for line in section.splitlines():
        start = re.match(r"    (\w+): (.*)", line)
        if start:
            name = start[1]
            found[name] = start[2]
        elif line.startswith("        ") and name:
            found[name] += " " + line.strip()
        else:
            break
    return found


def _first_line(model: type[BaseModel]) -> str:
    return _plain(inspect.cleandoc(model.__doc__ or "").splitlines()[0])


def _plain(text: str) -> str:
    text = re.sub(r"See :data:`SideRule`\.", _side_rule(), text)
    text = re.sub(r":\w+:`~?([\w.]+)`", r"`\1`", text)
    return text.replace("``", "`").replace("|", r"\|")


def _side_rule() -> str:
    names = ", ".join(f"`{name}`" for name in get_args(SideRule))
    return f"Whose movement it is: one of {names}; see [Sides](#sides)."


def _type(name: str, field: FieldInfo) -> str:
    if model_in(field.annotation) is not None:
        many = get_origin(field.annotation) in (tuple, dict)
        return "tables" if many else "table"
    if any(getattr(each, "pattern", None) for each in field.metadata):
        return "id"
    if name == "signal":
        return "signal"
    return f"{_annotation(field.annotation)}{_limits(field.metadata)}".replace("|", r"\|")


def _annotation(annotation: Any) -> str:
    if annotation in _ALIASES:
        return _ALIASES[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotation(arguments[0]) + _limits(arguments[1:])
    if origin is Literal:
        return " or ".join(f'`"{a}"`' if isinstance(a, str) else f"`{a}`" for a in arguments)
    if origin in (Union, UnionType):
        return " or ".join(_annotation(a) for a in arguments if a is not NoneType)
    if origin is tuple:
        return f"list of {_annotation(arguments[0])}"
    if origin is dict:
        return f"table, {_annotation(arguments[0])} = {_annotation(arguments[1])}"
    return _NAMES.get(annotation, str(annotation))


def _limits(metadata: Any) -> str:
    """What a number or text must keep to, such as ``> 0``."""
    signs = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
    found = []
    for each in metadata:
        for inner in getattr(each, "metadata", [each]):
            found += [
                f"{sign} {getattr(inner, attribute):g}"
                for attribute, sign in signs.items()
                if getattr(inner, attribute, None) is not None
            ]
            if getattr(inner, "max_length", None) is not None:
                found.append(f", at most {inner.max_length} letters")
    return f" {', '.join(found)}".replace(" ,", ",") if found else ""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True)
    if value is None or value == () or value == {}:
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{item}`" for item in value)
    return f"`{value}`" if value != "" else "empty"


def _unit(name: str, model: type[BaseModel]) -> str:
    if name in ("above", "below"):
        return "the metric's" if "metric" in model.model_fields else "the signal's"
    if name == "standard" and "swing" in model.model_fields:
        return "leg lengths"
    return _UNITS.get(name, "s" if name.endswith("_s") else "")


def signals() -> str:
    """Every signal, as Markdown."""
    parts: list[str] = []
    groups: dict[str, list[Signal]] = defaultdict(list)
    for signal in REGISTRY.values():
        groups[signal.unit].append(signal)
    for signal in sorted(REGISTRY.values(), key=lambda signal: signal.name):
        low, high = signal.span
        sides = " `.left`, `.right`" if signal.sided else ""
        views = "any" if len(signal.views) == len(_VIEWS) else ", ".join(signal.views)
        unit = UNIT_NAMES[signal.unit]
        parts += [
            f"### `{signal.name}`{sides}",
            "",
            signal.meaning,
            "",
            f"Unit: {unit}. Range: {low:g} to {high:g}. View: {views}.",
            "",
            f"![{signal.name} over {CLIP_OF[signal.name]}](pictures/signals/{signal.name}.png)",
            "",
        ]
    return "\n".join(parts)


def updated(text: str) -> str:
    """The document with both parts made anew."""
    for name, part in (("schema", schema()), ("signals", signals())):
        begin, end = f"<!-- {name}: made by make docs -->", f"<!-- end of {name} -->"
        head, found, rest = text.partition(begin)
        _, closed, tail = rest.partition(end)
        if not (found and closed):
            raise ValueError(f"{DOCUMENT} has no place for the {name}")
        text = f"{head}{begin}\n\n{part}\n{end}{tail}"
    return text


def draw() -> None:
    """Measure each clip once and draw its signals."""
    from posecoach.frames import Clip
    from posecoach.pose import PoseEstimator, find_model
    from posecoach.pose.closeup import CloseUp
    from posecoach.record.plot import write_plot
    from posecoach.record.traces import Traces

    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, bases in CLIPS.items():
        measured = Traces(names())
        tracker = MotionTracker(measured.names)
        path = ROOT / "tests" / "clips" / f"{name}.mp4"
        with Clip(path) as clip, PoseEstimator(find_model()) as estimator:
            close_up = CloseUp(estimator.estimate)
            for frame in clip:
                measured.add(frame.time_s, tracker.update(close_up.estimate(frame)))
        for base in bases:
            sides = [f"{base}.{side}" for side in SIDES] if REGISTRY[base].sided else [base]
            target = PICTURES / f"{base}.png"
            write_plot(measured.only(sides), target, title=f"{name}.mp4", panel_in=(7.0, 1.8))
        print(f"{name}: {', '.join(bases)}")
        if name == EXAMPLE_CLIP:
            example = load_definition(ROOT / "docs" / "examples" / "chair_stand.toml")
            levels = list(levels_of(example))
            shown = list(dict.fromkeys(n for level in levels for n in level.full_names))
            target = PICTURES / "example_chair_stand.png"
            write_plot(measured.only(shown), target, levels, title=f"{example.name}: {path.name}")


def main() -> None:
    """Write the document, and with ``--pictures`` draw the signals too."""
    missing = set(REGISTRY) - set(CLIP_OF)
    if missing:
        sys.exit(f"Name a clip in CLIPS for: {', '.join(sorted(missing))}")
    DOCUMENT.write_text(updated(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    if "--pictures" in sys.argv[1:]:
        draw()


if __name__ == "__main__":
    main()
