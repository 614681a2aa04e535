"""Releases: building one, moving it into place, what it says of itself, proving and comparing them.

How tables change within the one that is built belongs to the load; what it shows to people, to the publication.
"""
