import { z } from 'zod'
import { InputError } from '../base/errors.ts'
import type { Definitions } from '../governance/index.ts'
import { defaultLifecycle, type LifecycleSettings } from './lifecycle-stages.ts'
import { defaultRfm, type RfmSettings } from './rfm-levels.ts'

const score = z.number().min(0).max(100)
const rfm = z
  .strictObject({ high: score, potentialRecency: score, riskRecency: score, risk: score, withoutCopies: z.boolean() })
  .refine((s) => s.riskRecency <= s.potentialRecency && s.potentialRecency <= s.high && s.risk <= s.high, {
    message: 'riskRecency <= potentialRecency <= high and risk <= high',
  })
const positive = z.number().positive()
const lifecycle = z
  .strictObject({
    newDays: positive,
    loyalOrders: z.number().int().min(1),
    slipping: positive,
    dormant: positive,
    lost: positive,
    minCycleDays: positive,
    defaultCycleDays: positive,
  })
  .refine((s) => s.slipping < s.dormant && s.dormant < s.lost, { message: 'slipping < dormant < lost' })

const settings = {
  rfm: { shape: rfm, defaults: defaultRfm },
  lifecycle: { shape: lifecycle, defaults: defaultLifecycle },
}

/** The settings in force: the stored definition over the defaults. */
export function rfmSettings(definitions: Definitions): RfmSettings {
  return { ...defaultRfm, ...definitions.get<Partial<RfmSettings>>('setting', 'rfm')?.value }
}

export function lifecycleSettings(definitions: Definitions): LifecycleSettings {
  return { ...defaultLifecycle, ...definitions.get<Partial<LifecycleSettings>>('setting', 'lifecycle')?.value }
}

/** Validate and store thresholds. @throws InputError setting_invalid */
export async function putSettings(
  definitions: Definitions,
  name: keyof typeof settings,
  value: Partial<RfmSettings> | Partial<LifecycleSettings>,
  by: { actor: string; why?: string },
): Promise<void> {
  const { shape, defaults } = settings[name]
  const result = shape.safeParse({ ...defaults, ...value })
  if (!result.success) {
    const problem = result.error.issues.map((i) => `${i.path.join('.')} ${i.message}`.trim()).join('; ')
    throw new InputError('setting_invalid', { setting: name, problem })
  }
  await definitions.put('setting', name, result.data, by)
}
