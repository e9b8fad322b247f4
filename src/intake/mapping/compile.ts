import { id, join, raw, sql, w, type Sql, type Table } from '../../warehouse/index.ts'
import { InputError } from '../../base/errors.ts'
import type { Domain, Field, JudgeRule, Mapping } from '../contract.ts'
import { domainOf } from '../schema/index.ts'
import { domainTables } from '../tables.ts'
import { standardWords, type StandardWord, type WordKind } from '../standards/words.ts'
import { conditionOn, type StagedColumns } from './columns.ts'
import { lookupKey, mayFail, plainStep, readable, textOf, tidyStep, valueOf, wallStep, wordKindOf } from './fields.ts'
import { nullWordsGone } from './casts.ts'
import { toUtc } from './zone.ts'
import { derived, withDefaults } from './defaults.ts'

/** A mapping made ready for staged files of given columns. */
export interface CompiledMapping {
  readonly domain: Domain
  readonly table: Table
  readonly space: string
  /** Fields that come out, in the order of the domain. */
  readonly fields: readonly string[]
  /** Fields that can fail to be cast. */
  readonly typed: readonly string[]
  /** True when records are told apart by a key, not by their content. */
  readonly keyed: boolean
  /** Rows of the look-up table that `mapped` needs. */
  readonly words: readonly StandardWord[]
  readonly rules: readonly JudgeRule[]
  /** The text of a field as it came, over the staged table under the alias `s`. */
  text(field: string): Sql
  /**
   * A select over `stage` (alias s) and `files` (`_file`, `path`): `_file _row _hash _key _keyed _skip _issue _held _tags`,
   * one `_r<i>` per rule, then the fields. One pass; every rule is evaluated once.
   */
  mapped(stage: string, files: string, words: string): Sql
}

export interface CompileOptions {
  readonly source: string
  readonly zone: string
  readonly rules?: readonly JudgeRule[]
}

/**
 * @param columns the staged columns, addressed under the alias `s`
 * @throws InputError unknown_dataset, unknown_field, unknown_column, expression_syntax, unknown_identifier
 * @throws ConfigError unknown_zone
 */
