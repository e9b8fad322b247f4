import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quiet } from '../base/context.ts'
import { intakeTables } from '../intake/index.ts'
import { openSmallGround, type SmallGround } from '../testing/small-ground.ts'
import { id, sql, type Row } from '../warehouse/index.ts'
import { createQuality, qualityTables, wilson, type Quality } from './index.ts'

const own = ['event', 'product', 'interaction']
let ground: SmallGround
let quality: Quality

/*
 * 50 customer rows of one source, by hand. Key fields: name, phone, email, gender, birth_date, region, level, channel.
 *
 * rows  1–20  all 8 key fields present                                     160 present
 * rows 21–30  email absent, phone 未知                                       60 present
 * rows 31–40  gender '', region N/A, level -, channel null                  40 present
 * rows 41–50  only the name                                                 10 present
 *                                                                 total    270 of 400
 *
 * Cells under validity rules of one column (no id_card, uscc, city, age, amounts here):
 *   name   present in 50 rows; row 1 is the placeholder 顾客                  49 of 50
 *   phone  present in 1–20 and 31–40; row 2 has 10 digits, row 3 is the dummy
 *          13800138000                                                     28 of 30
 *   email  present in 1–20 and 31–40; row 4 has no @                         29 of 30
 *   birth_date present in 1–40; row 5 is 1899-12-31                          39 of 40
 *                                                                 total    145 of 150
 *
 * Uniqueness: customer_id present in 48 rows (49, 50 have none), rows 47 and 48 repeat the id of row 46: 46 of 48.
 *
 * Consistency: rules over rows with first_contact_at ≤ last_active_at (evaluated in all 50 rows, row 10 fails) and the
 * level against the amount (evaluated where there is a level, nothing to judge it by): 49 of 50.
 */
const rows: readonly Row[] = Array.from({ length: 50 }, (_, i): Row => {
  const n = i + 1
  const whole = n <= 20
  const few = n > 40
  return {
    source: 'crm',
    space: 'shop',
    record_key: `k${n}`,
    customer_id: n >= 49 ? null : n > 46 ? 'C46' : `C${n}`,
    name: n === 1 ? '顾客' : '林静',
    phone: few
      ? null
      : n === 2
        ? '1380013800'
        : n === 3
          ? '+8613800138000'
          : n > 20 && n <= 30
            ? '未知'
            : `+86139${10_000_000 + n}`,
    email: few || (n > 20 && n <= 30) ? null : n === 4 ? 'nobody.example.com' : `c${n}@example.com`,
    gender: few ? null : n > 30 ? '' : '女',
    birth_date: few ? null : n === 5 ? '1899-12-31' : '1990-05-05',
    region: few ? null : n > 30 ? 'N/A' : '广东省',
    level: few ? null : n > 30 ? '-' : '普通',
    channel: few || n > 30 ? null : '门店',
    first_contact_at: whole ? '2026-01-01 00:00:00' : null,
    last_active_at: whole ? (n === 10 ? '2025-12-31 23:59:59' : '2026-01-02 00:00:00') : null,
  }
})

beforeAll(async () => {
  ground = await openSmallGround([...qualityTables, ...intakeTables.filter((t) => !own.includes(t.name))], {
    now: Date.UTC(2026, 10, 22),
  })
  quality = createQuality(ground)
  await ground.fill('customer', rows)
  // Taken on 2 January at noon: three of four events within a day of their time.
  // The source was first taken a month before, so all four are judged; an event from before that is history.
  await ground.fill('batch', [
    { batch: 0, source: 'web', dataset: 'event', path: '', sha256: '', taken_at: '2025-12-01 12:00:00' },
    { batch: 1, source: 'web', dataset: 'event', path: '', sha256: '', taken_at: '2026-01-02 12:00:00' },
  ])
  await ground.fill(
    'event',
    [
      '2026-01-02 11:59:59',
      '2026-01-01 12:00:00',
      '2026-01-01 18:00:00',
      '2026-01-01 11:59:59',
      '2025-11-30 09:00:00',
      null,
    ].map((at, i) => ({
      source: 'web',
      event_id: `e${i}`,
      occurred_at: at,
    })),
  )
  await quality.run(quiet)
})
afterAll(() => ground.close())

const score = async (dataset: string, dimension: string): Promise<[number, number]> => {
  const found = (await quality.scores({ dataset })).find((s) => s.dimension === dimension)!
  return [found.numerator, found.denominator]
}

describe('the six indicators over 50 rows, computed by hand', () => {
  it.each<[string, number, number]>([
    ['completeness', 270, 400],
    ['validity', 145, 150],
    ['uniqueness', 46, 48],
    ['consistency', 49, 50],
    // A customer record tells of no moment, and nobody gave a reference: not measured.
    ['timeliness', 0, 0],
    ['accuracy', 0, 0],
  ])('%s is %i of %i', async (dimension, numerator, denominator) => {
    expect(await score('customer', dimension)).toEqual([numerator, denominator])
  })

  it('timeliness counts records taken within a day of their time; those without a time are not measured', async () => {
    expect(await score('event', 'timeliness')).toEqual([3, 4])
  })

  it('measures completeness of any table, before and after', async () => {
    expect(await quality.rawCompleteness()).toMatchObject({ numerator: 270, denominator: 400 })
    const after = sql`(select max(name) as name, max(phone) as phone from customer group by coalesce(customer_id, record_key))`
    const fields = [
      { name: 'name', type: 'text' },
      { name: 'phone', type: 'text' },
    ] as const
    // 48 people: 46 ids and two records without one; 30 have a phone.
    expect(await quality.measureCompleteness(after, fields)).toEqual({
      numerator: 78,
      denominator: 96,
      fields: [
        { field: 'name', present: 48, total: 48 },
        { field: 'phone', present: 30, total: 48 },
      ],
    })
    expect(await quality.measureCompleteness(sql`(select name from customer where false)`, [fields[0]])).toMatchObject({
      numerator: 0,
      denominator: 0,
    })
  })

  it('accuracy needs a reference and tells its interval', async () => {
    const reference = sql`(select customer_id, case when customer_id in ('C7', 'C8') then '男' else gender end as gender from customer where customer_id in ('C6', 'C7', 'C8', 'C9', 'C11', 'C12', 'C13', 'C14', 'C15', 'C16'))`
    const found = await quality.measureAccuracy(id('customer'), reference, 'customer_id', ['gender'])
    expect(found).toMatchObject({ n: 10, agree: 8 })
    // Wilson 95 % for 8 of 10 as in Brown, Cai and DasGupta (2001) and R's binom.wilson: 0.4902 to 0.9433.
    expect(found.interval!.low).toBeCloseTo(0.4901625, 6)
    expect(found.interval!.high).toBeCloseTo(0.9433178, 6)
    expect(
      await quality.measureAccuracy(
        id('customer'),
        sql`(select customer_id, gender from customer where false)`,
        'customer_id',
        ['gender'],
      ),
    ).toEqual({
      n: 0,
      agree: 0,
      interval: undefined,
    })
  })
})

describe('Wilson interval', () => {
  it('stays inside 0 and 1 and is not measured for nothing', () => {
    expect(wilson(0, 0)).toBeUndefined()
    expect(wilson(0, 10)!.low).toBe(0)
    expect(wilson(10, 10)!.high).toBe(1)
  })
})
