import type { z } from 'zod'
import { ConfigError } from '../base/errors.ts'

/** Parameters of a rule kind, checked. @throws ConfigError rule_params with what and where */
export function readParams<S extends z.ZodType>(kind: string, schema: S, input: unknown): z.output<S> {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  const problem = read.error.issues
    .map((i) => (i.path.length ? `${i.path.join('.')}: ${i.message}` : i.message))
    .join('; ')
  throw new ConfigError('rule_params', { rule: kind, problem })
}
