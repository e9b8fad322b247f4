import type { CustomerProfile } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Tag } from '../../parts/tag.tsx'
import { useEffect } from 'react'
import { useProfiles } from './words.ts'

/** The last hanzi of a given name, or the initials of a Latin one. */
export function initials(name: string | null): string {
  if (!name) return '·'
  const hanzi = [...name.replace(/\s/g, '')].filter((c) => /\p{Script=Han}/u.test(c))
  if (hanzi.length) return hanzi.length > 2 ? hanzi.slice(-2).join('') : hanzi.at(-1)!
  return name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => [...part][0]!.toUpperCase())
    .join('')
}

export function ProfileHead({
  profile,
  nameOf,
}: {
  profile: CustomerProfile
  nameOf(kind: 'level' | 'stage', code: string): string
}) {
  const t = useProfiles()
  const f = useFormat()
  const { header } = profile
  const name = header.name ?? t('unnamed')
  useEffect(() => {
    document.title = `${name} · Tributary 百川`
  }, [name])
  return (
    <div className="profile-head">
      <div className="avatar" aria-hidden>
        {initials(header.name)}
      </div>
      <div className="grow" style={{ minWidth: 200 }}>
        <h1>{name}</h1>
        <div className="row" style={{ marginTop: 4 }}>
          <span className="muted mono">{profile.personId}</span>
          {header.rfmLevel && <Tag tone="primary">{nameOf('level', header.rfmLevel)}</Tag>}
          {header.stage && <Tag>{nameOf('stage', header.stage)}</Tag>}
          {header.level && <Tag>{header.level}</Tag>}
        </div>
        {profile.mergedFrom.length > 0 && (
          <p className="muted small">{t('mergedFrom', { ids: profile.mergedFrom.join(', ') })}</p>
        )}
      </div>
      <div className="figures plain" style={{ minWidth: 240 }}>
        <div className="figure">
          <div className="label">{t('amount')}</div>
          <div className="value">{f.money(header.amount)}</div>
        </div>
        <div className="figure">
          <div className="label">{t('orders')}</div>
          <div className="value">{f.n(header.orders)}</div>
        </div>
      </div>
    </div>
  )
}
