import type { Work } from '../base/context.ts'
import type { Ground } from '../governance/index.ts'
import { domainNames, type DomainName } from '../intake/index.ts'
import {
  copiesStep,
  duplicatesStep,
  gapsStep,
  groupedStep,
  quarantinedStep,
  standardisedStep,
  type CleaningLine,
} from './cleaning.ts'
import type { Dimension, RuleContext, RuleResult } from './contract.ts'
import type { RuleInUse } from './judge.ts'
import { measureTimeliness, measureUniqueness } from './measures.ts'
import { proposeReviews } from './review.ts'
import { deliveries, scanDataset, type Delivery, type Ratio, type RuleCount, type Scan } from './scan.ts'
import { cleaningStepTable, qualityResultTable, qualityScoreTable } from './tables.ts'
import { failedPct, statusOfCounts } from './threshold.ts'

/** What a run came to. */
export interface QualityRun {
  readonly run: string
  readonly results: readonly RuleResult[]
  /** Rules with `stop_pipeline` whose status is error: the caller keeps the previous output of the stages behind. */
  readonly stopped: readonly RuleResult[]
}

const dimensions: readonly Dimension[] = [
  'completeness',
  'validity',
  'uniqueness',
  'consistency',
  'timeliness',
  'accuracy',
]

/** Evaluate every rule, take the scores, the cleaning steps and the review list; replaces what an earlier run at the same moment wrote. */
export async function runQuality(
  ground: Ground,
  rulesOf: (dataset: DomainName) => readonly RuleInUse[],
  work: Work,
): Promise<QualityRun> {
  const { warehouse, lineage } = ground
  const context: RuleContext = { now: ground.clock() }
  return lineage.run(
    'quality',
    {
      inputs: [...domainNames, 'batch', 'quarantine'],
      outputs: ['quality_result', 'quality_score', 'cleaning_step', 'review'],
    },
    async (run) => {
      const results: RuleResult[] = []
      const problems = new Map<RuleResult, string>()
      const scores: {
        source: string
        dataset: string
        dimension: Dimension
        numerator: number
        denominator: number
      }[] = []
      const steps: CleaningLine[] = []
      for (const dataset of domainNames) {
        work.signal?.throwIfAborted()
        const sources = await deliveries(warehouse, dataset, work.signal)
        if (!sources.length) continue
        const rules = rulesOf(dataset)
        const started = performance.now()
        const scan = await scanDataset(warehouse, dataset, sources, rules, context, work.signal)
        const ms = (performance.now() - started) / Math.max(1, scan.counts.length)
        for (const count of scan.counts) {
          const result = resultOf(run, dataset, count, rules, ms)
          results.push(result)
          if (count.problem) problems.set(result, count.problem)
        }
        scores.push(...(await scoresOf(ground, dataset, sources, scan, work)))
        const incomplete = scan.counts.filter((c) => c.rule === 'incomplete')
        if (incomplete.length)
          steps.push({
            step: 'missing',
            dataset,
            item: 'incomplete',
            rows: total(incomplete, 'failed'),
            total: total(incomplete, 'evaluated'),
          })
        steps.push(...(await copiesStep(warehouse, dataset, work.signal)))
        work.progress.advance(sources.reduce((n, s) => n + s.rows, 0))
        if (dataset === 'customer') {
          for (const step of [duplicatesStep, gapsStep, standardisedStep, groupedStep])
            steps.push(...(await step(warehouse, work.signal)))
        }
      }
      steps.push(...(await quarantinedStep(warehouse, work.signal)))
      const at = stamp(context.now)
      await warehouse.transaction(async (writer) => {
        const reviews = await proposeReviews(writer)
        steps.push(...reviews)
        await writer.append(
          qualityResultTable,
          [
            'run',
            'at',
            'rule',
            'rule_version',
            'dataset',
            'source',
            'evaluated',
            'failed',
            'failed_pct',
            'status',
            'problem',
            'ms',
          ],
          results.map((r) => [
            run,
            at,
            r.ruleId,
            r.ruleVersion,
            r.dataset,
            r.source,
            r.evaluated,
            r.failed,
            r.failedPct,
            r.status,
            problems.get(r) ?? null,
            r.ms,
          ]),
        )
        await writer.append(
          qualityScoreTable,
          ['run', 'at', 'source', 'dataset', 'dimension', 'numerator', 'denominator'],
          scores.map((s) => [run, at, s.source, s.dataset, s.dimension, s.numerator, s.denominator]),
        )
        await writer.append(
          cleaningStepTable,
          ['run', 'at', 'step', 'dataset', 'item', 'groups', 'rows', 'total'],
          steps.map((s) => [run, at, s.step, s.dataset, s.item, s.groups ?? null, s.rows, s.total]),
        )
      })
      const stopping = new Set(
        domainNames.flatMap((d) =>
          rulesOf(d)
            .filter((r) => r.rule.onFail === 'stop_pipeline')
            .map((r) => `${d}.${r.rule.id}`),
        ),
      )
      return {
        run,
        results,
        stopped: results.filter((r) => r.status === 'error' && stopping.has(`${r.dataset}.${r.ruleId}`)),
      }
    },
  )
}

function resultOf(run: string, dataset: string, count: RuleCount, rules: readonly RuleInUse[], ms: number): RuleResult {
  const { rule, version } = rules.find((r) => r.rule.id === count.rule)!
  return {
    runId: run,
    ruleId: rule.id,
    ruleVersion: version,
    dataset,
    source: count.source,
    evaluated: count.evaluated,
    failed: count.failed,
    failedPct: failedPct(count),
    status: count.problem ? 'broken' : statusOfCounts(rule, count),
    ms,
  }
}

/** All six for each source; a denominator of 0 reads "not measured". Accuracy needs a reference, so it is never measured here. */
async function scoresOf(ground: Ground, dataset: DomainName, sources: readonly Delivery[], scan: Scan, work: Work) {
  const ratios: Record<Dimension, readonly Ratio[]> = {
    completeness: scan.completeness,
    validity: scan.validity,
    uniqueness: await measureUniqueness(ground.warehouse, dataset, work.signal),
    consistency: scan.consistency,
    timeliness: await measureTimeliness(ground.warehouse, dataset, undefined, work.signal),
    accuracy: [],
  }
  return sources.flatMap(({ source }) =>
    dimensions.map((dimension) => {
      const found = ratios[dimension].find((r) => r.source === source)
      return { source, dataset, dimension, numerator: found?.numerator ?? 0, denominator: found?.denominator ?? 0 }
    }),
  )
}

function total(counts: readonly RuleCount[], what: 'failed' | 'evaluated'): number {
  return counts.reduce((sum, c) => sum + c[what], 0)
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
