import { z } from 'zod'
import { NotEnoughDataError } from '../../base/errors.ts'
import { id, sql, steps, w, type Sql } from '../../warehouse/index.ts'
import { column, levelNames } from '../columns.ts'
import type { Analysis, AnalysisTools, Scope } from '../contract.ts'
import { addDays, rfmQuery, salesLines, salesNote } from '../sales.ts'
import { logRank, medianTime, type Observed } from '../statistics/survival.ts'
import { both, months, num, pct, pValue } from '../words.ts'

const params = z.strictObject({
  /** Groups beside "all": value (total amount ≥ the high threshold), RFM level, member level, region, channel. */
  by: z.enum(['value', 'rfm_level', 'level', 'region', 'channel']).default('value'),
  /** Length of each of the two periods compared. */
  halfDays: z.number().int().min(30).max(730).default(182),
})
type Params = z.infer<typeof params>

type Gap = { grp: string; period: 'before' | 'after'; duration: number; event: number; n: number }
const minIntervals = 30

export const purchaseCycle: Analysis<Params> = {
  id: 'purchase_cycle',
  layer: 'diagnostic',
  name: { zh: '购买周期及其变化', en: 'Purchase cycle and its drift' },
  question: {
    zh: '客户多久买一次，哪些客户的间隔在拉长？',
    en: 'How often do customers buy, and whose intervals are growing longer?',
  },
  definition: {
    zh: `周期：每位客户相邻两个购买日间隔天数的中位数，再取客户间的中位数。变化：从每个购买日到下一个购买日的时间，分别在统计日前的最近半年与再前半年内观察，未等到下一次的按删失处理，用 Kaplan–Meier 中位数比较，log-rank 检验；两段观察方式相同，因此不受数据起点影响。高价值群：截至统计日累计消费金额的百分位 ≥ 高阈值（不看 R、F：它们与间隔本身相关，会使分组偏向未拉长的客户）。${salesNote.zh}`,
    en: `Cycle: the median days between neighbouring purchase days of each customer, then the median over customers. Drift: time from each purchase day to the next, watched within the last half-year and within the one before; what has not come by the end is censored; Kaplan–Meier medians, log-rank test. Both halves are watched alike, so the start of the data does not matter. High value: percent rank of the total amount up to the as-of day ≥ the high threshold (R and F are left out: they hang on the interval itself and would pick those whose cycle did not grow). ${salesNote.en}`,
  },
  params,
  run: async (scope, { by, halfDays }, tools) => {
    const base = await purchaseSteps(scope, tools, by)
    const cycles = await tools.query<{ grp: string; customers: number; cycle: number | null }>(
      steps(
        {
          ...base,
          own: sql`select person_id, grp, ${w.median(sql`gap`)} as cycle from gaps where gap is not null group by 1, 2`,
        },
        sql`
          select grp, count(*) as customers, ${w.median(sql`cycle`)} as cycle from own group by 1
          union all
          select 'all', count(*), ${w.median(sql`cycle`)} from own`,
      ),
    )
    const from = { after: addDays(scope.asOf, -halfDays), before: addDays(scope.asOf, -2 * halfDays) }
    const day = (text: string): Sql => w.cast(sql`${text}`, 'timestamp')
    const watched = (period: 'before' | 'after', start: string, end: string): Sql => sql`
      select grp, ${period} as period,
        ${w.boundaries('day', sql`day`, sql`case when next_day < ${day(end)} then next_day else ${day(end)} end`)} as duration,
        case when next_day < ${day(end)} then 1 else 0 end as event
      from gaps
      where day >= ${day(start)} and day < ${day(end)}`
    const gaps = await tools.query<Gap>(
      steps(
        {
          ...base,
          watched: sql`${watched('before', from.before, from.after)}\nunion all\n${watched('after', from.after, scope.asOf)}`,
        },
        sql`select grp, period, duration, event, count(*) as n from watched group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
      ),
    )
    if (!gaps.length && !cycles.some((c) => c.customers)) return { columns: columnsFor(by), rows: [] }
    const events = gaps.reduce((sum, g) => sum + (g.event ? g.n : 0), 0)
    if (events < minIntervals)
      throw new NotEnoughDataError('not_enough_data', {
        method: 'purchase_cycle',
        need: `${minIntervals} intervals between purchases`,
        got: events,
      })
    const groups = ['all', ...new Set(gaps.map((g) => g.grp))].filter((g, i, all) => all.indexOf(g) === i)
    const rows = groups.map((group) =>
      drift(
        group,
        gaps,
        cycles.find((c) => c.grp === group),
      ),
    )
    rows.sort((a, b) => Number(b.group === 'all') - Number(a.group === 'all') || b.customers - a.customers)
    return {
      columns: columnsFor(by),
      rows,
      figures: {
        cycle: { value: rows[0]!.cycle, text: both('购买周期中位数', 'Median purchase cycle'), unit: 'day' },
        before: { value: rows[0]!.before, text: both('前半年周期', 'Cycle in the half before'), unit: 'day' },
        after: { value: rows[0]!.after, text: both('近半年周期', 'Cycle in the last half'), unit: 'day' },
      },
      findings: findings(rows, by),
      chart: { kind: 'bar', x: 'group', y: ['before', 'after'] },
    }
  },
}

async function purchaseSteps(scope: Scope, tools: AnalysisTools, by: Params['by']): Promise<Record<string, Sql>> {
  const profile = tools.tables.find((t) => t.name === 'profile')
  const high = tools.rfmSettings.high
  const known = by === 'value' || by === 'rfm_level' || (profile && by in profile.columns)
  const group =
    by === 'value'
      ? sql`case when s.m >= ${high} then 'high' else 'other' end`
      : by === 'rfm_level'
        ? sql`coalesce(s.level, 'no_purchase')`
        : known
          ? sql`coalesce(${id('profile', by)}, '—')`
          : sql`'—'`
  const scores =
    by === 'value'
      ? sql`(${rfmQuery({ asOf: scope.asOf, windowDays: 36_500 }, tools.rfmSettings, tools.days)})`
      : tools.rfm
  return {
    lines: salesLines(scope, tools, 'ever'),
    purchase_days: sql`select distinct person_id, ${w.dateTrunc('day', sql`local_at`)} as day from lines`,
    grouped: sql`
      select d.person_id, d.day, ${group} as grp
      from purchase_days d
      left join ${scores} s on s.person_id = d.person_id
      left join profile on profile.person_id = d.person_id`,
    gaps: sql`
      select person_id, grp, day, lead(day) over (partition by person_id order by day) as next_day,
        ${w.boundaries('day', sql`day`, sql`lead(day) over (partition by person_id order by day)`)} as gap
      from grouped`,
  }
}

interface Drift {
  group: string
  customers: number
  cycle: number | null
  before: number | null
  before_low: number | null
  before_high: number | null
  after: number | null
  after_low: number | null
  after_high: number | null
  change: number | null
  p: number | null
}

function drift(
  group: string,
  gaps: readonly Gap[],
  cycle: { customers: number; cycle: number | null } | undefined,
): Drift & Record<string, unknown> {
  const of = (period: Gap['period']): Observed[] =>
    gaps
      .filter((g) => g.period === period && (group === 'all' || g.grp === group))
      .map((g) => ({ duration: g.duration, event: g.event === 1, count: g.n }))
  const [before, after] = [of('before'), of('after')]
  const enough = [before, after].every(
    (x) => x.reduce((sum, o) => sum + (o.event ? o.count : 0), 0) >= minIntervals / 2,
  )
  const none = { median: null, low: null, high: null }
  const [b, a] = enough ? [medianTime(before), medianTime(after)] : [none, none]
  return {
    group,
    customers: cycle?.customers ?? 0,
    cycle: cycle?.cycle ?? null,
    before: b.median,
    before_low: b.low,
    before_high: b.high,
    after: a.median,
    after_low: a.low,
    after_high: a.high,
    change: b.median && a.median ? a.median / b.median - 1 : null,
    p: enough ? logRank(before, after) : null,
  }
}

const valueNames = {
  all: both('全部客户', 'All customers'),
  high: both('高价值群（累计消费前列）', 'High value (top by total spend)'),
  other: both('其他客户', 'Other customers'),
}

function columnsFor(by: Params['by']) {
  const day = { unit: 'day' }
  return [
    column('group', 'text', '客户群', 'Group', {
      values: by === 'rfm_level' ? { ...levelNames, all: valueNames.all } : valueNames,
    }),
    column('customers', 'int', '有两次以上购买的客户', 'Customers with two purchases or more'),
    column('cycle', 'number', '周期中位数（天）', 'Median cycle (days)', day),
    column('before', 'number', '前半年周期（天）', 'Half before (days)', day),
    column('before_low', 'number', '前半年下限', 'Half before, low', day),
    column('before_high', 'number', '前半年上限', 'Half before, high', day),
    column('after', 'number', '近半年周期（天）', 'Last half (days)', day),
    column('after_low', 'number', '近半年下限', 'Last half, low', day),
    column('after_high', 'number', '近半年上限', 'Last half, high', day),
    column('change', 'percent', '变化', 'Change'),
    column('p', 'number', 'p 值', 'p value'),
  ]
}

function findings(rows: readonly Drift[], by: Params['by']) {
  return rows.flatMap((row) => {
    if (row.change === null || row.p === null || row.p >= 0.01 || Math.abs(row.change) < 0.1) return []
    const longer = row.change > 0
    const name =
      by === 'rfm_level'
        ? (levelNames[row.group] ?? valueNames.all)
        : (valueNames[row.group as 'all'] ?? both(row.group, row.group))
    const interval =
      row.after_low !== null ? `${num(row.after_low)}–${row.after_high === null ? '∞' : num(row.after_high)}` : ''
    return [
      {
        text: both(
          `${name.zh}的购买周期由 ${months(row.before!)} 个月${longer ? '拉长' : '缩短'}到 ${months(row.after!)} 个月（${num(row.before!)} → ${num(row.after!)} 天，95% 区间 ${interval} 天，${pct(Math.abs(row.change))}，${pValue(row.p)}）。`,
          `${name.en}: the purchase cycle grew ${longer ? 'longer' : 'shorter'}, from ${months(row.before!)} to ${months(row.after!)} months (${num(row.before!)} → ${num(row.after!)} days, 95% interval ${interval} days, ${pct(Math.abs(row.change))}, ${pValue(row.p)}).`,
        ),
        advice: longer
          ? both(
              '在原周期到期前一个月触达，查明原因（新品吸引力、服务、竞品），并复盘其偏好品类的变化。',
              'Contact them a month before the old cycle ends, find the reason (novelty, service, competitors) and look at how their favourite categories changed.',
            )
          : both(
              '客户买得更勤：保持现有做法，并适当提高客单价。',
              'They buy more often: keep going, and work on the basket.',
            ),
        people: row.group === 'high' ? 'rfm.m >= 80' : undefined,
      },
    ]
  })
}
