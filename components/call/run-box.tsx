import type { TripState } from '@/lib/probe/trip-state'
import type { Topology } from '@/lib/topology/model'
import { cn } from '../ui/class-names'
import { Copy } from '../ui/copy'
import { shortTask } from '../ui/shorten'
import { formatPlace } from './format'

/** A run of many calls in one sentence, and who took part by name. */
export function RunBox({ trip, topology }: { trip: TripState; topology: Topology }) {
  const { spread } = trip
  const done = spread.ok + spread.failed
  const known = new Set(topology.services.flatMap(({ instances }) => instances.map(({ id }) => id)))
  const answering = spread.shares.filter((share) => share.ok > 0)
  const isGood = spread.failed === 0
  return (
    <section
      aria-label="Answer"
      className={cn(
        'min-w-0 rounded-card border px-3 py-2',
        isGood ? 'border-ok/35 bg-ok-soft' : 'border-warn/35 bg-warn-soft',
      )}
    >
      <p className="text-sm">
        <strong className="font-semibold">{trip.started?.serviceName}</strong>: {spread.ok} of {done} calls
        answered well
        {answering.length > 0 &&
          `, by ${answering.length} ${answering.length === 1 ? 'instance' : 'instances'} in turn`}
        {spread.failed > 0 && <span className="text-bad-ink">, {spread.failed} failed</span>}
        {trip.finished && trip.finished.counts.notMade > 0 && `, ${trip.finished.counts.notMade} not made`}.
      </p>
      <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-0.5">
        {spread.shares.map((share) => (
          <li key={share.key} className="flex items-center gap-1.5 text-xs">
            {share.taskId ? (
              <>
                task <Copy inline value={share.taskId} text={shortTask(share.taskId)} name="task id" />
              </>
            ) : null}
            <span className="font-mono text-ink-soft">
              {share.address === null ? 'nobody' : formatPlace(share.address, share.port)}
            </span>
            {share.instanceId !== null && !known.has(share.instanceId) && (
              <span className="text-ink-soft">(gone)</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
