select try_cast(age as integer) as age, try_cast(amount as decimal(18,4)) as amount, try_strptime(at, ?) as at_time, cast(? as json) as more, case when json_valid(cast(properties as varchar)) then json_extract_string(cast(properties as varchar), ?) end as page from event
-- ["%d/%m/%Y %H:%M:%S","[]","$.page.name"]
