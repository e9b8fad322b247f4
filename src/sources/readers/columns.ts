import { withoutMarks } from './csv/fields.ts'
import type { Text } from '../../base/text.ts'

export interface NamedColumns {
  readonly names: readonly string[]
  readonly warnings: readonly { readonly code: string; readonly text: Text }[]
}

/** Names the warehouse gives to staged files itself. */
const reserved = new Set(['_row', '_file'])

/**
 * Header cells as column names: trimmed, blanks named `column_3`, a name that is there already (upper and lower case
 * are one name, as in SQL) becomes `amount_2`.
 */
export function nameColumns(cells: readonly (string | null)[]): NamedColumns {
  const warnings: { code: string; text: Text }[] = []
  const given = cells.map((cell) =>
    withoutMarks(cell ?? '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
  const wanted = new Set(given.map((name) => name.toLowerCase()))
  const taken = new Set<string>()
  const duplicates: string[] = []
  let blanks = 0
  const names = given.map((cell, i) => {
    let name = cell
    if (!name) {
      blanks++
      name = `column_${i + 1}`
    }
    const key = name.toLowerCase()
    if (!taken.has(key) && !reserved.has(key)) {
      taken.add(key)
      return name
    }
    let n = 2
    while (taken.has(`${key}_${n}`) || wanted.has(`${key}_${n}`)) n++
    taken.add(`${key}_${n}`)
    if (!reserved.has(key)) duplicates.push(`${name} → ${name}_${n}`)
    return `${name}_${n}`
  })
  if (duplicates.length)
    warnings.push({
      code: 'duplicate_headers',
      text: {
        zh: `表头有重复列名，已改名：${duplicates.slice(0, 10).join('，')}。`,
        en: `The header repeats column names; they were renamed: ${duplicates.slice(0, 10).join(', ')}.`,
      },
    })
  if (blanks)
    warnings.push({
      code: 'blank_headers',
      text: {
        zh: `有 ${blanks} 列没有列名，已按位置命名（如 column_${given.indexOf('') + 1}）。`,
        en: `${blanks} columns have no name; they were named by place (as column_${given.indexOf('') + 1}).`,
      },
    })
  return { names, warnings }
}
