import { z } from 'zod'

/** Pieces that several routes' schemas share. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('YYYY-MM-DD')
export const cursor = z.string().max(2000).optional()
export const limit = z.coerce.number().int().min(1).max(1000).default(100)
export const count = z.coerce.number().int().min(0)

export const fieldMapping = z.strictObject({
  column: z.string().optional(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  cases: z.array(z.strictObject({ when: z.string(), then: z.string() })).optional(),
  formats: z.array(z.string()).optional(),
  format: z.literal('float_id').optional(),
  codes: z.record(z.string(), z.string()).optional(),
})

export const mapping = z.strictObject({
  dataset: z.string(),
  space: z.string().optional(),
  fields: z.record(z.string(), fieldMapping),
  key: z.array(z.string()).optional(),
  where: z.string().optional(),
  zone: z.string().optional(),
  currency: z.string().optional(),
  phoneCountry: z.string().length(2).optional(),
})

export const readPlan = z.looseObject({
  format: z.enum(['csv', 'xlsx', 'json', 'ndjson', 'parquet', 'zip', 'tar.gz']),
  columns: z.array(z.string()),
})

export const scope = z.strictObject({
  people: z.string().optional(),
  asOf: day.optional(),
  windowDays: z.number().int().min(1).max(3660).optional(),
})
