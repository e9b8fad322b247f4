select category, element_at(transform(array[array_sort(array_agg(cast(amount as double)) filter (where amount is not null))], a -> if(cardinality(a) = 0, null,
      element_at(a, 1 + cast(floor((cardinality(a) - 1) * double '0.9') as integer))
      + ((cardinality(a) - 1) * double '0.9' - floor((cardinality(a) - 1) * double '0.9'))
      * (element_at(a, 1 + cast(ceil((cardinality(a) - 1) * double '0.9') as integer))
      - element_at(a, 1 + cast(floor((cardinality(a) - 1) * double '0.9') as integer))))), 1) as p90, element_at(transform(array[array_sort(array_agg(cast(amount as double)) filter (where amount is not null))], a -> if(cardinality(a) = 0, null,
      element_at(a, 1 + cast(floor((cardinality(a) - 1) * double '0.5') as integer))
      + ((cardinality(a) - 1) * double '0.5' - floor((cardinality(a) - 1) * double '0.5'))
      * (element_at(a, 1 + cast(ceil((cardinality(a) - 1) * double '0.5') as integer))
      - element_at(a, 1 + cast(floor((cardinality(a) - 1) * double '0.5') as integer))))), 1) as median, element_at(array_sort(map_entries(histogram(sku)), (a, b) -> if(a[2] <> b[2], if(a[2] > b[2], -1, 1), if(a[1] < b[1], -1, if(a[1] > b[1], 1, 0)))), 1)[1] as top, approx_distinct(sku) as skus, (cast(sum(amount) as double) / nullif(cast(count(*) as double), 0)) as mean, count(case when amount < 0 then 1 end) as negative from order_line group by 1
-- []
