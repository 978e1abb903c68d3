'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { History, PlugZap } from 'lucide-react'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { PageHead } from '../plan/page-head'
import { Button } from '../ui/button'
import { buttonStyle } from '../ui/button-style'
import { EmptyState } from '../ui/empty-state'
import { TableSkeleton } from '../ui/table-skeleton'
import { ActivityFilters } from './activity-filters'
import { ActivityTable } from './activity-table'
import { activityQuery, activityUrl, isFiltered } from './activity-url'
import { readActivity } from './read-activity'

/** How often the newest page is read again while somebody looks. */
const againMs = 5_000

/** Who changed what, when, where and with which result. */
export function ActivityPage() {
  const [look, setLook] = useQueryStates(activityUrl, { history: 'replace', clearOnDefault: true })
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: ['activity', look],
    queryFn: ({ signal }) => readActivity(activityQuery(look, Date.now()), signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
    retry: 1,
    refetchInterval: look.before === null ? againMs : false,
  })
  const clear = () => setLook({ text: null, result: null, span: null, run: null, before: null })
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHead
        title="Activity"
        text="Every change made and every command run in a task through this console, written down before it was sent. Nothing here can be changed or removed."
      >
        <ActivityFilters look={look} onChange={(change) => setLook({ ...change, before: null })} />
      </PageHead>
      {error && data && <OldNote message={error.message} />}
      {isPending ? (
        <TableSkeleton label="Reading the activity" row="h-[57px]" />
      ) : error && !data ? (
        <EmptyState
          role="alert"
          glyph={<PlugZap aria-hidden />}
          title="The activity cannot be read"
          actions={
            <Button size="form" onPress={() => refetch()}>
              Read again
            </Button>
          }
        >
          <p className="wrap-anywhere text-ink">{error.message}</p>
          <p>While the console cannot write down what is done, it makes no change.</p>
        </EmptyState>
      ) : data && data.entries.length > 0 ? (
        <ActivityTable
          page={data}
          isOld={isPlaceholderData}
          isFirst={look.before === null}
          onOlder={(before) => setLook({ before }, { history: 'push' })}
          onNewest={() => setLook({ before: null }, { history: 'push' })}
        />
      ) : isFiltered(look) || look.before !== null ? (
        <EmptyState
          glyph={<History aria-hidden />}
          title="Nothing matches"
          actions={
            <Button size="form" onPress={clear}>
              Show everything
            </Button>
          }
        >
          <p>No change fits this filter.</p>
        </EmptyState>
      ) : (
        <EmptyState
          glyph={<History aria-hidden />}
          title="No change was made yet"
          actions={
            <Link href="/examples" className={buttonStyle({ size: 'form', tone: 'primary' })}>
              Deploy an example
            </Link>
          }
        >
          <p>
            Scale a service, create one, or deploy an example: who did it, when, and what AWS answered will be
            listed here.
          </p>
        </EmptyState>
      )}
    </div>
  )
}

function OldNote({ message }: { message: string }) {
  return (
    <p role="status" className="border-line border-b bg-warn-soft px-6 py-2 text-sm text-warn-ink">
      What is listed may be old: {message}
    </p>
  )
}
