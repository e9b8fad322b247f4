import type { ReportSpec } from '../../api/types.ts'

export const metricNames = ['customers', 'buyers', 'orders', 'revenue', 'aov', 'frequency', 'repurchase_rate'] as const

const key = 'tributary.report.draft'
const tomorrow = (): string => {
  const day = new Date(Date.now() + 86_400_000)
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`
}

export function newSpec(locale: 'zh' | 'en', asOf = tomorrow()): ReportSpec {
  return {
    name: '',
    goal: '',
    scope: {},
    period: { asOf, windowDays: 365 },
    metrics: metricNames.filter((name) => name !== 'frequency'),
    analyses: [],
    locale,
  }
}

/** The steps survive a reload. */
export function readSpec(): ReportSpec | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '') as ReportSpec
  } catch {
    return undefined
  }
}

export function keepSpec(spec: ReportSpec | undefined): void {
  if (spec) sessionStorage.setItem(key, JSON.stringify(spec))
  else sessionStorage.removeItem(key)
}
