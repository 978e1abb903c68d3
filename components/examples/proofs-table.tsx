import { ArrowRight, Check, OctagonAlert } from 'lucide-react'
import { failureOf } from '@/lib/probe/failure'
import { formatMs, formatPlace } from '../call/format'
import { Chip } from '../ui/chip'
import { Copy } from '../ui/copy'
import { shortTask } from '../ui/shorten'
import type { Proof } from './proofs'
import type { ProofOutcome } from './use-proofs'

type ProofsTableProps = { proofs: readonly Proof[]; outcomes: ReadonlyMap<string, ProofOutcome> }

/** Every declared edge with the call that proves it, and which instance answered. */
export function ProofsTable({ proofs, outcomes }: ProofsTableProps) {
  return (
    <section
      aria-label="Calls"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="shrink-0 overflow-x-auto rounded-card border border-line bg-raised focus-visible:-outline-offset-2"
    >
      <table className="w-full min-w-[640px] text-left text-xs">
        <thead>
          <tr className="text-ink-soft [&_th]:px-3 [&_th]:py-2 [&_th]:font-normal">
            <th scope="col">Edge</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Path</th>
            <th scope="col">Result</th>
            <th scope="col">Answered by</th>
            <th scope="col" className="text-right">
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {proofs.map((proof) => (
            <ProofRow key={proof.key} proof={proof} outcome={outcomes.get(proof.key) ?? null} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ProofRow({ proof, outcome }: { proof: Proof; outcome: ProofOutcome | null }) {
  const attempt = outcome?.kind === 'answered' ? outcome.attempt : null
  return (
    <tr
      data-proof={proof.key}
      data-proof-outcome={isGood(outcome) ? 'answered' : (outcome?.kind ?? 'queued')}
      className="border-line border-t align-top [&>*]:px-3 [&>*]:py-2"
    >
      <th scope="row" className="whitespace-nowrap font-medium text-ink">
        {proof.caller} <ArrowRight aria-label="calls" className="mx-0.5 inline size-3 text-ink-soft" />{' '}
        {proof.callee}
      </th>
      <td className="whitespace-nowrap text-ink-soft">
        {outcome?.kind === 'answered' && outcome.isInside ? `a task of ${proof.caller}` : 'this console'}
      </td>
      <td className="text-ink">
        {proof.called}
        {proof.isThroughCaller && (
          <span className="block text-2xs text-ink-soft">which calls {proof.callee} itself</span>
        )}
      </td>
      <td className="whitespace-nowrap font-mono text-ink">{proof.request.path}</td>
      <td>
        <Result outcome={outcome} />
      </td>
      <td className="whitespace-nowrap">
        {attempt?.address != null && attempt.status !== null && (
          <span className="flex flex-col">
            <Copy name="address" value={formatPlace(attempt.address, attempt.port)} className="min-h-5" />
            {attempt.taskId !== null && (
              <span className="font-mono text-2xs text-ink-soft">task {shortTask(attempt.taskId)}</span>
            )}
          </span>
        )}
      </td>
      <td className="whitespace-nowrap text-right font-mono text-ink-soft tabular-nums">
        {attempt && formatMs(attempt.latencyMs)}
      </td>
    </tr>
  )
}

const isGood = (outcome: ProofOutcome | null) =>
  outcome?.kind === 'answered' && outcome.attempt.errorKind === null

function Result({ outcome }: { outcome: ProofOutcome | null }) {
  if (!outcome) return <span className="text-ink-soft">queued</span>
  if (outcome.kind === 'calling') return <Chip tone="busy">calling</Chip>
  if (outcome.kind === 'not made') return <Bad word="not called" why={outcome.message} />
  const { status, errorKind, errorMessage } = outcome.attempt
  if (errorKind === null)
    return (
      <Chip tone="ok" icon={<Check aria-hidden />}>
        {status}
      </Chip>
    )
  const failure = failureOf(errorKind)
  return <Bad word={status === null ? failure.title : String(status)} why={errorMessage ?? failure.meaning} />
}

function Bad({ word, why }: { word: string; why: string }) {
  return (
    <span className="flex max-w-64 flex-col gap-0.5">
      <Chip tone="bad" icon={<OctagonAlert aria-hidden />} className="self-start">
        {word}
      </Chip>
      <span className="wrap-anywhere text-2xs text-ink-soft">{why}</span>
    </span>
  )
}
