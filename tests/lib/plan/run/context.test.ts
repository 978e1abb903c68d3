import { describe, expect, it } from 'vitest'
import { JournalUnavailable } from '@/lib/plan/journal'
import { contextOf } from '../../../support/run-context'
import { freshRecord, recordWith, stepIn } from '../../../support/run-records'

const atMs = 5_000
const intent = {
  stepId: 'cluster',
  command: 'ecs:CreateCluster',
  subject: 'shop',
  sentence: 'Create cluster shop.',
  action: 'create-cluster',
}
const sending = { type: 'sending', stepId: 'cluster', atMs } as const

describe('one go at a run', () => {
  it('writes down what it is about to send before anybody sees it', async () => {
    const { context, wrote, published } = contextOf(recordWith({}))
    expect(await context.intend(sending, intent)).toBe(7)
    expect(published).toEqual([context.record()])
    expect(stepIn(context.record(), 'cluster').state.state).toBe('running')
    expect(wrote).toEqual([
      [
        'intend',
        context.record(),
        {
          ...intent,
          atMs,
          runId: 'run-1',
          sessionId: 'session-2',
          role: 'operator',
          address: null,
          accountId: '000000000000',
          region: 'us-east-1',
          endpointUrl: 'http://127.0.0.1:4680',
        },
      ],
    ])
  })

  it('stays as it was when that cannot be written down: then nothing is sent', async () => {
    const record = recordWith({})
    const { context, published } = contextOf(record, { isFull: true })
    await expect(context.intend(sending, intent)).rejects.toThrow(JournalUnavailable)
    expect(context.record()).toBe(record)
    expect(published).toEqual([])
  })

  it('tells who watches of every change, and of nothing that changes nothing', () => {
    const { context, published } = contextOf(freshRecord())
    expect(context.tell({ type: 'checked', atMs, differences: [] })).toBe(context.record())
    context.tell({ type: 'halted', atMs, error: { code: 'A', message: 'b', remedy: 'c' } })
    context.tell({ type: 'interrupted', atMs })
    expect(published.map(({ run }) => run.state)).toEqual(['running', 'failed'])
  })

  it('keeps the run as it is now with each outcome', async () => {
    const { context, wrote } = contextOf(freshRecord())
    const outcome = { atMs, result: 'done', requestId: null, durationMs: 1, errorCode: null } as const
    context.tell({ type: 'checked', atMs, differences: [] })
    await context.conclude(7, 'cluster', outcome)
    await context.concludeOpen('cluster', outcome)
    await context.save()
    expect(wrote).toEqual([
      ['conclude', context.record(), 7, 'cluster', outcome],
      ['concludeOpen', context.record(), 'cluster', outcome],
      ['save', context.record()],
    ])
  })
})
