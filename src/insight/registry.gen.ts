// Written by `npm run gen` from src/insight/analyses/. Do not edit.
import type { Analysis } from './contract.ts'
import { aovTrend } from './analyses/aov_trend.ts'
import { categoryAffinity } from './analyses/category_affinity.ts'
import { distribution } from './analyses/distribution.ts'
import { interestTrend } from './analyses/interest_trend.ts'
import { lifecycleStages } from './analyses/lifecycle_stages.ts'
import { monthlySales } from './analyses/monthly_sales.ts'
import { purchaseCycle } from './analyses/purchase_cycle.ts'
import { repurchase } from './analyses/repurchase.ts'
import { returns } from './analyses/returns.ts'
import { rfmLevels } from './analyses/rfm_levels.ts'
import { salesContribution } from './analyses/sales_contribution.ts'

export const analyses = [
  aovTrend,
  categoryAffinity,
  distribution,
  interestTrend,
  lifecycleStages,
  monthlySales,
  purchaseCycle,
  repurchase,
  returns,
  rfmLevels,
  salesContribution,
] as unknown as readonly Analysis[]
