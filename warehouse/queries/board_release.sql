-- The release, then the one it was built from.
WITH newest AS (SELECT * FROM meta.release WHERE release_id = (SELECT max(release_id) FROM meta.release))
SELECT release.*
FROM meta.release AS release
JOIN newest ON release.release_id IN (newest.release_id, newest.base_release_id)
ORDER BY release.release_id DESC
