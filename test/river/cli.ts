import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
export const sharedData = resolve(root, '../shared/data')

export function dataOr(path: string): string | undefined {
  const at = join(sharedData, path)
  return existsSync(at) ? at : undefined
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** The last line of stdout as JSON. */
  readonly json: Record<string, unknown>
}

/** Start the command line as a user's shell would. */
export function spawnTributary(
  args: readonly string[],
  env: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(root, 'bin/tributary.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, LANG: 'en_US.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout!.on('data', (d: Buffer) => (stdout += d.toString()))
  child.stderr!.on('data', (d: Buffer) => (stderr += d.toString()))
  const ended = new Promise<Ended>((done) => {
    child.on('close', (code) => {
      const last = stdout.trim().split('\n').at(-1) ?? ''
      let json: Record<string, unknown> = {}
      try {
        json = JSON.parse(last) as Record<string, unknown>
      } catch {
        // Not a JSON result: the caller looks at code and stderr.
      }
      done({ code, stdout, stderr, json })
    })
  })
  return { child, ended }
}

export async function tributary(...args: string[]): Promise<Ended> {
  return spawnTributary(args).ended
}
