import { quiet, type Work } from '../base/context.ts'
import { InputError } from '../base/errors.ts'
import { uuidv7 } from '../base/ids.ts'
import type { Locale, Text } from '../base/text.ts'
import type { Ground } from '../governance/index.ts'
import type { RfmOverview, RfmPeriod, Segments } from '../segments/index.ts'
import type { Projector } from '../warehouse/index.ts'
import type { Analysis, AnalysisResult, Scope } from './contract.ts'
import { homeView, type Completeness, type HomeView } from './home.ts'
import { analyses as builtIn } from './registry.gen.ts'
import { reportHtml } from './report/html.ts'
import { htmlToPdf } from './report/pdf.ts'
import { analysisById, compare, runReport } from './report/run.ts'
import { checkSpec, type Report, type ReportSpec } from './report/spec.ts'
import { keepRun, loadRun, reportProjector, runsOf } from './report/store.ts'
import { reportXlsx } from './report/workbook.ts'
import { runAnalysis, toolsFor, tomorrow } from './run-analysis.ts'

export interface InsightDeps {
  readonly segments: Segments
  /** Shares of filled key fields, from quality; the card stays empty without it. */
  readonly completeness?: Completeness
  /** What intake, quality and identity did to the data, for reports. */
  readonly cleaning?: () => Promise<readonly { readonly step: Text; readonly rows: number }[]>
  /** More analyses than the built-in ones. */
  readonly analyses?: readonly Analysis[]
}

type By = { readonly actor: string; readonly why?: string }

export interface ReportSummary {
  readonly id: string
  readonly spec: ReportSpec
  readonly createdAt: string
  /** Newest first. */
  readonly runs: readonly { readonly run: string; readonly at: string }[]
}

export interface Insight {
  readonly projectors: readonly Projector[]
  analyses(): readonly Analysis[]
  /** Missing parts of the scope: all people, the day after today (or of the last refresh), 365 days. @throws InputError analysis_unknown, analysis_params; NotEnoughDataError */
  run(id: string, scope?: Partial<Scope>, params?: unknown, work?: Work): Promise<AnalysisResult>
  rfmView(options?: Partial<RfmPeriod> & { compareWith?: string }): Promise<RfmOverview | undefined>
  home(asOf?: string, work?: Work): Promise<HomeView>
  readonly reports: {
    /** A spec of a name that is there already is its new version, so that runs are compared. @throws InputError */
    put(spec: ReportSpec, by: By): Promise<{ id: string }>
    remove(id: string, by: By): Promise<void>
    /** Run it again and keep the result; `asOf` moves the period. */
    run(id: string, work?: Work, options?: { asOf?: string }): Promise<Report>
    list(): Promise<ReportSummary[]>
    /** A run, by default the last. @throws InputError report_unknown */
    get(id: string, run?: string): Promise<Report>
  }
  /** A self-contained page: charts as SVG, print styles, light and dark. */
  html(report: Report, locale?: Locale): Promise<string>
  xlsx(report: Report, locale?: Locale): Promise<Uint8Array>
  /** @throws UnsupportedError no_browser */
  pdf(report: Report, locale?: Locale, signal?: AbortSignal): Promise<Uint8Array>
}

export function createInsight(ground: Ground, deps: InsightDeps): Insight {
  const { segments } = deps
  const analyses = [...builtIn, ...(deps.analyses ?? [])]
  const analysis = analysisById(analyses)

  const scopeFrom = async (scope: Partial<Scope> = {}): Promise<Scope> => {
    const stored = scope.asOf && scope.windowDays ? undefined : await segments.period()
    return {
      ...scope,
      asOf: scope.asOf ?? stored?.asOf ?? tomorrow(ground),
      windowDays: scope.windowDays ?? stored?.windowDays ?? 365,
    }
  }

  const specOf = (id: string): { spec: ReportSpec; createdAt: string } => {
    const versions = ground.definitions.history<ReportSpec>('report', id)
    const current = ground.definitions.get<ReportSpec>('report', id)
    if (!current) throw new InputError('report_unknown', { id })
    return { spec: current.value, createdAt: new Date(versions[0]!.at).toISOString() }
  }

  const runs = async (id: string) => (await runsOf(ground, id)).map(({ run, at }) => ({ run, at }))

  return {
    projectors: [reportProjector],
    analyses: () => analyses,
    run: async (id, scope, params, work = quiet) =>
      runAnalysis(ground, segments, analysis(id), await scopeFrom(scope), params, work),
    rfmView: (options) => segments.rfm(options),
    home: async (asOf, work = quiet) => {
      const scope = await scopeFrom(asOf ? { asOf } : {})
      return homeView(scope, await toolsFor(ground, segments, scope, work), deps.completeness)
    },
    reports: {
      put: async (input, by) => {
        const spec = checkSpec(input)
        spec.analyses.forEach(analysis)
        const same = ground.definitions.list<ReportSpec>('report').find((d) => d.value.name === spec.name)
        const id = same?.id ?? uuidv7(ground.clock())
        await ground.definitions.put('report', id, spec, by)
        return { id }
      },
      remove: async (id, by) => {
        specOf(id)
        await ground.definitions.remove('report', id, by)
      },
      run: async (id, work = quiet, options = {}) => {
        const { spec: stored, createdAt } = specOf(id)
        const spec = options.asOf ? { ...stored, period: { ...stored.period, asOf: options.asOf } } : stored
        const [last] = await runsOf(ground, id)
        const found = await ground.lineage.run(
          'insight',
          { inputs: ['purchase', 'profile', 'rfm', 'lifecycle'], outputs: ['report_run'] },
          () => runReport(ground, spec, { segments, analysis, cleaning: deps.cleaning }, work),
        )
        const now = { run: uuidv7(ground.clock()), at: new Date(ground.clock()).toISOString() }
        const comparison = last && compare(await loadRun(ground, last), found, { run: last.run, at: last.at })
        const report: Report = {
          id,
          createdAt,
          runs: [now, ...(await runs(id))],
          ...found,
          ...(comparison ? { comparison } : {}),
        }
        await keepRun(ground, report, now)
        return report
      },
      list: async () => {
        const all = await runsOf(ground)
        return ground.definitions.list<ReportSpec>('report').map((d) => ({
          id: d.id,
          ...specOf(d.id),
          runs: all.filter((r) => r.report === d.id).map(({ run, at }) => ({ run, at })),
        }))
      },
      get: async (id, run) => {
        specOf(id)
        const all = await runsOf(ground, id)
        const ran = run === undefined ? all[0] : all.find((r) => r.run === run)
        if (!ran) throw new InputError('report_unknown', { id: run ?? id })
        return { ...(await loadRun(ground, ran)), runs: all.map(({ run: name, at }) => ({ run: name, at })) }
      },
    },
    html: (report, locale = report.spec.locale) => reportHtml(report, locale, ground.zone),
    xlsx: (report, locale = report.spec.locale) => reportXlsx(report, locale),
    pdf: async (report, locale = report.spec.locale, signal) =>
      htmlToPdf(await reportHtml(report, locale, ground.zone), signal),
  }
}
