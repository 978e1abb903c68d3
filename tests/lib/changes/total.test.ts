import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changes, planChange } from '@/lib/changes/catalogue'
import { changeKinds } from '@/lib/changes/change'
import { choicesFrom } from '@/lib/changes/choices'
import { examples } from '@/lib/changes/examples/all'
import { previewTopology } from '@/lib/changes/ghosts'
import { exampleIds } from '@/lib/changes/inputs/examples'
import { needsOf } from '@/lib/changes/needs'
import type { Plan } from '@/lib/plan/plan'
import {
  clusterInput,
  definitionForm,
  discoveryInput,
  namespaceInput,
  runInput,
  serviceInput,
} from '../../support/change-inputs'
import { clusterArn, definitionArn, taskId } from '../../support/inventory'
import { refsIn, textsIn } from '../../support/planned'
import { anyWorld, taskArn } from '../../support/world'

const pick = <T>(...items: readonly T[]) => fc.constantFrom(...items)
const names = pick('web', 'api', 'db', 'worker')
const flag = fc.boolean()
const anyService = names.map((name) => `arn:aws:ecs:us-east-1:000000000000:service/${name}`)
const anyCluster = pick(clusterArn(), clusterArn('other'))
const anyNamespaceId = pick('ns-production.local', 'ns-apps', 'ns-eu.production.local')

const anyConnectNamespace = fc.oneof(
  fc.constant({ kind: 'default' as const }),
  anyNamespaceId.map((id) => ({ kind: 'existing' as const, id, type: 'HTTP' as const })),
  fc.constant({
    kind: 'new' as const,
    namespace: { type: 'HTTP' as const, name: 'mesh', description: '', tags: [] },
  }),
)
const connectRest = {
  logs: { kind: 'none' as const },
  accessLogs: 'off' as const,
  includeQueryParameters: false,
}
const anyConnectWish = fc.oneof(
  fc.constant({ mode: 'off' as const }),
  anyConnectNamespace.map((namespace) => ({ mode: 'client' as const, namespace, ...connectRest })),
  fc
    .record({ namespace: anyConnectNamespace, port: pick(80, 8080), alias: pick('', 'web', 'api') })
    .map(({ namespace, port, alias }) => ({
      mode: 'client and server' as const,
      namespace,
      ...connectRest,
      endpoints: [
        {
          container: 'web',
          containerPort: port,
          portName: 'web',
          appProtocol: 'http' as const,
          discoveryName: 'web-sc',
          aliasDnsName: alias,
          aliasPort: 80,
          ingressPort: null,
          idleTimeoutSeconds: null,
          perRequestTimeoutSeconds: null,
        },
      ],
    })),
)

