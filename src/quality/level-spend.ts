import { join, sql, steps, w, type Sql } from '../warehouse/index.ts'
import { asciiLowerSql } from './values.ts'

export interface LevelSpendParams {
  /** Levels with fewer members are not judged. */
  readonly minMembers: number
  /** A boundary that puts more than this share of the members on the wrong side is none: the level does not follow the amount. */
  readonly maxMisfit: number
  /** Relative distance from the boundary within which nobody is flagged. */
  readonly tolerance: number
  /** Names of levels from low to high, lower case: used where all levels of a source are among them. */
  readonly ladder: readonly string[]
}

/** The usual names of membership levels in China and abroad, from low to high. */
export const usualLevels: readonly string[] = (
  '非会员 注册会员 普通 普通会员 普通客户 普卡 basic regular standard member 铁牌 铜牌 铜卡 青铜 bronze 银牌 银卡 白银 银卡会员 silver 金牌 金卡 黄金 金卡会员 gold ' +
  '白金 白金卡 铂金 铂金卡 platinum 钻石 钻石卡 钻石会员 diamond 黑金 黑卡 黑钻 至尊 black v0 v1 v2 v3 v4 v5 v6 v7 v8 v9 vip0 vip1 vip2 vip3 vip4 vip5 vip6 vip7 vip8 vip9'
).split(' ')

export const levelSpendDefaults: LevelSpendParams = {
  minMembers: 20,
  maxMisfit: 0.25,
  tolerance: 0.05,
  ladder: usualLevels,
}

/**
 * Members whose level does not fit the amount they spent. Levels are put in order by their names where all are
 * known, else by their median amount; between two neighbours lies the amount that puts the fewest members of any level on
 * the wrong side; who is beyond it by more than the tolerance is flagged.
 * @param members a table expression with the columns `member` (text), `grp` (text: levels are compared within it),
 * `level` (text), `spend` (number); rows with a null in level or spend are left out
 * @returns a query with `member`, `grp`, `level`, `expected_level`, `spend`
 */
export function levelMismatch(members: Sql, p: LevelSpendParams): Sql {
  return steps(
    {
      known: sql`select member, grp, level, cast(spend as double) as spend from ${members} as m where level is not null and spend is not null`,
      // levels from low to high: by their names where all are known, else by the median amount, which a level whose
      // members are mostly misplaced gets wrong
      middles: sql`select grp, level, ${w.median(sql`spend`)} as mid, ${position(p.ladder)} as step
from known group by grp, level having count(*) >= ${p.minMembers}`,
      ranked_levels: sql`select grp, level, row_number() over (partition by grp order by case when named = levels then step else 0 end, mid, level) as r
from (select grp, level, mid, step, count(step) over (partition by grp) as named, count(*) over (partition by grp) as levels from middles) as counted`,
      ranked: sql`select k.member, k.grp, k.level, k.spend, l.r from known as k join ranked_levels as l on l.grp = k.grp and l.level = k.level`,
      // equal amounts count as one point: a boundary cannot run through them
      points: sql`select grp, spend, r, count(*) as n from ranked group by grp, spend, r`,
      boundaries: sql`select grp, r as j
from (select grp, r, max(r) over (partition by grp) as top from ranked_levels) as tops where r < top`,
      // for a cut just above each amount: members of lower levels above it, and of higher levels not above it
      sides: sql`select p.grp, b.j, p.spend,
  sum(case when p.r <= b.j then p.n else 0 end) as low,
  sum(case when p.r > b.j then p.n else 0 end) as high
from points as p join boundaries as b on b.grp = p.grp
group by p.grp, b.j, p.spend`,
      costs: sql`select grp, j, spend,
  sum(low) over (partition by grp, j) - sum(low) over (partition by grp, j order by spend rows between unbounded preceding and current row)
    + sum(high) over (partition by grp, j order by spend rows between unbounded preceding and current row) as wrong,
  sum(low + high) over (partition by grp, j) as members
from sides`,
      cheapest: sql`select grp, j, min(wrong) as wrong, max(members) as members from costs group by grp, j`,
      cuts: sql`select c.grp, c.j, min(c.spend) as cut
from costs as c join cheapest as b on b.grp = c.grp and b.j = c.j and b.wrong = c.wrong
where b.wrong <= ${p.maxMisfit} * b.members
group by c.grp, c.j`,
      // the boundaries next to a member's level on either side, and the level that the amount speaks for
      judged: sql`select m.member, m.grp, m.level, m.spend,
  1 + count(case when m.spend > c.cut then 1 end) as fits,
  max(case when c.j = m.r - 1 then c.cut end) as floor_cut,
  max(case when c.j = m.r then c.cut end) as ceiling_cut
from ranked as m join cuts as c on c.grp = m.grp
group by m.member, m.grp, m.level, m.spend, m.r`,
    },
    sql`select j.member, j.grp, j.level, l.level as expected_level, j.spend
from judged as j left join ranked_levels as l on l.grp = j.grp and l.r = j.fits
where j.spend <= j.floor_cut * ${1 - p.tolerance} or j.spend > j.ceiling_cut * ${1 + p.tolerance}`,
  )
}

/** Place of a level's name on the ladder, null when it is not there. */
function position(ladder: readonly string[]): Sql {
  if (!ladder.length) return sql`cast(null as integer)`
  const cases = ladder.map((name, i) => sql`when ${name} then ${i + 1}`)
  return sql`case ${asciiLowerSql(w.foldText(sql`level`))} ${join(cases, ' ')} end`
}
