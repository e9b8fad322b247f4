import { existsSync } from 'node:fs'

/** The system's Chromium: for PDF reports and browser tests. */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const places = [
    env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ]
  return places.find((place): place is string => Boolean(place) && existsSync(place!))
}
