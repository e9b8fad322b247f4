import type { Inspection } from '../../sources/index.ts'
import type { FieldMapping, Mapping, MappingSuggestion } from '../contract.ts'
import { domainOf } from '../schema/index.ts'

const floatId = /^\d+\.0$/

/**
 * The mapping that a suggestion amounts to: what an import takes when nobody changes anything. Dates get the formats
 * that were seen (day/month against month/day is decided by the whole sample, not by each row); an id that a
 * spreadsheet turned into `17850.0` in every sampled cell gets `format: float_id`.
 */
export function mappingOf(suggestion: MappingSuggestion, inspection: Inspection, more: Partial<Mapping> = {}): Mapping {
  const domain = domainOf(suggestion.dataset)
  const fields: Record<string, FieldMapping> = {}
  for (const { column, field } of suggestion.fields) {
    if (!field) continue
    const seen = inspection.columns.find((c) => c.name === column)
    const type = domain.fields[field]!.type
    const formats = (type === 'date' || type === 'timestamp') && seen?.formats?.length ? { formats: seen.formats } : {}
    const at = inspection.plan.columns.indexOf(column)
    const values = inspection.sample
      .map((row) => row[at])
      .filter((v): v is string => v !== null && v !== undefined && v !== '')
    const float = type === 'text' && values.length > 0 && values.every((v) => floatId.test(v.trim()))
    fields[field] = { column, ...formats, ...(float ? { format: 'float_id' as const } : {}) }
  }
  return { dataset: suggestion.dataset, fields, ...more }
}
