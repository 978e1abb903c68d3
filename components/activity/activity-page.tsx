'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { History, PlugZap } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { PageHead } from '../plan/page-head'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { Skeleton } from '../ui/skeleton'
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
        text="Every change made through this console, written down before it was sent. Nothing here can be changed or removed."
      >
        <ActivityFilters look={look} onChange={(change) => setLook({ ...change, before: null })} />
      </PageHead>
      {error && data && <OldNote message={error.message} />}
      {isPending ? (
        <ActivitySkeleton />
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
        <EmptyState glyph={<History aria-hidden />} title="No change was made yet">
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

function ActivitySkeleton() {
  return (
    <div role="status" aria-label="Reading the activity" className="flex flex-col gap-4 p-6">
      {['w-3/4', 'w-2/3', 'w-4/5', 'w-1/2', 'w-3/5'].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  )
}
