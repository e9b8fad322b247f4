import { existsSync } from 'node:fs'
import { UnsupportedError } from '../../base/errors.ts'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The system's Chromium: where CHROMIUM_PATH points, or in one of the usual places. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env['CHROMIUM_PATH']) return existsSync(env['CHROMIUM_PATH']) ? env['CHROMIUM_PATH'] : undefined
  return places.find((place) => existsSync(place))
}

/**
 * Print a self-contained page to PDF with the system's Chromium; scripts and the network are off.
 * @throws UnsupportedError no_browser
 */
export async function htmlToPdf(html: string, signal?: AbortSignal, executable = findChromium()): Promise<Uint8Array> {
  if (!executable) throw new UnsupportedError('no_browser')
  signal?.throwIfAborted()
  const { chromium } = await import('playwright-core')
  const browser = await chromium
    .launch({ executablePath: executable, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
    .catch((cause: unknown) => {
      throw new UnsupportedError('no_browser', {}, { cause })
    })
  const stop = (): void => void browser.close()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const page = await browser.newPage({ javaScriptEnabled: false, offline: true })
    await page.setContent(html, { waitUntil: 'load' })
    const footer =
      '<div style="width:100%;font-size:8px;color:#888;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>'
    return await page.pdf({
      format: 'A4',
      printBackground: true,
      preferCSSPageSize: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footer,
    })
  } finally {
    signal?.removeEventListener('abort', stop)
    await browser.close()
  }
}
