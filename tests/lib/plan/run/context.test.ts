import { describe, expect, it } from 'vitest'
import { type Journal, JournalUnavailable } from '@/lib/plan/journal'
import { startContext } from '@/lib/plan/run/context'
import type { RunRecord } from '@/lib/plan/run/record'
import { reduce } from '@/lib/plan/run/reduce'
import { targetAt } from '../../../support/plan-scene'
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

/** A journal that says what it was asked to write; `isFull`: it cannot. */
function listeningJournal(isFull = false) {
  const wrote: (readonly unknown[])[] = []
  const write = async <T>(what: string, given: readonly unknown[], answer: T): Promise<T> => {
    if (isFull) throw new JournalUnavailable('/state', new Error('no space'))
    wrote.push([what, ...given])
    return answer
  }
  const journal: Journal = {
    begin: (record) => write('begin', [record], { begun: true, id: record.run.id }),
    save: (record) => write('save', [record], undefined),
    intend: (...given) => write('intend', given, 7),
    conclude: (...given) => write('conclude', given, undefined),
    intendAlone: (...given) => write('intendAlone', given, 7),
    concludeAlone: (...given) => write('concludeAlone', given, undefined),
    concludeOpen: (...given) => write('concludeOpen', given, undefined),
    read: () => Promise.resolve(null),
    runOfIntent: () => Promise.resolve(null),
    list: () => Promise.resolve([]),
    claim: () => Promise.resolve(true),
    release: () => Promise.resolve(),
    abandoned: () => Promise.resolve([]),
    activity: () => Promise.resolve({ entries: [], nextBeforeSeq: null }),
    verifyActivity: () => Promise.resolve(null),
    close: () => Promise.resolve(),
  }
  return { journal, wrote }
}

function contextOf(record: RunRecord, isFull = false) {
  const { journal, wrote } = listeningJournal(isFull)
  const published: RunRecord[] = []
  const context = startContext({
    target: targetAt('http://127.0.0.1:9'),
    time: { now: () => atMs, sleep: () => Promise.resolve() },
    pace: { firstMs: 1, longestMs: 1 },
    lookUpMs: 1,
    lookAfterChange: () => undefined,
    journal,
    by: { sessionId: 'session-2', role: 'operator', address: null },
    record,
    reduce,
    publish: (next) => published.push(next),
  })
  return { context, wrote, published }
}

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
    const { context, published } = contextOf(record, true)
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
