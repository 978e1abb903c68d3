import type { InstanceNode } from '@/lib/topology/model'
import { InstanceShape } from './instance-shape'
import { instanceWord } from './state-words'
import type { Answered } from './to-flow'

const step = { x: 14, y: 12 } as const

type InstanceDotsProps = {
  instances: readonly InstanceNode[]
  selectedId: string | null
  answered: Answered | null
  /** They stand in two rows at most. */
  perRow?: number
}

/** Every instance as a shape, at most 24 and then "+n"; one drawing, so that a thousand cards stay light. */
export function InstanceDots({ instances, selectedId, answered, perRow = 12 }: InstanceDotsProps) {
  const shown = pickShown(instances, answered?.instanceId ?? null, 2 * perRow)
  const hidden = instances.length - shown.length
  const rows = Math.ceil(shown.length / perRow)
  const columns = Math.min(perRow, shown.length)
  return (
    <span aria-hidden className="flex shrink-0 items-center gap-1.5">
      <svg aria-hidden width={columns * step.x - 4} height={rows * step.y - 2} className="overflow-visible">
        {shown.map((instance, i) => {
          const isAnswer = answered?.instanceId === instance.id
          return (
            <g
              key={instance.id}
              data-instance-id={instance.id}
              data-answered={isAnswer}
              transform={`translate(${(i % perRow) * step.x + 5} ${Math.floor(i / perRow) * step.y + 5})`}
            >
              <title>{`${instance.address ?? 'no address yet'} · ${instanceWord(instance.state)}`}</title>
              {isAnswer && <circle r={8.5} className="fill-accent/25" />}
              {isAnswer && (
                <circle
                  key={answered.atMs}
                  r={8}
                  className="origin-center animate-answer fill-accent opacity-0 [transform-box:fill-box]"
                />
              )}
              {selectedId === instance.id && (
                <circle r={7.5} className="fill-none stroke-accent" strokeWidth={1.5} />
              )}
              <InstanceShape state={instance.state} answered={isAnswer} />
            </g>
          )
        })}
      </svg>
      {hidden > 0 && <span className="font-mono text-2xs text-ink-soft">+{hidden}</span>}
    </span>
  )
}

/** The first ones; the one that answered is always among them. */
function pickShown(
  instances: readonly InstanceNode[],
  answeredId: string | null,
  most: number,
): readonly InstanceNode[] {
  if (instances.length <= most) return instances
  const first = instances.slice(0, most)
  const answered = instances.find((instance) => instance.id === answeredId)
  return !answered || first.includes(answered) ? first : [...first.slice(0, most - 1), answered]
}
