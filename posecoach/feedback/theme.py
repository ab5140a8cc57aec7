"""Colours and sizes of everything that is drawn, in one place.

Colours are RGB and opaque unless a panel says otherwise. States differ by sky blue
against orange of the Okabe-Ito set (Okabe and Ito, "Color Universal Design", 2008),
which deuteranopes, protanopes and tritanopes all tell apart; words and shapes say the
same once more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

Colour = tuple[int, int, int]

PANEL: Colour = (14, 18, 24)
INK: Colour = (246, 248, 250)
MUTED: Colour = (190, 198, 208)
FAINT: Colour = (124, 136, 150)
"""Tracks, grid lines and the band to reach, in a panel; never text. Three times as light as
the panel over a white picture, a third as light as ``INK`` (WCAG 2.2, 1.4.11)."""
RIGHT: Colour = (86, 180, 233)
"""Okabe-Ito sky blue: moving, holding, well done."""
WRONG: Colour = (230, 159, 0)
"""Okabe-Ito orange: put this right."""
OUTLINE: Colour = (0, 0, 0)
"""Round all that is drawn on the picture itself. Each colour so drawn has at least 9 times
its contrast, so one of the two has 3 to 1 on any background (WCAG technique C40)."""
BONE: Colour = (206, 212, 220)

PANEL_OPACITY = 0.86
"""Least that keeps every text colour at 4.5:1 or more over a white picture (WCAG 2.2,
1.4.3): sky blue reaches 5.2, orange 5.4 and ``MUTED`` 6.5 there."""
FILLED_OPACITY = 0.95
"""Of a panel filled with a state's colour; its text is :data:`PANEL`."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """All lengths, in pixels, for a picture of one size.

    They are shares of one unit, the height that the picture would have on a 16:9
    screen which it fills: a wide picture is shown smaller there and so needs larger
    shares, a portrait one has no room for them. So text keeps its size on the screen.

    How tall that is for the eye, three metres from a 13-inch screen, is in docs/look.md: the
    count 35 minutes of arc, a cue of few words 17, side and state 8.3, on a large card 9.5.
    20/20 eyes read letters of 5 minutes of arc, 20/40 eyes letters of 10; ISO 9241-303 asks for
    capitals of 16 for long reading, which a glance does not need.
    """

    width: int
    height: int
    unit: float

    @classmethod
    def of(cls, width: int, height: int) -> Sizes:
        """Sizes for a picture of ``width`` by ``height`` pixels.

        The bounds keep a card from filling an ultrawide picture's height or a portrait
        picture's width.
        """
        unit = min(max(height, width * 9 / 16), 1.15 * height, 1.15 * width)
        return cls(width, height, unit)

    def larger(self, by: float) -> Sizes:
        """For what is drawn so many times as large."""
        return self if by == 1.0 else replace(self, unit=by * self.unit)

    def px(self, share: float, least: int = 1) -> int:
        """A length of that share of the unit, at least ``least`` pixels."""
        return max(least, round(share * self.unit))

    @property
    def margin(self) -> int:
        """Between panels and the picture's edge."""
        return self.px(0.026, 2)

    @property
    def padding(self) -> int:
        """Between a panel's edge and what is in it."""
        return self.px(0.026, 2)

    @property
    def radius(self) -> int:
        """Of a panel's corners."""
        return self.px(0.022, 2)

    @property
    def count(self) -> int:
        """Font size of the big number."""
        return self.px(0.27)

    @property
    def ring_count(self) -> int:
        """Font size of the big number inside a ring."""
        return self.px(0.15)

    @property
    def cue(self) -> int:
        """Font size of the one thing to say; to fit it may shrink to :attr:`cue_long`."""
        return self.px(0.130, 11)

    @property
    def heading(self) -> int:
        """Font size of what stands over a list."""
        return self.px(0.086, 11)

    @property
    def cue_least(self) -> int:
        """Smallest font size of a cue of one's own; then it may take more lines."""
        return self.px(0.060, 8)

    @property
    def cue_long(self) -> int:
        """Font size of a cue with a word that is longer than its panel is wide.

        Capitals of 5.9 minutes of arc at three metres, where 20/20 eyes need 5.
        """
        return self.px(0.045, 8)

    @property
    def target(self) -> int:
        """Font size of the target beside the count."""
        return self.px(0.060, 10)

    @property
    def title(self) -> int:
        """Font size of the exercise's name; it may shrink by a quarter to fit."""
        return self.px(0.050, 10)

    @property
    def state(self) -> int:
        """Font size of side and state; they may shrink to fit."""
        return self.px(0.063, 9)

    @property
    def small(self) -> int:
        """Font size of what is looked up and not read in passing."""
        return self.px(0.044, 9)

    @property
    def keys(self) -> int:
        """Font size of the keys, which are read from the keyboard's distance."""
        return self.px(0.028, 10)

    @property
    def bone(self) -> int:
        """Thickness of a bone that matters: 1.7 minutes of arc at three metres."""
        return self.px(0.0095, 2)

    @property
    def edge(self) -> int:
        """How much thicker the dark line under a bone is, both sides together."""
        return max(2, round(0.6 * self.bone))
