import { InternalError } from '../base/errors.ts'
import type { Dialect, Word } from './dialect.ts'

/**
 * SQL is whole statements in tagged templates. Only these may be interpolated: another `Sql`, `id()`, a word of the
 * dialect (`w.dateTrunc(…)`), and values, which are always bound, never spliced.
 */
export type Value = string | number | bigint | boolean | Date | null
export type Fragment = Sql | Value

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'id'; readonly name: string }
  | { readonly kind: 'word'; readonly word: Word; readonly args: readonly unknown[] }

export interface Sql {
  readonly parts: readonly Part[]
}

export interface Compiled {
  readonly text: string
  readonly params: readonly Value[]
}

export function sql(strings: TemplateStringsArray, ...values: readonly Fragment[]): Sql {
  const parts: Part[] = []
  strings.forEach((text, i) => {
    if (text) parts.push({ kind: 'text', text })
    if (i >= values.length) return
    const value = values[i]!
    if (isSql(value)) parts.push(...value.parts)
    else parts.push({ kind: 'value', value: value as Value })
  })
  return { parts }
}

export function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'parts' in value
}

/** A quoted identifier; the only way a name enters a statement. Dots separate schema and table. */
export function id(...names: readonly string[]): Sql {
  return {
    parts: names.flatMap((name, i): Part[] =>
      i
        ? [
            { kind: 'text', text: '.' },
            { kind: 'id', name },
          ]
        : [{ kind: 'id', name }],
    ),
  }
}

/** A deferred call of a dialect method: compiled when the engine is known. */
export function word(name: Word, ...args: readonly unknown[]): Sql {
  return { parts: [{ kind: 'word', word: name, args }] }
}

export function join(items: readonly Sql[], separator = ', '): Sql {
  return {
    parts: items.flatMap((item, i): Part[] =>
      i ? [{ kind: 'text', text: separator }, ...item.parts] : [...item.parts],
    ),
  }
}

/** Bound values as `(?, ?, …)`; an empty list becomes `(null)`, which matches nothing. */
export function list(values: readonly Value[]): Sql {
  return values.length ? sql`(${join(values.map((v) => sql`${v}`))})` : sql`(null)`
}

/** A fixed piece of SQL text of ours (a type name, a keyword): never a user's text. */
export function raw(text: string): Sql {
  return { parts: [{ kind: 'text', text }] }
}

export const empty: Sql = { parts: [] }

/**
 * Named steps, each readable on its own, then the statement that uses them: compiles to `with a as (…), b as (…) …`.
 * @example steps({ past_orders: sql`select …`, customers: sql`select … from past_orders` }, sql`select * from customers`)
 */
export function steps(named: Readonly<Record<string, Sql>>, last: Sql): Sql {
  const ctes = Object.entries(named).map(([name, body]) => sql`${id(name)} as (\n${body}\n)`)
  return ctes.length ? sql`with ${join(ctes, ',\n')}\n${last}` : last
}

export function compile(query: Sql, dialect: Dialect): Compiled {
  const params: Value[] = []
  const render = (part: Sql): string =>
    part.parts
      .map((p): string => {
        switch (p.kind) {
          case 'text':
            return p.text
          case 'id':
            return dialect.quote(p.name)
          case 'value':
            params.push(p.value)
            return dialect.placeholder(params.length, p.value)
          case 'word': {
            const method = dialect[p.word] as unknown as ((...args: readonly unknown[]) => Sql) | undefined
            if (!method)
              throw new InternalError('engine_unsupported', { engine: dialect.name, operation: p.word, reason: '' })
            return render(method(...p.args))
          }
        }
      })
      .join('')
  const text = render(query)
  return { text, params }
}
