"""The way from a page's own coordinates to those of someone who reads it: origin top left, y downwards, text upright.

Coordinates only, in points.
"""

from __future__ import annotations

from typing import NamedTuple

Handle = object
"""What pdfium gives for a page or an object; only pdfium looks into it."""


class Box(NamedTuple):
    """A rectangle as seen by the reader, in points: top < bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Frame(NamedTuple):
    """The visible part of a page in its own coordinates (y upwards), and by how many quarter turns clockwise its text
    has to be turned to stand upright."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The rectangle as seen by the reader."""
        if self.turns == 0:
            return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.turns == 1:
            return Box(bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.turns == 2:
            return Box(self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return Box(self.top - top, self.right - right, self.top - bottom, self.right - left)

    def y(self, x: float, y: float) -> float:
        """How far down a point stands, as seen by the reader."""
        if self.turns == 0:
            return self.top - y
        if self.turns == 1:
            return x - self.left
        return y - self.bottom if self.turns == 2 else self.right - x

    @property
    def visible(self) -> Box:
        """The page as seen by the reader."""
        return self.box(self.left, self.bottom, self.right, self.top)
