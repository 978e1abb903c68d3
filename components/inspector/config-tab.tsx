'use client'

import { useQuery } from '@tanstack/react-query'
import { Check, Copy as CopyGlyph, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { readRefusal } from '../topology/feed/refusal'
import { Button } from '../ui/button'
import { Skeleton } from '../ui/skeleton'

async function readConfig(serviceId: string): Promise<string> {
  const answer = await fetch(`/api/service-config?id=${encodeURIComponent(serviceId)}`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(readRefusal(answer.status, answer.statusText, text))
  return JSON.stringify(JSON.parse(text), null, 2)
}

export function ConfigTab({ serviceId }: { serviceId: string }) {
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: ['service-config', serviceId],
    queryFn: () => readConfig(serviceId),
    staleTime: 0,
    retry: 1,
  })
  return (
    <div className="flex min-h-full flex-col">
      <div className="sticky top-0 flex items-center justify-between gap-2 border-line border-b bg-raised px-4 py-2">
        <p className="text-ink-soft text-xs">As AWS gave it. Environment values are masked.</p>
        <span className="flex gap-1.5">
          <Button
            tone="quiet"
            aria-label="Read again"
            isDisabled={isFetching}
            onPress={() => refetch()}
            className="w-7 px-0"
          >
            <RefreshCw aria-hidden />
          </Button>
          {data && <CopyAll text={data} />}
        </span>
      </div>
      {isPending && (
        <div role="status" aria-label="Reading the configuration" className="flex flex-col gap-2 p-4">
          {['w-24', 'w-56', 'w-48', 'w-64', 'w-40', 'w-52'].map((width) => (
            <Skeleton key={width} className={`h-2.5 ${width}`} />
          ))}
        </div>
      )}
      {error && (
        <div role="alert" className="flex flex-col items-start gap-2 p-4 text-sm">
          <p className="text-bad-ink">The configuration could not be read: {error.message}</p>
          <Button onPress={() => refetch()}>Read again</Button>
        </div>
      )}
      {data && (
        <section
          aria-label="Configuration as JSON"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="flex-1 overflow-auto bg-sunk px-4 py-3 focus-visible:-outline-offset-2"
        >
          <pre className="font-mono text-2xs text-ink leading-[1.6]">{data}</pre>
        </section>
      )}
    </div>
  )
}

function CopyAll({ text }: { text: string }) {
  const [copied, setCopied] = useState(false)
  return (
    <Button
      onPress={() => {
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }}
    >
      {copied ? <Check aria-hidden /> : <CopyGlyph aria-hidden />}
      {copied ? 'Copied' : 'Copy JSON'}
    </Button>
  )
}
