import type { CustomerProfile } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCodeName } from '../../parts/code-name.ts'
import type { RowAt } from '../../parts/lineage-drawer.tsx'
import { useNames } from '../../parts/names.ts'
import { Panel } from '../../parts/page.tsx'
import { DataTable } from '../../parts/table.tsx'
import { useCommon } from '../../parts/words.ts'
import { useProfiles } from './words.ts'

/** Which records this person is made of, and in plain words why. */
export function IdentityRecords({ profile, onRow }: { profile: CustomerProfile; onRow(at: RowAt): void }) {
  const t = useProfiles()
  const common = useCommon()
  const f = useFormat()
  const { tableName } = useNames()
  const code = useCodeName()
  return (
    <div className="stack">
      <Panel title={t('records')} flush>
        <DataTable
          caption={t('records')}
          rows={profile.records}
          rowKey={(r, i) => `${r.dataset}-${r.batch}-${r.row}-${i}`}
          cols={[
            { key: 'source', head: common('source'), nowrap: true, cell: (r) => r.source },
            { key: 'dataset', head: common('dataset'), cell: (r) => tableName(r.dataset) },
            { key: 'id', head: code('key', 'ref'), cell: (r) => <code>{r.customerId ?? '–'}</code> },
            { key: 'name', head: common('name'), nowrap: true, cell: (r) => r.name ?? '–' },
            { key: 'why', head: t('why'), cell: (r) => f.text(r.why) },
            {
              key: 'row',
              head: t('row'),
              num: true,
              cell: (r) => (
                <button
                  type="button"
                  className="link-button num"
                  onClick={() => onRow(r)}
                  aria-label={t('lineageOf', { name: `${r.source} ${r.row}` })}
                >
                  {f.n(r.row)}
                </button>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title={t('keys')} flush extra={<span className="muted small">{t('keysLead')}</span>}>
        <DataTable
          caption={t('keys')}
          rows={profile.keys}
          rowKey={(k) => `${k.type}:${k.value}`}
          cols={[
            { key: 'type', head: t('kind'), nowrap: true, cell: (k) => code('key', k.type) },
            { key: 'value', head: t('value'), cell: (k) => <code>{k.value}</code> },
            { key: 'sources', head: t('from'), cell: (k) => k.sources.join(' · ') },
          ]}
        />
      </Panel>
    </div>
  )
}
