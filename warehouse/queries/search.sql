FROM mart.search($words, department := $department, year := $year)
