import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserMissing, context, launch, watchFaults } from './browser.ts'
import type { LiveServer } from './server.ts'
import { webMissing } from './web-dir.ts'

const missing = webMissing ?? browserMissing
if (missing) console.warn(`Browser tests are left out: ${missing}`)

/** Six members: one phone too short and a negative amount, one impossible birth date, the rest sound. */
const csv = `会员编号,姓名,手机,邮箱,性别,生日,省份,城市,会员等级,注册时间,累计消费
V001,王芳,13812345678,wangfang@example.com,女,1990-03-12,广东,深圳,金卡,2022-01-05,5230.50
V002,李强,13987654321,liqiang@example.com,男,1985/07/22,浙江省,杭州,银卡,2022-02-11,1200
V003,张敏,137 0000 1111,zhangmin@example.com,女,1993-11-02,上海,上海,普通,2022-03-09,830.2
V004,赵磊,12345,zhaolei@example.com,男,1979-01-30,北京市,北京,金卡,2021-12-01,-50
V005,陈静,15012340099,chenjing@example.com,女,1991-05-05,江苏,南京,普通,2023-06-18,99
V006,刘洋,18611112222,liuyang@example.com,男,1988-08-08,四川,成都,银卡,2020-09-09,4210
`

const words = {
  'zh-CN': {
    html: 'zh-CN',
    create: '创建并继续',
    choose: '下一步：对应含义',
    start: '导入 6 行',
    stored: '入库',
    see: '查看客户',
    traits: '属性',
    row: '手机号的原始行',
    raw: '原始行，未改动',
    condition: '添加条件',
    field: '字段 1',
    region: '所在省份',
    label: '名称',
    name: '标识',
    save: '保存分群',
    password: '密码',
    again: '再次输入密码',
    user: '用户名',
    import: '导入文件',
  },
  'en-US': {
    html: 'en',
    create: 'Create and continue',
    choose: 'Continue to meaning',
    start: 'Import 6 rows',
    stored: 'stored',
    see: 'See the customers',
    traits: 'Traits',
    row: 'Source row of Phone',
    raw: 'Source line, unchanged',
    condition: 'Add condition',
    field: 'Field 1',
    region: 'Region',
    label: 'Title',
    name: 'Name',
    save: 'Save segment',
    password: 'Password',
    again: 'Password again',
    user: 'Name',
    import: 'Import your file',
  },
} as const

describe.skipIf(missing)(`from a file to a segment${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let browser: Browser
  let folder: string

  beforeAll(async () => {
    browser = await launch()
    folder = await mkdtemp(join(tmpdir(), 'tributary-csv-'))
    await writeFile(join(folder, 'members.csv'), csv)
  })
  afterAll(async () => {
    await browser?.close()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  describe.each(['zh-CN', 'en-US'] as const)('%s', (locale) => {
    const w = words[locale]
    let server: LiveServer
    let page: Page
    let faults: string[]

    beforeAll(async () => {
      const { startServer } = await import('./server.ts')
      server = await startServer()
      page = await (await context(browser, { locale })).newPage()
      page.setDefaultTimeout(20_000)
      faults = watchFaults(page)
    })
    afterAll(async () => {
      await page?.context().close()
      await server?.close()
    })

    it('makes the first login with the code from the terminal', async () => {
      await page.goto(server.address)
      await page.locator('#setup-token').fill(server.setupToken)
      await page.getByLabel(w.user, { exact: true }).fill('lin')
      await page.getByLabel(w.password, { exact: true }).fill('river-of-rivers')
      await page.getByLabel(w.again, { exact: true }).fill('river-of-rivers')
      await page.getByRole('button', { name: w.create }).click()
      await page.getByRole('button', { name: w.import }).waitFor()
      expect(await page.evaluate('document.documentElement.lang')).toBe(w.html)
    })

    it('reads a dropped file, suggests its meaning, and keeps both over a reload', async () => {
      await page.getByRole('button', { name: w.import }).click()
      await page.setInputFiles('input[type=file]', join(folder, 'members.csv'))
      await page.getByRole('button', { name: w.choose }).click()
      await page.locator('.counts').waitFor()
      await page.locator('#source-name').fill('members-test')
      await page.reload()
      await page.locator('.counts').waitFor()
      expect(await page.locator('#source-name').inputValue()).toBe('members-test')
      // The row with the negative amount would be held back: said before anything is stored.
      expect(await page.locator('.counts .bad b').innerText()).toBe('1')
    })

    it('imports it and accounts for every row', async () => {
      await page.getByRole('button', { name: w.start }).click()
      await page.locator('.balance').waitFor({ timeout: 60_000 })
      const numbers = (await page.locator('.balance b').allInnerTexts()).map(Number)
      expect(numbers).toEqual([6, 5, 0, 1, 0])
      expect(await page.locator('.balance').innerText()).toContain(w.stored)
    })

    it('finds a customer by pinyin and shows the line a value was read from', async () => {
      await page.getByRole('button', { name: w.see }).click()
      await page.locator('.grid-row.body').nth(4).waitFor()
      await page.locator('.filters input').first().fill('wf')
      await page.waitForURL(/q=wf/)
      await page.getByRole('link', { name: '王芳' }).click()
      await page.getByRole('heading', { name: '王芳' }).waitFor()
      await page.getByRole('link', { name: w.traits, exact: true }).click()
      await page.getByRole('button', { name: w.row }).click()
      await page.getByRole('heading', { name: w.raw }).waitFor()
      expect(await page.locator('.ant-drawer pre.raw').innerText()).toContain('V001')
    })

    it('builds a segment from conditions, with the text following, and saves it', async () => {
      await page.goto(`${server.address}/segments/new`)
      await page.getByRole('button', { name: w.condition, exact: true }).click()
      await page.getByRole('combobox', { name: w.field }).click()
      await page.keyboard.type('region')
      await page.locator('.ant-select-item-option-active', { hasText: w.region }).waitFor()
      await page.keyboard.press('Enter')
      await page.locator('.big-count').waitFor()
      await page.waitForFunction(() =>
        /region = /.test(document.querySelector<HTMLTextAreaElement>('.rule-text')!.value),
      )
      await page.locator('.rule-text').fill(`region in ('广东省', '浙江省')`)
      await page.locator('.rule-text').blur()
      await expect.poll(() => page.locator('.big-count').innerText(), { timeout: 10_000 }).toBe('2')
      await page.getByLabel(w.label, { exact: true }).fill('South')
      await page.getByLabel(w.name, { exact: true }).fill('south')
      await page.getByRole('button', { name: w.save }).click()
      await page.waitForURL(/\/segments\/south$/)
      await page.getByRole('link', { name: '李强' }).waitFor()
    })

    it('ends without a fault in the console', () => {
      expect(faults).toEqual([])
    })
  })
})
