"""The way in: walking the inbox, opening bundles, naming files, taking them in. Nothing is judged here, and how bytes
are kept belongs to the archive.
"""
