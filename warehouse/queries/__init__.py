"""Named queries of a release, one SQL file each."""
