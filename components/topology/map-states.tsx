'use client'

import { PlugZap, SearchX, Waypoints } from 'lucide-react'
import type { TargetIdentity } from '@/lib/inventory/model'
import { Button } from '../ui/button'
import { Copy } from '../ui/copy'
import type { Failure } from './feed/freshness'
import { MapMessage } from './map-message'

/** The target holds no service at all. */
export function EmptyMap({ target }: { target: TargetIdentity }) {
  const isLocal = target.kind === 'local'
  return (
    <MapMessage glyph={<Waypoints aria-hidden />} title="No services yet">
      <p>
        This map shows every ECS service, the Cloud Map name that others find it by, and who calls whom. There
        is none in{' '}
        {isLocal ? 'the local cloud' : `${target.region}${target.accountId ? ` of ${target.accountId}` : ''}`}
        .
      </p>
      {isLocal && target.endpointUrl ? (
        <>
          <p>Create one with the AWS CLI; it appears here within a second. Start with a cluster:</p>
          <Copy
            name="command"
            value={`aws ecs create-cluster --endpoint-url ${target.endpointUrl} --region ${target.region}`}
            text="aws ecs create-cluster --endpoint-url …"
            className="mx-auto rounded-control bg-sunk px-2.5 py-1.5"
          />
        </>
      ) : (
        <p>If you expected some, check the account and the region in the badge at the top.</p>
      )}
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
      <p className="text-xs">Trying again by itself.</p>
    </MapMessage>
  )
}
