select t.item as tag, count(*) as n from customer as c cross join unnest(string_split(c.customer_tags, ?)) as t(item) group by 1
-- [","]
