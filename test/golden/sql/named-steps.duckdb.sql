with "past_orders" as (
select customer_id, ordered_at, amount from "order" where ordered_at < cast(? as date)
),
"customers" as (
select customer_id, count(*) as frequency, sum(amount) as monetary from past_orders group by 1
)
select * from customers order by customer_id asc nulls last limit 20 offset 40
-- ["2024-12-31"]
