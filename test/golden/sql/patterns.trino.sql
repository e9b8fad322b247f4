select regexp_like(phone, ?) as whole, regexp_like(phone, ?) as part, regexp_replace(phone, ?, ?) as replaced, case when phone is not null then coalesce(regexp_extract(phone, ?, 1), '') end as extracted from customer
-- ["\\A(?:1[3-9][0-9]{9})\\z","[0-9]{4}","([0-9]{3})$","-$1 \\$","^([+][0-9]+)"]
