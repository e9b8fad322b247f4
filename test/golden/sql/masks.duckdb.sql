select case when "phone" is null then null else case when regexp_full_match(cast("phone" as varchar), ?)
        then concat(substr(cast("phone" as varchar), 1, length(cast("phone" as varchar)) - 8), '****', substr(cast("phone" as varchar), length(cast("phone" as varchar)) - 3)) else '****' end end as phone, case when "email" is null then null else case when regexp_full_match(cast("email" as varchar), ?)
        then concat(substr(cast("email" as varchar), 1, 1), '***', regexp_extract(cast("email" as varchar), ?, 0))
        when regexp_full_match(cast("email" as varchar), ?) then concat('***', regexp_extract(cast("email" as varchar), ?, 0))
        else '***' end end as email, case when "id_card" is null then null else case when length(cast("id_card" as varchar)) >= 12
        then concat(substr(cast("id_card" as varchar), 1, 3), '***********', substr(cast("id_card" as varchar), length(cast("id_card" as varchar)) - 3)) else '***********' end end as id_card, case when "card" is null then null else case when regexp_full_match(cast("card" as varchar), ?) then concat('****', substr(cast("card" as varchar), length(cast("card" as varchar)) - 3)) else '****' end end as card, case when "age" is null then null else '***' end as age from customer
-- ["\\+?[0-9]{8,15}","[^@\\s]{2,}@[^@\\s]+","@[^@]+$","[^@\\s]@[^@\\s]+","@[^@]+$","[0-9 -]{12,25}"]
