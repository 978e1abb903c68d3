import { describe, expect, it } from 'vitest'
import type { ActivityIntent, ActivityOutcome } from '@/lib/activity/entry'
import { doAudited, type NoteRequest } from '@/lib/plan/run/audited'

type Open = Parameters<Parameters<Parameters<typeof doAudited>[0]['ask']>[0]>[0]

const of = {
  id: 'a1',
  action: 'open-shell',
  command: 'ecs:ExecuteCommand',
  subject: 'worker 0123',
  sentence: 'Open a shell.',
  by: { sessionId: 's', role: 'operator', address: null },
  target: {
    kind: 'aws',
    accountId: '000000000000',
    region: 'us-east-1',
    endpointUrl: null,
    profile: null,
    readOnly: false,
    localRuntime: null,
  },
} as const

/** Does `work` on the record; what was written, in order. */
async function written<T>(work: (note: NoteRequest) => Promise<T>, refuses: Error | null = null) {
  const log: (ActivityIntent | ActivityOutcome)[] = []
  const journal = {
    async ask<A>(ask: (open: Open) => Promise<A>): Promise<A> {
      return ask({
        async intendAlone(intent: ActivityIntent) {
          if (refuses) throw refuses
          return log.push(intent)
        },
        async concludeAlone(_seq: number, _intent: ActivityIntent, outcome: ActivityOutcome) {
          log.push(outcome)
        },
      })
    },
  }
  let nowMs = 1_000
  const end = await doAudited(
    journal,
    of,
    () => {
      nowMs += 50
      return nowMs
    },
    work,
  ).catch((error: unknown) => error)
  return { log, end }
}

describe('what is done that is no plan', () => {
  it('is written down before, and after with AWS’s request id', async () => {
    const { log, end } = await written(async (note) => {
      note('id-1')
      return 'done'
    })
    expect(end).toBe('done')
    expect(log).toMatchObject([
      { command: 'ecs:ExecuteCommand', role: 'operator', atMs: 1_050 },
      { result: 'done', requestId: 'id-1', errorCode: null },
    ])
  })

  it('that failed has AWS’s code, whatever it was made into, and still the request id', async () => {
    const refused = new Error('no')
    refused.name = 'AccessDeniedException'
    const { log, end } = await written(async (note) => {
      note('id-2')
      throw new Error('not allowed', { cause: refused })
    })
    expect(String(end)).toBe('Error: not allowed')
    expect(log[1]).toMatchObject({
      result: 'failed',
      requestId: 'id-2',
      errorCode: 'AccessDeniedException',
    })
  })

  it('that never reached AWS has no request id', async () => {
    const { log } = await written(async () => {
      throw new TypeError('wrong')
    })
    expect(log[1]).toMatchObject({ result: 'failed', requestId: null, errorCode: 'TypeError' })
  })

  it('is not done when it cannot be written down', async () => {
    let done = false
    const { log } = await written(async () => {
      done = true
    }, new Error('no room'))
    expect([log, done]).toEqual([[], false])
  })
})
