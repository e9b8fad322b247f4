import type { Text } from '../../base/text.ts'
import type { InspectedColumn, Inspection } from '../../sources/index.ts'
import type { Domain, DomainName, MappingSuggestion } from '../contract.ts'
import { domainNames, domains } from '../schema/index.ts'
import { byName, byValues, typeFit } from './evidence.ts'
import { signs } from './signs.ts'
import { isTemplate } from './template.ts'

/** Below this a field is not proposed: leaving a column out is mended with one click, a wrong one is not noticed. */
const enough = 0.5

interface Proposal {
  readonly column: number
  readonly field: string
  readonly confidence: number
  readonly reason: Text
}

/**
 * Which data set a file is and which column goes to which field: by header words (zh, en, spelling), value patterns
 * and types; one column per field, best pair first. `dataset` forces the choice. Confidence 0–1; the data set's tells
 * how far it is ahead of the next.
 */
export function suggestMapping(inspection: Inspection, dataset?: DomainName): MappingSuggestion {
  const template = dataset === undefined && isTemplate(inspection.plan.columns)
  const candidates = (dataset ? [dataset] : template ? (['customer'] as const) : domainNames)
    .map((name) => judge(domains[name], inspection.columns))
    .sort((a, b) => b.score - a.score)
  const [best, next] = [candidates[0]!, candidates[1]]
  const proposals = new Map(best.proposals.map((p) => [p.column, p]))
  return {
    dataset: best.domain.name,
    datasetConfidence: dataset || template ? 1 : confidence(best, next, inspection.columns.length),
    fields: inspection.columns.map((column, i) => {
      const p = proposals.get(i)
      return p
        ? { column: column.name, field: p.field, confidence: p.confidence, reason: p.reason }
        : { column: column.name, confidence: 0, reason: { zh: '没有相近的字段', en: 'no field comes close' } }
    }),
    template,
  }
}

interface Judged {
  readonly domain: Domain
  readonly proposals: readonly Proposal[]
  readonly score: number
}

function judge(domain: Domain, columns: readonly InspectedColumn[]): Judged {
  const proposals = assign(domain, columns)
  const has = new Set(proposals.map((p) => p.field))
  const { needs, telling } = signs[domain.name]
  const met = needs.filter((group) => group.some((f) => has.has(f))).length / needs.length
  const sum = proposals.reduce((s, p) => s + p.confidence * (telling.includes(p.field) ? 1.5 : 1), 0)
  return { domain, proposals, score: met === 1 ? sum : sum * met * 0.5 }
}

function assign(domain: Domain, columns: readonly InspectedColumn[]): Proposal[] {
  const pairs: Proposal[] = []
  columns.forEach((column, i) => {
    for (const [name, field] of Object.entries(domain.fields)) {
      const named = byName(column.name, name, field)
      const seen = byValues(column, field)
      const fit = typeFit(column, field)
      // Values that agree with the name make it surer; values alone must stand on their own.
      const score = named.score ? Math.max(named.score * fit, seen.score) : seen.score
      const best = named.score * fit >= seen.score ? named : seen
      if (score >= enough)
        pairs.push({
          column: i,
          field: name,
          confidence: Math.round(score * 100) / 100,
          reason: withFit(best.reason, fit),
        })
    }
  })
  pairs.sort((a, b) => b.confidence - a.confidence || a.column - b.column)
  const [columnsTaken, fieldsTaken] = [new Set<number>(), new Set<string>()]
  return pairs.filter((p) => {
    if (columnsTaken.has(p.column) || fieldsTaken.has(p.field)) return false
    columnsTaken.add(p.column)
    fieldsTaken.add(p.field)
    return true
  })
}

function withFit(reason: Text, fit: number): Text {
  if (fit >= 0.85) return reason
  return { zh: `${reason.zh}，但内容不完全符合字段类型`, en: `${reason.en}, but the values do not quite fit the type` }
}

/** Half from the share of columns explained, half from the lead over the next data set. */
function confidence(best: Judged, next: Judged | undefined, columns: number): number {
  if (best.score === 0) return 0
  const explained = Math.min(1, best.proposals.length / Math.min(columns, 8))
  const lead = next ? Math.min(1, ((best.score - next.score) / best.score) * 3) : 1
  return Math.round((0.5 * explained + 0.5 * lead) * 100) / 100
}
