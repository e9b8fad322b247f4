select ? as a, ? as b, ? as c, ? as d, ? as e, cast(? as timestamp) as f, "we""ird" from "main"."order" where status in (?, ?) and level in (null)
-- ["it's",1.5,"1000000000000n",true,null,"1970-01-01T00:00:00.000Z","paid","sent"]
