#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// DuckDB works on libuv's pool: with its four threads a single heavy query makes `select 1` wait for seconds.
process.env.UV_THREADPOOL_SIZE ??= '16'
const main = new URL('../dist/src/cli/main.js', import.meta.url)
if (!existsSync(fileURLToPath(main))) {
  console.error('Not built yet: run `npm run build` (or `npm start`) first. / 尚未构建：请先运行 npm run build（或 npm start）。')
  process.exit(2)
}
const { run } = await import(main.href)
process.exitCode = await run(process.argv.slice(2))
