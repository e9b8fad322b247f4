select customer_id, arg_max_null(channel, ordered_at) as last_channel, arg_min_null(channel, ordered_at) as first_channel, string_agg(distinct channel, ? order by channel asc nulls last) as channels from "order" group by 1
-- [", "]
