import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { domainTables } from '../intake/index.ts'
import {
  openDuckDb,
  openWarehouse,
  table,
  type Column,
  type Row,
  type Table,
  type Warehouse,
} from '../warehouse/index.ts'

const plain = (type: Column['type'], zh: string, more: Partial<Column> = {}): Column => ({
  type,
  text: { zh, en: zh },
  class: 'non_sensitive',
  mask: 'none',
  ...more,
})

/** The columns of the profile stage's tables that segments and insight read. */
export const purchaseWorldTables: readonly Table[] = [
  table<string>({
    name: 'purchase',
    owner: 'profiles',
    text: { zh: '购买', en: 'Purchases' },
    key: ['batch', 'row'],
    columns: {
      person_id: plain('text', '客户', { subject: true }),
      space: plain('text', '标识空间'),
      source: plain('text', '来源'),
      batch: plain('bigint', '批次'),
      row: plain('bigint', '行号'),
      copy: plain('int', '副本序号'),
      order_id: plain('text', '订单号'),
      ordered_at: plain('timestamp', '下单时间'),
      sku: plain('text', '商品编号'),
      product_name: plain('text', '商品名称'),
      category: plain('text', '品类'),
      quantity: plain('double', '数量'),
      unit_price: plain('decimal', '单价'),
      amount: plain('decimal', '金额'),
      kind: plain('text', '类型'),
      channel: plain('text', '渠道'),
      store: plain('text', '门店'),
      region: plain('text', '区域'),
    },
  }),
  table<string>({
    name: 'profile',
    owner: 'profiles',
    text: { zh: '客户画像', en: 'Profiles' },
    key: ['person_id'],
    columns: {
      person_id: plain('text', '客户', { subject: true }),
      name: plain('text', '客户名称', { class: 'sensitive', mask: 'name' }),
      phone: plain('text', '手机', { class: 'sensitive', mask: 'phone' }),
      id_card: plain('text', '身份证号', { class: 'core_sensitive', mask: 'id_number' }),
      region: plain('text', '所在区域'),
      city: plain('text', '城市'),
      level: plain('text', '客户等级'),
      gender: plain('text', '性别'),
      age: plain('int', '年龄'),
      channel: plain('text', '来源渠道'),
      orders: plain('int', '订单数'),
      amount: plain('decimal', '累计消费金额'),
      first_order_at: plain('timestamp', '首次购买时间'),
      last_order_at: plain('timestamp', '最近购买时间'),
      tags: plain('text', '标签'),
    },
  }),
  table<string>({
    name: 'person_key',
    owner: 'identity',
    text: { zh: '身份键', en: 'Identity keys' },
    key: ['key_type', 'key_value'],
    columns: { key_type: plain('text', '键类型'), key_value: plain('text', '键值'), person_id: plain('text', '客户') },
  }),
  domainTables.event,
  domainTables.product,
  domainTables.interaction,
]

export interface PurchaseWorld {
  readonly warehouse: Warehouse
  readonly dir: string
  /** Rows as objects; missing columns are null, with sensible system columns. */
  fill(name: string, rows: readonly Row[]): Promise<void>
  close(): Promise<void>
}

/** A real warehouse in a temporary folder with the tables that purchases need, for suites and tests. */
export async function openPurchaseWorld(more: readonly Table[] = []): Promise<PurchaseWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'tributary-world-'))
  const engine = await openDuckDb({ path: ':memory:', tmpDir: join(dir, 'spill'), allowedDirs: [dir] })
  const tables = [...purchaseWorldTables, ...more]
  const warehouse = await openWarehouse({ engine, tables, policy: { masking: () => 'none', audit() {} } })
  let serial = 0
  return {
    warehouse,
    dir,
    fill: async (name, rows) => {
      const t = tables.find((x) => x.name === name)!
      const columns = Object.keys(t.columns)
      const system: Row =
        name === 'purchase'
          ? { space: 's', source: 's', batch: 1, copy: 1, kind: 'sale', quantity: 1 }
          : { source: 's', space: 's', batch: 1, copy: 1, record_key: '', content: '' }
      await warehouse.transaction((writer) =>
        writer.append(
          t,
          columns,
          rows.map((row) => {
            const whole: Row = { ...system, row: ++serial, ...row }
            if (name !== 'purchase' && 'record_key' in t.columns && !row['record_key'])
              whole['record_key'] = String(serial)
            return columns.map((c) => whole[c] ?? null)
          }),
        ),
      )
    },
    close: async () => {
      await warehouse.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
