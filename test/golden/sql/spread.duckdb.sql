select category, quantile_cont(cast(amount as double), 0.9) as p90, quantile_cont(cast(amount as double), 0.5) as median, mode(sku order by sku asc nulls last) as top, approx_count_distinct(sku) as skus, (cast(sum(amount) as double) / nullif(cast(count(*) as double), 0)) as mean, count(case when amount < 0 then 1 end) as negative from order_line group by 1
-- []
