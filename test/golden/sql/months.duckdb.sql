select strftime(cast(ordered_at as timestamp), '%Y-%m') as month, date_trunc('week', cast(ordered_at as timestamp)) as week, isodow(ordered_at) as dow, extract(hour from ordered_at) as h, epoch(cast(ordered_at as timestamp)) as s, strftime(cast(ordered_at as timestamp), '%Y-%m-%d %H:%M:%S') as t from "order"
-- []
