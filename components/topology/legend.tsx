import type { InstanceState } from '@/lib/topology/model'
import { cn } from '../ui/class-names'
import { InstanceGlyph } from './instance-shape'

const instances: readonly (readonly [InstanceState, string])[] = [
  ['healthy', 'healthy'],
  ['starting', 'starting or stopping'],
  ['unhealthy', 'unhealthy'],
  ['failing', 'failing'],
  ['orphaned', 'no task'],
]

/** What lines and shapes mean: only those that the map can show. Goes where the overview at the right would cover it. */
export function Legend({ hasMiniMap }: { hasMiniMap: boolean }) {
  return (
    <section
      aria-label="Legend"
      className={cn(
        'pointer-events-none absolute bottom-3 left-13 z-10 flex h-7 items-center gap-3 rounded-control border border-line bg-raised px-2.5 text-2xs text-ink-soft',
        hasMiniMap ? '@max-[71rem]:hidden' : '@max-[60rem]:hidden',
      )}
    >
      <span className="flex items-center gap-1.5">
        <svg aria-hidden width={24} height={6}>
          <path d="M0 3h24" className="stroke-ink-soft" strokeWidth={1.5} strokeDasharray="5 4" />
        </svg>
        declared
      </span>
      <span className="flex items-center gap-1.5">
        <svg aria-hidden width={24} height={6}>
          <path d="M0 3h24" className="stroke-ok" strokeWidth={2} />
        </svg>
        observed
      </span>
      <span className="flex items-center gap-1.5">
        <svg aria-hidden width={24} height={6}>
          <path d="M0 3h24" className="stroke-accent" strokeWidth={2} />
        </svg>
        verified by a call
      </span>
      <span className="flex items-center gap-1.5">
        <svg aria-hidden width={24} height={6}>
          <path d="M0 3h24" className="stroke-bad" strokeWidth={1.5} strokeDasharray="5 4" />
        </svg>
        cannot reach
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="h-3 w-[3px] rounded-full bg-accent" />
        proxy
      </span>
      <span aria-hidden className="h-3.5 w-px bg-line" />
      {instances.map(([state, word]) => (
        <span key={state} className="flex items-center gap-0.5">
          <InstanceGlyph state={state} />
          {word}
        </span>
      ))}
    </section>
  )
}
