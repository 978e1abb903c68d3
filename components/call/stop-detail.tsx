import type { Candidate, Step, StepName } from '@/lib/probe/trip'
import { formatMs, formatPlace } from './format'

const names: Readonly<Record<StepName, string>> = {
  enter: 'ECS Exec',
  'resolve-by-alias': 'Alias',
  'resolve-by-discover': 'DiscoverInstances',
  'resolve-by-dns': 'DNS',
  pick: 'Pick',
  connect: 'Connect',
  request: 'Request',
  answer: 'Answer',
}

/** What a stop of the trip did, why, and what it had to choose from. */
export function StopDetail({ steps }: { steps: readonly Step[] }) {
  return (
    <div className="flex flex-col gap-3 rounded-card border border-line bg-sunk px-3 py-2">
      {steps.map((step) => (
        <section key={step.name} aria-label={names[step.name]} className="min-w-0">
          <p className="text-xs">
            <span className="font-medium">{names[step.name]}</span>
            <span className="text-ink-soft">
              {' '}
              {step.fact}
              {step.outcome === 'skipped' ? '' : ` in ${formatMs(step.durationMs)}`}
              {step.note ? `. ${step.note}` : ''}
            </span>
          </p>
          <p className="mt-0.5 text-ink-soft text-xs">{step.lesson}</p>
          {step.candidates && step.candidates.length > 0 && (
            <ul aria-label="Addresses" className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5">
              {step.candidates.map((candidate) => (
                <CandidateItem key={`${candidate.address} ${candidate.port}`} candidate={candidate} />
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  )
}

function CandidateItem({ candidate }: { candidate: Candidate }) {
  return (
    <li className="text-2xs">
      <span className="font-mono">{formatPlace(candidate.address, candidate.port)}</span>
      {candidate.health && <span className="text-ink-soft"> {candidate.health.toLowerCase()}</span>}
      {candidate.refusal && <span className="text-bad-ink"> refused: {candidate.refusal}</span>}
    </li>
  )
}