export function compileMapping(mapping: Mapping, columns: StagedColumns, options: CompileOptions): CompiledMapping {
  const domain = domainOf(mapping.dataset)
  for (const name of Object.keys(mapping.fields))
    if (!Object.hasOwn(domain.fields, name))
      throw new InputError('unknown_field', {
        field: name,
        dataset: domain.name,
        known: Object.keys(domain.fields).join(', '),
      })
  const how = withDefaults(domain, mapping)
  const fields = Object.keys(domain.fields).filter((name) => Object.hasOwn(how, name))
  const field = (name: string): Field => domain.fields[name]!
  const words = [...new Set(fields.map((f) => wordKindOf(field(f))).filter((k): k is WordKind => k !== undefined))]
  const rules = options.rules ?? []
  const space = mapping.space ?? options.source
  const key = keyOf(mapping, domain, columns)
  // Whatever may be wrong with the mapping is told here, not in the middle of a load.
  for (const f of fields) textOf(how[f]!, columns)
  if (mapping.where) conditionOn(mapping.where, columns)
  toUtc(raw('null'), mapping.zone ?? options.zone)

  return {
    domain,
    table: domainTables[domain.name],
    space,
    fields,
    typed: fields.filter((f) => mayFail(field(f).type)),
    keyed: key !== undefined,
    words: standardWords(words),
    rules,
    text: (name) => textOf(how[name]!, columns),
    mapped: (stage, files, wordTable) => {
      const step = (names: readonly string[], of: (name: string) => Sql): Sql =>
        join(
          names.map((n) => sql`${of(n)} as ${id(n)}`),
          ',\n  ',
        )
      const looked = fields.filter((f) => wordKindOf(field(f)) !== undefined)
      const held = rules.map((r, i) => ({ r, i })).filter(({ r }) => r.onFail === 'quarantine' || r.onFail === 'reject')
      const tags = rules.filter((r) => r.onFail === 'tag')
      const nulled = (name: string): Sql => {
        const by = rules.map((r, i) => ({ r, i })).filter(({ r }) => r.onFail === 'nullify' && r.field === name)
        return by.length
          ? sql`case when ${join(
              by.map(({ i }) => flag(i)),
              ' or ',
            )} then null else ${id(name)} end`
          : id(name)
      }
      const hash = rowHash(columns)
      const typed = fields.filter((f) => mayFail(field(f).type))
      const cells = sql`select s."_file", s."_row", ${hash} as "_hash",
  ${mapping.where ? sql`not coalesce(${conditionOn(mapping.where, columns)}, false)` : raw('false')} as "_skip",
  ${keyColumns(key, columns)}${step(fields, (f) => textOf(how[f]!, columns))}
from ${id(stage)} as s`
      const text = (f: string): Sql => (readable(f, field(f)) ? id(f) : nullWordsGone(id(f)))
      const plain = fields.flatMap((f) => Object.entries(plainStep(f, field(f), id(f))))
      // A step of its own: an expression within `case` is computed anew wherever it stands.
      const texts = sql`select "_file", "_row", "_hash", "_skip", ${keyNames(key)}${join(
        plain.map(([n, x]) => sql`${x} as ${id(n)}, `),
        '',
      )}
  ${step(fields, text)}
from cells`
      const more = (of: (f: string) => Record<string, Sql>): Sql =>
        join(
          fields.flatMap((f) => Object.entries(of(f)).map(([n, x]) => sql`, ${x} as ${id(n)}`)),
          '',
        )
      const tidy = sql`select *${more((f) => tidyStep(f, field(f), id(f)))}\nfrom texts`
      const walls = sql`select *${more((f) => wallStep(f, field(f), how[f]!))}\nfrom tidy`
      const word = (f: string): Sql | undefined => wordKindOf(field(f)) && sql`${id(`w_${f}`)}.standard`
      const casts = sql`select t."_file", t."_row", t."_hash", t."_skip", ${keyNames(key)}${join(
        typed.map((f) => sql`t.${id(f)} as ${id(`_t_${f}`)}, `),
        '',
      )}
  ${step(fields, (f) => valueOf(f, field(f), sql`t.${id(f)}`, how[f]!, mapping, options.zone, word(f)))}
from walls as t
${join(
  looked.map((f) =>
    lookUp(
      f,
      wordKindOf(field(f))!,
      wordTable,
      sql`select distinct ${textOf(how[f]!, columns)} as text from ${id(stage)} as s`,
    ),
  ),
  '\n',
)}`
      const filled = sql`select "_file", "_row", "_hash", "_skip", ${keyNames(key)}${issues(typed)} as "_issue",
  ${step(fields, (f) => derived(domain, f, fields, mapping))}
from typed`
      const judged = sql`select *${rules.length ? raw(', ') : raw('')}${join(rules.map((r, i) => sql`${r.fails} as ${flag(i)}`))}
from filled`
      const unkeyed = w.md5(sql`concat(${options.source}, '|', f.path, '|', j."_hash", '|1')`)
      const keyText = key
        ? w.md5(w.concat(sql`${`${space}|${domain.name}`}`, ...key.flatMap((_, i) => [sql`'|'`, keyValue(key, i)])))
        : unkeyed
      const known = key
        ? sql`(${join(
            key.map((_, i) => sql`${keyValue(key, i)} is not null`),
            ' and ',
          )})`
        : raw('false')
      return sql`with cells as (
${cells}
), texts as (
${texts}
), tidy as (
${tidy}
), walls as (
${walls}
), typed as (
${casts}
), filled as (
${filled}
), judged as (
${judged}
)
select j."_file", j."_row", j."_hash", ${key ? sql`case when ${known} then ${keyText} else ${unkeyed} end` : unkeyed} as "_key", ${known} as "_keyed",
  j."_skip", j."_issue", (j."_issue" is not null${join(
    held.map(({ i }) => sql` or j.${flag(i)}`),
    '',
  )}) as "_held",
  ${tags.length ? sql`nullif(trim(concat(${join(tags.map((r) => sql`case when j.${flag(rules.indexOf(r))} then ${`${r.id},`} else '' end`))}), ','), '')` : w.cast(sql`null`, 'text')} as "_tags",
  ${join(
    rules.map((_, i) => sql`j.${flag(i)},`),
    ' ',
  )}
  ${step(fields, nulled)}
from judged as j join ${id(files)} as f on f."_file" = j."_file"`
    },
  }
}

