import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '../api/client.ts'
import type { CatalogueView } from '../api/types.ts'
import { useFormat } from '../i18n/format.ts'

/** Names of tables and columns as the catalogue declares them; an unknown one is shown by its code. */
export function useNames(): { tableName(table: string): string; columnName(column: string, table?: string): string } {
  const f = useFormat()
  const { data } = useQuery({
    queryKey: ['/catalogue'],
    staleTime: 600_000,
    queryFn: ({ signal }) => api.get<CatalogueView>('/catalogue', {}, signal),
  })
  const tableName = useCallback(
    (table: string) => f.text(data?.tables.find((t) => t.name === table)?.text) || table,
    [data, f],
  )
  const columnName = useCallback(
    (column: string, table?: string) => {
      const tables = data?.tables.filter((t) => table === undefined || t.name === table) ?? []
      for (const t of tables) {
        const found = t.columns.find((c) => c.name === column)
        if (found) return f.text(found.text)
      }
      return column
    },
    [data, f],
  )
  return { tableName, columnName }
}
