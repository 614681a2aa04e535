"""Star schema: the facts of many documents become dimension and fact frames, whole batches at once.

Pure polars: frames in, frames out. No file is read here beyond the rooms' own lexicons, nothing is judged.
"""
