'use client'

import { useQueryStates } from 'nuqs'
import { mapUrl } from './url-state'

/** The looking state of the map, kept in the address. Typing and selecting replace, they do not pile up history. */
export function useMapUrl() {
  return useQueryStates(mapUrl, { history: 'replace', shallow: true, clearOnDefault: true })
}

export type MapUrl = ReturnType<typeof useMapUrl>[0]
export type SetMapUrl = ReturnType<typeof useMapUrl>[1]
