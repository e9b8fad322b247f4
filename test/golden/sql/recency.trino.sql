select customer_id, date_diff('day', cast(max(ordered_at) as timestamp(6)), cast(cast(current_timestamp at time zone 'UTC' as timestamp(6)) as timestamp(6))) as days, date_diff('month', date_trunc('month', cast(min(ordered_at) as timestamp(6))), date_trunc('month', cast(max(ordered_at) as timestamp(6)))) as months from "order" group by 1
-- []
