import { describe, expect, it } from 'vitest'
import { NotEnoughDataError } from '../base/errors.ts'
import {
  createInsight,
  insightTables,
  type Analysis,
  type AnalysisResult,
  type Insight,
  type Scope,
} from '../insight/index.ts'
import { createSegments, segmentTables } from '../segments/index.ts'
import type { Row } from '../warehouse/index.ts'
import { openSmallGround, type SmallGround } from './small-ground.ts'

/** What an author knows of an analysis: its answer on `tinyShop`, or that it is too little. */
export interface AnalysisGolden {
  readonly params?: unknown
  /** Rows, with the columns that matter; in order. */
  readonly rows?: readonly Row[]
  readonly figures?: Readonly<Record<string, number | string | null>>
  readonly tooLittle?: true
}

export const tinyScope: Scope = { asOf: '2024-07-01', windowDays: 365 }

/** Four people, six sales lines and a return: small enough to compute every figure by hand. Zone UTC. */
export const tinyShop: Readonly<Record<string, readonly Row[]>> = {
  profile: [
    { person_id: 'a', name: '张三', region: '广东省' },
    { person_id: 'b', name: '李四', region: '广东省' },
    { person_id: 'c', name: '王五', region: '浙江省' },
    { person_id: 'd', name: '赵六' },
  ],
  purchase: [
    {
      person_id: 'a',
      order_id: '1',
      ordered_at: '2024-01-10 09:00:00',
      amount: 100,
      category: '羽绒服',
      sku: 'D1',
      channel: '门店',
    },
    {
      person_id: 'a',
      order_id: '2',
      ordered_at: '2024-04-10 09:00:00',
      amount: 60,
      category: 'T恤',
      sku: 'T1',
      channel: '门店',
    },
    {
      person_id: 'a',
      order_id: '3',
      ordered_at: '2024-06-20 09:00:00',
      amount: 40,
      category: 'T恤',
      sku: 'T1',
      channel: '商城',
    },
    {
      person_id: 'b',
      order_id: '4',
      ordered_at: '2024-04-15 09:00:00',
      amount: 200,
      category: '羽绒服',
      sku: 'D1',
      channel: '商城',
    },
    {
      person_id: 'b',
      order_id: '4',
      ordered_at: '2024-04-15 09:00:00',
      amount: 50,
      category: 'T恤',
      sku: 'T1',
      channel: '商城',
    },
    {
      person_id: 'c',
      order_id: '5',
      ordered_at: '2024-06-01 09:00:00',
      amount: 30,
      category: 'T恤',
      sku: 'T1',
      channel: '商城',
    },
    {
      person_id: 'c',
      order_id: '5',
      ordered_at: '2024-06-05 09:00:00',
      amount: -30,
      category: 'T恤',
      sku: 'T1',
      channel: '商城',
      kind: 'return',
    },
  ],
}

/** A ground with segments and insight over the given rows, refreshed for `scope`. */
export async function openInsightWorld(
  rows: Readonly<Record<string, readonly Row[]>>,
  scope: Scope = tinyScope,
  analyses: readonly Analysis[] = [],
): Promise<{ ground: SmallGround; insight: Insight }> {
  const ground = await openSmallGround([...segmentTables, ...insightTables])
  const segments = createSegments(ground)
  const insight = createInsight(ground, { segments, analyses })
  ground.register([...segments.projectors, ...insight.projectors])
  for (const [name, filling] of Object.entries(rows)) if (filling.length) await ground.fill(name, filling)
  await segments.refresh(scope)
  return { ground, insight }
}

/** Conformance: what every analysis owes, whoever wrote it. `extra` are analyses that are not built in. */
export function analysisSuite(
  analyses: readonly Analysis[],
  goldens: Readonly<Record<string, AnalysisGolden>>,
  extra: readonly Analysis[] = [],
): void {
  describe.each(analyses.map((a) => [a.id, a] as const))('analysis %s', (id, analysis) => {
    const golden = goldens[id]
    const answer = async (rows: Readonly<Record<string, readonly Row[]>>, times = 1): Promise<AnalysisResult[]> => {
      const { ground, insight } = await openInsightWorld(rows, tinyScope, extra)
      try {
        const results: AnalysisResult[] = []
        for (let i = 0; i < times; i++) results.push(await insight.run(id, tinyScope, golden?.params))
        return results
      } finally {
        await ground.close()
      }
    }

    it('is told in both languages', () => {
      for (const text of [analysis.name, analysis.question, analysis.definition]) {
        expect(text.zh).toMatch(/[\u4e00-\u9fff]/)
        expect(text.en).toMatch(/^[\x20-\x7e≥≤–×÷→“”’]+$/)
      }
      expect(analysis.definition.en.length).toBeGreaterThan(40)
    })

    it('gives the hand-computed answer, or says that the data is too little', async () => {
      expect(golden, `a golden for ${id}`).toBeDefined()
      if (golden!.tooLittle) return expect(answer(tinyShop)).rejects.toThrow(NotEnoughDataError)
      const [result] = await answer(tinyShop)
      if (golden!.rows)
        expect(result!.rows.map(rounded)).toEqual(
          golden!.rows.map((row) => expect.objectContaining(rounded(row)) as Row),
        )
      for (const [name, value] of Object.entries(golden!.figures ?? {}))
        expect(rounded({ x: result!.figures?.[name]?.value })).toEqual(rounded({ x: value }))
    })

    it('gives an empty answer for an empty shop', async () => {
      const [result] = await answer({})
      expect(result!.rows).toEqual([])
      expect(result!.columns.length).toBeGreaterThan(0)
      expect(result!.findings ?? []).toEqual([])
    })

    it('answers the same twice, in declared columns of declared classes only', async () => {
      if (golden?.tooLittle) return
      const [first, second] = await answer(tinyShop, 2)
      expect(second).toEqual(first)
      const declared = new Set(first!.columns.map((c) => c.name))
      for (const row of first!.rows) for (const name of Object.keys(row)) expect(declared).toContain(name)
      for (const c of first!.columns) {
        expect(c.class).not.toBe('core_sensitive')
        expect(c.text.zh && c.text.en).toBeTruthy()
      }
      // No name of a person comes out of an analysis.
      expect(JSON.stringify(first)).not.toMatch(/张三|李四|王五|赵六/)
      for (const name of [first!.chart?.x, ...(first!.chart?.y ?? []), first!.chart?.series])
        if (name) expect(declared).toContain(name)
    })

    it('keeps to the people in scope, and refuses parameters it does not know', async () => {
      const { ground, insight } = await openInsightWorld(tinyShop, tinyScope, extra)
      try {
        const nobody = await insight.run(id, { ...tinyScope, people: "region = '西藏自治区'" }, golden?.params)
        expect(nobody.rows).toEqual([])
        await expect(insight.run(id, tinyScope, { nonsense: 1 })).rejects.toThrow(/nonsense/)
        await expect(insight.run(id, { ...tinyScope, asOf: 'yesterday' })).rejects.toThrow(/YYYY-MM-DD/)
      } finally {
        await ground.close()
      }
    })
  })
}

function rounded(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([k, v]) => [k, typeof v === 'number' ? Math.round(v * 1e6) / 1e6 : v]),
  )
}
