import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { QualityScore } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCodeName } from '../../parts/code-name.ts'
import { Definition } from '../../parts/definition.tsx'
import { useNames } from '../../parts/names.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Bar } from '../../parts/tag.tsx'
import { useCommon } from '../../parts/words.ts'
import { QualityHead } from './head.tsx'
import { useQuality } from './words.ts'

const dimensions = ['completeness', 'validity', 'uniqueness', 'consistency', 'timeliness', 'accuracy'] as const
type Sum = { numerator: number; denominator: number }

const add = (scores: readonly QualityScore[], of: (s: QualityScore) => Sum | undefined): Sum =>
  scores.reduce(
    (sum, s) => ({
      numerator: sum.numerator + (of(s)?.numerator ?? 0),
      denominator: sum.denominator + (of(s)?.denominator ?? 0),
    }),
    { numerator: 0, denominator: 0 },
  )
const share = (sum: Sum): number | undefined => (sum.denominator > 0 ? sum.numerator / sum.denominator : undefined)
const tone = (value: number) => (value >= 0.95 ? 'good' : value >= 0.8 ? 'warn' : 'bad')

export function Scores() {
  const t = useQuality()
  const f = useFormat()
  const { tableName } = useNames()
  const code = useCodeName()
  const common = useCommon()
  const query = useQuery({
    queryKey: ['/quality/scores'],
    queryFn: ({ signal }) => api.get<QualityScore[]>('/quality/scores', {}, signal),
  })
  const cell = (sum: Sum) => {
    const value = share(sum)
    if (value === undefined) return <span className="muted">{t('notMeasured')}</span>
    return (
      <span title={t('ofText', { good: f.n(sum.numerator), all: f.n(sum.denominator) })}>
        {f.pct(value)}
        <Bar share={value} tone={tone(value)} />
      </span>
    )
  }
  return (
    <>
      <QualityHead lead={t('leadScores')} />
      <Loaded query={query}>
        {(scores) => {
          if (!scores.length)
            return (
              <Panel>
                <Empty title={t('noScores')}>{t('noScoresText')}</Empty>
              </Panel>
            )
          const groups = [
            ...new Map(
              scores.map((s) => [`${s.source}\n${s.dataset}`, { source: s.source, dataset: s.dataset }]),
            ).values(),
          ]
          return (
            <div className="stack">
              <div className="figures six">
                {dimensions.map((dimension) => {
                  const own = scores.filter((s) => s.dimension === dimension)
                  const sum = add(own, (s) => s)
                  const value = share(sum)
                  const before = share(add(own, (s) => s.previous))
                  return (
                    <div className="figure" key={dimension}>
                      <div className="label">
                        {code('dimension', dimension)}
                        <Definition name={code('dimension', dimension)}>{t(`dimensionText_${dimension}`)}</Definition>
                      </div>
                      <div className="value">
                        {value === undefined ? (
                          <span className="muted" style={{ fontSize: 16 }}>
                            {t('notMeasured')}
                          </span>
                        ) : (
                          f.pct(value)
                        )}
                      </div>
                      {value !== undefined && <Bar share={value} tone={tone(value)} />}
                      <div className="note" style={{ marginTop: 6 }}>
                        {value !== undefined &&
                          t('ofText', { good: f.short(sum.numerator), all: f.short(sum.denominator) })}
                        {before !== undefined && <div>{t('wasText', { value: f.pct(before) })}</div>}
                      </div>
                    </div>
                  )
                })}
              </div>
              <Panel title={t('bySource')} flush>
                <DataTable
                  caption={t('bySource')}
                  rows={groups}
                  rowKey={(g) => `${g.source}/${g.dataset}`}
                  cols={[
                    { key: 'source', head: common('source'), cell: (g) => <strong>{g.source}</strong> },
                    { key: 'dataset', head: common('dataset'), cell: (g) => tableName(g.dataset) },
                    ...dimensions.map((dimension) => ({
                      key: dimension,
                      head: code('dimension', dimension),
                      num: true,
                      cell: (g: (typeof groups)[number]) =>
                        cell(
                          add(
                            scores.filter(
                              (s) => s.dimension === dimension && s.source === g.source && s.dataset === g.dataset,
                            ),
                            (s) => s,
                          ),
                        ),
                    })),
                  ]}
                />
              </Panel>
            </div>
          )
        }}
      </Loaded>
    </>
  )
}
