import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Checkbox, Select } from 'antd'
import { api } from '../../api/client.ts'
import type { ReportSpec, SegmentField, SegmentPreview, SourceView } from '../../api/types.ts'
import { Field } from '../../frame/gate-card.tsx'
import { useFormat } from '../../i18n/format.ts'
import { DayInput } from '../../parts/day-input.tsx'
import { Definition } from '../../parts/definition.tsx'
import { useNames } from '../../parts/names.ts'
import { Loaded } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { useCommon } from '../../parts/words.ts'
import { useAnalyses } from '../insight/analyses.tsx'
import { useSegments } from '../profiles/names.ts'
import { metricNames } from './spec-draft.ts'
import { useReports } from './words.ts'

interface Step {
  spec: ReportSpec
  onChange(change: Partial<ReportSpec>): void
}

export function GoalStep({ spec, onChange }: Step) {
  const t = useReports()
  return (
    <div className="form" style={{ maxWidth: 720 }}>
      <Field
        id="report-name"
        label={t('name')}
        hint={t('nameHint')}
        value={spec.name}
        maxLength={200}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <div>
        <label htmlFor="report-goal">{t('goal')}</label>
        <textarea
          id="report-goal"
          className="text-input"
          style={{ height: 90, padding: 10 }}
          maxLength={2000}
          placeholder={t('goalHint')}
          value={spec.goal}
          onChange={(event) => onChange({ goal: event.target.value })}
        />
        <div className="chips" style={{ marginTop: 8 }}>
          {(['goalExample1', 'goalExample2', 'goalExample3'] as const).map((example) => (
            <button
              key={example}
              type="button"
              className="tag"
              style={{
                border: 0,
                cursor: 'pointer',
                whiteSpace: 'normal',
                textAlign: 'left',
                font: 'inherit',
                fontSize: 12.5,
              }}
              onClick={() => onChange({ goal: t(example), name: spec.name || t(example).slice(0, 40) })}
            >
              {t(example)}
            </button>
          ))}
        </div>
      </div>
    </div>
  )
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** The scope as one rule, to count it before the report is made. */
function scopeRule({ people, region, activeWithinDays }: ReportSpec['scope']): string | undefined {
  const parts = [
    people && `(${people})`,
    region && `region = ${quoted(region)}`,
    activeWithinDays && `orders.count(${activeWithinDays}d) >= 1`,
  ].filter(Boolean)
  return parts.length ? parts.join(' and ') : undefined
}

export function ScopeStep({ spec, onChange }: Step) {
  const t = useReports()
  const f = useFormat()
  const segments = useSegments()
  const fields = useQuery({
    queryKey: ['/segments/fields'],
    staleTime: 600_000,
    queryFn: ({ signal }) => api.get<SegmentField[]>('/segments/fields', {}, signal),
  })
  const regions = fields.data?.find((field) => field.path === 'region')?.values ?? []
  const rule = scopeRule(spec.scope)
  const size = useQuery({
    queryKey: ['/segments/preview', { rule }],
    enabled: !!rule,
    retry: false,
    queryFn: ({ signal }) => api.post<SegmentPreview>('/segments/preview', { rule }, signal),
  })
  const scope = (change: Partial<ReportSpec['scope']>) => onChange({ scope: { ...spec.scope, ...change } })
  return (
    <div className="stack">
      <div className="choice-grid">
        <div>
          <label htmlFor="scope-people">{t('people')}</label>
          <Select
            id="scope-people"
            aria-label={t('people')}
            style={{ width: '100%' }}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('everyone')}
            value={spec.scope.people}
            onChange={(people?: string) => scope({ people })}
            options={segments.data?.map((s) => ({ value: s.rule, label: f.text(s.text) || s.name }))}
          />
        </div>
        <div>
          <label htmlFor="scope-region">{t('region')}</label>
          <Select
            id="scope-region"
            aria-label={t('region')}
            style={{ width: '100%' }}
            allowClear
            showSearch
            placeholder={t('anyRegion')}
            value={spec.scope.region}
            onChange={(region?: string) => scope({ region })}
            options={regions.map((value) => ({ value, label: value }))}
          />
        </div>
        <div>
          <label htmlFor="scope-active">{t('active')}</label>
          <Select
            id="scope-active"
            aria-label={t('active')}
            style={{ width: '100%' }}
            allowClear
            placeholder={t('anyActive')}
            value={spec.scope.activeWithinDays}
            onChange={(activeWithinDays?: number) => scope({ activeWithinDays })}
            options={[90, 180, 365, 730].map((n) => ({ value: n, label: t('activeDays', { n }) }))}
          />
        </div>
        <div>
          <label htmlFor="period-asof">{t('asOf')}</label>
          <DayInput
            id="period-asof"
            label={t('asOf')}
            width="100%"
            clearable={false}
            value={spec.period.asOf}
            onChange={(asOf) => asOf && onChange({ period: { ...spec.period, asOf } })}
          />
          <div className="muted small">{t('asOfHint')}</div>
        </div>
        <div>
          <label htmlFor="period-window">{t('window')}</label>
          <Select
            id="period-window"
            aria-label={t('window')}
            style={{ width: '100%' }}
            value={spec.period.windowDays}
            onChange={(windowDays: number) => onChange({ period: { ...spec.period, windowDays } })}
            options={[...new Set([90, 180, 365, 730, spec.period.windowDays])]
              .sort((a, b) => a - b)
              .map((n) => ({ value: n, label: t('windowDays', { n }) }))}
          />
        </div>
      </div>
      {rule && (
        <p className="muted" aria-live="polite">
          {size.data ? t('chosen', { n: f.n(size.data.size) }) : t('counting')}
        </p>
      )}
    </div>
  )
}

