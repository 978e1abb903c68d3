import { DescribeTasksCommand, StopTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { RegisterInstanceCommand } from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AttemptFinished, RunFinished, RunStarted, TripEvent } from '@/lib/probe/trip'
import { type CalledStack, startCalledStack } from '../support/called-stack'

let stack: CalledStack
beforeAll(async () => {
  stack = await startCalledStack()
}, 60_000)
afterAll(() => stack?.stop())

const attempts = (events: readonly TripEvent[]) =>
  events.filter((event): event is AttemptFinished => event.type === 'attempt')
const started = (events: readonly TripEvent[]) => {
  const found = events.find((event): event is RunStarted => event.type === 'run-started')
  if (!found) throw new Error('the run did not start')
  return found
}
const finished = (events: readonly TripEvent[]) => {
  const found = events.find((event): event is RunFinished => event.type === 'run-finished')
  if (!found) throw new Error('the run did not finish')
  return found
}

describe.each(['dns', 'discover', 'tasks'] as const)('a call of backend-api by %s', (via) => {
  test('names the task that really handled it: its own log has the call', async () => {
    const events = await stack.call({ serviceId: stack.service('backend-api').id, via })
    const [attempt] = attempts(events)
    expect(attempt).toMatchObject({ status: 200, errorKind: null, confirmedByHostname: true })
    const tasks = await stack.tasksThatLogged(`x-switchboard-call=${started(events).runId}.0`)
    expect(tasks).toEqual([attempt?.taskId])
  })

  test('50 times is answered by both tasks, and the counts add up', async () => {
    const service = stack.service('backend-api')
    const events = await stack.call({ serviceId: service.id, via, count: 50, concurrency: 10 })
    const { counts } = finished(events)
    expect(counts).toMatchObject({ asked: 50, ok: 50, failed: 0, answered: 50, notMade: 0 })
    expect(Object.keys(counts.byInstance).sort()).toEqual(service.instances.map(({ id }) => id).sort())
    expect(Object.values(counts.byInstance)).toEqual([25, 25])
    expect(attempts(events).every(({ confirmedByHostname }) => confirmedByHostname === true)).toBe(true)
  })
})

describe('what a call shows', () => {
  test('is the JSON of the service, the same from both ways of resolving', async () => {
    const events = await stack.call({ serviceId: stack.service('backend-api').id })
    const body = events.find((event) => event.type === 'body')
    expect(body?.type === 'body' && JSON.parse(body.text)).toMatchObject({ service: 'backend-api' })
    const steps = events.flatMap((event) => (event.type === 'step' ? [event] : []))
    expect(steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'resolve-by-discover ok',
      'resolve-by-dns ok',
      'pick ok',
      'connect ok',
      'request ok',
      'answer ok',
    ])
    expect(steps[1]?.note).toContain('TTL 60 s')
  })

  test('is an unknown path as a refusal by the instance that answered', async () => {
    const [attempt] = attempts(
      await stack.call({ serviceId: stack.service('backend-api').id, path: '/nothing-here' }),
    )
    expect(attempt).toMatchObject({ status: 404, errorKind: 'http-4xx' })
    expect(attempt?.taskId).not.toBeNull()
  })

  test('is the page of frontend-web on port 3000, the console’s own port on another address', async () => {
    const [attempt] = attempts(await stack.call({ serviceId: stack.service('frontend-web').id, path: '/' }))
    expect(attempt).toMatchObject({ status: 200, port: 3000, errorKind: null })
  })

  test('is what the frontend got from the backend by name', async () => {
    const events = await stack.call({ serviceId: stack.service('frontend-web').id, path: '/call-backend' })
    expect(attempts(events)[0]).toMatchObject({ status: 200, errorKind: null })
  })
})

describe('an instance that somebody registered', () => {
  test('at the metadata address is never connected to, by any way', async () => {
    const service = stack.service('backend-api')
    const serviceId = service.discovery?.serviceId
    await stack.cloud.cloudMap.send(
      new RegisterInstanceCommand({
        ServiceId: serviceId,
        InstanceId: 'metadata',
        Attributes: { AWS_INSTANCE_IPV4: '169.254.169.254' },
      }),
    )
    await stack.waitFor((topology) =>
      topology.services.some(({ instances }) =>
        instances.some(({ address }) => address === '169.254.169.254'),
      ),
    )
    for (const via of ['dns', 'discover'] as const) {
      const events = await stack.call({ serviceId: service.id, via, count: 20 })
      expect(finished(events).counts).toMatchObject({ ok: 20, failed: 0 })
      expect(attempts(events).every(({ address }) => address?.startsWith('127.'))).toBe(true)
      const step = events.find(
        (event) =>
          event.type === 'step' && event.name === (via === 'dns' ? 'resolve-by-dns' : 'resolve-by-discover'),
      )
      expect(
        step?.type === 'step' && step.candidates?.find(({ address }) => address === '169.254.169.254'),
      ).toMatchObject({
        refusal: expect.stringContaining('metadata'),
      })
    }
  })
})

describe('a task that is stopped', () => {
  test('never answers again, while the other one and its replacement do', async () => {
    const service = stack.service('backend-api')
    const victim = service.instances.find(({ taskArn }) => taskArn !== null)
    if (!victim?.taskArn) throw new Error('no task to stop')
    await stack.cloud.ecs.send(
      new StopTaskCommand({ cluster: 'default', task: victim.taskArn, reason: 'a test' }),
    )
    for (;;) {
      const { tasks } = await stack.cloud.ecs.send(
        new DescribeTasksCommand({ cluster: 'default', tasks: [victim.taskArn] }),
      )
      if (tasks?.[0]?.lastStatus === 'STOPPED') break
    }
    for (const via of ['dns', 'discover'] as const) {
      const events = await stack.call({ serviceId: service.id, via, count: 30, concurrency: 5 })
      expect(
        attempts(events)
          .filter(({ status }) => status !== null)
          .map(({ taskId }) => taskId),
      ).not.toContain(victim.taskId)
      expect(finished(events).counts.answered).toBeGreaterThan(0)
    }
  })

  test('leaves a service without instances that is told as such', async () => {
    const service = stack.service('frontend-web')
    await stack.cloud.ecs.send(
      new UpdateServiceCommand({ cluster: 'default', service: 'frontend-web-service', desiredCount: 0 }),
    )
    await stack.waitFor((topology) =>
      topology.services.some(({ id, instances }) => id === service.id && instances.length === 0),
    )
    const [byApi] = attempts(await stack.call({ serviceId: service.id, via: 'discover' }))
    expect(byApi).toMatchObject({ errorKind: 'no-instances', status: null })
    const [byDns] = attempts(await stack.call({ serviceId: service.id, via: 'dns' }))
    expect(byDns).toMatchObject({ errorKind: 'no-instances', status: null })
  })
})
