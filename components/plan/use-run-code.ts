'use client'

import { useQuery } from '@tanstack/react-query'
import type { Rendered } from '@/lib/plan/render/rendered'
import { askConsole } from '../wizard/ask-console'

export type RunCodeState = {
  /** null: not here yet, or not readable. */
  readonly formats: readonly Rendered[] | null
  readonly error: Error | null
  readonly again: () => void
}

type Code = { readonly formats: readonly Rendered[] }

const isCode = (value: unknown): value is Code =>
  typeof value === 'object' && value !== null && 'formats' in value && Array.isArray(value.formats)

async function readCode(runId: string, signal: AbortSignal): Promise<readonly Rendered[]> {
  const answer = await askConsole(`/api/runs/code?id=${encodeURIComponent(runId)}`, { signal })
  if (!isCode(answer)) throw new Error('The console answered something that is no code.')
  return answer.formats
}

/** A run's plan in every language; a plan never changes, so it is asked for once. */
export function useRunCode(runId: string): RunCodeState {
  const { data, error, refetch } = useQuery({
    queryKey: ['run-code', runId],
    queryFn: ({ signal }) => readCode(runId, signal),
    gcTime: 60_000,
    retry: 1,
  })
  return { formats: data ?? null, error, again: () => void refetch() }
}
