import type { Text } from '../base/text.ts'
import { sql, steps, w } from '../warehouse/index.ts'
import type { AnalysisTools, Scope } from './contract.ts'
import { bounds, salesLines } from './sales.ts'

export const metricTexts = {
  customers: { zh: '客户数', en: 'Customers' },
  buyers: { zh: '购买客户', en: 'Buyers' },
  orders: { zh: '订单数', en: 'Orders' },
  revenue: { zh: '销售额', en: 'Sales' },
  aov: { zh: '客单价', en: 'Order value' },
  frequency: { zh: '人均订单', en: 'Orders per buyer' },
  repurchase_rate: { zh: '复购率', en: 'Repurchase rate' },
} as const satisfies Record<string, Text>

export type MetricName = keyof typeof metricTexts
export type Metrics = Readonly<Record<MetricName, number | null>>

export const metricTypes: Readonly<Record<MetricName, 'int' | 'number' | 'money' | 'percent'>> = {
  customers: 'int',
  buyers: 'int',
  orders: 'int',
  revenue: 'money',
  aov: 'money',
  frequency: 'number',
  repurchase_rate: 'percent',
}

/** The figures of a scope's window, and of the window before it (people counted are the same). */
export async function metricsOf(scope: Scope, tools: AnalysisTools): Promise<{ now: Metrics; before: Metrics }> {
  const [now, before] = [bounds(scope, tools), bounds(scope, tools, 1)]
  const [count] = await tools.query<{ customers: number }>(
    sql`select count(*) as customers from ${tools.people} people`,
  )
  const rows = await tools.query<{ period: string; buyers: number; again: number; orders: number; revenue: number }>(
    steps(
      {
        lines: salesLines(scope, tools, before.from),
        orders: sql`
          select person_id, order_key, case when min(ordered_at) >= ${now.from} then 'now' else 'before' end as period, sum(amount) as amount
          from lines
          group by 1, 2`,
        buyers: sql`select period, person_id, count(*) as orders, sum(amount) as amount from orders group by 1, 2`,
      },
      sql`
        select period, count(*) as buyers, ${w.countIf(sql`orders >= 2`)} as again, sum(orders) as orders, sum(amount) as revenue
        from buyers
        group by 1`,
    ),
  )
  const of = (period: string): Metrics => {
    const x = rows.find((r) => r.period === period)
    const customers = count!.customers
    if (!x) return { customers, buyers: 0, orders: 0, revenue: 0, aov: null, frequency: null, repurchase_rate: null }
    const orders = Number(x.orders)
    return {
      customers,
      buyers: x.buyers,
      orders,
      revenue: x.revenue,
      aov: x.revenue / orders,
      frequency: orders / x.buyers,
      repurchase_rate: x.again / x.buyers,
    }
  }
  return { now: of('now'), before: of('before') }
}
