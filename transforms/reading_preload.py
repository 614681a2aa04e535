"""Loaded by the process that reading processes are forked from: it reads one small report, so that lexicons are
loaded and patterns compiled once, before the first fork. Speed only; nothing else belongs here or imports this.
"""

from __future__ import annotations

import gc
import tomllib
from importlib import resources

import transforms.reading_worker  # noqa: F401 - what the forked processes run
from transforms.departments.registry import Registry
from transforms.reading_file import ReadItem, read_file

REPORT_TEXT = tomllib.loads(resources.files("transforms").joinpath("reading_preload.toml").read_text("utf-8"))["report"]

read_file(ReadItem(0, "preload", REPORT_TEXT.encode()), Registry(()))
gc.collect()
gc.freeze()  # what is loaded stays: forked processes share it and need not look through it
