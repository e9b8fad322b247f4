import { useInfiniteQuery } from '@tanstack/react-query'
import { api, type Query } from '../api/client.ts'
import type { Page } from '../api/types.ts'

/** A list by cursor; older pages are loaded on demand. A server that answers with a bare list is one page. */
export function usePaged<T>(path: string, query: Query = {}, options: { enabled?: boolean } = {}) {
  const result = useInfiniteQuery({
    queryKey: [path, query],
    enabled: options.enabled ?? true,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const page = await api.get<Page<T> | T[]>(path, { ...query, cursor: pageParam }, signal)
      return Array.isArray(page) ? { items: page } : page
    },
    getNextPageParam: (page: Page<T>) => page.next,
  })
  const items = result.data?.pages.flatMap((page) => page.items)
  return { ...result, items, total: result.data?.pages[0]?.total }
}
