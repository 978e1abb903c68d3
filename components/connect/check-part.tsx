'use client'

import { PhoneOutgoing } from 'lucide-react'
import type { ServiceNode, Topology } from '@/lib/topology/model'
import { useCommands } from '../topology/keys/command-bus'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { Notice } from '../ui/notice'
import { type CallerWay, callerWays } from './callers'

const words: Readonly<Record<CallerWay['way'], string>> = {
  proxy: 'by Service Connect',
  dns: 'by DNS',
  stale: 'deployed too early',
}
const tones = { proxy: 'ok', dns: 'warn', stale: 'warn' } as const

function rateOf({ observed, way }: CallerWay): string {
  if (!observed) return way === 'proxy' ? 'no call counted yet' : 'not counted: it goes past the proxies'
  const rate = `${observed.requestsPerSecond.toLocaleString('en-US', { maximumFractionDigits: 1 })} requests/s`
  return observed.errorShare === null
    ? rate
    : `${rate}, ${(observed.errorShare * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })} % errors`
}

type CheckPartProps = { topology: Topology; service: ServiceNode; dnsName: string; onClose: () => void }

/** Whether every known caller goes by Service Connect, before the registry is taken away. */
export function CheckPart({ topology, service, dnsName, onClose }: CheckPartProps) {
  const run = useCommands()
  const callers = callerWays(topology, service, dnsName)
  const call = () => {
    onClose()
    // After the dialog has given the focus back, so that the drawer opened now keeps it.
    requestAnimationFrame(() => {
      run({ kind: 'go', id: service.id })
      run({ kind: 'call' })
    })
  }
  return (
    <section aria-label="Callers" className="flex flex-col gap-3">
      {callers.length === 0 ? (
        <Notice tone="info" title="The map shows no caller">
          Callers are known by their variables, by CloudWatch’s counts and by calls from this console. Others
          may exist.
        </Notice>
      ) : (
        <ul className="flex flex-col rounded-card border border-line">
          {callers.map((caller) => (
            <li
              key={caller.nodeId}
              data-caller={caller.name}
              data-way={caller.way}
              className="flex min-w-0 flex-wrap items-center gap-3 border-line px-3 py-2 not-first:border-t"
            >
              <span className="min-w-0 flex-1 truncate font-medium text-ink text-sm">{caller.name}</span>
              <span className="text-ink-soft text-xs">{rateOf(caller)}</span>
              <Chip tone={tones[caller.way]}>{words[caller.way]}</Chip>
            </li>
          ))}
        </ul>
      )}
      <p className="text-ink-soft text-sm">
        Call <span className="font-mono text-xs">{dnsName}</span> from inside a task of a caller: the trip
        shows whether its proxy answered.
      </p>
      <Button className="self-start" onPress={call}>
        <PhoneOutgoing aria-hidden />
        Call {service.name}
      </Button>
    </section>
  )
}
