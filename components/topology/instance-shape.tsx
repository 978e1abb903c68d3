import type { InstanceState } from '@/lib/topology/model'

const fills: Record<InstanceState, string> = {
  healthy: 'fill-ok',
  starting: 'fill-none stroke-busy',
  stopping: 'fill-none stroke-off',
  failing: 'fill-bad',
  unhealthy: 'fill-warn',
  orphaned: 'fill-none stroke-warn',
}

/** The shape of one instance around (0, 0), 10 px across: the shape alone tells the state. */
export function InstanceShape({ state, answered = false }: { state: InstanceState; answered?: boolean }) {
  const colour = answered ? 'fill-accent' : fills[state]
  switch (state) {
    case 'healthy':
      return <circle r={5} className={colour} />
    case 'starting':
    case 'stopping':
      return <circle r={4} strokeWidth={2} className={answered ? 'fill-accent stroke-accent' : colour} />
    case 'failing':
      return <rect x={-4.5} y={-4.5} width={9} height={9} rx={1.5} className={colour} />
    case 'unhealthy':
      return <path d="M0 -5.2 5.4 4.4 -5.4 4.4Z" strokeLinejoin="round" className={colour} />
    case 'orphaned':
      return (
        <path
          d="M0 -4.6 4.6 0 0 4.6 -4.6 0Z"
          strokeWidth={1.6}
          strokeDasharray="2.4 1.4"
          className={colour}
        />
      )
  }
}

/** One instance on its own, for lists. The word stands beside it or in the row's label. */
export function InstanceGlyph({ state, answered = false }: { state: InstanceState; answered?: boolean }) {
  return (
    <svg aria-hidden width={16} height={16} viewBox="-8 -8 16 16" className="shrink-0 overflow-visible">
      {answered && <circle r={8} className="fill-accent/25" />}
      <InstanceShape state={state} answered={answered} />
    </svg>
  )
}
