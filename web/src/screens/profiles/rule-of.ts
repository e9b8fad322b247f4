import type { SegmentView } from '../../api/types.ts'

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

/**
 * The filters of the list as a segment rule, so that "these people" can be saved as a query and not as a list of ids.
 * A search text has no rule of its own and is left out.
 */
export function ruleOf(
  search: { rule?: string; segment?: string; level?: string; stage?: string; region?: string },
  segments: readonly SegmentView[] | undefined,
): string | undefined {
  const parts = [
    search.rule && `(${search.rule})`,
    search.segment &&
      `(${segments?.find((s) => s.name === search.segment)?.rule || `in_segment(${quoted(search.segment)})`})`,
    search.level && `rfm.level = ${quoted(search.level)}`,
    search.stage && `stage = ${quoted(search.stage)}`,
    search.region && `region = ${quoted(search.region)}`,
  ].filter(Boolean)
  return parts.length
    ? parts.join(' and ').replace(/^\((.*)\)$/s, (whole, inner: string) => (parts.length === 1 ? inner : whole))
    : undefined
}
