'use client'

import { type EdgeProps, getBezierPath } from '@xyflow/react'
import { memo } from 'react'
import { cn } from '../ui/class-names'
import { describeEvidence, verifiedOf, wireLabel } from './evidence-words'
import { useLevel } from './level-of-detail'
import { useMapActions } from './map-actions'
import { isTroubled, type Observed, readObserved, strokeOf } from './observed'
import type { WireData, WireFlowEdge } from './to-flow'

/** Width of one mono character at 11 px: the label's box is reckoned, not measured. */
const characterWidth = 6.62

/** A line from caller to callee: dashed when declared, solid when calls were seen, red when it cannot work. */
export const Wire = memo(function Wire(props: EdgeProps<WireFlowEdge>) {
  const level = useLevel()
  const { select } = useMapActions()
  const [path, labelX, labelY] = getBezierPath({ ...props, curvature: 0.32 })
  if (!props.data) return null
  const { edge, names, selected, dimmed } = props.data
  const seen = readObserved(edge)
  const tone = pickTone(props.data, seen)
  const verified = verifiedOf(edge)
  const isSolid = seen !== null || verified !== null
  const isFresh = seen?.isLive || verified?.isRecent
  // The line fades, its label stays legible.
  const isSilent = isSolid && !isFresh && !edge.problem && !selected
  const width = strokeOf(seen) + (selected ? 0.75 : 0)
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG group cannot be a button element
    <g
      role="button"
      tabIndex={-1}
      aria-label={describeEvidence(edge, names)}
      aria-pressed={selected}
      data-edge-id={edge.id}
      onClick={() => select(edge.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') select(edge.id)
      }}
      className={cn('group pointer-events-auto transition-opacity duration-150', dimmed && 'opacity-15')}
    >
      <path d={path} className="fill-none stroke-transparent" strokeWidth={16} />
      <path
        d={path}
        markerEnd={`url(#wire-${tone})`}
        strokeDasharray={isSolid ? undefined : '5 4'}
        className={cn(
          'fill-none transition-[stroke,opacity] duration-250 group-hover:stroke-ink group-hover:opacity-100',
          strokes[tone],
          isSilent && 'opacity-50',
        )}
        strokeWidth={level === 'full' ? width : Math.max(2.5, width)}
      />
      {level === 'full' && <WireLabel x={labelX} y={labelY} text={wireLabel(edge)} tone={tone} />}
    </g>
  )
})

type Tone = 'plain' | 'strong' | 'accent' | 'ok' | 'warn' | 'bad'

const strokes: Record<Tone, string> = {
  plain: 'stroke-ink-faint',
  strong: 'stroke-ink-soft',
  accent: 'stroke-accent',
  ok: 'stroke-ok',
  warn: 'stroke-warn',
  bad: 'stroke-bad',
}

function pickTone(data: WireData, seen: Observed | null): Tone {
  if (data.edge.problem) return 'bad'
  if (data.selected) return 'accent'
  if (seen?.isLive) return isTroubled(seen) ? 'warn' : 'ok'
  if (verifiedOf(data.edge)) return 'accent'
  return data.touched ? 'strong' : 'plain'
}

const labelInks: Record<Tone, string> = {
  plain: 'fill-ink-soft',
  strong: 'fill-ink-soft',
  accent: 'fill-ink-soft',
  ok: 'fill-ink',
  warn: 'fill-warn-ink',
  bad: 'fill-bad-ink',
}

function WireLabel({ x, y, text, tone }: { x: number; y: number; text: string; tone: Tone }) {
  const width = Math.ceil(text.length * characterWidth) + 12
  return (
    <g transform={`translate(${Math.round(x - width / 2)} ${Math.round(y - 9)})`}>
      <rect
        width={width}
        height={18}
        rx={5}
        className={cn(
          'fill-raised',
          tone === 'bad'
            ? 'stroke-bad/60'
            : tone === 'warn'
              ? 'stroke-warn/60'
              : 'stroke-line-strong group-hover:stroke-ink-faint',
        )}
      />
      <text x={width / 2} y={12.5} textAnchor="middle" className={cn('font-mono text-2xs', labelInks[tone])}>
        {text}
      </text>
    </g>
  )
}

/** Arrow heads in the colours of the lines; drawn once for the whole map. */
export function WireMarkers() {
  return (
    <svg aria-hidden className="absolute size-0">
      <defs>
        {(['plain', 'strong', 'accent', 'ok', 'warn', 'bad'] as const).map((tone) => (
          <marker
            key={tone}
            id={`wire-${tone}`}
            viewBox="0 0 10 10"
            refX={8.5}
            refY={5}
            markerWidth={9}
            markerHeight={9}
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path
              d="M2 1.5 8.5 5 2 8.5"
              strokeWidth={1.5}
              strokeLinecap="round"
              strokeLinejoin="round"
              className={cn('fill-none', strokes[tone])}
            />
          </marker>
        ))}
      </defs>
    </svg>
  )
}
