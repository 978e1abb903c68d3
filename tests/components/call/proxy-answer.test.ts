import { describe, expect, it } from 'vitest'
import { provesReached, proxyAnswer } from '@/components/call/proxy-answer'
import { answers } from '@/lib/emulator/service-connect/plane/local-answer'
import type { AttemptFinished, BodySample, RunStarted } from '@/lib/probe/trip'
import { idleTrip, type TripState } from '@/lib/probe/trip-state'

const attempt: AttemptFinished = {
  type: 'attempt',
  index: 0,
  atMs: 1,
  instanceId: null,
  taskId: null,
  address: '127.255.0.2',
  port: 8080,
  status: 503,
  latencyMs: 2,
  errorKind: 'http-5xx',
  errorMessage: null,
  confirmedByHostname: null,
  hostname: null,
}
const started: RunStarted = {
  type: 'run-started',
  runId: 'r',
  atMs: 0,
  serviceId: 'service/default/api',
  serviceName: 'api',
  host: 'api',
  via: 'alias',
  method: 'GET',
  path: '/',
  count: 1,
  concurrency: 1,
  caller: {
    serviceId: 'service/default/web',
    serviceName: 'web',
    clusterName: 'default',
    taskId: 't',
    container: 'web',
  },
}
const body = (text: string): BodySample => ({
  type: 'body',
  index: 0,
  contentType: 'text/plain',
  encoding: null,
  bytes: text.length,
  text,
  truncated: false,
  location: null,
  locationRefusal: null,
})
const trip = (more: Partial<TripState> = {}): TripState => ({
  ...idleTrip,
  attempt,
  started,
  body: body(answers.noHost.body),
  ...more,
})

describe('an answer of the proxy itself', () => {
  it.each([
    [answers.noHost, 'The proxy has no instance to send it to'],
    [answers.connect, 'The proxy could not connect to an instance'],
    [answers.reset, 'The proxy could not connect to an instance'],
    [answers.requestTimeout, 'The proxy waited for an instance and gave up'],
  ])('is known by what it says: %o', ({ status, body: text }, title) =>
    expect(proxyAnswer(trip({ attempt: { ...attempt, status }, body: body(text) }))?.title).toBe(title),
  )
  it.each<[string, Partial<TripState>]>([
    ['an instance that is named said it', { attempt: { ...attempt, taskId: 't', instanceId: 'instance/t' } }],
    ['the call did not go by a proxy', { started: { ...started, via: 'dns' } }],
    ['all is well', { attempt: { ...attempt, status: 200, errorKind: null } }],
    ['it says something of its own', { body: body('{"error":"no healthy upstream"}') }],
    ['it says nothing', { body: null }],
    ['nobody answered', { attempt: null }],
  ])('is none where %s', (_what, more) => expect(proxyAnswer(trip(more))).toBeNull())
})

describe('what an answer proves of the line', () => {
  it.each<[string, Partial<AttemptFinished>, boolean]>([
    ['a named instance answered well', { instanceId: 'instance/t', status: 200, errorKind: null }, true],
    ['a named instance failed inside', { instanceId: 'instance/t', status: 500 }, true],
    ['somebody answered well', { status: 200, errorKind: null }, true],
    ['somebody, perhaps the proxy, answered 503', { status: 503 }, false],
    ['nobody answered', { instanceId: 'instance/t', status: null, errorKind: 'deadline' }, false],
  ])('%s', (_what, more, wanted) => expect(provesReached({ ...attempt, ...more })).toBe(wanted))
})
