import type { ServiceNode, State } from '@/lib/topology/model'
import { cn } from '../ui/class-names'
import { StateGlyph } from './state-glyph'
import { instanceCount } from './state-words'

const tones: Record<State, string> = {
  ok: 'bg-ok-soft text-ok-ink',
  busy: 'bg-busy-soft text-busy-ink',
  warn: 'bg-warn-soft text-warn-ink',
  bad: 'bg-bad-soft text-bad-ink',
  off: 'bg-off-soft text-off-ink',
}

/** The card from afar: name and state; from farther still only the state, as sign and colour. */
export function ServiceTile({ service, level }: { service: ServiceNode; level: 'compact' | 'tile' }) {
  if (level === 'tile') {
    return (
      <span className={cn('flex h-full items-center gap-2.5 px-3', tones[service.state])}>
        <StateGlyph state={service.state} className="size-9 shrink-0" />
        <span className="truncate text-[30px] leading-none">{service.name}</span>
      </span>
    )
  }
  return (
    <span className="flex h-full items-center gap-3 px-4">
      <span
        className={cn(
          'flex size-9 shrink-0 items-center justify-center rounded-control',
          tones[service.state],
        )}
      >
        <StateGlyph state={service.state} className="size-6" />
      </span>
      <span className="flex min-w-0 flex-col">
        <span className="truncate font-semibold text-ink text-xl leading-6">{service.name}</span>
        <span className="font-mono text-ink-soft text-lg leading-5">{instanceCount(service)}</span>
      </span>
    </span>
  )
}
