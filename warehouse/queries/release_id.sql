SELECT max(release_id) AS release_id FROM meta.release