/** Inputs that fit the schemas, about things that the arbitrary worlds may or may not have. */
const anyWanted = fc.oneof(
  fc.record({ kind: pick('create-cluster'), input: names.map((name) => clusterInput({ name })) }),
  fc.record({
    kind: pick('create-namespace'),
    input: pick('production.local', 'apps').map((name) => namespaceInput({ name })),
  }),
  fc.record({
    kind: pick('create-discovery-service'),
    input: fc
      .record({ id: anyNamespaceId, name: names })
      .map(({ id, name }) =>
        discoveryInput({ namespace: { kind: 'existing', id, type: 'DNS_PRIVATE' }, name }),
      ),
  }),
  fc.record({
    kind: pick('create-service'),
    input: fc
      .record({
        arn: anyCluster,
        name: pick('fresh', 'web'),
        revision: names,
        bare: flag,
        registry: names,
        srv: flag,
        namespaceId: anyNamespaceId,
        connects: flag,
      })
      .map(({ arn, name, revision, bare, registry, srv, namespaceId, connects }) =>
        serviceInput({
          cluster: { kind: 'existing', arn },
          name,
          taskDefinition: { kind: 'existing', arn: definitionArn(revision) },
          ...(bare ? { taskDefinition: { kind: 'form', form: definitionForm() } } : {}),
          registry: bare
            ? { kind: 'none' }
            : {
                kind: 'existing',
                id: `srv-${registry}`,
                recordTypes: [srv ? 'SRV' : 'A'],
                containerName: srv ? 'web' : '',
                containerPort: srv ? 80 : null,
              },
          serviceConnect: connects
            ? { kind: 'client', namespace: { kind: 'existing', id: namespaceId, type: 'HTTP' } }
            : { kind: 'none' },
        }),
      ),
  }),
  fc.record({
    kind: pick('scale'),
    input: fc.record({
      clusterArn: anyCluster,
      serviceArn: anyService,
      desiredCount: fc.integer({ min: 0, max: 5 }),
      seenDesiredCount: fc.integer({ min: 0, max: 5 }),
    }),
  }),
  fc.record({ kind: pick('redeploy'), input: fc.record({ clusterArn: anyCluster, serviceArn: anyService }) }),
  fc.record({
    kind: pick('enable-exec'),
    input: fc.record({ clusterArn: anyCluster, serviceArn: anyService }),
  }),
  fc.record({
    kind: pick('stop-task'),
    input: fc.record({
      clusterArn: anyCluster,
      taskArn: fc.integer({ min: 1, max: 8 }).map((number) => taskArn(taskId(number))),
      reason: fc.string({ maxLength: 20 }).map((text) => text.replace(/\p{Cc}/gu, '')),
    }),
  }),
  fc.record({
    kind: pick('new-revision'),
    input: fc.record({
      clusterArn: anyCluster,
      serviceArn: anyService,
      fromArn: names.map((name) => definitionArn(name)),
      text: names.map((family) =>
        JSON.stringify({ family, networkMode: 'awsvpc', containerDefinitions: [{ name: 'a', image: 'b' }] }),
      ),
    }),
  }),
  fc.record({
    kind: pick('run-task'),
    input: fc.record({ arn: anyCluster, family: names }).map(({ arn, family }) =>
      runInput({
        clusterArn: arn,
        taskDefinition: { kind: 'existing', arn: definitionArn(family) },
        count: 2,
      }),
    ),
  }),
  fc.record({
    kind: pick('run-service-task'),
    input: fc.record({ clusterArn: anyCluster, serviceArn: anyService }),
  }),
  fc.record({
    kind: pick('service-connect'),
    input: fc
      .record({
        arn: anyCluster,
        serviceArn: anyService,
        client: anyService,
        wish: anyConnectWish,
        makeRoom: flag,
        moves: flag,
      })
      .map(({ arn, serviceArn, client, wish, makeRoom, moves }) => ({
        clusterArn: arn,
        serviceArn,
        wish,
        makeRoom,
        clients: moves ? [client] : [],
      })),
  }),
  fc.record({
    kind: pick('migrate-to-service-connect'),
    input: fc.oneof(
      fc.record({
        part: pick('move' as const),
        clusterArn: anyCluster,
        serviceArn: anyService,
        container: pick('web'),
        containerPort: pick(80, 8080),
        appProtocol: pick('' as const, 'http' as const),
        makeRoom: flag,
        clients: fc.array(anyService, { maxLength: 1 }),
      }),
      fc.record({
        part: pick('finish' as const),
        clusterArn: anyCluster,
        serviceArn: anyService,
        deleteDiscoveryService: flag,
      }),
    ),
  }),
  fc.record({
    kind: pick('roll-back'),
    input: fc.record({ clusterArn: anyCluster, serviceArn: anyService }),
  }),
  fc.record({
    kind: pick('delete-service'),
    input: fc.record({ clusterArn: anyCluster, serviceArn: anyService, withDiscoveryService: flag }),
  }),
  fc.record({
    kind: pick('delete-discovery-service'),
    input: fc.record({
      discoveryServiceId: names.map((name) => `srv-${name}`),
      deregisterInstances: pick(true, true, false),
    }),
  }),
  fc.record({
    kind: pick('delete-namespace'),
    input: fc.record({
      namespaceId: anyNamespaceId,
      withServices: pick(true, true, false),
      deregisterInstances: pick(true, true, false),
    }),
  }),
  fc.record({
    kind: pick('delete-cluster'),
    input: fc.record({ clusterArn: anyCluster, withContents: pick(true, true, false) }),
  }),
  fc.record({ kind: pick('deploy-example'), input: pick(...exampleIds).map((id) => examples[id].defaults) }),
  fc.record({
    kind: pick('remove-example'),
    input: fc.record({
      example: pick(...exampleIds),
      clusterName: pick('default', 'other', 'yelb'),
      namespaceName: pick('production.local', 'apps'),
      withCluster: flag,
    }),
  }),
)

