import type { Text } from '../base/text.ts'
import { allRfmLevels, lifecycleStages } from '../segments/index.ts'
import type { ResultColumn } from './contract.ts'

/** A result column that tells nothing about single people: counts, sums, names of groups. */
export function column(
  name: string,
  type: ResultColumn['type'],
  zh: string,
  en: string,
  more: Partial<ResultColumn> = {},
): ResultColumn {
  return { name, type, text: { zh, en }, class: 'non_sensitive', ...more }
}

export const levelNames: Readonly<Record<string, Text>> = Object.fromEntries(allRfmLevels.map((l) => [l.id, l.text]))
export const stageNames: Readonly<Record<string, Text>> = Object.fromEntries(lifecycleStages.map((s) => [s.id, s.text]))
