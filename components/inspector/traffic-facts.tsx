'use client'

import { formatBytesRate, formatMs, formatRate, formatShare, type Observed } from '../topology/observed'
import { formatSince } from '../ui/age'
import { cn } from '../ui/class-names'
import { useNow } from '../ui/use-now'
import { Fact, Facts, Section } from './section'

/** What goes over a line, as CloudWatch counted it. */
export function TrafficFacts({ seen }: { seen: Observed }) {
  const now = useNow(1_000)
  const { requestsPerSecond, bytesPerSecond, errorShare, p50Ms, p95Ms } = seen
  return (
    <Section title="Traffic">
      <Facts>
        {seen.isLive ? (
          <>
            {requestsPerSecond > 0 ? (
              <Fact name="Requests">{formatRate(requestsPerSecond)}</Fact>
            ) : (
              <Fact name="Bytes">{formatBytesRate(bytesPerSecond ?? 0)}</Fact>
            )}
            {errorShare !== null && (
              <Fact name="Failed">
                <span className={cn(errorShare >= 0.01 && 'text-warn-ink')}>
                  {formatShare(errorShare)} answered with 5xx
                </span>
              </Fact>
            )}
            {p50Ms !== null && (
              <Fact name="Response time">
                p50 {formatMs(p50Ms)}
                {p95Ms !== null && <span className="text-ink-soft"> · p95 {formatMs(p95Ms)}</span>}
              </Fact>
            )}
          </>
        ) : (
          <Fact name="Requests">none of late</Fact>
        )}
        <Fact name="First seen">{formatSince(now - seen.sinceMs)} ago</Fact>
        {!seen.isLive && <Fact name="Last seen">{formatSince(now - seen.lastSeenMs)} ago</Fact>}
      </Facts>
    </Section>
  )
}
