'use client'

import { Check } from 'lucide-react'
import { toCurl } from '@/lib/probe/curl'
import { failureOf } from '@/lib/probe/failure'
import type { AttemptFinished, BodySample } from '@/lib/probe/trip'
import type { TripState } from '@/lib/probe/trip-state'
import { toReadable, toVisible } from '@/lib/probe/visible-text'
import { cn } from '../ui/class-names'
import { Copy } from '../ui/copy'
import { shortenMiddle, shortTask } from '../ui/shorten'
import { CopyCurl } from './copy-curl'
import { formatPlace } from './format'
import { proxyAnswer } from './proxy-answer'

/** Who answered and what it said, or why nobody did. Everything that came from outside is text. */
export function AnswerBox({ trip }: { trip: TripState }) {
  const attempt = trip.attempt
  if (!attempt) return null
  const proxy = proxyAnswer(trip)
  const failure =
    proxy ?? (attempt.errorKind === null ? null : failureOf(attempt.errorKind, trip.started?.via))
  const isAnswered = attempt.status !== null && proxy === null
  const tone = !failure ? 'ok' : isAnswered ? 'warn' : 'bad'
  return (
    <section
      aria-label="Answer"
      data-answered-task-id={attempt.status === null ? undefined : (attempt.taskId ?? undefined)}
      data-call-id={trip.started ? `${trip.started.runId}.${attempt.index}` : undefined}
      className={cn(
        'min-w-0 rounded-card border px-3 py-2',
        tone === 'ok' && 'border-ok/35 bg-ok-soft',
        tone === 'warn' && 'border-warn/35 bg-warn-soft',
        tone === 'bad' && 'border-bad/35 bg-bad-soft',
      )}
    >
      <div className="flex min-w-0 items-start gap-3">
        <div className="min-w-0 flex-1">
          {isAnswered ? (
            <AnsweredBy trip={trip} attempt={attempt} />
          ) : (
            <p className="font-medium text-bad-ink text-sm">{failure?.title}</p>
          )}
          {failure && (
            <p className="mt-0.5 text-ink text-xs">
              {isAnswered && <span className="font-medium">{failure.title}. </span>}
              {failure.meaning} <span className="text-ink-soft">{failure.remedy}</span>
            </p>
          )}
          {failure && attempt.errorMessage && attempt.status === null && (
            <p className="mt-0.5 break-words font-mono text-2xs text-ink-soft">
              {toVisible(attempt.errorMessage)}
            </p>
          )}
          <Confirmation attempt={attempt} />
        </div>
        {attempt.address !== null && attempt.port !== null && trip.started && !trip.started.caller && (
          <CopyCurl
            command={toCurl({
              method: trip.started.method,
              host: trip.started.via === 'tasks' ? attempt.address : trip.started.host,
              address: attempt.address,
              port: attempt.port,
              path: trip.started.path,
            })}
          />
        )}
      </div>
      {trip.body && <Body body={trip.body} />}
    </section>
  )
}

function AnsweredBy({ trip, attempt }: { trip: TripState; attempt: AttemptFinished }) {
  const place = attempt.address === null ? '' : formatPlace(attempt.address, attempt.port)
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-sm">
      <svg aria-hidden width={16} height={16} viewBox="-8 -8 16 16" className="shrink-0">
        <circle r={8} className="fill-accent/25" />
        <circle r={5} className="fill-accent" />
      </svg>
      <span>
        Answered by <strong className="font-semibold">{trip.started?.serviceName}</strong>
      </span>
      {attempt.taskId ? (
        <span className="inline-flex items-center gap-1.5">
          task <Copy inline value={attempt.taskId} text={shortTask(attempt.taskId)} name="task id" />
        </span>
      ) : (
        <span className="text-ink-soft">
          {attempt.instanceId
            ? `instance ${attempt.instanceId.replace(/^instance\//, '')}`
            : trip.started?.via === 'alias'
              ? 'an instance that does not say its name'
              : 'an instance not on the map'}
        </span>
      )}
      <span className="inline-flex items-center gap-1.5">
        at <Copy inline value={place} name="address" />
      </span>
      {attempt.confirmedByHostname === true && attempt.hostname !== null && (
        <span
          title={`The answer says it comes from ${toVisible(attempt.hostname)}`}
          className="inline-flex items-center gap-1 text-ok-ink text-xs"
        >
          <Check aria-hidden className="size-3" />{' '}
          {trip.started?.via === 'alias' ? 'so says its own hostname' : 'its hostname agrees'}
        </span>
      )}
    </p>
  )
}

function Confirmation({ attempt }: { attempt: AttemptFinished }) {
  if (attempt.confirmedByHostname !== false || attempt.hostname === null) return null
  return (
    <p className="text-warn-ink text-xs">
      <strong className="font-semibold">
        But the answer says it comes from{' '}
        <span className="font-mono">{shortenMiddle(toVisible(attempt.hostname), 80)}</span>.
      </strong>{' '}
      A proxy in between, or a stale registration: the address above is the one that was called.
    </p>
  )
}

function Body({ body }: { body: BodySample }) {
  if (body.location !== null)
    return (
      <p className="mt-1 break-all font-mono text-2xs text-ink-soft">
        redirects to {toVisible(body.location)} (not followed
        {body.locationRefusal && `, and it would be refused: ${body.locationRefusal}`})
      </p>
    )
  if (body.text === '') return <p className="mt-1 text-2xs text-ink-soft">empty body</p>
  return (
    <>
      <pre className="mt-1 whitespace-pre-wrap break-all font-mono text-2xs text-ink">
        {toReadable(body.text)}
      </pre>
      {body.truncated && <p className="mt-0.5 text-2xs text-ink-soft">cut off here</p>}
    </>
  )
}
