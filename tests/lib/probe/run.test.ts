import { describe, expect, test } from 'vitest'
import type { CallOutcome, CallPlan } from '@/lib/probe/call'
import { type Found, notFound } from '@/lib/probe/found'
import { type ProbeWorld, run } from '@/lib/probe/run'
import type { CallRequest, RunFinished, TripEvent } from '@/lib/probe/trip'
import type { ServiceNode } from '@/lib/topology/model'
import { backend, facts, task } from './support/nodes'

const found = (...addresses: readonly string[]): Found => ({
  addresses: addresses.map((address) => ({ address, port: null, health: null, instanceId: null })),
  failure: null,
  asked: 'A',
  remark: null,
  server: null,
  ttlSeconds: 60,
})

const answered = (more: Partial<CallOutcome> = {}): CallOutcome => ({
  connectMs: 1,
  firstByteMs: 2,
  totalMs: 4,
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{}'),
  encoding: null,
  errorKind: null,
  errorMessage: null,
  ...more,
})

const request: CallRequest = {
  serviceId: 'service/default/backend-api-service',
  method: 'GET',
  path: '/api/data',
  count: 1,
  concurrency: 1,
  via: 'dns',
}

/** A world that remembers every call that was made in it. */
const makeWorld = (more: Partial<ProbeWorld> = {}) => {
  const plans: CallPlan[] = []
  let clock = 0
  const world: ProbeWorld = {
    readService: () => backend(),
    around: { targetIsLocal: true, ownListeners: [], ownAddresses: new Set() },
    discover: async () => found('127.10.0.11', '127.10.0.12'),
    resolveDns: async () => found('127.10.0.11', '127.10.0.12'),
    call: async (plan) => {
      plans.push(plan)
      return answered({ body: Buffer.from(`{"hostname":"ip-${plan.address.replaceAll('.', '-')}"}`) })
    },
    now: () => clock,
    wallNow: () => 1_000 + clock,
    chance: () => 0,
    makeRunId: () => 'run',
    ...more,
  }
  return {
    world,
    plans,
    advance: (ms: number) => {
      clock += ms
    },
  }
}

