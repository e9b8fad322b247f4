select customer_id, max_by(channel, ordered_at) as last_channel, min_by(channel, ordered_at) as first_channel, array_join(array_agg(distinct channel order by channel asc nulls last) filter (where channel is not null), ?) as channels from "order" group by 1
-- [", "]
