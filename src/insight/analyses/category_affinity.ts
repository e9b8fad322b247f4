import { z } from 'zod'
import { NotEnoughDataError } from '../../base/errors.ts'
import { id, sql, steps, w } from '../../warehouse/index.ts'
import { column } from '../columns.ts'
import type { Analysis } from '../contract.ts'
import { salesLines, salesNote } from '../sales.ts'
import { both, num, pct } from '../words.ts'

const params = z.strictObject({
  of: z.enum(['category', 'product_name', 'sku']).default('category'),
  /** Pairs that fewer customers bought are left out. */
  minCustomers: z.number().int().min(1).default(10),
  /** Least share of all buyers who bought both. */
  minSupport: z.number().min(0).max(1).default(0.005),
  /** Only the items that most customers bought take part. */
  items: z.number().int().min(2).max(500).default(100),
  limit: z.number().int().min(1).max(1000).default(50),
})
type Params = z.infer<typeof params>

export const categoryAffinity: Analysis<Params> = {
  id: 'category_affinity',
  layer: 'descriptive',
  name: { zh: '品类关联', en: 'Category affinity' },
  question: { zh: '购买了 X 的客户还常买什么？', en: 'What else do those who bought X buy?' },
  definition: {
    zh: `以客户为单位、窗口内的有效购买：支持度 = 两者都买过的客户 ÷ 全部购买客户；置信度 = 两者都买过 ÷ 买过前者；提升度 = 置信度 ÷ 后者在全部购买客户中的占比（大于 1 为正关联）。至少 minCustomers 位客户。${salesNote.zh}`,
    en: `By customer, over valid purchases in the window: support = customers who bought both ÷ all buyers; confidence = bought both ÷ bought the first; lift = confidence ÷ share of all buyers who bought the second (above 1: they go together). At least minCustomers customers. ${salesNote.en}`,
  },
  params,
  run: async (scope, { of, minCustomers, minSupport, items, limit }, tools) => {
    const columns = [
      column('first', 'text', '买过', 'Bought'),
      column('second', 'text', '也买', 'Also bought'),
      column('customers', 'int', '两者都买的客户', 'Customers of both'),
      column('support', 'percent', '支持度', 'Support'),
      column('confidence', 'percent', '置信度', 'Confidence'),
      column('lift', 'number', '提升度', 'Lift'),
    ]
    const base = {
      lines: salesLines(scope, tools),
      bought: sql`select distinct person_id, ${id(of)} as item from lines where ${id(of)} is not null`,
    }
    const [all] = await tools.query<{ buyers: number }>(
      steps(base, sql`select count(distinct person_id) as buyers from bought`),
    )
    const buyers = all!.buyers
    if (!buyers) return { columns, rows: [] }
    if (buyers < 2 * minCustomers)
      throw new NotEnoughDataError('not_enough_data', {
        method: 'category_affinity',
        need: `${2 * minCustomers} buyers`,
        got: buyers,
      })
    const rows = await tools.query<{
      first: string
      second: string
      customers: number
      confidence: number
      support: number
      lift: number
    }>(
      steps(
        {
          ...base,
          popular: sql`select item, count(*) as customers from bought group by 1 having count(*) >= ${minCustomers} order by 2 desc, 1 ${w.page(items, 0)}`,
          kept: sql`select b.person_id, b.item, p.customers from bought b join popular p on p.item = b.item`,
          pairs: sql`
            select a.item as "first", b.item as "second", a.customers as of_first, b.customers as of_second, count(*) as customers
            from kept a
            join kept b on b.person_id = a.person_id and b.item <> a.item
            group by 1, 2, 3, 4
            having count(*) >= ${minCustomers}`,
        },
        sql`
          select "first", "second", customers, ${w.ratio(sql`customers`, sql`${buyers}`)} as support,
            ${w.ratio(sql`customers`, sql`of_first`)} as confidence,
            ${w.ratio(sql`customers`, sql`of_first`)} / ${w.ratio(sql`of_second`, sql`${buyers}`)} as lift
          from pairs
          where customers >= ${minSupport * buyers}
          order by lift desc, confidence desc, "first", "second"
          ${w.page(limit, 0)}`,
      ),
    )
    const name = of === 'category' ? 'category' : of === 'sku' ? 'sku' : 'product'
    const text = (value: string): string => `'${value.replaceAll("'", "''")}'`
    return {
      columns,
      rows,
      figures: { buyers: { value: buyers, text: both('购买客户', 'Buyers') } },
      findings: rows
        .filter((x) => x.lift >= 1.1)
        // Of X → Y and Y → X the surer one is told.
        .filter(
          (x, _, told) =>
            !told.some(
              (y) =>
                y.first === x.second &&
                y.second === x.first &&
                (y.confidence > x.confidence || (y.confidence === x.confidence && y.first < x.first)),
            ),
        )
        .slice(0, 3)
        .map((x) => ({
          text: both(
            `购买了“${x.first}”的客户中，${pct(x.confidence)} 同时购买了“${x.second}”（${num(x.customers)} 位，提升度 ${num(x.lift, 2)}）。`,
            `Of those who bought "${x.first}", ${pct(x.confidence)} also bought "${x.second}" (${num(x.customers)} customers, lift ${num(x.lift, 2)}).`,
          ),
          advice: both(
            `向买过“${x.first}”而未买“${x.second}”的客户推荐后者，并在页面与门店相邻陈列。`,
            `Offer "${x.second}" to those who bought only "${x.first}", and show the two side by side.`,
          ),
          people: `bought.${name}(${text(x.first)}, ${scope.windowDays}d) and not bought.${name}(${text(x.second)}, ${scope.windowDays}d)`,
        })),
      chart: of === 'category' ? { kind: 'heat', x: 'second', y: ['lift'], series: 'first' } : undefined,
    }
  },
}
