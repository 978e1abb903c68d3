'use client'

import { useQuery } from '@tanstack/react-query'
import type { ExecState } from '@/lib/probe/from-task/exec-state'
import { askConsole } from '../wizard/ask-console'

/** What is missing may be mended meanwhile, in this window or elsewhere. */
const askAgainMs = 3_000

/** Where a command can be run, and whether a shell may be opened there too. */
export type ExecAnswer = ExecState & { readonly canOpenShell: boolean }

const isExecState = (value: unknown): value is ExecAnswer =>
  typeof value === 'object' &&
  value !== null &&
  'place' in value &&
  'missing' in value &&
  Array.isArray(value.missing)

async function readExecState(from: string, signal: AbortSignal): Promise<ExecAnswer> {
  const answer = await askConsole(`/api/call/from-task?from=${encodeURIComponent(from)}`, { signal })
  if (!isExecState(answer))
    throw new Error('The console answered something else than whether a task can be entered.')
  return answer
}

/** Whether a call can be made from a task of this service; asked again until it can. `from` null: nobody asks. */
export function useExecState(from: string | null) {
  const { data, error } = useQuery({
    queryKey: ['exec-state', from],
    queryFn: ({ signal }) => readExecState(from ?? '', signal),
    enabled: from !== null,
    refetchInterval: ({ state }) => (state.data?.place ? false : askAgainMs),
    staleTime: 0,
  })
  return { state: from === null ? null : (data ?? null), error: from === null ? null : error }
}
