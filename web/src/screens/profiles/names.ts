import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '../../api/client.ts'
import type { RfmView, SegmentView } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'

export function useSegments() {
  return useQuery({ queryKey: ['/segments'], queryFn: ({ signal }) => api.get<SegmentView[]>('/segments', {}, signal) })
}

/** Names of RFM levels and life-cycle stages as the server defines them; a code without a name is shown as it is. */
export function useLevelNames(): {
  nameOf(kind: 'level' | 'stage', code: string): string
  levels: { value: string; label: string }[]
} {
  const f = useFormat()
  const rfm = useQuery({
    queryKey: ['/rfm', {}],
    queryFn: ({ signal }) => api.get<RfmView>('/rfm', {}, signal),
    staleTime: 300_000,
  })
  const segments = useSegments()
  const nameOf = useCallback(
    (kind: 'level' | 'stage', code: string) => {
      if (kind === 'level') return f.text(rfm.data?.levels.find((l) => l.level === code)?.text) || code
      const segment = segments.data?.find((s) => s.kind === 'lifecycle' && s.name === code)
      return f.text(segment?.text) || code
    },
    [f, rfm.data, segments.data],
  )
  return { nameOf, levels: rfm.data?.levels.map((l) => ({ value: l.level, label: f.text(l.text) })) ?? [] }
}
