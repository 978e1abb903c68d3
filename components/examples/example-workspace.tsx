'use client'

import { ArrowLeft, PhoneOutgoing, Rocket, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Failed } from '../inspector/outcome'
import { isMoving } from '../plan/run-words'
import { useRun } from '../plan/use-run'
import { useStart } from '../plan/use-start'
import { useTopology } from '../topology/feed/use-feed'
import { Button } from '../ui/button'
import { useMedia } from '../ui/use-media'
import { PreviewDisclosure } from '../wizard/preview-disclosure'
import { usePreview } from '../wizard/use-preview'
import { ExampleHead } from './example-head'
import { ExamplePreview } from './example-preview'
import { exampleState, leftovers } from './example-state'
import { ParameterFields } from './parameter-fields'
import { PlanPart } from './plan-part'
import { isAwaited, proofsOf } from './proofs'
import { ProofsTable } from './proofs-table'
import { RemoveExample } from './remove-example'
import { RunPart } from './run-part'
import type { Sketch } from './sketch'
import { useParameters } from './use-parameters'
import { useProofs } from './use-proofs'

/** One example from its parameters to its end: deploy, call, remove, with the plan and the drawing beside it. */
export function ExampleWorkspace({ example, onLeave }: { example: Sketch; onLeave: () => void }) {
  const topology = useTopology()
  const isWide = useMedia('(min-width: 75rem)')
  const parameters = useParameters(example)
  const place = parameters.input ?? example.defaults
  const state = topology ? exampleState(place, topology) : null
  const previewed = usePreview('deploy-example', parameters.input)
  const [runId, setRunId] = useState<string | null>(null)
  const [removing, setRemoving] = useState(false)
  const [isRemoved, setRemoved] = useState(false)
  const { news, again } = useRun(runId)
  const proving = useProofs()
  const started = (id: string) => {
    setRunId(id)
    setRemoving(false)
  }
  const deploying = useStart('deploy-example', parameters.input, (id) => {
    setRemoved(false)
    started(id)
  })
  const planned = previewed.preview?.planned ?? null
  const plan = planned?.ok ? planned.plan : null
  const isBusy = news.run !== null && isMoving(news.run.state)
  const isThere = state !== null && state.services.size > 0
  const proofs = state ? proofsOf(example, state.services) : []
  const canTest =
    proofs.length > 0 && !proving.isRunning && state !== null && !isAwaited(example, state.services)
  const canDeploy =
    plan !== null && plan.steps.length > 0 && !previewed.isBehind && !isBusy && !deploying.pending
  const preview = (
    <ExamplePreview
      example={example}
      place={place}
      state={state}
      previewed={previewed}
      runId={runId}
      run={news.run}
    />
  )
  return (
    <div className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_minmax(0,462px)] grid-rows-[minmax(0,1fr)] max-wide:grid-cols-1">
      <div className="flex min-h-0 min-w-0 flex-col">
        <ExampleHead example={example} state={state} />
        <section
          aria-label={example.title}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="flex min-h-0 flex-1 flex-col gap-6 overflow-auto px-8 py-5 focus-visible:-outline-offset-2"
        >
          <ParameterFields example={example} parameters={parameters} />
          {isThere && proving.proofs.length > 0 && (
            <ProofsTable proofs={proving.proofs} outcomes={proving.outcomes} />
          )}
          {runId !== null ? (
            <RunPart
              news={news}
              again={again}
              left={isRemoved && topology ? leftovers(place, topology) : null}
              onPutAway={() => setRunId(null)}
            />
          ) : (
            state?.kind !== 'deployed' && <PlanPart previewed={previewed} />
          )}
          {runId === null && state?.kind === 'deployed' && proving.proofs.length === 0 && (
            <p className="text-ink-soft text-sm">
              It runs. Test all calls goes over every edge and says which task answered.
            </p>
          )}
          {deploying.failure && <Failed failure={deploying.failure} />}
        </section>
        {!isWide && <PreviewDisclosure>{preview}</PreviewDisclosure>}
        <footer className="flex flex-wrap items-center gap-2 border-line border-t bg-raised px-8 py-3">
          <Button size="form" onPress={onLeave}>
            <ArrowLeft aria-hidden />
            All examples
          </Button>
          <span className="flex-1" />
          {isThere && (
            <Button
              size="form"
              isDisabled={isBusy || topology?.target.readOnly}
              onPress={() => setRemoving(true)}
              className="text-bad-ink"
            >
              <Trash2 aria-hidden />
              Remove everything…
            </Button>
          )}
          {isThere && (
            <Button
              size="form"
              tone={state?.kind === 'deployed' ? 'primary' : 'plain'}
              isDisabled={!canTest}
              onPress={() => proving.start(proofs)}
            >
              <PhoneOutgoing aria-hidden />
              {proving.isRunning ? 'Calling…' : 'Test all calls'}
            </Button>
          )}
          {state?.kind !== 'deployed' && state?.kind !== 'changing' && (
            <Button
              size="form"
              tone="primary"
              isDisabled={!canDeploy}
              onPress={() => plan && deploying.start(plan, plan.confirm)}
            >
              <Rocket aria-hidden />
              {deploying.pending ? 'Starting…' : state?.kind === 'partly' ? 'Deploy the rest' : 'Deploy'}
            </Button>
          )}
        </footer>
      </div>
      {isWide && (
        <aside aria-label="Preview" className="min-h-0 min-w-0 border-line border-l">
          {preview}
        </aside>
      )}
      {removing && (
        <RemoveExample
          example={example}
          place={place}
          onStarted={(id) => {
            setRemoved(true)
            proving.clear()
            started(id)
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  )
}
