-- Search of the reports' words: substrings, so that neither a word list nor an extension is needed. Words are divided
-- by blanks of half or full width; an entry is found when its title or text holds each of them.
CREATE MACRO mart.search_words(words) AS string_split_regex(trim(words, ' 　'), '[ 　]+');
-- The first words one by one: where they are constant, what is left of this is a plain contains() a word.
CREATE MACRO mart.has_words(words, title, text) AS
    (mart.search_words(words)[1] IS NULL OR contains(text, mart.search_words(words)[1]) OR contains(title, mart.search_words(words)[1]))
    AND (mart.search_words(words)[2] IS NULL OR contains(text, mart.search_words(words)[2]) OR contains(title, mart.search_words(words)[2]))
    AND (mart.search_words(words)[3] IS NULL OR contains(text, mart.search_words(words)[3]) OR contains(title, mart.search_words(words)[3]))
    AND (mart.search_words(words)[4] IS NULL OR contains(text, mart.search_words(words)[4]) OR contains(title, mart.search_words(words)[4]))
    AND (mart.search_words(words)[5] IS NULL OR contains(text, mart.search_words(words)[5]) OR contains(title, mart.search_words(words)[5]))
    AND (mart.search_words(words)[6] IS NULL OR contains(text, mart.search_words(words)[6]) OR contains(title, mart.search_words(words)[6]))
    AND (
        len(mart.search_words(words)) <= 6
        OR list_bool_and(list_transform(mart.search_words(words), lambda word: coalesce(contains(text, word) OR contains(title, word), false)))
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
COMMENT ON MACRO mart.search_words IS '把以空格隔开的词分开';
COMMENT ON MACRO mart.has_words IS '题目或内容是否含全部的词';
COMMENT ON MACRO TABLE mart.search IS '按词查找问题、措施、目标、完成情况和成果；几个词以空格隔开，须全部出现；可限定单位和年度';
COMMENT ON MACRO TABLE 报表.查找 IS '按词查找问题、措施、目标、完成情况和成果；几个词以空格隔开，须全部出现；可限定单位和年度';
