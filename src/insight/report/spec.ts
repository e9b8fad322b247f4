import { z } from 'zod'
import { InputError } from '../../base/errors.ts'
import type { Text } from '../../base/text.ts'
import { parseDay } from '../../segments/index.ts'
import type { AnalysisResult, Scope } from '../contract.ts'
import type { MetricName } from '../metrics.ts'

/** The first steps of the path: goal, scope, period, metrics, methods. A versioned definition of kind `report`. */
export interface ReportSpec {
  readonly name: string
  readonly goal: string
  readonly scope: { readonly people?: string; readonly region?: string; readonly activeWithinDays?: number }
  readonly period: { readonly asOf: string; readonly windowDays: number }
  readonly metrics: readonly string[]
  readonly analyses: readonly string[]
  readonly locale: 'zh' | 'en'
}

/** What a run found: the JSON kept in the lake. */
export interface Report {
  readonly id: string
  readonly spec: ReportSpec
  readonly createdAt: string
  readonly runs: readonly { readonly run: string; readonly at: string }[]
  readonly data: {
    readonly people: number
    readonly orders: number
    readonly amount: number
    readonly sources: readonly { readonly source: string; readonly dataset: string; readonly rows: number }[]
  }
  readonly cleaning: readonly { readonly step: Text; readonly rows: number }[]
  readonly sections: readonly ReportSection[]
  readonly conclusions: readonly { readonly text: Text; readonly advice: Text; readonly people?: string }[]
  readonly comparison?: {
    readonly run: string
    readonly at: string
    readonly changes: readonly {
      readonly metric: Text
      readonly before: number
      readonly after: number
      readonly type: 'int' | 'number' | 'money' | 'percent'
    }[]
  }
  /** The figures that the next run is compared with. */
  readonly metrics: readonly {
    readonly id: string
    readonly text: Text
    readonly value: number | null
    readonly previous: number | null
    readonly type: 'int' | 'number' | 'money' | 'percent'
  }[]
}

export interface ReportSection {
  readonly id: string
  readonly title: Text
  readonly question?: Text
  readonly definition: Text
  readonly result: AnalysisResult
  /** Why there is no result. */
  readonly problem?: Text
}

export const defaultAnalyses = [
  'rfm_levels',
  'lifecycle_stages',
  'monthly_sales',
  'sales_contribution',
  'repurchase',
  'purchase_cycle',
  'aov_trend',
  'category_affinity',
  'returns',
  'interest_trend',
]
export const defaultMetrics: readonly MetricName[] = [
  'customers',
  'buyers',
  'orders',
  'revenue',
  'aov',
  'repurchase_rate',
]

const shape = z.object({
  name: z.string().trim().min(1).max(200),
  goal: z.string().max(2000).default(''),
  scope: z
    .object({
      people: z.string().optional(),
      region: z.string().optional(),
      activeWithinDays: z.number().int().positive().optional(),
    })
    .default({}),
  period: z.object({ asOf: z.string(), windowDays: z.number().int().min(1).max(36_500) }),
  metrics: z.array(z.string()).default([]),
  analyses: z.array(z.string()).default([]),
  locale: z.enum(['zh', 'en']).default('zh'),
})

/** @throws InputError analysis_params, invalid_day */
export function checkSpec(input: unknown): ReportSpec {
  const result = shape.safeParse(input)
  if (!result.success)
    throw new InputError('analysis_params', {
      name: 'report',
      problem: result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '),
    })
  parseDay(result.data.period.asOf)
  return result.data
}

/** Who is looked at, as one rule of the segment language. */
export function scopeOf(spec: ReportSpec): Scope {
  const { people, region, activeWithinDays } = spec.scope
  const parts = [
    ...(people?.trim() ? [`(${people})`] : []),
    ...(region ? [`region = '${region.replaceAll("'", "''")}'`] : []),
    ...(activeWithinDays ? [`orders.count(${activeWithinDays}d) >= 1`] : []),
  ]
  return { ...spec.period, ...(parts.length ? { people: parts.join(' and ') } : {}) }
}
