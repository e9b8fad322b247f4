import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { api, seg } from '../../api/client.ts'
import type { RuleView } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCodeName } from '../../parts/code-name.ts'
import { Definition } from '../../parts/definition.tsx'
import { useNames } from '../../parts/names.ts'
import { Panel } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { useToast } from '../../parts/toast.tsx'
import { useCommon } from '../../parts/words.ts'
import { QualityHead } from './head.tsx'
import { useQuality } from './words.ts'

const route = getRouteApi('/quality/rules')
const statusTone: Record<string, Tone> = { pass: 'good', warn: 'warn', error: 'bad', broken: 'bad' }
const known = ['pass', 'warn', 'error', 'skipped', 'broken'] as const

export function Rules() {
  const t = useQuality()
  const common = useCommon()
  const f = useFormat()
  const { tableName, columnName } = useNames()
  const code = useCodeName()
  const toast = useToast()
  const client = useQueryClient()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery({
    queryKey: ['/quality/rules'],
    queryFn: ({ signal }) => api.get<RuleView[]>('/quality/rules', {}, signal),
  })
  const refresh = () => client.invalidateQueries({ queryKey: ['/quality/rules'] })
  const switchOff = async (rule: RuleView) => {
    const { version: _version, name: _name, definition: _definition, last: _last, ...body } = rule
    try {
      await api.delete(`/quality/rules/${seg(rule.dataset)}/${seg(rule.id)}`)
      await refresh()
      toast.say(t('switchedOff', { id: rule.id }), {
        undo: () => void api.put(`/quality/rules/${seg(rule.dataset)}/${seg(rule.id)}`, body).then(refresh, toast.fail),
      })
    } catch (error) {
      toast.fail(error)
    }
  }
  return (
    <>
      <QualityHead lead={t('leadRules')} />
      <Loaded query={query}>
        {(rules) => {
          const shown = rules.filter(
            (r) =>
              (!search.dataset || r.dataset === search.dataset) && (!search.status || r.last?.status === search.status),
          )
          return (
            <div className="stack">
              <div className="filters">
                <Select
                  aria-label={common('dataset')}
                  style={{ minWidth: 170 }}
                  allowClear
                  placeholder={t('allDatasets')}
                  value={search.dataset}
                  onChange={(dataset?: string) => void navigate({ search: { ...search, dataset } })}
                  options={[...new Set(rules.map((r) => r.dataset))]
                    .sort()
                    .map((value) => ({ value, label: tableName(value) }))}
                />
                <Select
                  aria-label={t('last')}
                  style={{ minWidth: 150 }}
                  allowClear
                  placeholder={t('allStatus')}
                  value={search.status}
                  onChange={(status) => void navigate({ search: { ...search, status } })}
                  options={(['pass', 'warn', 'error'] as const).map((value) => ({
                    value,
                    label: t(`status_${value}`),
                  }))}
                />
              </div>
              <Panel flush>
                {shown.length === 0 ? (
                  <p className="panel-body muted">{t('noRules')}</p>
                ) : (
                  <DataTable
                    caption={t('rules')}
                    rows={shown}
                    rowKey={(r) => `${r.dataset}/${r.id}`}
                    cols={[
                      {
                        key: 'rule',
                        head: t('rule'),
                        cell: (r) => (
                          <div>
                            <span className="row" style={{ gap: 2, flexWrap: 'nowrap' }}>
                              <strong>{f.text(r.name)}</strong>
                              <Definition name={f.text(r.name)}>{f.text(r.definition)}</Definition>
                            </span>
                            <div className="muted small">{r.id}</div>
                          </div>
                        ),
                      },
                      { key: 'dataset', head: common('dataset'), cell: (r) => tableName(r.dataset) },
                      {
                        key: 'columns',
                        head: t('columns'),
                        cell: (r) => (
                          <span title={r.columns.join(', ')}>
                            {r.columns.map((c) => columnName(c, r.dataset)).join(' · ')}
                          </span>
                        ),
                      },
                      {
                        key: 'dimension',
                        head: t('dimension'),
                        nowrap: true,
                        cell: (r) => code('dimension', r.dimension),
                      },
                      { key: 'onFail', head: t('onFail'), nowrap: true, cell: (r) => t(`onFail_${r.onFail}`) },
                      {
                        key: 'last',
                        head: t('last'),
                        cell: (r) => {
                          if (!r.last) return <span className="muted">{t('neverRun')}</span>
                          const status = known.find((one) => one === r.last!.status)
                          return (
                            <div>
                              <Tag tone={statusTone[r.last.status] ?? 'plain'} icon>
                                {status ? t(`status_${status}`) : r.last.status}
                              </Tag>{' '}
                              <span className="muted small num">
                                {t('failedOf', { failed: f.n(r.last.failed), all: f.n(r.last.evaluated) })}
                              </span>
                            </div>
                          )
                        },
                      },
                      {
                        key: 'do',
                        head: '',
                        nowrap: true,
                        cell: (r) => (
                          <span className="row" style={{ flexWrap: 'nowrap' }}>
                            {r.onFail === 'quarantine' && (r.last?.failed ?? 0) > 0 && (
                              <Link to="/quality/quarantine" search={{ rule: r.id }}>
                                {t('seeRows')}
                              </Link>
                            )}
                            <button
                              type="button"
                              className="link-button"
                              onClick={() => void switchOff(r)}
                              aria-label={`${t('switchOff')} ${r.id}`}
                            >
                              {t('switchOff')}
                            </button>
                          </span>
                        ),
                      },
                    ]}
                  />
                )}
              </Panel>
            </div>
          )
        }}
      </Loaded>
    </>
  )
}
