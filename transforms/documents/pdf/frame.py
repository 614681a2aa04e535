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
    """The visible part of a page in its own coordinates (y upwards), by how many quarter turns clockwise its text has to
    be turned to stand upright, and how many times its objects have been moved apart downwards."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0
    stretch: int = 1

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The rectangle as seen by the reader."""
        if self.stretch != 1:
            bottom, top = bottom / self.stretch, top / self.stretch
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
            return self.top - y / self.stretch
        if self.turns == 1:
            return x - self.left
        return y - self.bottom if self.turns == 2 else self.right - x

    @property
    def visible(self) -> Box:
        """The page as seen by the reader."""
        return self._replace(stretch=1).box(self.left, self.bottom, self.right, self.top)

    def upright(self, stretch: int) -> tuple[float, ...]:
        """The matrix (a to f, as pdfium takes it) that brings the page's objects to where the reader sees them, the
        lower left corner at the origin, and moves them apart downwards."""
        if self.turns == 0:
            return 1, 0, 0, stretch, -self.left, -stretch * self.bottom
        if self.turns == 1:
            return 0, -stretch, 1, 0, -self.bottom, stretch * self.right
        if self.turns == 2:
            return -1, 0, 0, -stretch, self.right, stretch * self.top
        return 0, stretch, -1, 0, self.top, -stretch * self.left
