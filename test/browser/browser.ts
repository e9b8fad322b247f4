import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

const places = [
  process.env.TRIBUTARY_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export const chromiumPath = places.find((path) => path && existsSync(path))
/** Why the browser tests cannot run, when there is no browser. */
export const browserMissing = chromiumPath
  ? undefined
  : 'no Chromium found: install one or set TRIBUTARY_CHROMIUM to its path'

export async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export async function context(
  browser: Browser,
  options: { locale: 'zh-CN' | 'en-US'; width?: number; height?: number; dark?: boolean },
): Promise<BrowserContext> {
  return browser.newContext({
    locale: options.locale,
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
}

/** Faults of the page: uncaught errors and refused files; a test ends by looking at them. */
export function watchFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|403|404|422)/.test(message.text())) faults.push(message.text())
  })
  return faults
}
