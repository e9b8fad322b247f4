import { fillText, type Text } from '../base/text.ts'
import { sql, type Warehouse } from '../warehouse/index.ts'
import { lifecycleStages, type LifecycleSettings } from './lifecycle-stages.ts'

export interface LifecycleOverview {
  readonly stages: readonly {
    readonly stage: string
    readonly text: Text
    readonly definition: Text
    readonly advice: Text
    readonly customers: number
    /** Of all people, 0–1. */
    readonly share: number
    /** Mean cycle of the stage's people in days; null when nobody is in it. */
    readonly cycleDays: number | null
    readonly segment: string
  }[]
}

export async function lifecycleOverview(warehouse: Warehouse, settings: LifecycleSettings): Promise<LifecycleOverview> {
  const rows = await warehouse.query<{ stage: string; customers: number; cycle: number | null }>(sql`
    select stage, count(*) as customers, avg(cycle_days) as cycle
    from lifecycle
    group by 1`)
  const people = rows.reduce((sum, x) => sum + x.customers, 0)
  return {
    stages: lifecycleStages.map((stage) => {
      const x = rows.find((r) => r.stage === stage.id)
      return {
        stage: stage.id,
        text: stage.text,
        definition: fillText(stage.definition, { ...settings }),
        advice: stage.advice,
        customers: x?.customers ?? 0,
        share: people ? (x?.customers ?? 0) / people : 0,
        cycleDays: x?.cycle ?? null,
        segment: stage.id,
      }
    }),
  }
}
