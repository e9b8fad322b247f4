import { Command, CommanderError } from 'commander'
import { statusOf } from '../base/errors.ts'
import { localeOf, type Locale } from '../base/text.ts'
import { createOutput, type Output } from './output.ts'
import { verbs } from './verbs.ts'

export interface Globals {
  readonly home?: string
  readonly json: boolean
  readonly quiet: boolean
  readonly lang?: string
}

/** What a verb gets besides its own arguments. */
export interface VerbContext {
  readonly output: Output
  readonly home?: string
  /** Aborted at the first Ctrl-C; the second one ends the process. */
  readonly signal: AbortSignal
}

export const exitCodes = `
Exit codes / 退出码:
  0  done / 完成                        4  login or role / 登录或权限
  1  a fault of ours / 程序内部错误     5  try again later / 稍后重试
  2  configuration or usage / 配置或用法 6  not supported here / 此处不支持
  3  bad input / 输入数据有误           7  too little data / 数据不足
`

/** The command line; returns the process's exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  // `tributary … | head` closes the pipe before we are done: no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const stop = new AbortController()
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)

  const program = new Command('tributary')
    .description('Tributary 百川: files and events in, unified customers out / 客户数据平台')
    .option('--home <dir>', 'data directory (default ./.tributary, or TRIBUTARY_HOME) / 数据目录')
    .option('--json', 'one JSON line as the result / 结果输出为一行 JSON', false)
    .option('--quiet', 'no progress / 不显示进度', false)
    .option('--lang <zh|en>', 'language of messages / 消息语言')
    .addHelpText('after', exitCodes)
    .exitOverride()
    .showHelpAfterError()

  let code = 0
  for (const verb of verbs) {
    const command = program.command(verb.usage).description(`${verb.text.en} / ${verb.text.zh}`)
    for (const [flags, text, fallback] of verb.options ?? []) command.option(flags, text, fallback as string)
    command.option('--json', 'one JSON line as the result / 结果输出为一行 JSON')
    command.action(async (...args: unknown[]) => {
      const own = args.at(-2) as Record<string, unknown>
      const globals = { ...program.opts<Globals>(), ...(own.json ? { json: true } : {}) }
      const locale: Locale = localeOf(globals.lang ?? process.env.LC_ALL ?? process.env.LANG)
      const output = createOutput({
        json: globals.json,
        quiet: globals.quiet,
        locale,
        terminal: Boolean(process.stderr.isTTY),
      })
      try {
        code =
          (await verb.run(args.slice(0, -2) as string[], own, {
            output,
            home: globals.home ?? process.env.TRIBUTARY_HOME,
            signal: stop.signal,
          })) ?? 0
      } catch (error) {
        output.error(error)
        code = stop.signal.aborted ? 130 : statusOf(error).exit
      } finally {
        output.end()
      }
    })
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 || error.code === 'commander.helpDisplayed' ? 0 : 2
    throw error
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
  return code
}