const collect = async (
  world: ProbeWorld,
  more: Partial<CallRequest> = {},
  service: ServiceNode = backend(),
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly TripEvent[]> => {
  const events: TripEvent[] = []
  for await (const event of run({ ...request, ...more }, service, world, signal)) events.push(event)
  return events
}

const only = <T extends TripEvent['type']>(events: readonly TripEvent[], type: T) =>
  events.filter((event): event is Extract<TripEvent, { type: T }> => event.type === type)

const finished = (events: readonly TripEvent[]): RunFinished => {
  const [event] = only(events, 'run-finished')
  if (!event) throw new Error('the run did not finish')
  return event
}

describe('a single call', () => {
  test('is told in the order in which it happens', async () => {
    const { world } = makeWorld({
      call: async (_plan, _signal, progress) => {
        progress?.onConnected(1)
        progress?.onHeaders(2, 200)
        return answered()
      },
    })
    const events = await collect(world)
    expect(events.map((event) => (event.type === 'step' ? event.name : event.type))).toEqual([
      'run-started',
      'resolve-by-discover',
      'resolve-by-dns',
      'pick',
      'connect',
      'request',
      'answer',
      'body',
      'attempt',
      'run-finished',
    ])
  })

  test('names the instance whose address was called, confirmed by its own hostname', async () => {
    const { world, plans } = makeWorld()
    const [attempt] = only(await collect(world), 'attempt')
    expect(attempt).toMatchObject({
      instanceId: task(11).id,
      taskId: task(11).taskId,
      address: '127.10.0.11',
      port: 8080,
      status: 200,
      errorKind: null,
      confirmedByHostname: true,
      hostname: 'ip-127-10-0-11',
    })
    expect(plans).toEqual([
      {
        address: '127.10.0.11',
        port: 8080,
        host: 'backend-api.production.local:8080',
        method: 'GET',
        path: '/api/data',
        callId: 'run.0',
      },
    ])
  })

  test('says plainly when the answer names another instance', async () => {
    const { world } = makeWorld({
      call: async () => answered({ body: Buffer.from('{"hostname":"ip-127-10-0-12"}') }),
    })
    const [attempt] = only(await collect(world), 'attempt')
    expect(attempt).toMatchObject({
      instanceId: task(11).id,
      confirmedByHostname: false,
      hostname: 'ip-127-10-0-12',
    })
  })

  test('names the task of an instance that the map does not show yet', async () => {
    const fresh = task(40)
    const { world } = makeWorld({
      discover: async () => ({
        ...found(),
        addresses: [{ address: '127.10.0.40', port: 8080, health: 'HEALTHY', instanceId: fresh.taskId }],
      }),
    })
    const [attempt] = only(await collect(world, { via: 'discover' }), 'attempt')
    expect(attempt).toMatchObject({ instanceId: fresh.id, taskId: fresh.taskId, address: '127.10.0.40' })
  })

  test('gives the answer as text, cut to a length that fits a drawer', async () => {
    const { world } = makeWorld({ call: async () => answered({ body: Buffer.alloc(100_000, 'x') }) })
    const [body] = only(await collect(world), 'body')
    expect(body?.text).toHaveLength(64 * 1024)
    expect(body).toMatchObject({ bytes: 100_000, truncated: true, contentType: 'application/json' })
  })

  test('shows where a redirect points and makes no second call', async () => {
    const location = 'http://169.254.169.254/latest/meta-data/'
    const { world, plans } = makeWorld({
      call: async (plan) => {
        plans.push(plan)
        return answered({ status: 302, headers: { location }, body: Buffer.alloc(0) })
      },
    })
    const [body] = only(await collect(world), 'body')
    expect(body).toMatchObject({ location, locationRefusal: expect.stringContaining('metadata') })
    expect(plans).toHaveLength(1)
  })

  test.each([
    ['/elsewhere', null],
    ['elsewhere?x=1', null],
    ['http://127.10.0.12:8080/', null],
    ['//169.254.169.254/', 'metadata'],
    ['http://backend-api.production.local:8080/', 'names a host'],
    ['https://127.10.0.12:8080/', 'only http:'],
    ['http://[', 'not a URL'],
  ])('says of a redirect to %s whether it would be refused', async (location, why) => {
    const { world } = makeWorld({ call: async () => answered({ status: 302, headers: { location } }) })
    const [body] = only(await collect(world), 'body')
    if (why === null) expect(body?.locationRefusal).toBeNull()
    else expect(body?.locationRefusal).toContain(why)
  })

  test('calls a name without a port on port 80 as just the name', async () => {
    const service = backend({ ports: [], instances: [task(11, { port: 80 })] })
    const { world, plans } = makeWorld({
      readService: () => service,
      resolveDns: async () => found('127.10.0.11'),
    })
    await collect(world, {}, service)
    expect(plans[0]?.host).toBe('backend-api.production.local')
  })

  test('by task addresses names the address itself, for there is no name', async () => {
    const service = backend({ discovery: null })
    const { world, plans } = makeWorld({ readService: () => service })
    const events = await collect(world, { via: 'tasks' }, service)
    expect(plans[0]).toMatchObject({ address: '127.10.0.11', host: '127.10.0.11:8080' })
    expect(
      only(events, 'step')
        .slice(0, 2)
        .map(({ outcome }) => outcome),
    ).toEqual(['skipped', 'skipped'])
  })

  test('takes the port that was asked for, if the service names it', async () => {
    const service = backend({
      ports: [
        { container: 'a', port: 8080, protocol: 'tcp', name: null },
        { container: 'a', port: 9090, protocol: 'tcp', name: null },
      ],
    })
    const { world, plans } = makeWorld({ readService: () => service })
    await collect(world, { port: 9090 }, service)
    expect(plans[0]?.port).toBe(9090)
    const [attempt] = only(await collect(world, { port: 22 }, service), 'attempt')
    expect(attempt).toMatchObject({ errorKind: 'denied' })
    expect(plans).toHaveLength(1)
  })
})

describe('both ways of resolving', () => {
  test('are shown whichever is called by, and their disagreement is said', async () => {
    const { world } = makeWorld({
      discover: async () => found('127.10.0.12'),
      resolveDns: async () => found('127.10.0.11', '127.10.0.12'),
      readService: () => backend({ instances: [task(11), task(12)] }),
    })
    const dns = only(await collect(world, { via: 'discover' }), 'step').find(
      ({ name }) => name === 'resolve-by-dns',
    )
    expect(dns).toMatchObject({ outcome: 'warn' })
    expect(dns?.note).toContain('DNS still names 127.10.0.11')
    expect(dns?.note).toContain('60 s')
  })

  test('go on when the way that was not chosen fails', async () => {
    const { world } = makeWorld({
      discover: async () => notFound('HEALTHY_OR_ELSE_ALL', { code: 'AccessDeniedException', message: 'no' }),
    })
    const events = await collect(world)
    expect(only(events, 'attempt')[0]).toMatchObject({ errorKind: null })
    expect(only(events, 'step')[0]).toMatchObject({ outcome: 'failed', fact: 'AccessDeniedException' })
  })

  test('end the run when the chosen one fails', async () => {
    const { world, plans } = makeWorld({
      resolveDns: async () => notFound('A', { code: 'ENOTFOUND', message: 'no such name' }),
    })
    const events = await collect(world, { count: 5 })
    expect(only(events, 'attempt')).toHaveLength(1)
    expect(only(events, 'attempt')[0]).toMatchObject({
      errorKind: 'resolve',
      errorMessage: 'no such name',
      address: null,
    })
    expect(finished(events).counts).toMatchObject({ asked: 5, ok: 0, failed: 1, notMade: 4 })
    expect(plans).toHaveLength(0)
  })

  test('of a service without a name in Cloud Map are skipped, and a call by name says so', async () => {
    const service = backend({ discovery: null })
    const { world } = makeWorld({ readService: () => service })
    const events = await collect(world, { via: 'dns' }, service)
    expect(only(events, 'attempt')[0]).toMatchObject({ errorKind: 'resolve' })
  })

  test('leave DNS alone in an HTTP namespace', async () => {
    const service = backend({ discovery: { ...facts, dnsName: null } })
    let asked = 0
    const { world } = makeWorld({
      readService: () => service,
      resolveDns: async () => {
        asked += 1
        return found()
      },
    })
    const events = await collect(world, { via: 'discover' }, service)
    expect(asked).toBe(0)
    expect(only(events, 'step')[1]).toMatchObject({ name: 'resolve-by-dns', outcome: 'skipped' })
    expect(only(events, 'run-started')[0]?.host).toBe('backend-api.production.local')
  })
})

describe('nothing to call', () => {
  test('is told as no instances', async () => {
    const { world } = makeWorld({ resolveDns: async () => found() })
    expect(only(await collect(world), 'attempt')[0]).toMatchObject({ errorKind: 'no-instances' })
  })

  test('is told as no instances, too, when DNS has no name because nobody is registered', async () => {
    const { world } = makeWorld({
      discover: async () => found(),
      resolveDns: async () => notFound('A', { code: 'ENOTFOUND', message: 'no such name' }),
    })
    expect(only(await collect(world), 'attempt')[0]).toMatchObject({
      errorKind: 'no-instances',
      errorMessage: 'no such name',
    })
  })

  test('is told as no name when DNS fails for another reason, or Cloud Map does not know', async () => {
    const servfail = notFound('A', { code: 'ESERVFAIL', message: 'failed' })
    const missing = notFound('A', { code: 'ENOTFOUND', message: 'no such name' })
    const unknown = notFound('ALL', { code: 'ServiceNotFound', message: 'gone' })
    for (const [discovered, resolved] of [
      [found(), servfail],
      [unknown, missing],
      [found('127.10.0.11'), missing],
    ] as const) {
      const { world } = makeWorld({ discover: async () => discovered, resolveDns: async () => resolved })
      expect(only(await collect(world), 'attempt')[0]).toMatchObject({ errorKind: 'resolve' })
    }
  })

  test('is told as no port when nothing names one', async () => {
    const service = backend({ ports: [], instances: [task(11, { port: null })] })
    const { world } = makeWorld({ readService: () => service, resolveDns: async () => found('127.10.0.11') })
    expect(only(await collect(world, {}, service), 'attempt')[0]).toMatchObject({ errorKind: 'no-port' })
  })

  test('is said once, however many would have been called at the same time', async () => {
    const { world } = makeWorld({ resolveDns: async () => found() })
    const events = await collect(world, { count: 100, concurrency: 20 })
    expect(only(events, 'attempt')).toHaveLength(1)
    expect(finished(events).counts).toMatchObject({ asked: 100, failed: 1, notMade: 99 })
  })
})

describe('addresses that must not be called', () => {
  const metadata = [
    '169.254.169.254',
    '169.254.170.2',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '127.0.0.1',
    '8.8.8.8',
  ]

  test.each(metadata)('%s from DNS is never connected to', async (address) => {
    const { world, plans } = makeWorld({ resolveDns: async () => found(address) })
    const events = await collect(world)
    expect(only(events, 'attempt')[0]).toMatchObject({ errorKind: 'denied', address: null })
    expect(plans).toEqual([])
  })

  test('among good ones are left out of the turn and named in the step', async () => {
    const { world, plans } = makeWorld({ resolveDns: async () => found('169.254.169.254', '127.10.0.11') })
    const events = await collect(world, { count: 6 })
    expect(new Set(plans.map(({ address }) => address))).toEqual(new Set(['127.10.0.11']))
    const dns = only(events, 'step').find(({ name }) => name === 'resolve-by-dns')
    expect(dns?.note).toContain('169.254.169.254')
    expect(dns).toMatchObject({ outcome: 'warn' })
  })

  test('stay out when Cloud Map itself returns them', async () => {
    const { world, plans } = makeWorld({
      discover: async () => ({
        ...found(),
        addresses: [{ address: '169.254.169.254', port: 80, health: 'HEALTHY', instanceId: 'evil' }],
      }),
    })
    expect(only(await collect(world, { via: 'discover' }), 'attempt')[0]).toMatchObject({
      errorKind: 'denied',
    })
    expect(plans).toEqual([])
  })

  test('stay out when DNS changes its answer in the middle of a run', async () => {
    let asked = 0
    const { world, plans, advance } = makeWorld({
      resolveDns: async () => {
        asked += 1
        return asked === 1 ? found('127.10.0.11') : found('169.254.169.254')
      },
    })
    const call = world.call
    const events = await collect(
      {
        ...world,
        call: (plan, signal) => {
          advance(600)
          return call(plan, signal)
        },
      },
      { count: 10 },
    )
    expect(asked).toBeGreaterThan(1)
    expect(plans.every(({ address }) => address === '127.10.0.11')).toBe(true)
    expect(only(events, 'attempt').at(-1)).toMatchObject({ errorKind: 'denied' })
  })
})

describe('many calls', () => {
  test('take the instances in turn, and the counts add up', async () => {
    const { world } = makeWorld()
    const events = await collect(world, { count: 51, concurrency: 5 })
    const { counts } = finished(events)
    expect(counts).toMatchObject({ asked: 51, ok: 51, failed: 0, answered: 51, notMade: 0 })
    expect(counts.byInstance).toEqual({ [task(11).id]: 26, [task(12).id]: 25 })
    expect(
      only(events, 'attempt')
        .map(({ index }) => index)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 51 }, (_, index) => index))
  })

  test('are told step by step for the first only, without bodies', async () => {
    const { world } = makeWorld()
    const events = await collect(world, { count: 10, concurrency: 3 })
    expect(only(events, 'step').filter(({ name }) => name === 'pick')).toHaveLength(1)
    expect(only(events, 'body')).toHaveLength(0)
  })

  test('never run more at once than asked', async () => {
    let now = 0
    let most = 0
    const { world } = makeWorld({
      call: async () => {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setImmediate(resolve))
        now -= 1
        return answered()
      },
    })
    await collect(world, { count: 60, concurrency: 7 })
    expect(most).toBe(7)
  })

  test('ask again when an answer is a second old, and once at a time', async () => {
    let asked = 0
    const { world, advance } = makeWorld({
      resolveDns: async () => {
        asked += 1
        return found('127.10.0.11', '127.10.0.12')
      },
    })
    const events = await collect(
      {
        ...world,
        call: async () => {
          advance(250)
          return answered()
        },
      },
      { count: 12, concurrency: 1 },
    )
    expect(finished(events).counts.ok).toBe(12)
    expect(asked).toBe(3)
  })

  test('follow a task that is replaced while they run', async () => {
    let service = backend()
    let addresses = ['127.10.0.11', '127.10.0.12']
    const { world, plans, advance } = makeWorld({
      readService: () => service,
      discover: async () => found(...addresses),
      resolveDns: async () => found(...addresses),
    })
    const call = world.call
    await collect(
      {
        ...world,
        call: async (plan, signal) => {
          if (plans.length === 4) {
            service = backend({ instances: [task(12), task(13)] })
            addresses = ['127.10.0.12', '127.10.0.13']
            advance(2_000)
          }
          return call(plan, signal)
        },
      },
      { count: 20 },
    )
    const later = plans.slice(5).map(({ address }) => address)
    expect(new Set(later)).toEqual(new Set(['127.10.0.12', '127.10.0.13']))
  })

  test('count failures by kind beside those that went well', async () => {
    const { world } = makeWorld({
      call: async (plan) =>
        plan.address === '127.10.0.11'
          ? answered({
              connectMs: null,
              firstByteMs: null,
              status: null,
              errorKind: 'refused',
              errorMessage: 'ECONNREFUSED',
            })
          : answered(),
    })
    const { counts } = finished(await collect(world, { count: 10 }))
    expect(counts).toMatchObject({ ok: 5, failed: 5, byErrorKind: { refused: 5 } })
  })
})

