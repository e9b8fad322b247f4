import { useCallback } from 'react'
import { useCodes } from './words.ts'

type Kind = 'dimension' | 'outcome' | 'class' | 'key' | 'role' | 'gender'

/** The name of a coded value; a code nobody named is shown as it is. */
export function useCodeName(): (kind: Kind, code: string) => string {
  const t = useCodes()
  return useCallback(
    (kind, code) => {
      const key = `${kind}.${code}`
      return key in useCodes.catalogue.en ? t(key as Parameters<typeof t>[0]) : code
    },
    [t],
  )
}
