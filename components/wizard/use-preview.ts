'use client'

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ChangeKind } from '@/lib/changes/change'
import type { Planned } from '@/lib/plan/plan'
import type { Rendered } from '@/lib/plan/render/rendered'
import { askConsole } from './ask-console'

/** What a change would do: its plan, or why there is none, and the plan in every language. */
export type Preview = { readonly planned: Planned; readonly formats: readonly Rendered[] }

export type PreviewState = {
  /** The newest that was answered; stays while a newer one is on its way. */
  readonly preview: Preview | null
  /** The preview is of an older input than the one in the form. */
  readonly isBehind: boolean
  readonly error: Error | null
  readonly refresh: () => void
}

function isPreview(value: unknown): value is Preview {
  return (
    typeof value === 'object' &&
    value !== null &&
    'planned' in value &&
    typeof value.planned === 'object' &&
    'formats' in value &&
    Array.isArray(value.formats)
  )
}

async function readPreview(kind: ChangeKind, input: unknown, signal: AbortSignal): Promise<Preview> {
  const answer = await askConsole('/api/plans/preview', { body: { kind, input }, signal })
  if (!isPreview(answer)) throw new Error('The console answered something that is no plan.')
  return answer
}

/**
 * The plan that the form stands for, asked for at every change; an older question is given up, so the newest answer wins. `input` is null
 * while the form is not complete.
 */
export function usePreview(kind: ChangeKind, input: unknown): PreviewState {
  const cache = useQueryClient()
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['preview', kind, input],
    queryFn: ({ signal }) => readPreview(kind, input, signal),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: true,
  })
  return useMemo(
    () => ({
      preview: data ?? null,
      isBehind: isPlaceholderData,
      error,
      // Forgotten, not only asked for again: a plan that was found out of date must not be run once more.
      refresh: () => void cache.resetQueries({ queryKey: ['preview', kind, input], exact: true }),
    }),
    [data, isPlaceholderData, error, cache, kind, input],
  )
}
