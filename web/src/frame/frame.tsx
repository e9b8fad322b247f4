import { Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { Skeleton } from '../parts/states.tsx'
import { useSession } from './gate.tsx'
import { Nav } from './nav.tsx'
import { Top } from './top.tsx'
import { useFrame } from './words.ts'

export function Frame() {
  const t = useFrame()
  const [open, setOpen] = useState(false)
  const session = useSession()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    setOpen(false)
    // After a move the reader starts at the new page, not in the old menu.
    if (first.current) first.current = false
    else main.current?.focus({ preventScroll: true })
  }, [path])
  return (
    <div className="frame">
      <a className="skip-link" href="#main">
        {t('skip')}
      </a>
      {open && <button type="button" className="scrim" aria-label={t('closeMenu')} onClick={() => setOpen(false)} />}
      <Nav open={open} onGo={() => setOpen(false)} version={session.data?.version ?? ''} />
      <div style={{ minWidth: 0 }}>
        <Top onMenu={() => setOpen(true)} menuOpen={open} />
        <main className="main" id="main" tabIndex={-1} ref={main}>
          <Suspense fallback={<Skeleton lines={8} big />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  )
}
