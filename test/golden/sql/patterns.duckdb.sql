select regexp_full_match(phone, ?) as whole, regexp_matches(phone, ?) as part, regexp_replace(phone, ?, ?, 'g') as replaced, regexp_extract(phone, ?, 1) as extracted from customer
-- ["1[3-9][0-9]{9}","[0-9]{4}","([0-9]{3})$","-\\1 $","^([+][0-9]+)"]
