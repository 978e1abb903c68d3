'use client'

import { ShieldCheck, TriangleAlert } from 'lucide-react'
import type { ConnectFacts as Connect } from '@/lib/topology/model'
import { connectMark, proxyWords, staleSentence, unseenSentence } from '../topology/connect-words'
import { Chip } from '../ui/chip'
import { Copy } from '../ui/copy'
import { Fact, Facts, Section } from './section'

/** Service Connect of one service: what it is in it, its proxies, what others call, and what it cannot call. */
export function ConnectFacts({ name, connect }: { name: string; connect: Connect }) {
  const { tone } = connectMark(name, connect)
  const stale = staleSentence(name, connect)
  const unseen = unseenSentence(connect)
  return (
    <Section
      title="Service Connect"
      aside={
        <Chip tone={tone === 'busy' ? 'busy' : 'accent'} icon={<ShieldCheck aria-hidden />}>
          {connect.mode === 'client' ? 'client only' : 'client and server'}
        </Chip>
      }
    >
      <Facts>
        <Fact name="Proxies">{proxyWords(connect) ?? 'none: no task has one'}</Fact>
        {connect.endpoints.map(({ portName, discoveryName, alias, port, ingressPort }) => (
          <Fact key={discoveryName} name="Client alias">
            <Copy inline name="client alias" value={port > 0 ? `${alias}:${port}` : alias} />
            <span className="text-ink-soft text-xs">
              {' '}
              → {portName}
              {ingressPort === null ? '' : `, taken in at ${ingressPort}`}
            </span>
          </Fact>
        ))}
      </Facts>
      {stale && (
        <p className="mt-1.5 flex gap-1.5 text-sm text-warn-ink">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span className="min-w-0 break-words">{stale}</span>
        </p>
      )}
      {unseen && <p className="mt-1.5 break-words text-ink-soft text-xs">{unseen}</p>}
    </Section>
  )
}
