"""What pdfium finds drawn on a page: rules and shades; texts that nobody sees are switched off.

Calls to pdfium only: characters are read in source.py, tables found in rules.py and ruled.py.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import atan2, hypot, pi
from typing import NamedTuple

import pypdfium2.raw as pdfium

from transforms.documents.pdf.frame import Box, Frame, Handle
from transforms.documents.refusals import refusal

MOST_OBJECTS = 100_000
"""On one page; more are a drawing or an attack."""
_DEEPEST_FORM = 8
_MOST_SEGMENTS = 2000
_THICKEST_RULE = 4.0
_SHORTEST_RULE = 3.0
_LIGHT = 245  # of 255: a colour that white paper hides
_FAINT = 100  # alpha below it: a watermark
_INVISIBLE = (3, 7)  # text rendering modes: neither filled nor stroked, only clipping
_Corners = tuple[float, float, float, float]


class Matrix(NamedTuple):
    """A transformation: x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def of(self, inner: Matrix) -> Matrix:
        """What ``inner`` and then this one do."""
        a, b, c, d, e, f = inner
        return Matrix(
            self.a * a + self.c * b, self.b * a + self.d * b, self.a * c + self.c * d, self.b * c + self.d * d,
            self.a * e + self.c * f + self.e, self.b * e + self.d * f + self.f,
        )  # fmt: skip

    def corners(self, left: float, bottom: float, right: float, top: float) -> _Corners:
        """The rectangle around a transformed rectangle."""
        points = [(x, y) for x in (left, right) for y in (bottom, top)]
        xs = [self.a * x + self.c * y + self.e for x, y in points]
        ys = [self.b * x + self.d * y + self.f for x, y in points]
        return min(xs), min(ys), max(xs), max(ys)


_PLAIN = Matrix()