function expectSound(plan: Plan): void {
  const done = new Set<string>()
  expect(plan.steps.length).toBeGreaterThan(0)
  for (const step of plan.steps) {
    expect(step.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(done.has(step.id), `twice: ${step.id}`).toBe(false)
    for (const ref of refsIn(step.input))
      expect(done.has(ref.step), `${step.id} refers to ${ref.step}`).toBe(true)
    done.add(step.id)
    expect(step.permissions).toContain(step.command)
    expect(step.sentence).not.toMatch(/undefined|null|NaN|\[object/)
    if (step.undo.possible)
      for (const call of step.undo.calls)
        for (const ref of refsIn(call.input)) expect(done.has(ref.step)).toBe(true)
  }
  // It is kept, sent and compared as JSON.
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
}

it('every kind of change can be planned', () => {
  expect(changes.map(({ kind }) => kind).sort()).toEqual([...changeKinds].sort())
})

describe('planning a change', { timeout: 60_000 }, () => {
  it('never throws, whatever comes from the browser and whatever the world is', () => {
    fc.assert(
      fc.property(
        fc.oneof(pick(...changeKinds), fc.string()),
        fc.jsonValue(),
        anyWorld,
        (kind, input, world) => {
          const planned = planChange(kind, input, world)
          if (!planned.ok)
            expect([planned.code, planned.message, planned.remedy].every((text) => text !== '')).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('gives sound plans or reasons, for inputs about things that may or may not be there', () => {
    const planned = new Map<string, number>()
    fc.assert(
      fc.property(anyWanted, anyWorld, ({ kind, input: drawn }, world) => {
        // A count that was really seen.
        const seen = world.inventory.services.find(
          (one) => one.desired >= 0 && /^[a-z]+$/.test(one.name) && one.clusterArn === clusterArn(),
        )
        const input =
          kind === 'scale' && seen
            ? {
                clusterArn: clusterArn(),
                serviceArn: seen.arn,
                desiredCount: 3,
                seenDesiredCount: seen.desired,
              }
            : drawn
        const outcome = planChange(kind, input, world)
        if (outcome.ok) {
          expectSound(outcome.plan)
          planned.set(kind, (planned.get(kind) ?? 0) + 1)
        } else {
          // A refusal for the input alone would mean that this test tries nothing.
          expect(outcome.code, outcome.message).not.toBe('InvalidInput')
          expect(outcome.message).not.toMatch(/undefined|NaN|\[object/)
        }
      }),
      { numRuns: 800 },
    )
    // What is not planned was refused for the world; each kind has its own tests of both.
    expect(planned.size).toBeGreaterThan(7)
  })

  it('can be laid over any map', () => {
    fc.assert(
      fc.property(anyWanted, anyWorld, ({ kind, input }, world) => {
        const outcome = planChange(kind, input, world)
        if (!outcome.ok) return
        const { topology, marks } = previewTopology(world.topology, outcome.plan)
        const ids = new Set(
          [...topology.services, ...topology.edges, ...topology.namespaces, ...topology.clusters].map(
            ({ id }) => id,
          ),
        )
        for (const instance of topology.services.flatMap((node) => node.instances)) ids.add(instance.id)
        for (const id of Object.keys(marks)) expect(ids.has(id), id).toBe(true)
        for (const edge of topology.edges) {
          expect(ids.has(edge.source)).toBe(true)
          expect(ids.has(edge.target)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('tells what it has to know beforehand, without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(pick(...changeKinds), fc.string()),
        fc.jsonValue(),
        anyWorld,
        (kind, input, world) => {
          const needs = needsOf(kind, input, world)
          expect(needs.tagArns.length).toBeLessThanOrEqual(60)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('what forms can offer', { timeout: 60_000 }, () => {
  it('never throws, survives JSON and holds no environment value', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const choices = choicesFrom(world)
        expect(JSON.parse(JSON.stringify(choices))).toEqual(choices)
      }),
      { numRuns: 200 },
    )
  })
})

it('texts of a person come through as they are', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !text.includes('\0')),
      anyWorld,
      (text, world) => {
        const outcome = planChange(
          'create-namespace',
          namespaceInput({ name: 'hostile.test', description: text }),
          {
            ...world,
            network: { vpcs: [], subnets: [], securityGroups: [] },
          },
        )
        if (!outcome.ok) throw new Error(outcome.message)
        expect(textsIn(outcome.plan.steps[0]?.input)).toContain(text === '' ? 'hostile.test' : text)
      },
    ),
    { numRuns: 200 },
  )
})
