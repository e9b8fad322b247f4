import { readXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { templateCsv, templateIds, templateXlsx } from './template.ts'

const rows = [
  {
    person_id: 'C202405001',
    name: '云帆科技有限公司',
    industry: '软件和信息技术服务业',
    region: '北京市',
    contact_role: '采购部',
    first_contact_at: '2024-05-01',
    last_active_at: '2024-06-20T08:00:00Z',
    interactions: 12,
    amount: 3000,
    orders: 4,
    favourite_category: '软件',
    channel: '展会',
    level: '金卡',
    special_needs: '=1+1',
  },
  { person_id: 'C202405002', name: null, amount: 0, orders: 0, first_order_at: null },
]
const header =
  '客户编号,客户名称*,所属行业,所在区域,联系人角色,首次接触时间,最近活跃时间,互动频次,累计消费金额,平均客单价,偏好品类,来源渠道,客户等级,特殊需求'

describe('the 客户信息分析模板', () => {
  it('goes out in the order and wording of the document', async () => {
    let text = ''
    for await (const chunk of templateCsv(rows, { locale: 'zh', encoding: 'utf-8' }))
      text += Buffer.from(chunk).toString('utf8')
    expect(text.split('\r\n')).toEqual([
      header,
      "C202405001,云帆科技有限公司,软件和信息技术服务业,北京市,采购部,2024-05-01,2024-06-20,12,3000,750,软件,展会,金卡,'=1+1",
      'C202405002,,,,,,,,0,,,,,',
      '',
    ])
  })

  it('goes out as a workbook with dates and money as such', async () => {
    const book = await readXlsx(await templateXlsx(rows))
    expect(book.sheets[0]!.rows[0]).toEqual(header.split(','))
    expect(book.sheets[0]!.rows[1]!.slice(7, 10)).toEqual([12, 3000, 750])
    expect(book.sheets[0]!.rows[1]![5]).toBeInstanceOf(Date)
  })

  it('numbers customers by the month of their first contact', () => {
    const id = templateIds()
    expect(
      ['2024-05-01', '2024-05-09', '2024-06-01', undefined].map((first_contact_at) => id({ first_contact_at })),
    ).toEqual(['C202405001', 'C202405002', 'C202406001', 'C000000001'])
  })
})
