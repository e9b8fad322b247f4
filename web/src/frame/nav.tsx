import { Link } from '@tanstack/react-router'
import { Mark } from './brand.tsx'
import { governance, home, river, type screens } from './screens.ts'
import { useFrame } from './words.ts'

function Entry({ screen, onGo }: { screen: (typeof screens)[number]; onGo(): void }) {
  const t = useFrame()
  const Icon = screen.icon
  return (
    <li>
      <Link
        to={screen.to}
        onClick={onGo}
        activeOptions={{ exact: screen.to === '/', includeSearch: false }}
        activeProps={{ 'aria-current': 'page' }}
      >
        <Icon aria-hidden />
        {t(screen.key)}
      </Link>
    </li>
  )
}

export function Nav({ open, onGo, version }: { open: boolean; onGo(): void; version: string }) {
  const t = useFrame()
  return (
    <aside className={open ? 'side open' : 'side'} id="side">
      <Link to="/" className="brand" onClick={onGo}>
        <Mark />
        <span>
          Tributary<small lang="zh-CN"> 百川</small>
        </span>
      </Link>
      <nav aria-label={t('menu')} className="stack tight">
        <ul className="nav-list">
          <Entry screen={home} onGo={onGo} />
        </ul>
        <ul className="nav-list nav-river">
          {river.map((screen) => (
            <Entry key={screen.key} screen={screen} onGo={onGo} />
          ))}
        </ul>
        <div className="nav-sep" />
        <ul className="nav-list">
          <Entry screen={governance} onGo={onGo} />
        </ul>
      </nav>
      <div className="side-foot">{t('version', { version })}</div>
    </aside>
  )
}
