import { SingleBar } from 'cli-progress'
import type { Work } from '../base/context.ts'
import { knownError } from '../base/errors.ts'
import { progressMeter, type Reading } from '../base/progress-meter.ts'
import type { Locale, Text } from '../base/text.ts'

/** How a verb tells what it does: a bar on a terminal, JSON lines elsewhere; results on stdout, progress on stderr. */
export interface Output {
  readonly locale: Locale
  /** `--json`: one JSON line with the result is the last line of stdout. */
  readonly json: boolean
  work(signal?: AbortSignal): Work
  /** The result: as JSON or as the text lines given. */
  result(value: unknown, lines: (locale: Locale) => readonly string[]): void
  /** Something to mend that did not stop the work. */
  warn(text: Text): void
  error(error: unknown): void
  end(): void
}

export function createOutput(options: { json: boolean; quiet: boolean; locale: Locale; terminal: boolean }): Output {
  const { locale, json } = options
  let bar: SingleBar | undefined
  let step = ''
  let noted = 0

  const stopBar = (): void => {
    bar?.stop()
    bar = undefined
  }
  const onTerminal = (r: Reading): void => {
    const name = r.step?.[locale] ?? ''
    if (name !== step) {
      stopBar()
      step = name
      bar = new SingleBar({
        format: '{name}  {filled} {figures}',
        barsize: 28,
        hideCursor: true,
        linewrap: false,
        clearOnComplete: false,
        formatBar: undefined,
        stream: process.stderr,
      })
      bar.start(r.total ?? 0, 0, { name, filled: '', figures: '' })
    }
    const width = 24
    const share = r.total ? Math.min(1, r.done / r.total) : 0
    const filled = r.total
      ? `${'█'.repeat(Math.round(share * width))}${'░'.repeat(width - Math.round(share * width))} ${Math.round(share * 100)}%`
      : ''
    bar?.update(r.done, { name, filled, figures: figures(r, locale) })
    for (; noted < r.notes.length; noted++) {
      // Above the bar, where it stays; the bar begins anew below it.
      stopBar()
      step = ''
      process.stderr.write(`${r.notes[noted]![locale]}\n`)
    }
  }
  const asLine = (r: Reading): void => {
    for (; noted < r.notes.length; noted++)
      process.stderr.write(`${JSON.stringify({ note: r.notes[noted]![locale] })}\n`)
    const secondsLeft = r.secondsLeft === undefined ? undefined : Math.round(r.secondsLeft)
    const rate = r.rate === undefined ? undefined : Math.round(r.rate)
    process.stderr.write(
      `${JSON.stringify({ progress: r.step?.[locale], done: r.done, total: r.total, unit: r.unit, rate, seconds_left: secondsLeft })}\n`,
    )
  }

  return {
    locale,
    json,
    work(signal) {
      const show = options.quiet ? () => {} : options.terminal ? onTerminal : asLine
      return { progress: progressMeter(Date.now, show, options.terminal ? 100 : 2000), signal }
    },
    result(value, lines) {
      stopBar()
      process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines(locale).join('\n')}\n`)
    },
    warn(text) {
      stopBar()
      process.stderr.write(`${locale === 'zh' ? '注意' : 'warning'}: ${text[locale]}\n`)
    },
    error(error) {
      stopBar()
      const known = knownError(error)
      const message = known.in(locale)
      if (json)
        process.stdout.write(`${JSON.stringify({ error: { code: known.code, message, params: known.params } })}\n`)
      process.stderr.write(`${locale === 'zh' ? '错误' : 'error'}: ${message}\n`)
      // A fault of ours is of use only with its place.
      if (known.code === 'internal' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
    },
    end: stopBar,
  }
}

function figures(r: Reading, locale: Locale): string {
  const number = new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en')
  const parts = [
    r.total === undefined
      ? r.done
        ? number.format(r.done)
        : ''
      : `${number.format(r.done)} / ${number.format(r.total)}`,
  ]
  if (r.unit) parts.push(r.unit)
  if (r.rate !== undefined) parts.push(`· ${number.format(Math.round(r.rate))}/s`)
  if (r.secondsLeft !== undefined && Number.isFinite(r.secondsLeft))
    parts.push(locale === 'zh' ? `· 剩余 ${Math.ceil(r.secondsLeft)} 秒` : `· ${Math.ceil(r.secondsLeft)} s left`)
  return parts.filter(Boolean).join(' ')
}
