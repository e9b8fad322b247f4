import { SaveOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { CustomerRow, SegmentField } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { PageHead, Panel } from '../../parts/page.tsx'
import { SearchInput } from '../../parts/search-input.tsx'
import { Empty, Failed, Skeleton } from '../../parts/states.tsx'
import { Banner } from '../../parts/tag.tsx'
import { readColumns, saveColumns, type ColumnKey } from './columns.tsx'
import { CustomerGrid } from './customer-grid.tsx'
import { ColumnPicker, ExportMenu } from './list-tools.tsx'
import { useLevelNames, useSegments } from './names.ts'
import './profiles.css'
import { mostRows, useWindows } from './use-windows.ts'
import { useProfiles } from './words.ts'
import { ruleOf } from './rule-of.ts'

const route = getRouteApi('/profiles')

/** Any number of customers by keyset windows; filters and order live in the address. */
export function Customers() {
  const t = useProfiles()
  const f = useFormat()
  const search = route.useSearch()
  const set = route.useNavigate()
  const navigate = useNavigate()
  const [columns, setColumns] = useState<ColumnKey[]>(readColumns)
  const { q, segment, rule, level, stage, region, sort = 'amount', dir = 'desc' } = search
  const filter = { q, segment, rule, level, stage, region }
  const list = useWindows<CustomerRow>('/customers', { ...filter, sort, dir })
  const segments = useSegments()
  const { nameOf, levels } = useLevelNames()
  const fields = useQuery({
    queryKey: ['/segments/fields'],
    staleTime: 600_000,
    queryFn: ({ signal }) => api.get<SegmentField[]>('/segments/fields', {}, signal),
  })
  const regions = fields.data?.find((field) => field.path === 'region')?.values ?? []
  const change = (next: Partial<typeof search>) => void set({ search: { ...search, ...next }, replace: true })
  const filtered = Object.values(filter).some((value) => value !== undefined)
  const total = list.total
  return (
    <>
      <PageHead
        title={t('title')}
        lead={
          total === undefined
            ? t('lead')
            : list.approximate
              ? t('countAbout', { n: f.short(total) })
              : t('count', { count: total, n: f.n(total) })
        }
        actions={
          <>
            <Button
              icon={<SaveOutlined aria-hidden />}
              onClick={() => void navigate({ to: '/segments/new', search: { rule: ruleOf(search, segments.data) } })}
              disabled={!filtered}
            >
              {t('saveSegment')}
            </Button>
            <ExportMenu query={{ ...filter, sort, dir }} />
          </>
        }
      />
      <div className="stack">
        <div className="filters">
          <SearchInput
            value={q ?? ''}
            onSearch={(value) => change({ q: value || undefined })}
            label={t('searchLabel')}
            placeholder={t('searchHint')}
          />
          <Select
            aria-label={t('segment')}
            style={{ minWidth: 160 }}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('anySegment')}
            value={segment}
            onChange={(value?: string) => change({ segment: value })}
            options={segments.data?.map((s) => ({ value: s.name, label: f.text(s.text) || s.name }))}
          />
          <Select
            aria-label={t('level')}
            style={{ minWidth: 140 }}
            allowClear
            placeholder={t('anyLevel')}
            value={level}
            onChange={(value?: string) => change({ level: value })}
            options={levels}
          />
          <Select
            aria-label={t('region')}
            style={{ minWidth: 130 }}
            allowClear
            showSearch
            placeholder={t('anyRegion')}
            value={region}
            onChange={(value?: string) => change({ region: value })}
            options={regions.map((value) => ({ value, label: value }))}
          />
          {(filtered || search.sort) && (
            <Button type="text" onClick={() => void set({ search: {} })}>
              {t('clearAll')}
            </Button>
          )}
          <span style={{ marginLeft: 'auto' }}>
            <ColumnPicker
              columns={columns}
              onChange={(next) => {
                setColumns(next)
                saveColumns(next)
              }}
            />
          </span>
        </div>
        {rule && (
          <Banner
            actions={
              <Button size="small" onClick={() => change({ rule: undefined })}>
                {t('clearAll')}
              </Button>
            }
          >
            <span className="prewrap">{t('ruleFilter', { rule })}</span>
          </Banner>
        )}
        <Panel flush>
          {list.error && !list.reached ? (
            <Failed error={list.error} retry={list.retry} />
          ) : !list.started ? (
            <div className="panel-body">
              <Skeleton lines={10} />
            </div>
          ) : list.reached === 0 ? (
            filtered ? (
              <Empty
                title={t('noMatch')}
                actions={<Button onClick={() => void set({ search: {} })}>{t('clearAll')}</Button>}
              >
                {t('noMatchText')}
              </Empty>
            ) : (
              <Empty
                title={t('empty')}
                actions={
                  <Button type="primary" onClick={() => void navigate({ to: '/intake' })}>
                    {t('import')}
                  </Button>
                }
              >
                {t('emptyText')}
              </Empty>
            )
          ) : (
            <CustomerGrid
              list={list}
              columns={columns}
              nameOf={nameOf}
              sort={sort}
              dir={dir}
              onSort={(by, way) => change({ sort: by, dir: way })}
            />
          )}
        </Panel>
        {list.reached >= mostRows && <p className="muted">{t('limitReached', { n: f.n(mostRows) })}</p>}
      </div>
    </>
  )
}
