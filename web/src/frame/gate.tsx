import { useQuery } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import { api } from '../api/client.ts'
import { TasksProvider } from '../api/tasks.tsx'
import type { Session } from '../api/types.ts'
import { WorkspaceContext } from '../i18n/format.ts'
import { Failed, Skeleton } from '../parts/states.tsx'
import { makeRouter } from '../router.tsx'

const Login = lazy(() => import('./login.tsx').then((m) => ({ default: m.Login })))
const Setup = lazy(() => import('./setup.tsx').then((m) => ({ default: m.Setup })))

export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => api.get<Session>('/session', {}, signal),
    staleTime: 60_000,
    refetchOnWindowFocus: true,
  })
}

/** Nobody passes without a login; a new server asks for its first one. */
export function Gate() {
  const session = useSession()
  const router = useMemo(makeRouter, [])
  const workspace = useMemo(
    () => ({ currency: session.data?.currency, zone: session.data?.zone }),
    [session.data?.currency, session.data?.zone],
  )
  if (!session.data) {
    return (
      <div className="gate">
        {session.isError ? (
          <Failed error={session.error} retry={() => void session.refetch()} />
        ) : (
          <div className="gate-card">
            <Skeleton lines={4} />
          </div>
        )}
      </div>
    )
  }
  if (session.data.needsSetup)
    return (
      <Suspense fallback={<div className="gate" />}>
        <Setup />
      </Suspense>
    )
  if (!session.data.user)
    return (
      <Suspense fallback={<div className="gate" />}>
        <Login />
      </Suspense>
    )
  return (
    <WorkspaceContext value={workspace}>
      <TasksProvider>
        <RouterProvider router={router} />
      </TasksProvider>
    </WorkspaceContext>
  )
}
