import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserMissing, context, launch, watchFaults } from './browser.ts'
import type { LiveServer } from './server.ts'
import { loadDemo, signIn } from './sign-in.ts'
import { webMissing } from './web-dir.ts'

const missing = webMissing ?? browserMissing
if (missing) console.warn(`Browser tests are left out: ${missing}`)

const paths = [
  '/',
  '/sources',
  '/sources/members',
  '/intake',
  '/quality',
  '/quality/rules',
  '/quality/quarantine',
  '/quality/review',
  '/identity',
  '/profiles',
  '/profiles/:person',
  '/profiles/:person?tab=traits',
  '/profiles/:person?tab=identity',
  '/segments',
  '/segments/rfm',
  '/segments/high_value',
  "/segments/new?rule=orders.count(365d) >= 1 and region in ('广东省')",
  '/insight',
  '/insight/analyses/monthly_sales',
  '/insight/analyses/sales_contribution',
  '/insight/reports',
  '/insight/reports/new',
  '/insight/reports/new?step=2',
  '/insight/reports/new?step=5',
  '/governance?q=phone',
  '/governance/runs',
  '/governance/audit',
  '/nowhere',
]

describe.skipIf(missing)(`every screen${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let browser: Browser
  let server: LiveServer
  let person: string

  const open = async (options: Parameters<typeof context>[1]): Promise<BrowserContext> => {
    const made = await context(browser, options)
    await signIn(server, made)
    return made
  }
  const visit = async (page: Page, path: string): Promise<void> => {
    await page.goto(server.address + encodeURI(path.replace(':person', person)))
    await page.locator('main h1, main h2').first().waitFor()
    await page.waitForTimeout(120)
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    await page.waitForTimeout(80)
  }

  beforeAll(async () => {
    const { startServer } = await import('./server.ts')
    server = await startServer()
    browser = await launch()
    const made = await open({ locale: 'en-US' })
    await loadDemo(server, made, 300)
    const found = (await (await made.request.get(`${server.address}/api/customers?limit=1`)).json()) as {
      items: { personId: string }[]
    }
    person = found.items[0]!.personId
    await made.close()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it.each([
    { locale: 'zh-CN', dark: false },
    { locale: 'en-US', dark: true },
  ] as const)(
    'has no serious accessibility finding, and fits phone and wide windows ($locale, dark: $dark)',
    async (options) => {
      const made = await open(options)
      const page = await made.newPage()
      const faults = watchFaults(page)
      const findings: string[] = []
      for (const path of paths) {
        await page.setViewportSize({ width: 1280, height: 900 })
        await visit(page, path)
        // The second pass differs in colours and texts only.
        const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] })
        const { violations } = await (
          options.dark ? axe.withRules(['color-contrast', 'label', 'button-name', 'link-name']) : axe
        ).analyze()
        for (const v of violations.filter((one) => one.impact === 'serious' || one.impact === 'critical'))
          findings.push(
            `${path}: ${v.id} (${v.nodes.length}) ${v.nodes[0]!.target.join(' ')} ${v.nodes[0]!.html.slice(0, 160)} ${v.nodes[0]!.any[0]?.message ?? ''}`,
          )
        for (const width of [390, 1280, 1600]) {
          await page.setViewportSize({ width, height: 900 })
          const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
          if (over > 0) findings.push(`${path}: ${over} px too wide for ${width}`)
        }
      }
      expect(findings).toEqual([])
      expect(faults).toEqual([])
      await made.close()
    },
  )

  it('opens the menu on a phone, and closes it after the choice', async () => {
    const made = await open({ locale: 'en-US', width: 390, height: 800 })
    const page = await made.newPage()
    await visit(page, '/')
    const menu = page.getByRole('navigation', { name: 'Menu' })
    expect(await menu.isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Open menu' }).click()
    await menu.getByRole('link', { name: 'Segments' }).click()
    await page.waitForURL(/\/segments$/)
    await menu.waitFor({ state: 'hidden' })
    await made.close()
  })

  it('changes language and colour mode at once, and remembers both', async () => {
    const made = await open({ locale: 'en-US' })
    const page = await made.newPage()
    await visit(page, '/quality')
    await page.getByRole('button', { name: '切换到中文' }).click()
    await page.getByRole('heading', { name: '质量' }).waitFor()
    await page.getByRole('button', { name: '深色模式' }).click()
    await page.reload()
    await page.getByRole('heading', { name: '质量' }).waitFor()
    expect(await page.evaluate('[document.documentElement.lang, document.documentElement.dataset.mode]')).toEqual([
      'zh-CN',
      'dark',
    ])
    await made.close()
  })

  it('is found by keyboard: skip link first, `/` for the search, arrows in the customer list', async () => {
    const made = await open({ locale: 'en-US' })
    const page = await made.newPage()
    await visit(page, '/profiles')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip-link')
    await page.keyboard.press('Escape')
    await page.locator('.grid-list').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('.grid-list').getAttribute('aria-activedescendant')).toBe('customer-1')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/profiles\/P/)
    await page.locator('main').focus()
    await page.keyboard.press('/')
    expect(await page.evaluate(`document.activeElement.getAttribute('role')`)).toBe('combobox')
    await made.close()
  })
})
