import { readFileSync } from 'node:fs'
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { ConfigError } from './base/errors.ts'

/** One schema: YAML check with line numbers, CLI help, JSON schema and docs are all made from it. */

const when = z.strictObject({ when: z.string(), then: z.string() })

const fieldMapping = z.union([
  z.string().describe('source column'),
  z.strictObject({
    column: z.string().optional(),
    value: z.union([z.string(), z.number(), z.boolean()]).optional(),
    cases: z.array(when).optional(),
    formats: z.array(z.string()).optional(),
    format: z.literal('float_id').optional(),
    codes: z.record(z.string(), z.string()).optional(),
  }),
])

const source = z.strictObject({
  connector: z.string().default('file').describe('how the source is read'),
  path: z.string().describe('file, folder, glob or archive; ${data} is the --data argument'),
  include: z.array(z.string()).optional().describe('only these file names (globs)'),
  exclude: z.array(z.string()).optional(),
  as: z.string().describe('domain of the unified schema'),
  space: z.string().optional().describe('id space: sources that share customer ids share a space'),
  key: z.array(z.string()).optional().describe('fields that make a record unique'),
  map: z.record(z.string(), fieldMapping).optional().describe('field: source column; left out, it is suggested'),
  where: z.string().optional(),
  zone: z.string().optional(),
  currency: z.string().optional(),
  phoneCountry: z.string().length(2).optional().describe('ISO country of phone numbers without a country code'),
  read: z
    .strictObject({
      encoding: z.string().optional(),
      delimiter: z.string().optional(),
      sheet: z.string().optional(),
      skipLines: z.number().int().min(0).optional(),
      recordsAt: z.string().optional(),
    })
    .optional()
    .describe('overrides of what is detected'),
  watch: z.boolean().optional(),
  schedule: z.string().optional().describe('cron expression'),
})

const rule = z.looseObject({ rule: z.string() })

export const configSchema = z.strictObject({
  workspace: z
    .string()
    .regex(/^[\p{L}\p{N}_-]+$/u)
    .default('main'),
  zone: z.string().default('Asia/Shanghai').describe('time zone of days and months'),
  currency: z.string().default('CNY'),
  warehouse: z
    .strictObject({
      engine: z.literal('duckdb').default('duckdb'),
      memory: z.string().optional(),
      threads: z.number().int().min(1).optional(),
    })
    .prefault({}),
  server: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.number().int().min(0).max(65535).default(8090) })
    .prefault({}),
  sources: z.record(z.string(), source).default({}),
  quality: z.array(rule).default([]),
  identity: z.strictObject({ keys: z.array(z.string()).optional() }).optional(),
  profiles: z.strictObject({ survivorship: z.record(z.string(), z.string()).optional() }).optional(),
  segments: z
    .record(
      z.string(),
      z.union([z.string(), z.strictObject({ rule: z.string(), zh: z.string().optional(), en: z.string().optional() })]),
    )
    .default({}),
  insight: z
    .strictObject({
      asOf: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .optional()
        .describe('day after the last day looked at; default today'),
      windowDays: z.number().int().min(1).default(365),
    })
    .prefault({}),
})

export type Config = z.infer<typeof configSchema>
export type SourceConfig = z.infer<typeof source>

/**
 * Read and check a configuration file.
 * @throws ConfigError config_invalid with file, line, what is wrong and how to mend it
 */
export function loadConfig(file: string): Config {
  const text = readFileSync(file, 'utf8')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const broken = document.errors[0]
  if (broken) {
    throw new ConfigError('config_invalid', {
      file,
      line: lines.linePos(broken.pos[0]).line,
      problem: broken.message.split('\n')[0],
      hint: '',
    })
  }
  const parsed = configSchema.safeParse(document.toJS() ?? {})
  if (parsed.success) return parsed.data
  const issue = deepest(parsed.error.issues)
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0]! : undefined
  throw new ConfigError('config_invalid', {
    file,
    line: lineOf(document, lines, unknown ? [...issue.path, unknown] : issue.path),
    problem: unknown
      ? `${[...issue.path, unknown].join('.')}: unknown key / 未知的键`
      : `${issue.path.join('.')}: ${issue.message}`,
    hint: unknown ? `Known keys / 可用的键: ${knownKeys(issue.path).join(', ')}` : '',
  })
}

/** Inside a union zod nests the reasons; the one that got furthest is the useful one. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const flat = (issue: z.core.$ZodIssue, at: PropertyKey[] = []): z.core.$ZodIssue[] => {
    const here = { ...issue, path: [...at, ...issue.path] } as z.core.$ZodIssue
    return issue.code === 'invalid_union' ? issue.errors.flat().flatMap((inner) => flat(inner, here.path)) : [here]
  }
  const all = issues.flatMap((issue) => flat(issue))
  return all.reduce((best, next) => (next.path.length > best.path.length ? next : best), all[0]!)
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const key = path[length - 1]
    if (isMap(parent)) {
      const pair = parent.items.find((p) => (isScalar(p.key) ? p.key.value : p.key) === key)
      if (pair && isNode(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line
    }
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = configSchema
  for (const key of path) schema = unwrap(child(unwrap(schema), key))
  const shape = (unwrap(schema) as { shape?: object } | undefined)?.shape
  return shape ? Object.keys(shape) : []
}

type Inner = {
  def: { innerType?: unknown; valueType?: unknown; element?: unknown; options?: unknown[] }
  shape?: Record<string, unknown>
}

function unwrap(schema: unknown): unknown {
  let s = schema as Inner | undefined
  while (s?.def.innerType || s?.def.options)
    s = (s.def.innerType ?? s.def.options!.find((o) => (o as Inner).shape)) as Inner | undefined
  return s
}

function child(schema: unknown, key: PropertyKey): unknown {
  const s = schema as Inner | undefined
  return s?.shape?.[String(key)] ?? s?.def.valueType ?? s?.def.element
}

/** `${data}` and other variables in paths; an unset one is an error that names it. */
export function expandPath(
  path: string,
  variables: Readonly<Record<string, string | undefined>>,
  file: string,
): string {
  return path.replace(/\$\{(\w+)\}/g, (_whole, name: string) => {
    const value = variables[name]
    if (value === undefined) {
      throw new ConfigError('config_invalid', {
        file,
        line: 0,
        problem: `\${${name}} is not set / 未设置`,
        hint: `--${name} DIR`,
      })
    }
    return value
  })
}
