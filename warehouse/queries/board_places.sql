-- Where the rows of the departments' facts stand in the source: the place of a row, which is that of the column that
-- names it (cells of the levels above are shared by several indicators), and the words of each of its columns.
SELECT
    places.table_name,
    places.row_key,
    document.file_name,
    places.place.p AS page,
    places.place.l AS line,
    places.place.t AS table_number,
    places.place.r AS row_number,
    places.place.w AS raw_text,
    places.texts
FROM (
    SELECT
        provenance.table_name,
        provenance.row_key,
        coalesce(
            min({
                d: provenance.document_key, p: provenance.page, l: provenance.line, t: provenance.table_number,
                r: provenance.row_number, w: provenance.raw_text
            })
                FILTER (provenance.column_name IN ('level_3', 'reported_name')),
            min({
                d: provenance.document_key, p: provenance.page, l: provenance.line, t: provenance.table_number,
                r: provenance.row_number, w: provenance.raw_text
            })
        ) AS place,
        -- Sorted as a whole: an order within the aggregate takes six times as long.
        list_sort(list({
            name: provenance.column_name, document_key: provenance.document_key, page: provenance.page,
            line: provenance.line, table_number: provenance.table_number, row_number: provenance.row_number,
            column_number: provenance.column_number, text: provenance.raw_text
        })) AS texts
    FROM core.provenance AS provenance
    JOIN core.dim_submission AS submission USING (submission_key)
    WHERE list_contains($departments, submission.department_id)
    GROUP BY provenance.table_name, provenance.row_key
) AS places
LEFT JOIN core.dim_document AS document ON document.document_key = places.place.d
