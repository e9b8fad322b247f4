import type { Text } from '../../../base/text.ts'
import type { InspectedColumn } from '../../contract.ts'
import { ambiguousFormats } from './dates.ts'
import { inferColumn } from './infer.ts'

/** Types of all columns of a sample, and what a person should look at. */
export function inferColumns(
  names: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): { columns: InspectedColumn[]; warnings: { code: string; text: Text }[] } {
  const columns = names.map((name, i) =>
    inferColumn(
      name,
      rows.map((r) => r[i] ?? null),
    ),
  )
  const warnings: { code: string; text: Text }[] = []
  for (const column of columns) {
    const pair = ambiguousFormats(column.formats ?? [])
    if (pair)
      warnings.push({
        code: 'ambiguous_date',
        text: {
          zh: `列“${column.name}”的日期（如 ${column.examples[0]}）可读作 ${pair[0]} 或 ${pair[1]}：请在映射中指定格式。`,
          en: `Dates of column "${column.name}" (as ${column.examples[0]}) can be read as ${pair[0]} or ${pair[1]}: name the format in the mapping.`,
        },
      })
  }
  return { columns, warnings }
}
