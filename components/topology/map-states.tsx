'use client'

import { PlugZap, SearchX, Waypoints } from 'lucide-react'
import Link from 'next/link'
import type { TargetIdentity } from '@/lib/inventory/model'
import { wizardPaths } from '../shell/wizard-paths'
import { Button } from '../ui/button'
import { buttonStyle } from '../ui/button-style'
import type { Failure } from './feed/freshness'
import { MapMessage } from './map-message'

/** The target holds no service at all. */
export function EmptyMap({ target }: { target: TargetIdentity }) {
  const isLocal = target.kind === 'local'
  return (
    <MapMessage
      glyph={<Waypoints aria-hidden />}
      title="No services yet"
      actions={
        <>
          <Link href={wizardPaths.namespace.href} className={buttonStyle({ tone: 'primary', size: 'form' })}>
            Create namespace
          </Link>
          <Link href="/examples" className={buttonStyle({ size: 'form' })}>
            See the examples
          </Link>
        </>
      }
    >
      <p>
        This map shows every ECS service, the Cloud Map name that others find it by, and who calls whom. There
        is none in{' '}
        {isLocal ? 'the local cloud' : `${target.region}${target.accountId ? ` of ${target.accountId}` : ''}`}
        .
      </p>
      <p>Start with a namespace, which holds the names; then a service, which is found by one.</p>
      {!isLocal && <p>If you expected some, check the account and the region in the badge at the top.</p>}
    </MapMessage>
  )
}

/** Filters leave nothing over. */
export function NothingMatches({ q, onClear }: { q: string; onClear: () => void }) {
  return (
    <MapMessage
      glyph={<SearchX aria-hidden />}
      title={q ? `Nothing matches “${q}”` : 'Nothing matches the filter'}
      actions={
        <Button onPress={onClear} size="form">
          Clear filter
        </Button>
      }
    >
      <p>Names, addresses, ports, images and task ids are searched; every word must occur.</p>
    </MapMessage>
  )
}

/** Nothing was ever read. With a map at hand this is said in the bar instead, and the map stays. */
export function FailedMap({ failure }: { failure: Failure }) {
  return (
    <MapMessage role="alert" glyph={<PlugZap aria-hidden />} title="The map could not be read">
      <p className="text-ink">{failure.message}</p>
      <p>{failure.remedy}</p>
      <p className="font-mono text-2xs">
        {failure.operation} · {failure.errorName}
      </p>
    </MapMessage>
  )
}