export const flag = (i: number): Sql => id(`_r${i}`)

/** Columns of the hash in the order of their names: a file whose columns only changed places has no changed rows. */
export function rowHash(columns: StagedColumns): Sql {
  const sorted = [...columns.names].sort()
  return w.md5(
    sql`concat(${join(sorted.flatMap((name, i) => (i ? [raw('chr(31)'), columns.get(name)] : [columns.get(name)])))})`,
  )
}

type Key = readonly ({ readonly field: string } | { readonly column: string })[]

/** The declared key; else the natural key when all its fields are mapped; for order lines with numbers, order and line. */
function keyOf(mapping: Mapping, domain: Domain, columns: StagedColumns): Key | undefined {
  const mapped = (f: string): boolean => Object.hasOwn(mapping.fields, f)
  if (mapping.key?.length)
    return mapping.key.map((k) => {
      if (mapped(k)) return { field: k }
      columns.get(k)
      return { column: k }
    })
  const natural = naturalKey(domain)
  return isKeyed(mapping) ? natural.map((field) => ({ field })) : undefined
}

function naturalKey(domain: Domain): readonly string[] {
  return domain.name === 'order_line' ? ['order_id', 'line_no'] : domain.naturalKey
}

/** True when records are told apart by a key. */
export function isKeyed(mapping: Mapping): boolean {
  if (mapping.key?.length) return true
  const natural = naturalKey(domainOf(mapping.dataset))
  return natural.length > 0 && natural.every((f) => Object.hasOwn(mapping.fields, f))
}

const keyValue = (key: Key, i: number): Sql => {
  const part = key[i]!
  return 'field' in part ? sql`cast(j.${id(part.field)} as varchar)` : sql`j.${id(`_k${i}`)}`
}

function keyColumns(key: Key | undefined, columns: StagedColumns): Sql {
  const own = (key ?? []).map((part, i) =>
    'column' in part ? sql`${w.bare(columns.get(part.column))} as ${id(`_k${i}`)}, ` : raw(''),
  )
  return join(own, '')
}

function keyNames(key: Key | undefined): Sql {
  return join(
    (key ?? []).map((part, i) => ('column' in part ? sql`${id(`_k${i}`)}, ` : raw(''))),
    '',
  )
}

/** The key of a look-up costs much more than a join, and such fields hold few different texts: it is made once for each. */
function lookUp(f: string, kind: WordKind, wordTable: string, texts: Sql): Sql {
  const w_ = id(`w_${f}`)
  return sql`left join (
  select d.text, x.standard
  from (${texts}) as d join ${id(wordTable)} as x on x.kind = ${kind} and x.word = ${lookupKey(sql`d.text`, kind)}
) as ${w_} on ${w_}.text = t.${id(f)}`
}

/** Names of the typed fields whose text is there but could not be cast, comma between; null when all is well. */
function issues(typed: readonly string[]): Sql {
  if (typed.length === 0) return w.cast(sql`null`, 'text')
  const parts = typed.map(
    (f) => sql`case when ${id(`_t_${f}`)} is not null and ${id(f)} is null then ${`${f},`} else '' end`,
  )
  return sql`nullif(trim(concat(${join(parts)}), ','), '')`
}
