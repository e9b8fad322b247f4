import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ConfigError } from '../base/errors.ts'
import { defaultPack } from './default-pack.ts'
import { expandRules } from './expand.ts'

const now = { now: Date.UTC(2026, 10, 22) }
const expand = (...entries: unknown[]) => expandRules(entries, 'tributary.yaml quality', now)

describe('rule documents', () => {
  it('expands the one-line form with every default', () => {
    expect(
      expand({ field: 'customer.phone', rule: 'cn_mobile', on_fail: 'quarantine', error_if: 'failed_pct > 2' }),
    ).toEqual([
      {
        id: 'cn_mobile_phone',
        dataset: 'customer',
        rule: 'cn_mobile',
        columns: ['phone'],
        params: {},
        where: undefined,
        dimension: 'validity',
        stage: ['capture', 'batch'],
        severity: 'error',
        warnIf: undefined,
        errorIf: 'failed_pct > 2',
        onFail: 'quarantine',
        null: 'pass',
        owner: undefined,
        text: undefined,
        off: undefined,
      },
    ])
  })

  it('reads a whole document', () => {
    const document = parse(`
version: 1
dataset: customer
owner: crm-team
rules:
  - id: phone_cn
    rule: cn_mobile
    column: phone
    params: { level: strict }
    where: "country = 'CN'"
    dimension: validity
    stage: [capture, batch, profile]
    severity: error
    warn_if: "failed_pct > 0.5"
    error_if: "failed_pct > 2 or failed > 1000"
    on_fail: quarantine
    null: fail
  - { id: someone, rule: at_least_one, columns: [phone, email] }
`)
    const [first, second] = expand(document)
    expect(first).toMatchObject({
      id: 'phone_cn',
      owner: 'crm-team',
      where: "country = 'CN'",
      warnIf: 'failed_pct > 0.5',
      stage: ['capture', 'batch', 'profile'],
      null: 'fail',
    })
    expect(second).toMatchObject({ id: 'someone', columns: ['phone', 'email'], onFail: 'tag', severity: 'warn' })
  })

  it.each([
    [{ field: 'customer.phone', rule: 'cn_mobil' }, 'unknown_rule', 'cn_mobile'],
    [{ field: 'customer.fon', rule: 'cn_mobile' }, 'rule_document', 'no column'],
    [{ field: 'client.phone', rule: 'cn_mobile' }, 'rule_document', 'client'],
    [{ field: 'phone', rule: 'cn_mobile' }, 'rule_document', 'dataset.column'],
    [{ field: 'customer.phone', rule: 'cn_mobile', on_fial: 'tag' }, 'rule_document', 'on_fial'],
    [{ field: 'customer.phone', rule: 'cn_mobile', params: { level: 'hard' } }, 'rule_document', 'level'],
    [{ field: 'customer.phone', rule: 'regex', params: { pattern: '(' } }, 'rule_document', 'pattern'],
    [{ field: 'customer.phone', rule: 'regex', params: { pattern: '(?=a)b' } }, 'rule_document', 'pattern'],
    [{ field: 'customer.age', rule: 'range' }, 'rule_document', 'min or max'],
    [{ field: 'customer.age', rule: 'range', params: { min: 1 }, error_if: 'rows > 2' }, 'rule_threshold', 'rows > 2'],
    [{ field: 'customer.age', rule: 'range', params: { min: 1 }, where: 'land = 1' }, 'rule_document', 'land'],
    [{ field: 'customer.age', rule: 'range', params: { min: 1 }, where: 'country = ' }, 'rule_document', 'where'],
    [{ field: 'customer.customer_id', rule: 'unique', on_fail: 'quarantine' }, 'rule_document', 'other rows'],
    [{ field: 'customer.phone, email', rule: 'email' }, 'rule_document', 'one column'],
  ])('refuses %j', (entry, code, says) => {
    const error = thrown(() => expand(entry))
    expect(error.code).toBe(code)
    expect(JSON.stringify([error.text.en, error.message, error.params])).toContain(
      says === 'where' ? 'tributary.yaml' : says,
    )
    expect(`${error.text.en}`).toContain(
      'tributary.yaml quality[0]'.slice(0, code === 'rule_threshold' ? 0 : undefined),
    )
  })

  it('refuses an id that is used twice in a data set', () => {
    expect(
      thrown(() => expand({ field: 'customer.age', rule: 'not_null' }, { field: 'customer.age', rule: 'not_null' }))
        .message,
    ).toContain('twice')
  })
})

describe('the default pack', () => {
  it('has the situations of the founding documents with their outcomes', () => {
    const outcome = Object.fromEntries(defaultPack.map((r) => [`${r.dataset}.${r.id}`, r.onFail]))
    expect(outcome).toMatchObject({
      'customer.mobile_at_capture': 'reject',
      'customer.incomplete': 'tag',
      'customer.age_impossible': 'quarantine',
      'customer.total_spent_negative': 'quarantine',
      'order.amount_negative': 'quarantine',
      'order_line.amount_negative': 'quarantine',
      'customer.phone_form': 'tag',
      'customer.email_form': 'tag',
      'customer.level_spend': 'observe',
      'delivery.region_differs': 'observe',
      'delivery.delivered_before_shipped': 'tag',
      'order_line.order_id_known': 'observe',
    })
  })

  it('has a name in both languages for every rule', () => {
    expect(defaultPack.filter((r) => !r.text?.zh || !r.text.en)).toEqual([])
  })
})

function thrown(work: () => unknown): ConfigError {
  try {
    work()
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new TypeError('nothing was thrown')
}
