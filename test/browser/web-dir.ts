import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const webDir = fileURLToPath(new URL('../../web/dist', import.meta.url))
/** Why the browser tests cannot run, when the app is not built. */
export const webMissing = existsSync(join(webDir, 'index.html'))
  ? undefined
  : 'web/dist is missing: run `npm run build` first'
