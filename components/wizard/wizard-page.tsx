'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Choices } from '@/lib/changes/choices'
import { useFeedState, useTopology } from '../topology/feed/use-feed'
import { useFreshness } from '../topology/feed/use-freshness'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { askConsole } from './ask-console'
import { type Offer, OfferProvider } from './choices'

function isChoices(value: unknown): value is Choices {
  return typeof value === 'object' && value !== null && 'network' in value && 'holes' in value
}

async function readChoices(signal: AbortSignal): Promise<Choices> {
  const answer = await askConsole('/api/choices', { signal })
  if (!isChoices(answer)) throw new Error('The console answered something that is no list of choices.')
  return answer
}

/** What every wizard needs before it can be filled in: the map and what there is to choose from. */
export function WizardPage({ title, children }: { title: string; children: (offer: Offer) => ReactNode }) {
  const topology = useTopology()
  const freshness = useFreshness(useFeedState())
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['choices'],
    queryFn: ({ signal }) => readChoices(signal),
    staleTime: 0,
    // What was made since the last wizard must be there to choose.
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: true,
  })
  const refresh = () => void refetch()
  if (!topology && freshness.kind === 'failed')
    return <Failing title={title} message={freshness.failure.message} remedy={freshness.failure.remedy} />
  if (!data && error)
    return (
      <Failing
        title={title}
        message={error.message}
        remedy="Without it nothing can be chosen. Check the target at the top, then try again."
        retry={isFetching ? null : refresh}
      />
    )
  if (!topology || !data) return <Waiting title={title} />
  const offer = { choices: data, topology, refresh }
  return <OfferProvider value={offer}>{children(offer)}</OfferProvider>
}

type FailingProps = { title: string; message: string; remedy: string; retry?: (() => void) | null }

function Failing({ title, message, remedy, retry }: FailingProps) {
  return (
    <div className="mx-auto flex max-w-xl flex-col gap-4 p-8">
      <h1 className="font-semibold text-ink text-xl">{title}</h1>
      <Notice
        tone="bad"
        role="alert"
        title="What there is to choose from could not be read"
        actions={retry && <Button onPress={retry}>Try again</Button>}
      >
        <span>{message}</span>
        <span>{remedy}</span>
      </Notice>
    </div>
  )
}

function Waiting({ title }: { title: string }) {
  return (
    <div className="grid h-full grid-cols-[248px_minmax(0,1fr)] max-md:grid-cols-1">
      <div className="flex flex-col gap-3 border-line border-r bg-raised px-[18px] py-5 max-md:hidden">
        <h1 className="font-semibold text-ink text-lg">{title}</h1>
        <Skeleton className="h-4 w-40" />
        {[1, 2, 3, 4].map((row) => (
          <Skeleton key={row} className="h-7 w-full" />
        ))}
      </div>
      <div role="status" className="flex flex-col gap-4 px-8 pt-8">
        <span className="sr-only">Reading what there is to choose from</span>
        <Skeleton className="h-6 w-56" />
        <Skeleton className="h-4 w-96 max-w-full" />
        <Skeleton className="h-24 w-full max-w-xl" />
        <Skeleton className="h-9 w-full max-w-xl" />
        <Skeleton className="h-9 w-full max-w-xl" />
      </div>
    </div>
  )
}
