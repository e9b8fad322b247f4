select try_cast(age as integer) as age, try_cast(amount as decimal(18,4)) as amount, try(date_parse(at, ?)) as at_time, cast(? as varchar) as more, coalesce(json_extract_scalar(try(json_parse(cast(properties as varchar))), ?), nullif(json_format(json_extract(try(json_parse(cast(properties as varchar))), ?)), 'null')) as page from event
-- ["%d/%m/%Y %H:%i:%s","[]","$.page.name","$.page.name"]
