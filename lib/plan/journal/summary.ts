import type { RunSummary } from '../journal'
import type { RunRecord } from '../run/record'

/** A run as lists show it. */
export function summaryOf({ kind, run }: RunRecord): RunSummary {
  return {
    id: run.id,
    title: run.plan.title,
    kind,
    state: run.state,
    startedAtMs: run.startedAtMs,
    finishedAtMs: run.finishedAtMs,
    stepsDone: run.steps.filter(({ state }) => state === 'done').length,
    steps: run.steps.length,
    accountId: run.target.accountId,
    region: run.target.region,
    endpointUrl: run.target.endpointUrl,
  }
}
