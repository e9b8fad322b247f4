import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { SegmentView } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Bar, Tag } from '../../parts/tag.tsx'
import { useSegments } from '../profiles/names.ts'
import { SegmentsHead } from './head.tsx'
import { useSegmentWords } from './words.ts'

export function Segments() {
  const t = useSegmentWords()
  const navigate = useNavigate()
  const query = useSegments()
  return (
    <>
      <SegmentsHead lead={t('lead')} />
      <Loaded query={query}>
        {(segments) => {
          const own = segments.filter((s) => !s.builtIn)
          const builtIn = segments.filter((s) => s.builtIn)
          return (
            <div className="stack">
              <Panel title={t('mine')} flush>
                {own.length ? (
                  <SegmentTable segments={own} name={t('mine')} />
                ) : (
                  <Empty
                    title={t('noOwn')}
                    actions={
                      <Button type="primary" onClick={() => void navigate({ to: '/segments/new' })}>
                        {t('create')}
                      </Button>
                    }
                  >
                    {t('noOwnText')}
                  </Empty>
                )}
              </Panel>
              {builtIn.length > 0 && (
                <Panel title={t('builtIn')} flush>
                  <SegmentTable segments={builtIn} name={t('builtIn')} />
                </Panel>
              )}
            </div>
          )
        }}
      </Loaded>
    </>
  )
}

function SegmentTable({ segments, name }: { segments: readonly SegmentView[]; name: string }) {
  const t = useSegmentWords()
  const f = useFormat()
  const navigate = useNavigate()
  return (
    <DataTable
      caption={name}
      rows={segments}
      rowKey={(s) => s.name}
      onRow={(s) => void navigate({ to: '/segments/$name', params: { name: s.name } })}
      cols={[
        {
          key: 'name',
          head: t('label'),
          cell: (s) => (
            <div style={{ minWidth: 150 }}>
              <Link to="/segments/$name" params={{ name: s.name }} onClick={(event) => event.stopPropagation()}>
                <strong>{f.text(s.text) || s.name}</strong>
              </Link>
              {s.warnings.length > 0 && (
                <div>
                  <Tag tone="warn" icon>
                    {t('warnings')}
                  </Tag>
                </div>
              )}
            </div>
          ),
        },
        { key: 'kind', head: t('kind'), nowrap: true, cell: (s) => t(`kind_${s.kind}`) },
        { key: 'size', head: t('size'), num: true, cell: (s) => f.n(s.size) },
        {
          key: 'share',
          head: t('share'),
          num: true,
          cell: (s) => (
            <div style={{ minWidth: 80 }}>
              {f.pct(s.share)}
              <Bar share={s.share} />
            </div>
          ),
        },
        {
          key: 'rule',
          head: t('rule'),
          cell: (s) => (
            <code className="muted" style={{ display: 'block', maxWidth: 480, overflowWrap: 'anywhere' }}>
              {s.rule}
            </code>
          ),
        },
      ]}
    />
  )
}
