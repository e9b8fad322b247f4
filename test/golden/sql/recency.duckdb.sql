select customer_id, date_sub('day', cast(max(ordered_at) as timestamp), cast(cast(now() at time zone 'UTC' as timestamp) as timestamp)) as days, date_diff('month', date_trunc('month', cast(min(ordered_at) as timestamp)), date_trunc('month', cast(max(ordered_at) as timestamp))) as months from "order" group by 1
-- []
