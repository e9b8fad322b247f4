// The system's Chromium for browser tests and PDF reports: found, or brought in where that is allowed (Debian, root).
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

export function findChromium() {
  return places.find((place) => place && existsSync(place))
}

export function ensureChromium() {
  const found = findChromium()
  if (found) return found
  const debian = existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  if (!debian || process.getuid?.() !== 0) return undefined
  console.log('· Installing the system’s Chromium and CJK fonts / 安装系统 Chromium 与中文字体 …')
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 600_000 }
  spawnSync('apt-get', ['update', '-qq'], quiet)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], quiet)
  return findChromium()
}
