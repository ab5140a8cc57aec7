"""Everything that is drawn over a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from posecoach.feedback.calm import Calm, Steady
from posecoach.feedback.card import CardText, card_areas, card_panel
from posecoach.feedback.circle import circle_zones, draw_circle
from posecoach.feedback.count_in import draw_count_in, draw_gesture
from posecoach.feedback.course import Course
from posecoach.feedback.cue import CueBoard, draw_cue, draw_said
from posecoach.feedback.gauges import draw_bar, draw_ring
from posecoach.feedback.geometry import Rect, zones_of
from posecoach.feedback.header import draw_header, header_height
from posecoach.feedback.inset import Inset
from posecoach.feedback.keybar import (
    CAMERA_KEY_ID,
    KEY_IDS,
    PICKER_KEY_ID,
    PROGRAM_KEY_IDS,
    draw_key_bar,
    key_bar_height,
)
from posecoach.feedback.layout import Arranger, Layout
from posecoach.feedback.outline import draw_outline, outline_zones
from posecoach.feedback.rest_card import draw_rest
from posecoach.feedback.skeleton import draw_skeleton
from posecoach.feedback.theme import INK, MUTED, RIGHT, WRONG, Colour, Sizes
from posecoach.feedback.trace import Trace
from posecoach.frames import Image
from posecoach.pose import FootView, Pose
from posecoach.session.events import Event, RepCounted
from posecoach.session.gestures import GestureProgress
from posecoach.session.snapshot import Snapshot

_FRESH_S = 0.6
"""How long the number stays coloured after a rep was counted."""


class Overlay:
    """Draws a session's state over its frames, one after another.

    It remembers what a screen needs to be calm: the trace's last seconds, where the
    panels are, how long a cue has been up. So use one overlay for one run of frames, in
    order; a time that runs backwards starts anew. Not for several threads at once.

    Args:
        mirrored: Show the picture as in a mirror. The picture and the skeleton are
            turned; words are drawn afterwards and never turned; left stays the
            person's own left.
        keys: Add a bar with the keys below the picture. For a window; it makes the
            picture higher and so never covers anything.
        cameras: Whether the key that changes cameras is among them.
        picker: Whether the key that leads back to the picker is.
    """

    def __init__(
        self,
        mirrored: bool = False,
        *,
        keys: bool = False,
        cameras: bool = False,
        picker: bool = False,
    ) -> None:
        self.mirrored = mirrored
        self.keys = keys
        self.more_keys = (
            *((CAMERA_KEY_ID,) if cameras else ()),
            *((PICKER_KEY_ID,) if picker else ()),
        )
        self._size = (0, 0)
        self._sizes = Sizes.of(1, 1)
        self._arranger: Arranger | None = None
        self._calm = Calm()
        self._colour: Steady[Colour] = Steady(MUTED)
        self._trace = Trace()
        self._inset = Inset()
        self._board = CueBoard()
        self._rep_s = -np.inf
        self._panels: tuple[Rect, ...] = ()

    @property
    def panels(self) -> tuple[Rect, ...]:
        """Where the panels lie that the last :meth:`draw` drew, in its own pixels."""
        return self._panels

    def draw(
        self,
        image: Image,
        pose: Pose,
        snapshot: Snapshot,
        events: Sequence[Event] = (),
        *,
        paused: bool = False,
        course: Course | None = None,
        gesture: GestureProgress | None = None,
        does: str | None = None,
    ) -> Image:
        """Draw one frame.

        Args:
            image: (height, width, 3) RGB, not mirrored. It is left as it is.
            pose: The body in this frame, in its pixels, not mirrored.
            snapshot: The session's state after this frame.
            events: What happened at this frame.
            paused: Whether the user has paused the session.
            course: Where the workout is that this is a part of: adds a bar above the
                picture; in a rest, the rest is shown and not the snapshot.
            gesture: One that is being held.
            does: Wording id of what it will do; None takes what it does in a set.

        Returns:
            A new RGB picture of the same size; with ``keys``, with a bar added below.
        """
        height, width = image.shape[:2]
        arranger = self._fit(width, height)
        sizes = self._sizes
        key_ids = (*(KEY_IDS if course is None else PROGRAM_KEY_IDS), *self.more_keys)
        bar = key_bar_height(sizes, key_ids) if self.keys else 0
        head = header_height(sizes) if course is not None else 0
        canvas = np.empty((head + height + bar, width, 3), np.uint8)
        picture = canvas[head : head + height]
        self._trace.add(snapshot, events)
        snapshot, pose = self._calm.update(snapshot, pose)
        seen = pose
        if self.mirrored:
            cv2.flip(image, 1, dst=picture)
            pose, snapshot = _mirrored(pose), _mirrored_circle(snapshot)
        else:
            np.copyto(picture, image)

        self._follow_reps(snapshot.time_s, events)
        rest = course.rest if course is not None else None
        cue = self._board.update(snapshot, events, paused)
        setup = snapshot.setup if rest is None else None
        if setup is None:
            zones = zones_of(pose, snapshot.joints)
            if zones is not None and snapshot.circle is not None and pose.found:
                zones = circle_zones(zones, pose, snapshot.circle)
        else:
            # Where the person will be; wherever they are now is not where to look.
            zones = outline_zones(setup, sizes, self.mirrored)
        layout = arranger.arrange(snapshot.time_s, zones, cue is not None or rest is not None)
        if setup is not None:
            draw_outline(picture, setup, sizes, self.mirrored)
        if pose.found:
            colour = self._colour.update(snapshot.time_s, _body_colour(snapshot, paused))
            draw_skeleton(picture, pose.pixels, snapshot.joints, colour, sizes)
            if snapshot.circle is not None:
                line = colour if colour == WRONG else INK
                draw_circle(picture, pose, snapshot.circle, line, layout, sizes)
        if rest is None:
            self._draw_card(picture, layout, snapshot, paused)
        else:
            draw_rest(picture, layout.card, rest, sizes.larger(layout.scale))
        panels = [layout.card]
        # In a rest only the camera has something more urgent to tell.
        if rest is not None and not paused and snapshot.cue is None:
            panels.append(draw_said(picture, rest.says, "info", layout.cue, sizes))
        elif cue:
            panels.append(draw_cue(picture, cue, layout.cue, sizes, snapshot.words))
        if snapshot.close_up != "no" and rest is None:
            taken = [*panels, *(zones.kept_free if zones else ())]
            alone = snapshot.close_up == "alone"
            inset = self._inset.draw(picture, image, seen, taken, sizes, self.mirrored, alone)
            panels += [inset] if inset is not None else []
        if setup is not None and setup.left is not None and not paused:
            panels.append(draw_count_in(picture, setup.left, layout, sizes))
        gesture = self._calm.gesture(snapshot.time_s, gesture)
        if gesture is not None:
            panels.append(draw_gesture(picture, gesture, layout, sizes, does))
        self._panels = tuple(Rect(x, y + head, w, h) for x, y, w, h in panels)
        if course is not None:
            draw_header(canvas[:head], course, sizes)
        if bar:
            draw_key_bar(canvas[head + height :], sizes, key_ids)
        return canvas

    def _fit(self, width: int, height: int) -> Arranger:
        if self._arranger is None or self._size != (width, height):
            self._size = (width, height)
            self._sizes = Sizes.of(width, height)
            self._arranger = Arranger(self._sizes)
        return self._arranger

    def _follow_reps(self, now: float, events: Sequence[Event]) -> None:
        if now < self._rep_s:
            self._rep_s = -np.inf
        if any(isinstance(event, RepCounted) for event in events):
            self._rep_s = now

    def _draw_card(self, picture: Image, layout: Layout, snapshot: Snapshot, paused: bool) -> None:
        sizes, card = self._sizes.larger(layout.scale), layout.card
        text = CardText.of(snapshot, paused, snapshot.time_s - self._rep_s < _FRESH_S)
        card_panel(text, layout.shape, card.w, card.h, sizes).lay(picture, card.x, card.y)
        areas = card_areas(text.title, layout.shape, card.w, card.h, sizes)
        if text.ring and snapshot.target_hold_s:
            colour = WRONG if snapshot.phase == "stopped" else RIGHT
            share = snapshot.hold_s / snapshot.target_hold_s
            draw_ring(picture, _moved(areas.number, card), share, colour, sizes)
        draw_bar(picture, _moved(areas.bar, card), snapshot.level, snapshot.band)
        if areas.trace:
            self._trace.draw(picture, _moved(areas.trace, card), snapshot.band)


def _moved(area: Rect, to: Rect) -> Rect:
    return Rect(to.x + area.x, to.y + area.y, area.w, area.h)


def _body_colour(snapshot: Snapshot, paused: bool) -> Colour:
    if paused or snapshot.phase in ("setup", "refused", "settling", "nobody"):
        return MUTED
    if snapshot.fault or snapshot.phase == "stopped":
        return WRONG
    return RIGHT if snapshot.phase in ("moving", "holding") else INK


def _mirrored(pose: Pose) -> Pose:
    """The pose in the turned picture. Landmarks keep their names: left stays left."""
    width, _ = pose.size
    pixels = pose.pixels * np.array([-1.0, 1.0]) + np.array([width - 1.0, 0.0])
    left, right = (view and _mirrored_view(view, width) for view in pose.feet)
    return replace(pose, pixels=pixels, feet=(left, right))


def _mirrored_view(view: FootView, width: int) -> FootView:
    left, top, right, bottom = view.box
    flip = np.array([-1.0, 1.0])
    return replace(
        view,
        toes=view.toes * flip,
        hind=view.hind * flip,
        ahead=view.ahead * flip,
        box=(width - right, top, width - left, bottom),
    )


def _mirrored_circle(snapshot: Snapshot) -> Snapshot:
    circle = snapshot.circle
    if circle is None:
        return snapshot
    return replace(snapshot, circle=replace(circle, ellipse=circle.ellipse.mirrored()))
