select date_format(cast(ordered_at as timestamp(6)), '%Y-%m') as month, date_trunc('week', cast(ordered_at as timestamp(6))) as week, day_of_week(ordered_at) as dow, extract(hour from ordered_at) as h, to_unixtime(cast(ordered_at as timestamp(6))) as s, date_format(cast(ordered_at as timestamp(6)), '%Y-%m-%d %H:%i:%s') as t from "order"
-- []
