-- 一份文件属于不止一个已采纳的报送版本
SELECT document_key, count(*) AS submissions
FROM core.dim_document
GROUP BY document_key
HAVING count(*) > 1
