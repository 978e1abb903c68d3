'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FileInput, ListChecks, PlugZap } from 'lucide-react'
import Link from 'next/link'
import { useCommands } from '../topology/keys/command-bus'
import { Button } from '../ui/button'
import { buttonStyle } from '../ui/button-style'
import { EmptyState } from '../ui/empty-state'
import { TableSkeleton } from '../ui/table-skeleton'
import { PageHead } from './page-head'
import { PlansTable } from './plans-table'
import { readRuns } from './read-runs'

/** How often the list is read again while somebody looks. */
const againMs = 2_000

/** Every run of a plan, newest first. */
export function PlansPage() {
  const run = useCommands()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['runs'],
    queryFn: ({ signal }) => readRuns(signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
    retry: 1,
    refetchInterval: againMs,
  })
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHead
        title="Plans"
        text="Every change is a plan: a list of AWS calls that can be looked at first, gone on with after a failure, and taken back."
        actions={
          <Button size="form" onPress={() => run({ kind: 'import' })}>
            <FileInput aria-hidden />
            Import a plan…
          </Button>
        }
      />
      {error && data && (
        <p role="status" className="border-line border-b bg-warn-soft px-6 py-2 text-sm text-warn-ink">
          What is listed may be old: {error.message}
        </p>
      )}
      {isPending ? (
        <TableSkeleton label="Reading the plans" row="h-[41px]" />
      ) : error && !data ? (
        <EmptyState
          role="alert"
          glyph={<PlugZap aria-hidden />}
          title="The plans cannot be read"
          actions={
            <Button size="form" onPress={() => refetch()}>
              Read again
            </Button>
          }
        >
          <p className="wrap-anywhere text-ink">{error.message}</p>
        </EmptyState>
      ) : data && data.length > 0 ? (
        <PlansTable runs={data} />
      ) : (
        <EmptyState
          glyph={<ListChecks aria-hidden />}
          title="No plan has run yet"
          actions={
            <Link href="/examples" className={buttonStyle({ size: 'form', tone: 'primary' })}>
              Deploy an example
            </Link>
          }
        >
          <p>
            Whatever you create, scale or delete here is a plan. Each one is kept on this page, with what AWS
            answered.
          </p>
        </EmptyState>
      )}
    </div>
  )
}