export function MetricsStep({ spec, onChange }: Step) {
  const t = useReports()
  return (
    <div className="stack tight">
      <p className="muted">{t('metricsHint')}</p>
      <div className="choice-grid" role="group" aria-label={t('step3')}>
        {metricNames.map((name) => (
          <Checkbox
            key={name}
            checked={spec.metrics.includes(name)}
            onChange={(event) =>
              onChange({
                metrics: metricNames.filter((one) =>
                  one === name ? event.target.checked : spec.metrics.includes(one),
                ),
              })
            }
          >
            {t(`metric_${name}`)}
          </Checkbox>
        ))}
      </div>
    </div>
  )
}

export function DataStep() {
  const { tableName } = useNames()
  const t = useReports()
  const common = useCommon()
  const f = useFormat()
  const sources = useQuery({
    queryKey: ['/sources'],
    queryFn: ({ signal }) => api.get<SourceView[]>('/sources', {}, signal),
  })
  return (
    <div className="stack">
      <p className="muted">{t('dataHint')}</p>
      <Loaded query={sources}>
        {(found) =>
          found.length === 0 ? (
            <p>
              {t('noData')} <Link to="/intake">{common('source')}</Link>
            </p>
          ) : (
            <DataTable
              caption={t('data')}
              rows={found}
              rowKey={(s) => s.id}
              cols={[
                {
                  key: 'source',
                  head: common('source'),
                  cell: (s) => (
                    <Link to="/sources/$id" params={{ id: s.id }}>
                      {s.id}
                    </Link>
                  ),
                },
                {
                  key: 'dataset',
                  head: common('dataset'),
                  cell: (s) => (s.mapping ? tableName(s.mapping.dataset) : '–'),
                },
                { key: 'rows', head: common('rows'), num: true, cell: (s) => f.n(s.rows) },
                { key: 'health', head: common('state'), cell: (s) => f.text(s.health) },
              ]}
            />
          )
        }
      </Loaded>
      <p className="muted">
        {t('cleaningHint')} <Link to="/quality">{t('quality')}</Link>
      </p>
    </div>
  )
}

export function MethodsStep({ spec, onChange }: Step) {
  const t = useReports()
  const f = useFormat()
  const analyses = useAnalyses()
  return (
    <div className="stack tight">
      <p className="muted">{t('methodsHint')}</p>
      <Loaded query={analyses}>
        {(all) => (
          <div className="cards" role="group" aria-label={t('step5')}>
            {all.map((a) => (
              <div key={a.id} className="row" style={{ alignItems: 'flex-start', flexWrap: 'nowrap' }}>
                <Checkbox
                  className="top-check"
                  checked={spec.analyses.includes(a.id)}
                  onChange={(event) =>
                    onChange({
                      analyses: all
                        .map((one) => one.id)
                        .filter((id) => (id === a.id ? event.target.checked : spec.analyses.includes(id))),
                    })
                  }
                >
                  <strong style={{ fontWeight: 600 }}>{f.text(a.name)}</strong>
                  <span className="muted small" style={{ display: 'block' }}>
                    {f.text(a.question)}
                  </span>
                </Checkbox>
                <Definition name={f.text(a.name)}>{f.text(a.definition)}</Definition>
              </div>
            ))}
          </div>
        )}
      </Loaded>
    </div>
  )
}

export function SummaryStep({ spec }: { spec: ReportSpec }) {
  const t = useReports()
  const f = useFormat()
  const analyses = useAnalyses()
  return (
    <dl className="pairs">
      <dt>{t('name')}</dt>
      <dd>{spec.name}</dd>
      <dt>{t('goal')}</dt>
      <dd>{spec.goal || '–'}</dd>
      <dt>{t('people')}</dt>
      <dd className="mono">{scopeRule(spec.scope) ?? t('everyone')}</dd>
      <dt>{t('window')}</dt>
      <dd>{t('period', { days: spec.period.windowDays, asOf: spec.period.asOf })}</dd>
      <dt>{t('step3')}</dt>
      <dd>
        {metricNames
          .filter((name) => spec.metrics.includes(name))
          .map((name) => t(`metric_${name}`))
          .join(' · ')}
      </dd>
      <dt>{t('step5')}</dt>
      <dd>
        {analyses.data
          ?.filter((a) => spec.analyses.includes(a.id))
          .map((a) => f.text(a.name))
          .join(' · ')}
      </dd>
    </dl>
  )
}
