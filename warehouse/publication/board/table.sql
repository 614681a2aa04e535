-- The first rows of each group of a table, each with the number of rows in its group.
SELECT {columns}, count(*) OVER ({group}) AS total_rows
FROM (SELECT {rows} FROM {source} WHERE {where})
QUALIFY row_number() OVER ({group} ORDER BY {order}) <= {most}
ORDER BY {group_order} {order}
