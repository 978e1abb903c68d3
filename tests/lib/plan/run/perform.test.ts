import { describe, expect, it } from 'vitest'
import { JournalUnavailable } from '@/lib/plan/journal'
import { next } from '@/lib/plan/run/next'
import { perform } from '@/lib/plan/run/perform'
import type { RunRecord } from '@/lib/plan/run/record'
import { answeringTarget, contextOf } from '../../../support/run-context'
import { freshRecord, recordWith, stepIn } from '../../../support/run-records'

const arn = 'arn:aws:ecs:us-east-1:000000000000:cluster/shop'
const account = { Account: '000000000000' }
const denied = () =>
  Object.assign(new Error('not authorized'), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 400, requestId: 'request-9' },
  })

/** Does the next thing of a record; says what was sent and what was written. */
async function performed(record: RunRecord, answer: (command: string) => object, isFull = false) {
  const sent: string[] = []
  const target = answeringTarget((command) => {
    sent.push(command.replace(/Command$/, ''))
    return answer(command)
  })
  const made = contextOf(record, { target, isFull })
  const todo = next(record)
  if (todo.kind === 'rest') throw new Error('There is nothing to do.')
  await perform(made.context, todo)
  return { ...made, sent, record: made.context.record() }
}

describe('the next thing', () => {
  it('is the check: the account is asked for, and nothing is sent that changes anything', async () => {
    const { record, sent } = await performed(freshRecord(), () => account)
    expect(record.checked).toBe(true)
    expect(sent).toEqual(['GetCallerIdentity'])
  })

  it('halts when the account is another one than on the screen', async () => {
    const { record } = await performed(freshRecord(), () => ({ Account: '999999999999' }))
    expect(record.run).toMatchObject({ state: 'failed', error: { code: 'WrongAccount' } })
    expect(record.run.steps.every(({ state }) => state === 'queued')).toBe(true)
  })

  it('is a look at what is there, which is remembered', async () => {
    const { record, sent, wrote } = await performed(recordWith({}), () => ({ clusters: [] }))
    expect(stepIn(record, 'cluster').memory).toMatchObject({ lookedBefore: true, before: { there: false } })
    expect(sent).toEqual(['DescribeClusters'])
    expect(wrote).toEqual([])
  })

  it('is the call, written down before and after', async () => {
    const ready = recordWith({ cluster: { memory: { lookedBefore: true, before: { there: false } } } })
    const { record, sent, wrote } = await performed(ready, () => ({ cluster: { clusterArn: arn } }))
    expect(sent).toEqual(['CreateCluster'])
    expect(wrote.map(([what]) => what)).toEqual(['intend', 'conclude'])
    expect(stepIn(record, 'cluster').state).toMatchObject({ state: 'done', outputs: { clusterArn: arn } })
  })

  it('is not sent when it cannot be written down', async () => {
    const ready = recordWith({ cluster: { memory: { lookedBefore: true } } })
    const sent: string[] = []
    await expect(
      performed(
        ready,
        (command) => {
          sent.push(command)
          return {}
        },
        true,
      ),
    ).rejects.toBeInstanceOf(JournalUnavailable)
    expect(sent).toEqual([])
  })

  it('that was refused fails its step with AWS’s code, and the audit has it', async () => {
    const ready = recordWith({ cluster: { memory: { lookedBefore: true } } })
    const { record, wrote } = await performed(ready, () => {
      throw denied()
    })
    expect(record.run.state).toBe('failed')
    expect(stepIn(record, 'cluster').state).toMatchObject({
      state: 'failed',
      made: false,
      error: { code: 'AccessDeniedException' },
    })
    expect(wrote.at(-1)).toMatchObject([
      'conclude',
      {},
      7,
      'cluster',
      { result: 'failed', errorCode: 'AccessDeniedException', requestId: 'request-9' },
    ])
  })

  it('fails its step when a look before it is refused: nothing was sent', async () => {
    const { record, wrote } = await performed(recordWith({}), () => {
      throw denied()
    })
    expect(stepIn(record, 'cluster').state).toMatchObject({ state: 'failed', made: false, attempts: 0 })
    expect(wrote).toEqual([])
  })

  it('of an undo is a look, then the call that takes the step back', async () => {
    const made = { state: { state: 'done', made: true, outputs: { clusterArn: arn } } } as const
    const looked = await performed(recordWith({ cluster: made }, { state: 'undoing' }), () => ({}))
    expect(looked.sent).toEqual([])
    const undone = await performed(looked.record, () => ({}))
    expect(undone.sent).toEqual(['DeleteCluster'])
    expect(undone.record.run.state).toBe('undone')
    expect(undone.wrote[0]).toMatchObject([
      'intend',
      {},
      { action: 'undo of test', command: 'ecs:DeleteCluster' },
    ])
  })

  it('of an undo fails the undo when it is refused', async () => {
    const made = { state: { state: 'done', made: true, outputs: { clusterArn: arn } } } as const
    const looked = await performed(recordWith({ cluster: made }, { state: 'undoing' }), () => ({}))
    const { record } = await performed(looked.record, () => {
      throw denied()
    })
    expect(record.run.state).toBe('undo failed')
    expect(stepIn(record, 'cluster').state).toMatchObject({ state: 'undo failed', made: true })
  })

  it('that names an output which no step gave says that the plan is at fault', async () => {
    const made = { state: { state: 'done', made: true, outputs: {} } } as const
    const { record, sent } = await performed(recordWith({ cluster: made }, { state: 'undoing' }), () => ({}))
    expect(stepIn(record, 'cluster').state.error).toMatchObject({ code: 'UnresolvedRef' })
    expect(sent).toEqual([])
  })
})
