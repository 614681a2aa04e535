"""The leader's page of a release: static files that open from a folder, without a network. Figures come from the views;
nothing is judged here."""

from __future__ import annotations

from warehouse.publication.board.library import write_library
from warehouse.publication.board.writing import FOLDER, board_form, write_board, write_sections

__all__ = ["FOLDER", "board_form", "write_board", "write_library", "write_sections"]
