-- Search of the reports' words: substrings, so that neither a word list nor an extension is needed. Words are divided
-- by blanks of half or full width; an entry is found when its title or text holds each of them.
-- has_words names nothing of this database, so that it can be used under whatever name the file is attached.
CREATE MACRO mart.has_words(words, title, text) AS
    list_bool_and(
        list_transform(
            string_split_regex(trim(words, ' 　'), '[ 　]+'),
            lambda word: coalesce(contains(text, word) OR contains(title, word), false)
        )
    );
CREATE MACRO mart.search(words, department := NULL, year := NULL) AS TABLE
    SELECT *
    FROM mart.narrative
    WHERE mart.has_words(words, title, text)
        AND (department IS NULL OR department IN (department_id, short_name, department_name))
        AND (year IS NULL OR fiscal_year = year)
    ORDER BY fiscal_year DESC, department_id, kind, line, narrative_key;
CREATE MACRO 报表.查找(词语, 单位 := NULL, 年度 := NULL) AS TABLE
    SELECT *
    FROM 报表.文字内容
    WHERE mart.has_words(词语, 题目, 内容)
        AND (单位 IS NULL OR 单位 IN (单位编号, 单位简称, 单位全称))
        AND (年度 IS NULL OR 预算年度 = 年度)
    ORDER BY 预算年度 DESC, 单位编号, 种类代码, 行, 条目键;
COMMENT ON MACRO mart.has_words IS '题目或内容是否含全部的词';
COMMENT ON MACRO TABLE mart.search IS '按词查找问题、措施、目标、完成情况和成果；几个词以空格隔开，须全部出现；可限定单位和年度';
COMMENT ON MACRO TABLE 报表.查找 IS '按词查找问题、措施、目标、完成情况和成果；几个词以空格隔开，须全部出现；可限定单位和年度';
