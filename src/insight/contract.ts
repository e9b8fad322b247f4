import type { Text } from '../base/text.ts'
import type { Work } from '../base/context.ts'
import type { Calendar, RfmSettings } from '../segments/index.ts'
import type { DataClass, MaskKind, Row, Sql, Table } from '../warehouse/index.ts'
import type { z } from 'zod'

/** Which people and which time an analysis looks at; the six-step path fills it. */
export interface Scope {
  /** Only people of this segment (segment language text). */
  readonly people?: string
  /** Day after the last day looked at, `YYYY-MM-DD`; recency counts from it. */
  readonly asOf: string
  /** Length of the window that ends at `asOf`. */
  readonly windowDays: number
}

export interface ResultColumn {
  readonly name: string
  readonly text: Text
  /** `percent` values are shares: 0.15 is shown as 15 %. */
  readonly type: 'text' | 'int' | 'number' | 'money' | 'percent' | 'date'
  readonly unit?: string
  readonly class: DataClass
  readonly mask?: MaskKind
  /** Names of coded values, e.g. of RFM levels: what charts, tables and files show instead of the code. */
  readonly values?: Readonly<Record<string, Text>>
}

export interface AnalysisResult {
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly Row[]
  /** Single figures, by name. */
  readonly figures?: Readonly<
    Record<string, { readonly value: number | string | null; readonly text: Text; readonly unit?: string }>
  >
  /** Conclusions written from the numbers, each with the advice that follows. */
  readonly findings?: readonly { readonly text: Text; readonly advice?: Text; readonly people?: string }[]
  readonly chart?: ChartSpec
}

/** Enough for an ECharts option to be made from result columns, on the server (SVG) and in the browser. */
export interface ChartSpec {
  readonly kind: 'bar' | 'stacked_bar' | 'line' | 'pie' | 'heat' | 'scatter'
  readonly x: string
  readonly y: readonly string[]
  readonly series?: string
}

/** One question, one file in `analyses/`. Tables may be read only through `query`. */
export interface Analysis<P = unknown> {
  readonly id: string
  readonly layer: 'descriptive' | 'diagnostic' | 'predictive' | 'prescriptive'
  readonly name: Text
  readonly question: Text
  /** Exactly how each figure is computed, one click from the number. */
  readonly definition: Text
  readonly params: z.ZodType<P>
  run(scope: Scope, params: P, tools: AnalysisTools): Promise<AnalysisResult>
}

export interface AnalysisTools {
  query<T extends Row = Row>(query: Sql): Promise<T[]>
  columns(query: Sql): Promise<{ rows: number; columns: Record<string, Float64Array | (string | null)[]> }>
  /** A table expression with the column `person_id`: the people in scope. */
  readonly people: Sql
  /** Table expressions of scores (columns of `rfm`) and stages (of `lifecycle`) for the scope's period. */
  readonly rfm: Sql
  readonly lifecycle: Sql
  readonly rfmSettings: RfmSettings
  /** Days and months of the workspace's zone. */
  readonly days: Calendar
  /** Declared tables: columns with their classes; a table that is not here does not exist. */
  readonly tables: readonly Table[]
  readonly work: Work
}
