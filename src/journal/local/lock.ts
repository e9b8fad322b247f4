import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { RetryableError } from '../../base/errors.ts'

interface Holder {
  readonly pid: number
  /** Start time of the process in clock ticks since boot (Linux): tells a recycled pid from the holder. */
  readonly start: string
  readonly host: string
}

/**
 * One writer per folder: the file `lock` names its process. A lock whose process is gone is taken over.
 * @returns the function that releases it
 * @throws RetryableError journal_locked naming the pid
 */
export function lockFolder(dir: string): () => void {
  const file = join(dir, 'lock')
  const mine = join(dir, `lock.${process.pid}.${randomUUID()}`)
  const content = JSON.stringify({ pid: process.pid, start: startOf(process.pid), host: hostname() } satisfies Holder)
  writeFileSync(mine, content)
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      try {
        // link is atomic: the name appears with its whole content or not at all
        linkSync(mine, file)
        return () => {
          if (read(file) === content) rmSync(file, { force: true })
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const held = read(file)
      if (held === undefined) continue
      const holder = parse(held)
      if (holder && isAlive(holder))
        throw new RetryableError('journal_locked', { dir, pid: holder.pid, host: holder.host, file })
      removeStale(dir, file, held)
    }
    throw new RetryableError('journal_locked', { dir, pid: 'unknown', host: hostname(), file })
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Two processes may see the same stale lock: the rename is won by one, and it looks at what it really moved. */
function removeStale(dir: string, file: string, held: string): void {
  const aside = join(dir, `lock.stale.${process.pid}.${randomUUID()}`)
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  try {
    if (read(aside) !== held) linkSync(aside, file)
  } catch {
    // another process has taken the name since; it owns the folder now
  } finally {
    rmSync(aside, { force: true })
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return undefined
  }
}

function isAlive(holder: Holder): boolean {
  // a process on another machine cannot be seen from here: only a person may decide
  if (holder.host !== hostname()) return true
  return processLives(holder.pid) && (holder.start === '' || startOf(holder.pid) === holder.start)
}

export function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function startOf(pid: number): string {
  try {
    // the name in field 2 may hold blanks: count from behind its closing bracket
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()!.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
