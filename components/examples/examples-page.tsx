'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useSyncExternalStore } from 'react'
import { gallery } from '@/lib/changes/examples/all'
import { PageHead } from '../plan/page-head'
import { useTopology } from '../topology/feed/use-feed'
import { Skeleton } from '../ui/skeleton'
import { ExampleCard } from './example-card'
import { ExampleWorkspace } from './example-workspace'

const never = () => () => undefined

/** Whole set-ups to deploy, call and remove again. */
export function ExamplesPage() {
  const [chosen, setChosen] = useQueryState('example', parseAsString.withOptions({ history: 'push' }))
  const topology = useTopology()
  const example = gallery.find(({ id }) => id === chosen)
  // What was filled in before is kept by the browser, which the server does not know.
  const isHere = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  if (example && isHere)
    return <ExampleWorkspace key={example.id} example={example} onLeave={() => setChosen(null)} />
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHead
        title="Examples"
        text="Whole set-ups that show how ECS services find each other. Deploy one, call it, take it apart, and remove it again: each is one plan."
      />
      <div className="min-h-0 flex-1 overflow-auto p-6">
        <div className="grid max-w-[1440px] grid-cols-3 gap-4 max-wide:grid-cols-2 max-md:grid-cols-1">
          {gallery.map((each) =>
            isHere ? (
              <ExampleCard
                key={each.id}
                example={each}
                topology={topology}
                onOpen={() => setChosen(each.id)}
              />
            ) : (
              <Skeleton key={each.id} className="h-[480px] w-full" />
            ),
          )}
        </div>
      </div>
    </div>
  )
}
