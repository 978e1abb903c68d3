import { describe, expect, it } from 'vitest'
import { concludeLookUp, lookUp, recognise } from '@/lib/plan/run/look-up'
import { stepsOf } from '@/lib/plan/run/next'
import { answeringTarget, contextOf } from '../../../support/run-context'
import { anAnswer, recordWith, stepIn } from '../../../support/run-records'

const lost = recordWith({
  cluster: {
    state: { state: 'unknown', attempts: 1 },
    memory: { uncertain: true, lookedBefore: true, before: { there: false }, sentAtMs: 4_000 },
  },
})

async function lookedUp(answer: () => object) {
  const made = contextOf(lost, { target: answeringTarget(answer) })
  const [at] = stepsOf(lost)
  if (!at) throw new Error('no step')
  await lookUp(made.context, at)
  return { ...made, ...stepIn(made.context.record(), 'cluster') }
}

const shop = {
  clusterName: 'shop',
  clusterArn: 'arn:aws:ecs:us-east-1:000000000000:cluster/shop',
  status: 'ACTIVE',
}

describe('looking for a lost answer', () => {
  it('finds what AWS has made, and writes down that it was done', async () => {
    const { state, wrote } = await lookedUp(() => ({ clusters: [shop] }))
    expect(state).toMatchObject({ state: 'done', made: true, outputs: { clusterArn: shop.clusterArn } })
    expect(wrote.at(-1)).toMatchObject(['concludeOpen', {}, 'cluster', { result: 'done', errorCode: null }])
  })

  it('finds nothing, and writes down that it was not done', async () => {
    const { state, memory, wrote } = await lookedUp(() => ({ clusters: [] }))
    expect(state.state).toBe('failed')
    expect(memory.taken).toBe(false)
    expect(wrote.at(-1)).toMatchObject([
      'concludeOpen',
      {},
      'cluster',
      { result: 'failed', errorCode: 'NotDone' },
    ])
  })

  it('that may not be looked for leaves the outcome open, in the audit too', async () => {
    const { state, context, wrote } = await lookedUp(() => {
      throw Object.assign(new Error('not authorized'), {
        name: 'AccessDeniedException',
        $metadata: { httpStatusCode: 400 },
      })
    })
    expect(state).toMatchObject({ state: 'unknown', error: { code: 'AccessDeniedException' } })
    expect(state.error?.message).toContain('It is not known whether this was done: Create cluster shop.')
    expect(context.record().run.state).toBe('unknown')
    expect(wrote.map(([what]) => what)).toEqual(['save'])
  })
})

describe('a look that is to be done again', () => {
  it('is done until it is clear, and says what is waited for', async () => {
    const { context, published } = contextOf(recordWith({}))
    let looks = 0
    const seen = await recognise(context, 'cluster', 'ecs:CreateCluster', async () => {
      looks += 1
      return looks < 3
        ? { found: null, waitingFor: 'AWS to finish' }
        : { found: true, answer: anAnswer({ requestId: 'found' }) }
    })
    expect(seen).toMatchObject({ answer: { requestId: 'found' } })
    expect(looks).toBe(3)
    expect(published.map((record) => stepIn(record, 'cluster').state.waitingFor)).toEqual(['AWS to finish'])
  })

  it('ends when its time is over', async () => {
    const { context } = contextOf(recordWith({}))
    const seen = await recognise(context, 'cluster', 'ecs:CreateCluster', async () => ({
      found: null,
      waitingFor: 'AWS to finish',
    }))
    expect(seen).toMatchObject({ failure: { code: 'WaitTimedOut' } })
  })
})

describe('what a look-up writes down', () => {
  it.each([
    ['done', anAnswer(), null],
    ['failed', null, 'NotDone'],
  ])('is %s', async (result, answer, errorCode) => {
    const { context, wrote } = contextOf(recordWith({}))
    await concludeLookUp(context, 'cluster', answer, 6_000)
    expect(wrote).toEqual([
      [
        'concludeOpen',
        context.record(),
        'cluster',
        { atMs: 6_000, result, requestId: null, durationMs: null, errorCode },
      ],
    ])
  })
})
