import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planChange } from '@/lib/changes/catalogue'
import type { World } from '@/lib/changes/world'
import { isRef, type PlannedCall } from '@/lib/plan/command'
import type { Plan } from '@/lib/plan/plan'
import {
  backendArn,
  backendEndpoint,
  backendOn,
  clientWish,
  connect,
  connected,
  connectInput,
  endpoint,
  frontendArn,
  onWish,
  revision,
  sceneWorld,
} from '../../../support/connect-world'
import { clusterArn } from '../../../support/inventory'

/** What DescribeServices would say of the members that a plan may change. */
type Described = Record<string, { connect: unknown; taskDefinition: unknown; registries: unknown }>

const describedIn = (world: World): Described =>
  Object.fromEntries(
    world.inventory.services.map(({ arn, taskDefinitionArn }) => {
      const known = world.serviceDetails[arn]
      return [
        arn,
        {
          connect: known?.connect ?? { enabled: false },
          taskDefinition: taskDefinitionArn,
          registries: known?.registries,
        },
      ]
    }),
  )

function send(state: Described, call: PlannedCall): Described {
  if (call.command !== 'ecs:UpdateService') return state
  const { service, serviceConnectConfiguration, taskDefinition, serviceRegistries } = call.input
  const arn = typeof service === 'string' ? service : ''
  const before = state[arn]
  if (!before) throw new Error(`The plan changes ${arn}, which is not there.`)
  return {
    ...state,
    [arn]: {
      connect: serviceConnectConfiguration ?? before.connect,
      taskDefinition: isRef(taskDefinition) ? 'a new revision' : (taskDefinition ?? before.taskDefinition),
      registries: serviceRegistries ?? before.registries,
    },
  }
}

/** The state after the first `count` steps and their undo, in the order of a run's undo. */
function thereAndBack(plan: Plan, count: number, start: Described): Described {
  const sent = plan.steps.slice(0, count)
  const there = sent.reduce<Described>(send, start)
  return sent
    .toReversed()
    .flatMap(({ undo }) => (undo.possible ? undo.calls : []))
    .reduce<Described>(send, there)
}

const pick = <T>(...items: readonly T[]) => fc.constantFrom(...items)
const users = connected('users', connect([endpoint('users', { port: 80, dnsName: 'users' })]))
const reports = connected('reports', connect())

const anyScene = fc
  .record({
    alias: pick('backend-api', 'backend-api.production.local', 'other'),
    isOn: fc.boolean(),
    frontend: pick(null, connect(), connect([endpoint('web', { port: 3000, dnsName: 'web' })])),
    others: fc.subarray([users, reports]),
    isSmall: fc.boolean(),
  })
  .map(({ alias, isOn, frontend, others, isSmall }) =>
    sceneWorld({
      backend: isOn ? backendOn(alias) : null,
      frontend,
      others,
      ...(isSmall ? { frontendRevision: revision('frontend-web', 3000, { cpu: '256' }) } : {}),
    }),
  )

const anyInput = fc
  .record({
    wish: fc.oneof(
      fc.constant({ mode: 'off' as const }),
      fc.constant(clientWish()),
      pick('backend-api', 'backend-api.production.local', '').map((aliasDnsName) =>
        onWish({ endpoints: [backendEndpoint({ aliasDnsName })] }),
      ),
    ),
    makeRoom: fc.boolean(),
    clients: fc.subarray([frontendArn, users.arn, reports.arn]),
  })
  .map((more) => ({ kind: 'service-connect', input: connectInput(more) }))

const anyMove = fc
  .record({
    makeRoom: fc.boolean(),
    clients: fc.subarray([frontendArn, users.arn, reports.arn]),
    appProtocol: pick('' as const, 'http' as const),
  })
  .map((more) => ({
    kind: 'migrate-to-service-connect',
    input: {
      part: 'move',
      clusterArn: clusterArn(),
      serviceArn: backendArn,
      container: 'backend-api',
      containerPort: 8080,
      ...more,
    },
  }))

const anyFinish = fc.boolean().map((deleteDiscoveryService) => ({
  kind: 'migrate-to-service-connect',
  input: { part: 'finish', clusterArn: clusterArn(), serviceArn: backendArn, deleteDiscoveryService },
}))

describe('a change of Service Connect that is broken off anywhere and undone', { timeout: 60_000 }, () => {
  it('leaves every service with the settings, revision and registries that it had', () => {
    const planned = new Map<string, number>()
    fc.assert(
      fc.property(anyScene, fc.oneof(anyInput, anyMove, anyFinish), (world, { kind, input }) => {
        const outcome = planChange(kind, input, world)
        if (!outcome.ok) {
          expect(outcome.code).not.toBe('InvalidInput')
          return
        }
        planned.set(kind, (planned.get(kind) ?? 0) + 1)
        const start = describedIn(world)
        for (let count = 0; count <= outcome.plan.steps.length; count += 1)
          expect(thereAndBack(outcome.plan, count, start), `after ${count} steps`).toEqual(start)
      }),
      { numRuns: 600 },
    )
    // Else this would have tried nothing.
    expect(planned.get('service-connect')).toBeGreaterThan(30)
    expect(planned.get('migrate-to-service-connect')).toBeGreaterThan(15)
  })

  it('never changes a server after its clients, nor a registry before anything else', () => {
    fc.assert(
      fc.property(anyScene, anyMove, (world, { kind, input }) => {
        const outcome = planChange(kind, input, world)
        if (!outcome.ok) return
        const places = outcome.plan.steps.map(({ command, input: sent }) =>
          command !== 'ecs:UpdateService' ? -1 : sent.service === backendArn ? 0 : 1,
        )
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        expect(JSON.stringify(outcome.plan.steps)).not.toContain('serviceRegistries')
      }),
      { numRuns: 200 },
    )
  })
})
