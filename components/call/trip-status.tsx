import { failureOf } from '@/lib/probe/failure'
import type { TripState } from '@/lib/probe/trip-state'
import { shortTask } from '../ui/shorten'
import { formatMs, formatPlace } from './format'

/** The outcome as one spoken sentence; changes when a run starts and ends, not with every call. */
export function TripStatus({ trip }: { trip: TripState }) {
  return (
    <p role="status" className="sr-only">
      {sentenceOf(trip)}
    </p>
  )
}

function sentenceOf(trip: TripState): string {
  const { attempt, spread, phase } = trip
  if (phase === 'idle') return ''
  if (phase === 'running') return 'Calling'
  if (phase === 'broken') return `${trip.problem?.title ?? 'Failed'}. ${trip.problem?.message ?? ''}`
  if (spread.asked > 1)
    return `${spread.ok + spread.failed} of ${spread.asked} calls made, ${spread.failed} failed, ${spread.shares.length} instances`
  if (!attempt) return 'Stopped'
  if (attempt.status === null)
    return `Failed: ${attempt.errorKind ? failureOf(attempt.errorKind, trip.started?.via).title : 'no answer'}`
  const who = attempt.taskId ? `task ${shortTask(attempt.taskId)}` : 'an instance'
  const place = attempt.address === null ? '' : ` at ${formatPlace(attempt.address, attempt.port)}`
  return `Answered by ${trip.started?.serviceName ?? ''} ${who}${place} with ${attempt.status} in ${formatMs(attempt.latencyMs)}`
}
