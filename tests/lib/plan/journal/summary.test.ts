import { describe, expect, it } from 'vitest'
import { summaryOf } from '@/lib/plan/journal/summary'
import { recordWith } from '../../../support/run-records'

describe('a run in a list', () => {
  it('says what it was, where, and how far it came', () => {
    const record = recordWith(
      { cluster: { state: { state: 'done' } }, namespace: { state: { state: 'failed' } } },
      { state: 'failed', finishedAtMs: 9_000 },
    )
    const { target } = record.run
    expect(summaryOf(record)).toEqual({
      id: 'run-1',
      title: 'A plan of a test',
      kind: 'test',
      state: 'failed',
      startedAtMs: 1_000,
      finishedAtMs: 9_000,
      stepsDone: 1,
      steps: 4,
      accountId: target.accountId,
      region: target.region,
      endpointUrl: target.endpointUrl,
    })
  })

  it('counts no step that is under way, unknown or taken back as done', () => {
    for (const state of ['queued', 'waiting', 'running', 'unknown', 'failed', 'undoing', 'undone'] as const)
      expect(summaryOf(recordWith({ cluster: { state: { state } } })).stepsDone).toBe(0)
  })
})
