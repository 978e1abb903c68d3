import { describe, expect, it } from 'vitest'
import { isReading, makeDurableDispatch } from '@/lib/emulator/store/durable-dispatch'
import type { Answer } from '@/lib/emulator/wire/answer'
import type { ApiRequest } from '@/lib/emulator/wire/dispatch'
import { nameAction } from '@/lib/emulator/wire/name-action'
import { jsonServices, queryServices, supportedOperations } from '@/lib/emulator/wire/operations'
import { keepRegions } from '../../../support/memory-store'
import { testScope } from '../../../support/test-context'

const requestOf = (target: string): ApiRequest => ({
  target,
  authorization: undefined,
  contentType: undefined,
  body: '',
  requestId: 'r',
})
const createCluster = requestOf('AmazonEC2ContainerServiceV20141113.CreateCluster')
const createService = requestOf('Route53AutoNaming_v20170314.CreateService')
const describeClusters = requestOf('AmazonEC2ContainerServiceV20141113.DescribeClusters')
const nowhere = requestOf('Nothing.Here')

function setUp() {
  const kept = keepRegions()
  let count = 0
  const dispatch = makeDurableDispatch({
    ...kept,
    nameAction: (request) => nameAction(request, jsonServices, queryServices),
    dispatch: ({ target }): Answer => {
      const { tags } = kept.regions.of(testScope).ecs
      if (target?.includes('Create')) tags.set(String(count++), new Map())
      else tags.get('0')
      return { status: 200, contentType: 'x', body: String(tags.size) }
    },
  })
  return { ...kept, dispatch, size: () => kept.regions.of(testScope).ecs.tags.size }
}

describe('an answer', () => {
  it('to a change leaves when the change is stored', async () => {
    const { dispatch, store } = setUp()
    const answer = dispatch(createCluster)
    expect(answer).toBeInstanceOf(Promise)
    expect(store.rows.size).toBe(0)
    expect((await answer).body).toBe('1')
    expect(store.rows.size).toBe(1)
  })

  it('to a question leaves at once when everything is stored, and touches nothing', async () => {
    const { dispatch, store, tracked } = setUp()
    await dispatch(createCluster)
    expect(dispatch(describeClusters)).toMatchObject({ body: '1' })
    expect(tracked.isTouched).toBe(false)
    expect(store.writes).toHaveLength(1)
  })

  it('to a question waits for what it tells to be stored', async () => {
    const { dispatch, store } = setUp()
    const change = dispatch(createCluster)
    const answer = dispatch(describeClusters)
    expect(answer).toBeInstanceOf(Promise)
    expect((await answer).body).toBe('1')
    expect(store.rows.size).toBe(1)
    await change
  })

  it('comes for one write of many changes at once', async () => {
    const { dispatch, store } = setUp()
    const answers = await Promise.all(Array.from({ length: 16 }, () => dispatch(createCluster)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(store.writes).toHaveLength(1)
    expect(store.rows.size).toBe(16)
  })

  it('to an unknown service is what it always was', () => {
    const { dispatch } = setUp()
    expect(dispatch(nowhere)).toMatchObject({ status: 200 })
  })
})

describe('while nothing can be stored', () => {
  it('a change is not acknowledged, further ones are not made, and reading goes on', async () => {
    const { dispatch, store, size } = setUp()
    await dispatch(createCluster)
    store.fault = Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
    const refused = await dispatch(createCluster)
    expect(refused.status).toBe(500)
    expect(JSON.parse(refused.body)).toEqual({
      __type: 'ServerException',
      message: expect.stringContaining('the disk is full (SQLITE_FULL)'),
    })
    const before = size()
    expect(JSON.parse((await dispatch(createService)).body)).toEqual({
      __type: 'InternalFailure',
      Message: expect.stringContaining('the disk is full'),
    })
    expect(size()).toBe(before)
    expect(dispatch(describeClusters)).toMatchObject({ status: 200 })
  })

  it('a question that was waiting when it began is answered all the same', async () => {
    const { dispatch, store } = setUp()
    store.fault = new Error('x')
    const change = dispatch(createCluster)
    const answer = dispatch(describeClusters)
    expect((await change).status).toBe(500)
    expect((await answer).status).toBe(200)
  })

  it('the first change after it works again is made and stored', async () => {
    const { dispatch, store, size } = setUp()
    store.fault = new Error('x')
    await dispatch(createCluster)
    store.fault = undefined
    expect((await dispatch(createCluster)).status).toBe(200)
    expect(store.rows.size).toBe(size())
  })
})

describe('what counts as reading', () => {
  it('is what its name says, and nothing else', () => {
    expect(isReading('ecs:DescribeServices')).toBe(true)
    expect(isReading('servicediscovery:DiscoverInstances')).toBe(true)
    for (const name of ['ecs:RunTask', 'ecs:DeleteCluster', 'servicediscovery:UntagResource', 'Describe'])
      expect(isReading(name)).toBe(false)
  })

  it('is about half of what the local cloud has: a rule that matched all would store nothing', () => {
    const changing = supportedOperations.filter(({ operation }) => !isReading(`x:${operation}`))
    expect(changing.length).toBeGreaterThan(25)
    expect(changing.length).toBeLessThan(supportedOperations.length - 25)
  })
})
