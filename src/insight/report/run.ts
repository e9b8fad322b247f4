import type { Work } from '../../base/context.ts'
import { InputError, NotEnoughDataError } from '../../base/errors.ts'
import type { Text } from '../../base/text.ts'
import type { Ground } from '../../governance/index.ts'
import { allRfmLevels, type Segments } from '../../segments/index.ts'
import { sql } from '../../warehouse/index.ts'
import type { Analysis } from '../contract.ts'
import { metricsOf, metricTexts, metricTypes, type MetricName } from '../metrics.ts'
import { runAnalysis, toolsFor } from '../run-analysis.ts'
import { defaultAnalyses, defaultMetrics, scopeOf, type Report, type ReportSection, type ReportSpec } from './spec.ts'

export interface RunParts {
  readonly segments: Segments
  readonly analysis: (id: string) => Analysis
  /** What cleaning did, asked from the upstream stages. */
  readonly cleaning?: () => Promise<readonly { readonly step: Text; readonly rows: number }[]>
}

/** Run all sections of a report. Too little data for one of them is said in its place and does not stop the others. */
export async function runReport(
  ground: Ground,
  spec: ReportSpec,
  parts: RunParts,
  work: Work,
): Promise<Omit<Report, 'id' | 'createdAt' | 'runs' | 'comparison'>> {
  const scope = scopeOf(spec)
  const chosen = spec.analyses.length ? spec.analyses : defaultAnalyses
  const analyses = chosen.map(parts.analysis)
  work.progress.step({ zh: '生成报告', en: 'Writing the report' }, { total: analyses.length })
  const tools = await toolsFor(ground, parts.segments, scope, work)
  const { now, before } = await metricsOf(scope, tools)
  const sections: ReportSection[] = []
  for (const analysis of analyses) {
    work.signal?.throwIfAborted()
    sections.push(await section(ground, parts.segments, analysis, scope, work))
    work.progress.advance(1)
  }
  const wanted = (spec.metrics.length ? spec.metrics : defaultMetrics).filter((m): m is MetricName => m in metricTexts)
  return {
    spec,
    data: {
      people: now.customers ?? 0,
      orders: now.orders ?? 0,
      amount: now.revenue ?? 0,
      sources: await sources(ground),
    },
    cleaning: (await parts.cleaning?.()) ?? [],
    sections,
    conclusions: conclusionsOf(sections),
    metrics: [
      ...wanted.map((id) => ({
        id: id as string,
        text: metricTexts[id] as Text,
        value: now[id],
        previous: id === 'customers' ? null : before[id],
        type: metricTypes[id],
      })),
      ...levelMetrics(sections),
    ],
  }
}

/** The first findings with advice of each section: a page of them is not a summary. */
function conclusionsOf(sections: readonly ReportSection[]): Report['conclusions'] {
  return sections.flatMap((s) =>
    (s.result.findings ?? [])
      .flatMap((f) => (f.advice ? [{ text: f.text, advice: f.advice, ...(f.people ? { people: f.people } : {}) }] : []))
      .slice(0, s.id === 'rfm_levels' ? 3 : 1),
  )
}

async function section(
  ground: Ground,
  segments: Segments,
  analysis: Analysis,
  scope: ReturnType<typeof scopeOf>,
  work: Work,
): Promise<ReportSection> {
  const head = { id: analysis.id, title: analysis.name, question: analysis.question, definition: analysis.definition }
  try {
    return { ...head, result: await runAnalysis(ground, segments, analysis, scope, {}, work) }
  } catch (error) {
    if (!(error instanceof NotEnoughDataError)) throw error
    return { ...head, result: { columns: [], rows: [] }, problem: error.text }
  }
}

/** Sizes of the levels are followed from run to run as well. */
function levelMetrics(sections: readonly ReportSection[]): Report['metrics'] {
  const rows = sections.find((s) => s.id === 'rfm_levels')?.result.rows ?? []
  return rows.map((row) => {
    const level = allRfmLevels.find((l) => l.id === row['level'])!
    return {
      id: `level_${level.id}`,
      text: { zh: `${level.text.zh}客户`, en: `${level.text.en} customers` },
      value: Number(row['customers']),
      previous: null,
      type: 'int' as const,
    }
  })
}

async function sources(ground: Ground): Promise<Report['data']['sources']> {
  if (!ground.warehouse.tables.some((t) => t.name === 'batch')) return []
  return ground.warehouse.query<{ source: string; dataset: string; rows: number }>(sql`
    select source, dataset, cast(sum(stored) as bigint) as "rows"
    from batch
    where undone_at is null
    group by 1, 2
    order by 1, 2`)
}

/** Figures that both runs have and that differ or not: the reader sees all of them. */
export function compare(
  before: Report,
  after: Pick<Report, 'metrics'>,
  run: { run: string; at: string },
): NonNullable<Report['comparison']> {
  return {
    ...run,
    changes: after.metrics.flatMap((m) => {
      const was = before.metrics.find((b) => b.id === m.id)?.value
      return m.value === null || was === null || was === undefined
        ? []
        : [{ metric: m.text, before: was, after: m.value, type: m.type }]
    }),
  }
}

export function analysisById(analyses: readonly Analysis[]): (id: string) => Analysis {
  return (id) => {
    const found = analyses.find((a) => a.id === id)
    if (!found) throw new InputError('analysis_unknown', { name: id, known: analyses.map((a) => a.id).join(', ') })
    return found
  }
}
