import { FolderTree } from 'lucide-react'
import { useId } from 'react'
import type { ServiceNode } from '@/lib/topology/model'
import { InstanceShape } from '../topology/instance-shape'
import { cn } from '../ui/class-names'
import { type Drawing, layOutDrawing } from './drawing-layout'
import type { Sketch } from './sketch'

const mostDots = 8

type ExampleDrawingProps = {
  example: Sketch
  namespaceName: string
  /** Its services that are there; the others are drawn as plans. */
  services: ReadonlyMap<string, ServiceNode>
  /** How many tasks are planned, by service. */
  planned: ReadonlyMap<string, number>
  className?: string
}

/** An example as it will stand on the map, or as it stands there now. */
export function ExampleDrawing({
  example,
  namespaceName,
  services,
  planned,
  className,
}: ExampleDrawingProps) {
  const drawing = layOutDrawing(example)
  const arrow = useId()
  const words = example.edges.map(({ from, to }) => `${from} calls ${to}`).join(', ')
  return (
    <svg
      role="img"
      aria-label={`${example.title}: ${words}`}
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      style={{ width: drawing.width }}
      className={cn('max-h-full max-w-full font-sans', className)}
    >
      <defs>
        <marker
          id={arrow}
          viewBox="0 0 8 8"
          refX="6.5"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M1 1 6.5 4 1 7" className="fill-none stroke-ink-soft" strokeWidth={1.3} />
        </marker>
      </defs>
      <rect {...drawing.frame} rx={12} className="fill-frame stroke-line-strong" />
      <foreignObject
        x={drawing.frame.x + 12}
        y={drawing.frame.y - 11}
        width={drawing.frame.width - 24}
        height={22}
      >
        <span className="inline-flex h-[22px] max-w-full items-center gap-1.5 rounded-full border border-line-strong bg-raised px-2.5 font-medium text-[11px] text-ink">
          <FolderTree aria-hidden className="size-3 shrink-0 text-ink-soft" />
          <span className="truncate">{namespaceName}</span>
        </span>
      </foreignObject>
      {drawing.wires.map(({ key, path }) => (
        <path
          key={key}
          d={path}
          markerEnd={`url(#${arrow})`}
          strokeDasharray="4 3"
          strokeWidth={1.4}
          className="fill-none stroke-ink-soft"
        />
      ))}
      {drawing.cards.map((card) => (
        <ServiceSketch
          key={card.name}
          card={card}
          size={drawing.card}
          service={services.get(card.name) ?? null}
          planned={planned.get(card.name) ?? 1}
        />
      ))}
    </svg>
  )
}

type ServiceSketchProps = {
  card: Drawing['cards'][number]
  size: { readonly width: number; readonly height: number }
  service: ServiceNode | null
  planned: number
}

function ServiceSketch({ card, size, service, planned }: ServiceSketchProps) {
  const count = service?.ecs ? `${service.ecs.running}/${service.ecs.desired}` : `0/${planned}`
  return (
    <g transform={`translate(${card.x} ${card.y})`}>
      <rect
        width={size.width}
        height={size.height}
        rx={8}
        strokeDasharray={service ? undefined : '4 3'}
        className={service ? 'fill-raised stroke-line-strong' : 'fill-accent-soft stroke-accent'}
      />
      <text x={11} y={20} className="fill-ink font-semibold text-[12.5px]">
        {card.name}
      </text>
      <text x={size.width - 10} y={20} textAnchor="end" className="fill-ink-soft font-mono text-[10.5px]">
        {count}
      </text>
      <text x={11} y={35} className="fill-ink-soft font-mono text-[10.5px]">
        :{card.port}
      </text>
      <g transform="translate(16 49)">
        {service ? (
          service.instances.slice(0, mostDots).map((instance, at) => (
            <g key={instance.id} transform={`translate(${at * 14} 0)`}>
              <InstanceShape state={instance.state} />
            </g>
          ))
        ) : (
          <PlannedDots count={Math.min(planned, mostDots)} />
        )}
      </g>
    </g>
  )
}

function PlannedDots({ count }: { count: number }) {
  return Array.from({ length: count }, (_, at) => (
    <circle
      // biome-ignore lint/suspicious/noArrayIndexKey: planned tasks have no names
      key={at}
      cx={at * 14}
      r={4.4}
      strokeWidth={1.2}
      strokeDasharray="2.3 1.6"
      className="fill-none stroke-ink-soft"
    />
  ))
}
