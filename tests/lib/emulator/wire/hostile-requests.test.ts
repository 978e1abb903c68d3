import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { makeDispatch } from '@/lib/emulator/wire/dispatch'
import { jsonServices, queryServices } from '@/lib/emulator/wire/operations'
import { compileValidator } from '@/lib/emulator/wire/validator'
import { makeInstance, makeNamespace, makeService } from '../../../support/cloud-map'
import { modelledErrors } from '../../../support/modelled-errors'
import { requestArbitrary } from '../../../support/schema-arbitrary'
import { makeTestContext, testScope } from '../../../support/test-context'

// Thousands of requests per test; a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 })

const authorization = `AWS4-HMAC-SHA256 Credential=${testScope.accountId}/20260101/${testScope.region}/ecs/aws4_request, SignedHeaders=host, Signature=${'a'.repeat(64)}`

/** A cloud with one of each thing in it, so that hostile requests can hit something. */
function setUp() {
  const context = makeTestContext({ runtime: 'simulated' })
  const namespace = makeNamespace(context)
  const service = makeService(context, namespace, {
    DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
    HealthCheckCustomConfig: {},
  })
  makeInstance(context, service, 'i-1')
  context.logs.append(testScope, '/ecs/web', 'app/1', [{ atMs: 1, message: 'hello' }])
  context.metrics.put(
    [
      {
        namespace: 'AWS/ECS',
        name: 'TargetResponseTime',
        dimensions: [{ name: 'TargetDiscoveryName', value: 'api' }],
        unit: 'Milliseconds',
        atMs: context.clock.now(),
        sampleCount: 1,
        sum: 2,
        minimum: 2,
        maximum: 2,
        histogram: [[2, 1]],
      },
    ],
    testScope,
  )
  const dispatch = makeDispatch(context, jsonServices, queryServices)
  const ask = (target: string, body: string) =>
    dispatch({ target, authorization, contentType: 'application/x-amz-json-1.1', body, requestId: 'r' })
  ask('AmazonEC2ContainerServiceV20141113.CreateCluster', '{"clusterName":"default"}')
  ask(
    'AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition',
    '{"family":"web","containerDefinitions":[{"name":"app","image":"nginx","memory":64}]}',
  )
  ask(
    'AmazonEC2ContainerServiceV20141113.CreateService',
    '{"serviceName":"web","taskDefinition":"web","desiredCount":1}',
  )
  const [operationId = ''] = context.state.cloudMap.operations.keys()
  const serviceIds = [service.id, service.arn]
  const namespaceIds = [namespace.id, namespace.arn]
  const cluster = 'arn:aws:ecs:us-east-1:111122223333:cluster/default'
  const known = {
    Id: [...serviceIds, ...namespaceIds],
    ServiceId: serviceIds,
    NamespaceId: namespaceIds,
    InstanceId: ['i-1', 'i-2'],
    Instances: ['i-1'],
    OperationId: [operationId],
    ResourceARN: [service.arn, namespace.arn],
    NamespaceName: ['production.local'],
    ServiceName: ['api'],
    Name: ['api', 'other.local'],
    Vpc: ['vpc-1'],
    Namespace: ['AWS/ECS'],
    MetricName: ['TargetResponseTime'],
    Stat: ['Sum', 'p95'],
    Period: ['60'],
    Value: ['api'],
    Attributes: ['127.0.0.9'],
    cluster: ['default', cluster],
    clusters: ['default'],
    clusterName: ['default', 'other'],
    service: ['web'],
    services: ['web'],
    serviceName: ['web', 'other'],
    taskDefinition: ['web', 'web:1'],
    taskDefinitions: ['web:1'],
    family: ['web', 'other'],
    familyPrefix: ['web'],
    resourceArn: [cluster],
    logGroupName: ['/ecs/web'],
    logStreamName: ['app/1'],
    logStreamNames: ['app/1'],
  }
  return { context, ask, known }
}

/** Everything that is kept, as text; functions are how things are cancelled, not what is kept. */
const stateOf = (value: unknown): string => {
  const seen = new WeakSet<object>()
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one !== 'object' || one === null) return one
    if (seen.has(one)) return 'again'
    seen.add(one)
    if (one instanceof Map) return [...one]
    return one instanceof Set ? [...one] : one
  })
}

/** Fails for an answer with a member that the SDK does not know, or with one of the wrong type. */
function outputCheckOf(operationSchema: unknown): (output: object) => void {
  const strangers: string[] = []
  const output = Array.isArray(operationSchema) ? operationSchema[5] : undefined
  const validate = compileValidator([9, '', '', 0, output], {}, 'WrongOutput', (path) => strangers.push(path))
  return (answer) => {
    validate(answer)
    expect(strangers).toEqual([])
  }
}

const operations = jsonServices.flatMap((service) =>
  Object.keys(service.operations).map((operation) => ({ service, operation })),
)

describe.each(jsonServices.map((service) => ({ name: service.name, service })))(
  'every operation of $name',
  ({ service }) => {
    const own = operations.filter((one) => one.service === service)

    it.each(own)(
      '$operation answers hostile requests with a modelled shape, or a modelled error that left the state alone',
      ({ operation }) => {
        const { context, ask, known } = setUp()
        const input = (service.schemas[operation] as unknown[])[4]
        const target = `${service.targetPrefix}.${operation}`
        const allowed = modelledErrors[service.name] ?? new Set()
        const expectModelled = outputCheckOf(service.schemas[operation])
        let before = stateOf(context.state)
        fc.assert(
          fc.property(requestArbitrary(input, { known, enums: service.enums }), (body) => {
            const answer = ask(target, JSON.stringify(body))
            const json = JSON.parse(answer.body)
            if (answer.status === 200) {
              expectModelled(json)
              before = stateOf(context.state)
              return
            }
            expect(
              `${answer.status} ${json.__type} ${context.lines.filter((line) => line.startsWith('error')).join()}`,
            ).toBe(`400 ${allowed.has(json.__type) ? json.__type : 'a modelled error'} `)
            expect(json.message ?? json.Message).toMatch(/\S/)
            expect(stateOf(context.state)).toBe(before)
          }),
          { numRuns: 400 },
        )
        // Whatever was accepted must also run its course.
        context.clock.advance(120_000)
        expect(context.lines.filter((line) => line.startsWith('error'))).toEqual([])
      },
    )
  },
)

describe('hostile bodies', () => {
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '"text"',
    '{"a":'.repeat(100_000),
    '['.repeat(1_000_000),
    `{"a":${'9'.repeat(10_000)}}`,
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    '{"a":1,"a":2}',
    '\ufeff{}',
    '{"a":"\\ud800"}',
    JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, index]))),
  ]

  it.each(operations)('of $operation are refused or read, and pollute nothing', ({ service, operation }) => {
    const { context, ask } = setUp()
    for (const body of bodies) {
      const answer = ask(`${service.targetPrefix}.${operation}`, body)
      expect([200, 400]).toContain(answer.status)
    }
    expect(context.lines.filter((line) => line.startsWith('error'))).toEqual([])
    expect(Object.prototype).not.toHaveProperty('polluted')
  })
})
