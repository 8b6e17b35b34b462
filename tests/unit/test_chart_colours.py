"""Colours of charts: readable, and told apart in black and white and by every kind of eye."""

from itertools import combinations, pairwise
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest

from procurement_risk.charts import palettes
from procurement_risk.profile.looks import GRAVITIES, UNSETTLED

VARIANTS = [palettes.LIGHT, palettes.DARK]
BY_NAME = {"argvalues": VARIANTS, "ids": ["light", "dark"]}
APART = 15  # CIEDE2000; from about 2 on, two colours side by side can be told apart

# What somebody sees who lacks one kind of cone, by Machado, Oliveira and Fernandes (2009),
# severity 1, in linear RGB.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]


def luminance(colour):
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(channels):
    """CIELAB of linear sRGB, under D65."""
    red, green, blue = channels
    xyz = (
        (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, eyes):
    channels = linear(colour)
    mixed = [sum(a * b for a, b in zip(row, channels, strict=True)) for row in EYES[eyes]]
    return lab([min(max(each, 0), 1) for each in mixed])


def lightness(colour):
    return lab(linear(colour))[0]


def ciede2000(one, other):
    """The difference of two colours in CIELAB (Sharma, Wu and Dalal, 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    more = 1.5 - 0.5 * sqrt(mean**7 / (mean**7 + 25**7))
    a1, a2 = a1 * more, a2 * more
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    weight = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    by_light = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    rotation = -2 * sqrt(chroma**7 / (chroma**7 + 25**7))
    rotation *= sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_computed_as_published(one, other, expected):
    assert ciede2000(one, other) == pytest.approx(expected, abs=0.0001)


@pytest.mark.parametrize("colours", **BY_NAME)
def test_contrast(colours):
    """4.5 to 1 for text, 3 to 1 for marks."""
    assert contrast(colours.text, colours.paper) >= 4.5
    assert contrast(colours.muted, colours.paper) >= 4.5
    assert all(contrast(mark, colours.paper) >= 3 for mark in colours.marks)
    for fill, text in zip(
        (*colours.ramp, *colours.cells), (*colours.on_ramp, *colours.on_cells), strict=True
    ):
        assert contrast(fill, text) >= 4.5


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("colours", **BY_NAME)
def test_neighbours_keep_apart_for_every_kind_of_eye(colours, eyes):
    for run in (colours.marks, colours.cells, colours.ramp):
        for one, other in pairwise(run):
            assert ciede2000(seen(one, eyes), seen(other, eyes)) >= APART, (one, other)


def test_colours_that_one_kind_of_eye_takes_for_one_are_refused():
    """As orange and yellow-green of the same lightness are to somebody without red cones."""
    one, other = (seen(colour, "protan") for colour in ("#e8743b", "#8c8a2e"))
    assert ciede2000(one, other) < APART


@pytest.mark.parametrize("colours", **BY_NAME)
def test_in_black_and_white_cells_run_from_the_best_to_the_worst(colours):
    """Each further from the paper than the one before, by ten steps of lightness and more."""
    paper = lightness(colours.paper)
    far = [abs(lightness(cell) - paper) for cell in colours.cells]
    assert all(worse - better >= 10 for better, worse in pairwise(far)), far


@pytest.mark.parametrize("colours", **BY_NAME)
def test_marks_that_mean_different_things_differ_in_lightness_or_in_shape(colours):
    looks = list(zip(colours.marks, GRAVITIES, strict=True))
    for (one, look), (other, another) in combinations(looks, 2):
        assert abs(lightness(one) - lightness(other)) >= 10 or look.shape != another.shape
    assert len({each.shape for each in (*GRAVITIES, UNSETTLED)}) == 5
