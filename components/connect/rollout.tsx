'use client'

import { Undo } from 'lucide-react'
import type { Run } from '@/lib/plan/run-state'
import type { InstanceNode, ServiceNode, Topology } from '@/lib/topology/model'
import { rollBackWish } from '../plan/wishes'
import { useTopology } from '../topology/feed/use-feed'
import { InstanceGlyph } from '../topology/instance-shape'
import { useCommands } from '../topology/keys/command-bus'
import { instanceWord } from '../topology/state-words'
import { formatSince } from '../ui/age'
import { Button } from '../ui/button'
import { shortTask } from '../ui/shorten'
import { useNow } from '../ui/use-now'
import { deployingService, rolloutView } from './rollout-of'

const MOST_DOTS = 12

/** Old tasks and new ones side by side, and what ECS says about it, while a service is deployed. */
export function RolloutPanel({ service, topology }: { service: ServiceNode; topology: Topology }) {
  const now = useNow(1000)
  const run = useCommands()
  const view = rolloutView(service)
  const wish = rollBackWish(topology, service)
  if (!view) return null
  return (
    <section
      aria-label={`Rollout of ${view.name}`}
      data-rollout={view.name}
      className="flex flex-col gap-2.5 rounded-card border border-line bg-surface p-3"
    >
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium text-ink text-sm">{view.name}</h3>
        <p aria-live="polite" className="min-w-0 flex-1 text-ink-soft text-xs">
          {view.stage} · {formatSince(now - view.startedAtMs)}
        </p>
        {wish && (
          <Button onPress={() => run({ kind: 'change', change: wish })}>
            <Undo aria-hidden />
            Roll back…
          </Button>
        )}
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-1.5 text-xs">
        <Tasks word="New" instances={view.fresh} />
        <Tasks word="Old" instances={view.old} />
      </dl>
      {view.events.length > 0 && (
        <ol aria-label="Events" className="flex flex-col gap-1 border-line border-t pt-2">
          {view.events.map((event) => (
            <li key={event.id} className="flex gap-3 text-xs">
              <time dateTime={new Date(event.atMs).toISOString()} className="w-10 shrink-0 text-ink-soft">
                {formatSince(now - event.atMs)}
              </time>
              <span className="wrap-anywhere min-w-0 text-ink">{event.message}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Tasks({ word, instances }: { word: string; instances: readonly InstanceNode[] }) {
  const more = instances.length - MOST_DOTS
  return (
    <>
      <dt className="text-ink-soft">{word}</dt>
      <dd data-tasks={word.toLowerCase()} className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        {instances.length === 0 && <span className="text-ink-soft">none</span>}
        {instances.slice(0, MOST_DOTS).map((instance) => (
          <span key={instance.id} className="flex items-center gap-1 text-ink">
            <InstanceGlyph state={instance.state} />
            <span className="font-mono text-2xs">
              {instance.address ?? (instance.taskId && shortTask(instance.taskId))}
            </span>
            <span className="text-ink-soft">{instanceWord(instance.state)}</span>
          </span>
        ))}
        {more > 0 && <span className="text-ink-soft">and {more} more</span>}
      </dd>
    </>
  )
}

/** The rollout that a run waits for, in place. */
export function RunRollout({ run }: { run: Run }) {
  const topology = useTopology()
  const service = deployingService(run, topology)
  return service && topology ? <RolloutPanel service={service} topology={topology} /> : null
}
