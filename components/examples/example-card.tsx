'use client'

import { ArrowRight } from 'lucide-react'
import type { Topology } from '@/lib/topology/model'
import { StateGlyph } from '../topology/state-glyph'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { ExampleDrawing } from './example-drawing'
import { exampleState, exampleTones, exampleWords } from './example-state'
import { plannedCounts } from './planned-counts'
import type { Sketch } from './sketch'
import { useParameters } from './use-parameters'

type ExampleCardProps = { example: Sketch; topology: Topology | undefined; onOpen: () => void }

/** One example: its drawing, what it teaches, and whether it is there. */
export function ExampleCard({ example, topology, onOpen }: ExampleCardProps) {
  const { input } = useParameters(example)
  const place = input ?? example.defaults
  const state = topology ? exampleState(place, topology) : null
  const tone = state && exampleTones[state.kind]
  return (
    <article
      aria-label={example.title}
      data-example={example.id}
      data-example-state={state?.kind}
      className="flex min-w-0 flex-col overflow-hidden rounded-card border border-line-strong bg-raised"
    >
      <div className="flex h-[214px] items-center justify-center border-line border-b bg-surface p-4">
        <ExampleDrawing
          example={example}
          namespaceName={place.namespaceName}
          services={state?.services ?? new Map()}
          planned={plannedCounts(place)}
        />
      </div>
      <div className="flex flex-1 flex-col gap-2 px-4 pt-3.5 pb-4">
        <div className="flex items-center gap-2">
          <h2 className="min-w-0 flex-1 truncate font-semibold text-base text-ink">{example.title}</h2>
          {state && tone && (
            <Chip tone={tone} icon={<StateGlyph state={tone} />}>
              {exampleWords[state.kind]}
            </Chip>
          )}
        </div>
        <p className="text-ink text-sm">{example.summary}</p>
        <ul className="flex list-disc flex-col gap-1 pl-4 text-ink-soft text-sm marker:text-ink-faint">
          {example.teaches.map((lesson) => (
            <li key={lesson}>{lesson}</li>
          ))}
        </ul>
        <span className="flex-1" />
        <Button
          size="form"
          tone={state?.kind === 'not deployed' ? 'primary' : 'plain'}
          onPress={onOpen}
          className="mt-2 self-start"
        >
          {state?.kind === 'not deployed' ? 'Deploy…' : 'Test or remove…'}
          <ArrowRight aria-hidden />
        </Button>
      </div>
    </article>
  )
}
