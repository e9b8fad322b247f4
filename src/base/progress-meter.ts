import type { Progress } from './progress.ts'
import type { Text } from './text.ts'

/** What a progress has come to: rate in units per second over the current step, seconds left when the total is known. */
export interface Reading {
  readonly step?: Text
  readonly done: number
  readonly total?: number
  readonly unit?: string
  readonly rate?: number
  readonly secondsLeft?: number
  readonly notes: readonly Text[]
}

/** Turns the calls of a progress into readings; `onChange` is told at most every `everyMs`, and at each new step. */
export function progressMeter(
  clock: () => number,
  onChange: (reading: Reading) => void,
  everyMs = 200,
): Progress & { reading(): Reading } {
  let step: Text | undefined
  let done = 0
  let total: number | undefined
  let unit: string | undefined
  let startedAt = clock()
  let toldAt = -Infinity
  const notes: Text[] = []

  const reading = (): Reading => {
    const seconds = (clock() - startedAt) / 1000
    const rate = seconds > 0.2 && done > 0 ? done / seconds : undefined
    const secondsLeft = rate && total !== undefined && total >= done ? (total - done) / rate : undefined
    return { step, done, total, unit, rate, secondsLeft, notes }
  }
  const tell = (now: boolean): void => {
    if (!now && clock() - toldAt < everyMs) return
    toldAt = clock()
    onChange(reading())
  }
  return {
    step(name, options) {
      step = name
      done = 0
      total = options?.total
      unit = options?.unit
      startedAt = clock()
      tell(true)
    },
    advance(amount) {
      done += amount
      tell(false)
    },
    note(text) {
      notes.push(text)
      if (notes.length > 50) notes.shift()
      tell(true)
    },
    reading,
  }
}
