import { sql, steps, w, type Sql } from '../warehouse/index.ts'

export interface LevelSpendParams {
  /** Levels with fewer members are not judged. */
  readonly minMembers: number
  /** A boundary that puts more than this share of the members on the wrong side is none: the level does not follow the amount. */
  readonly maxMisfit: number
  /** Relative distance from the boundary within which nobody is flagged. */
  readonly tolerance: number
}

export const levelSpendDefaults: LevelSpendParams = { minMembers: 20, maxMisfit: 0.25, tolerance: 0.05 }

/**
 * Members whose level does not fit the amount they spent. Levels are put in order by their median amount (robust
 * against the faults themselves); between two neighbours lies the amount that puts the fewest members of any level on
 * the wrong side; who is beyond it by more than the tolerance is flagged.
 * @param members a table expression with the columns `member` (text), `grp` (text: levels are compared within it),
 * `level` (text), `spend` (number); rows with a null in level or spend are left out
 * @returns a query with `member`, `grp`, `level`, `expected_level`, `spend`
 */
export function levelMismatch(members: Sql, p: LevelSpendParams): Sql {
  return steps(
    {
      known: sql`select member, grp, level, cast(spend as double) as spend from ${members} as m where level is not null and spend is not null`,
      // levels from the lowest median amount to the highest
      ranked_levels: sql`select grp, level, row_number() over (partition by grp order by mid, level) as r
from (select grp, level, ${w.median(sql`spend`)} as mid from known group by grp, level having count(*) >= ${p.minMembers}) as medians`,
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
