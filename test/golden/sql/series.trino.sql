select s."at", count(o.order_id) as orders from (select "at" from unnest(sequence(cast(? as timestamp(6)), cast(? as timestamp(6)), interval '7' day)) as series("at")) as s left join "order" as o on o.ordered_at >= s."at" and o.ordered_at < (cast(s."at" as timestamp(6)) + interval '7' day) group by 1
-- ["2024-01-01","2024-02-01"]
