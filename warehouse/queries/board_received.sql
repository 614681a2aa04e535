-- What came in or was judged since the release before: a row a version, and a row a file of no version.
WITH since AS (
    SELECT max(base.published_at) AS instant
    FROM meta.release AS newest
    LEFT JOIN meta.release AS base ON base.release_id = newest.base_release_id
    WHERE newest.release_id = (SELECT max(release_id) FROM meta.release)
),
files AS (
    SELECT submission_key, string_agg(DISTINCT file_name, '、' ORDER BY file_name) AS file_name
    FROM quality.received_file
    WHERE submission_key IS NOT NULL
    GROUP BY submission_key
)
SELECT
    version.received_at,
    version.department_id,
    version.fiscal_year,
    version.version,
    version.status,
    version.reason,
    files.file_name,
    version.blocking_count,
    version.warning_count,
    version.received_at <= since.instant AS is_judged_again
FROM quality.submission_version AS version
CROSS JOIN since
LEFT JOIN files USING (submission_key)
WHERE since.instant IS NULL OR version.received_at > since.instant OR version.judged_at > since.instant
UNION ALL
SELECT
    file.received_at, NULL, NULL, NULL, file.outcome, file.reason, file.file_name, NULL, NULL, false
FROM quality.received_file AS file
CROSS JOIN since
WHERE file.submission_key IS NULL AND file.outcome IN ('unreadable', 'duplicate')
    AND (since.instant IS NULL OR file.received_at > since.instant)
ORDER BY fiscal_year DESC NULLS LAST, department_id NULLS LAST, version, file_name