class _Text(NamedTuple):
    handle: Handle
    matrix: Matrix
    quarter: int | None


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page: its frame, rules (thin boxes) and shades (filled areas that are not white), as seen by
    the reader; whether there is a picture."""

    frame: Frame
    rules: list[Box] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)
    has_picture: bool = False
    text_count: int = 0


def read_objects(page: Handle, frame: Frame) -> Drawn:
    """What is drawn on the page, whose handle and frame (of no turns) are given. Texts that are invisible, clipped
    off, white on white, faint or askew are switched off. Raises Unreadable when there is no end of objects."""
    texts: list[_Text] = []
    corners: list[_Corners] = []
    shades: list[_Corners] = []
    has_picture = False
    for count, (handle, kind, matrix) in enumerate(_objects(page)):
        if count >= MOST_OBJECTS:
            raise refusal("pdf_endless", f"more than {MOST_OBJECTS} objects on a page")
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(_Text(handle, matrix, _quarter(handle, matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(handle, matrix, corners, shades)
        has_picture = has_picture or kind == pdfium.FPDF_PAGEOBJ_IMAGE
    turns = Counter(text.quarter for text in texts if text.quarter is not None).most_common(1)
    frame = frame._replace(turns=turns[0][0] if turns else 0)
    drawn = Drawn(frame, [frame.box(*one) for one in corners], [frame.box(*one) for one in shades], has_picture)
    drawn.text_count = len(texts)
    for text in texts:
        if text.quarter != frame.turns or _is_unseen(text, drawn):
            pdfium.FPDFPageObj_SetIsActive(text.handle, False)
    return drawn


def _objects(page: Handle) -> Iterator[tuple[Handle, int, Matrix]]:
    """All objects of the page, those within forms too, with their kind and the matrix of the form around them."""
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _within(pdfium.FPDFPage_GetObject(page, at), _PLAIN, 0)


def _within(handle: Handle, matrix: Matrix, depth: int) -> Iterator[tuple[Handle, int, Matrix]]:
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield handle, kind, matrix
    elif depth < _DEEPEST_FORM:
        inner = matrix.of(_matrix(handle))
        for at in range(pdfium.FPDFFormObj_CountObjects(handle)):
            yield from _within(pdfium.FPDFFormObj_GetObject(handle, at), inner, depth + 1)


def _matrix(handle: Handle) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, found)
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _quarter(handle: Handle, matrix: Matrix) -> int | None:
    """The direction of a text in quarter turns counter-clockwise, None when it stands askew."""
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, own)
    x, y = own.a, own.b
    if matrix is not _PLAIN:
        x, y = matrix.a * x + matrix.c * y, matrix.b * x + matrix.d * y
    if abs(y) * 20 <= abs(x):
        return 0 if x > 0 else 2
    turns = atan2(y, x) / (pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < 0.03 and hypot(x, y) > 0 else None


def _is_unseen(text: _Text, drawn: Drawn) -> bool:
    handle, matrix, _ = text
    if pdfium.FPDFTextObj_GetTextRenderMode(handle) in _INVISIBLE:
        return True
    color = _color(pdfium.FPDFPageObj_GetFillColor, handle)
    is_light = min(color[:3]) >= _LIGHT
    clip = pdfium.FPDFPageObj_GetClipPath(handle)
    clip_count = pdfium.FPDFClipPath_CountPaths(clip)
    if color[3] < _FAINT:
        return True
    if not is_light and clip_count <= 0:
        return False
    bounds = _bounds(handle, matrix)
    box = drawn.frame.box(*bounds)
    x, y = (box.left + box.right) / 2, box.middle
    if is_light and not any(shade.holds(x, y) for shade in drawn.shades):
        return True
    return any(not _reaches(_clip_corners(clip, at, matrix), bounds) for at in range(max(clip_count, 0)))


def _color(read: Callable[..., object], handle: Handle) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not read(handle, *parts):
        return 0, 0, 0, 255
    return parts[0].value, parts[1].value, parts[2].value, parts[3].value


def _bounds(handle: Handle, matrix: Matrix) -> _Corners:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return 0.0, 0.0, 0.0, 0.0
    corners = left.value, bottom.value, right.value, top.value
    return corners if matrix is _PLAIN else matrix.corners(*corners)


def _clip_corners(clip: Handle, at: int, matrix: Matrix) -> _Corners:
    count = pdfium.FPDFClipPath_CountPathSegments(clip, at)
    segments = (pdfium.FPDFClipPath_GetPathSegment(clip, at, step) for step in range(min(count, _MOST_SEGMENTS)))
    points = [_point(segment) for segment in segments]
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return matrix.corners(min(xs), min(ys), max(xs), max(ys))


def _reaches(clip: _Corners, bounds: _Corners) -> bool:
    """Whether the middle of a text lies within its clip."""
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return clip[0] - 1 <= x <= clip[2] + 1 and clip[1] - 1 <= y <= clip[3] + 1


def _point(segment: Handle) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _read_path(handle: Handle, matrix: Matrix, rules: list[_Corners], shades: list[_Corners]) -> None:
    """Adds what a path draws: thin filled areas and straight strokes are rules, other filled areas shades."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    is_filled = bool(fill.value) and _is_seen(pdfium.FPDFPageObj_GetFillColor, handle)
    is_stroked = bool(stroke.value) and _is_seen(pdfium.FPDFPageObj_GetStrokeColor, handle)
    if not is_filled and not is_stroked:
        return
    bounds = _bounds(handle, matrix)
    if _is_thin(bounds):
        rules.append(bounds)
        return
    for points in _subpaths(handle, matrix):
        if is_filled:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            area = min(xs), min(ys), max(xs), max(ys)
            (rules if _is_thin(area) else shades).append(area)
        if is_stroked:
            rules += [edge for edge in map(_edge, points, points[1:]) if _is_thin(edge)]


def _is_seen(read: Callable[..., object], handle: Handle) -> bool:
    red, green, blue, alpha = _color(read, handle)
    return alpha > 0 and min(red, green, blue) < _LIGHT


def _is_thin(corners: _Corners) -> bool:
    width, height = corners[2] - corners[0], corners[3] - corners[1]
    thickness, length = min(width, height), max(width, height)
    return thickness <= _THICKEST_RULE and length >= max(_SHORTEST_RULE, 2 * thickness)


def _edge(start: tuple[float, float], end: tuple[float, float]) -> _Corners:
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])


def _subpaths(handle: Handle, matrix: Matrix) -> list[list[tuple[float, float]]]:
    """The corner points of each subpath, on the page; curves are cut short. Endless paths draw nothing."""
    count = pdfium.FPDFPath_CountSegments(handle)
    if count > _MOST_SEGMENTS:
        return []
    own = matrix.of(_matrix(handle))
    subpaths: list[list[tuple[float, float]]] = []
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(handle, at)
        x, y = _point(segment)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not subpaths:
            subpaths.append([])
        subpaths[-1].append((own.a * x + own.c * y + own.e, own.b * x + own.d * y + own.f))
        if pdfium.FPDFPathSegment_GetClose(segment):
            subpaths[-1].append(subpaths[-1][0])
    return [points for points in subpaths if len(points) > 1]
