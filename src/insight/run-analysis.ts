import { quiet, type Work } from '../base/context.ts'
import { InputError } from '../base/errors.ts'
import type { Ground } from '../governance/index.ts'
import { addDays, calendar, lifecycleQuery, parseDay, rfmQuery, type Segments } from '../segments/index.ts'
import { sql } from '../warehouse/index.ts'
import type { Analysis, AnalysisResult, AnalysisTools, Scope } from './contract.ts'

/**
 * Run one analysis over people and a period. Scores and stages come from the stored tables when they are of the same
 * period, else they are computed for it.
 * @throws InputError analysis_params, invalid_day and all of the segment language; NotEnoughDataError
 */
export async function runAnalysis<P>(
  ground: Ground,
  segments: Segments,
  analysis: Analysis<P>,
  scope: Scope,
  params: unknown,
  work: Work = quiet,
): Promise<AnalysisResult> {
  parseDay(scope.asOf)
  if (!Number.isInteger(scope.windowDays) || scope.windowDays < 1 || scope.windowDays > 36_500) {
    throw new InputError('analysis_params', { name: analysis.id, problem: 'windowDays must be a whole number from 1' })
  }
  const checked = analysis.params.safeParse(params ?? {})
  if (!checked.success) {
    const problem = checked.error.issues.map((i) => `${i.path.join('.') || 'params'}: ${i.message}`).join('; ')
    throw new InputError('analysis_params', { name: analysis.id, problem })
  }
  return analysis.run(scope, checked.data, await toolsFor(ground, segments, scope, work))
}

export async function toolsFor(ground: Ground, segments: Segments, scope: Scope, work: Work): Promise<AnalysisTools> {
  const { warehouse } = ground
  const days = calendar(ground.zone)
  const stored = await segments.period()
  const settings = segments.settings()
  const sameDay = stored?.asOf === scope.asOf
  const options = { lane: 'heavy', signal: work.signal } as const
  return {
    query: (query) => warehouse.query(query, options),
    columns: (query) => warehouse.columns(query, options),
    people: segments.peopleSql(scope.people, scope.asOf),
    rfm: sameDay && stored?.windowDays === scope.windowDays ? sql`rfm` : sql`(${rfmQuery(scope, settings.rfm, days)})`,
    lifecycle: sameDay ? sql`lifecycle` : sql`(${lifecycleQuery(scope.asOf, settings.lifecycle, days)})`,
    rfmSettings: settings.rfm,
    days,
    tables: warehouse.tables,
    work,
  }
}

/** The day after today: everything up to now is looked at. */
export function tomorrow(ground: Ground): string {
  return addDays(calendar(ground.zone).dayOf(ground.clock()), 1)
}
