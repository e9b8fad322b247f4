import { describe, expect, it } from 'vitest'
import { ConfigError } from '../base/errors.ts'
import type { Severity } from './contract.ts'
import { checkThreshold, statusOfCounts, thresholdRemarks } from './threshold.ts'

// The table of A1, cell by cell: severity, thresholds, failed of 100 → status. The thresholds that are given are
// warn_if failed > 0 and error_if failed_pct > 2; 5 fail.
const table: readonly (readonly [Severity, 'none' | 'warn' | 'error' | 'both', failed: number, status: string])[] = [
  ['info', 'none', 0, 'pass'],
  ['info', 'none', 5, 'pass'],
  ['info', 'warn', 0, 'pass'],
  ['info', 'warn', 5, 'pass'],
  ['info', 'error', 0, 'pass'],
  ['info', 'error', 5, 'pass'],
  ['info', 'both', 0, 'pass'],
  ['info', 'both', 5, 'pass'],
  ['warn', 'none', 0, 'pass'],
  ['warn', 'none', 5, 'warn'],
  ['warn', 'warn', 0, 'pass'],
  ['warn', 'warn', 5, 'warn'],
  ['warn', 'error', 0, 'pass'],
  ['warn', 'error', 5, 'pass'],
  ['warn', 'both', 0, 'pass'],
  ['warn', 'both', 5, 'warn'],
  ['error', 'none', 0, 'pass'],
  ['error', 'none', 5, 'error'],
  ['error', 'warn', 0, 'pass'],
  ['error', 'warn', 5, 'warn'],
  ['error', 'error', 0, 'pass'],
  ['error', 'error', 5, 'error'],
  ['error', 'both', 0, 'pass'],
  ['error', 'both', 5, 'error'],
]

const rule = (severity: Severity, given: string) => ({
  id: 'r',
  severity,
  warnIf: given === 'warn' || given === 'both' ? 'failed > 0' : undefined,
  errorIf: given === 'error' || given === 'both' ? 'failed_pct > 2' : undefined,
})

describe('severity and thresholds', () => {
  it.each(table)('%s with %s threshold and %i failed: %s', (severity, given, failed, status) => {
    expect(statusOfCounts(rule(severity, given), { failed, evaluated: 100 })).toBe(status)
  })

  it('an error_if that does not hold invents no warning, and falls back to warn_if where there is one', () => {
    expect(statusOfCounts(rule('error', 'error'), { failed: 1, evaluated: 100 })).toBe('pass')
    expect(statusOfCounts(rule('error', 'both'), { failed: 1, evaluated: 100 })).toBe('warn')
    expect(statusOfCounts(rule('error', 'warn'), { failed: 100, evaluated: 100 })).toBe('warn')
  })

  it('says that nothing was evaluated instead of passing', () => {
    expect(statusOfCounts(rule('error', 'none'), { failed: 0, evaluated: 0 })).toBe('skipped')
    expect(
      statusOfCounts(
        { id: 'r', severity: 'error', errorIf: 'observed < 10' },
        { failed: 0, evaluated: 0, observed: 3 },
      ),
    ).toBe('error')
  })

  it('joins conditions', () => {
    const both = { id: 'r', severity: 'error', errorIf: 'failed_pct > 2 or failed > 1000' } as const
    expect(statusOfCounts(both, { failed: 1001, evaluated: 1_000_000 })).toBe('error')
    expect(statusOfCounts(both, { failed: 1000, evaluated: 1_000_000 })).toBe('pass')
  })

  it.each(['rows > 1', "failed > 'x'", 'failed > 1 +', 'failed.count(3d) > 1', 'failed + 1 > 2', 'failed is missing'])(
    'refuses %s',
    (expression) => {
      expect(() => checkThreshold('r', expression)).toThrow(ConfigError)
    },
  )

  it('remarks on thresholds that do nothing', () => {
    expect(thresholdRemarks(rule('warn', 'error'))).toHaveLength(1)
    expect(thresholdRemarks(rule('error', 'both'))).toEqual([])
  })
})
