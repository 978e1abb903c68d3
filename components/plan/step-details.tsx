import type { PlanStep } from '@/lib/plan/plan'
import type { StepRun } from '@/lib/plan/run-state'
import { Fact, Facts } from '../inspector/section'
import { count } from '../ui/age'
import { Copy } from '../ui/copy'

/** What is to know of a step beyond its sentence: the ids AWS gave, what it needs, how it is taken back. */
export function StepDetails({ planned, step }: { planned: PlanStep; step: StepRun }) {
  const outputs = Object.entries(step.outputs)
  return (
    <div className="mt-1 mb-1.5 rounded-card border border-line bg-raised px-3 py-2">
      <Facts>
        {outputs.map(([name, value]) => (
          <Fact key={name} name={outputNames[name] ?? name}>
            <Copy name={outputNames[name] ?? name} value={value} length={64} />
          </Fact>
        ))}
        {step.requestId !== null && (
          <Fact name="Request id">
            <Copy name="AWS request id" value={step.requestId} />
          </Fact>
        )}
        {step.attempts > 1 && <Fact name="Sent">{count(step.attempts, 'time')}</Fact>}
        <Fact name="Needs" mono>
          {planned.permissions.join(', ')}
        </Fact>
        <Fact name="Recognised by">{planned.recognisedBy}</Fact>
        <Fact name="Undo">{planned.undo.sentence}</Fact>
      </Facts>
      <details className="mt-1 text-xs">
        <summary className="w-fit rounded-chip text-ink-soft hover:text-ink">
          Input of {planned.command}
        </summary>
        <section
          aria-label={`Input of ${planned.command}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="mt-1 max-h-64 overflow-auto rounded-control bg-sunk px-3 py-2"
        >
          <pre className="font-mono text-2xs text-ink leading-[1.6]">
            {JSON.stringify(planned.input, null, 2)}
          </pre>
        </section>
      </details>
    </div>
  )
}

const outputNames: Readonly<Record<string, string>> = {
  clusterArn: 'Cluster',
  taskDefinitionArn: 'Task definition',
  serviceArn: 'Service',
  taskArn: 'Task',
  namespaceId: 'Namespace id',
  namespaceArn: 'Namespace',
  discoveryServiceId: 'Discovery id',
  discoveryServiceArn: 'Discovery ARN',
}