describe('stopping', () => {
  test('ends the run with the reason, and no further call is made', async () => {
    const controller = new AbortController()
    const stopped = new Error('stopped')
    const { world, plans } = makeWorld()
    const call = world.call
    const stopping: ProbeWorld = {
      ...world,
      call: async (plan, signal) => {
        if (plans.length === 3) controller.abort(stopped)
        signal.throwIfAborted()
        return call(plan, signal)
      },
    }
    await expect(collect(stopping, { count: 100 }, backend(), controller.signal)).rejects.toBe(stopped)
    expect(plans).toHaveLength(3)
  })

  test('happens by itself when nobody reads any more', async () => {
    const { world, plans } = makeWorld()
    const signal = new AbortController().signal
    for await (const event of run({ ...request, count: 500, concurrency: 5 }, backend(), world, signal)) {
      if (event.type === 'attempt') break
    }
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(plans.length).toBeLessThan(100)
  })

  test('is not needed for a slow reader: the calls wait for it', async () => {
    const { world, plans } = makeWorld()
    const events = run(
      { ...request, count: 500, concurrency: 5 },
      backend(),
      world,
      new AbortController().signal,
    )
    const iterator = events[Symbol.asyncIterator]()
    await iterator.next()
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(plans.length).toBeLessThan(100)
    for (;;) if ((await iterator.next()).done) break
    expect(plans).toHaveLength(500)
  })

  test('hands on what went wrong inside', async () => {
    const { world } = makeWorld({
      call: async () => {
        throw new TypeError('a fault of ours')
      },
    })
    await expect(collect(world)).rejects.toThrow('a fault of ours')
  })
})
