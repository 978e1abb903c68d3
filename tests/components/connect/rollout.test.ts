import { describe, expect, it } from 'vitest'
import { callerWays } from '@/components/connect/callers'
import { connectAsk } from '@/components/connect/connect-ask'
import { deployingArn, rolloutView } from '@/components/connect/rollout-of'
import { staleClients } from '@/components/connect/stale-clients'
import type { StepRun } from '@/lib/plan/run-state'
import { planStep } from '@/lib/plan/step'
import type { ConnectFacts, ServiceNode } from '@/lib/topology/model'
import { backendArn, backendOn, connect, sceneWorld } from '../../support/connect-world'
import { madeUpRun } from '../../support/made-up-runs'
import { makeInstance, makeService } from '../../support/topology-fixtures'

/** `own`: the deployments of its tasks, in the order of which the new ones become healthy; `ready` of them are. */
const inRollout = (desired: number, ready: number, own: readonly string[]): ServiceNode => {
  const waiting = own.flatMap((id, at) => (id === 'ecs-svc/2' ? [at] : [])).slice(ready)
  const node = makeService('web', {
    desired,
    instances: own.map((deploymentId, at) =>
      makeInstance(`t${at}`, { deploymentId, state: waiting.includes(at) ? 'starting' : 'healthy' }),
    ),
  })
  if (!node.ecs) throw new Error('the fixture has an ECS service')
  return {
    ...node,
    ecs: {
      ...node.ecs,
      rollout: {
        deploymentId: 'ecs-svc/2',
        state: 'IN_PROGRESS',
        reason: null,
        // ECS counts those that wait for their first health check as well.
        running: desired,
        desired,
        failedTasks: 0,
        startedAtMs: 1_000,
      },
      events: [
        { id: 'b', atMs: 2_000, message: 'new' },
        { id: 'a', atMs: 500, message: 'of the deployment before' },
      ],
    },
  }
}

describe('a rollout', () => {
  it.each([
    [2, 0, ['ecs-svc/1', 'ecs-svc/1'], 'starting 2 new tasks'],
    [2, 1, ['ecs-svc/1', 'ecs-svc/2', 'ecs-svc/2'], '1 of 2 new tasks ready, 1 old task left'],
    [1, 0, ['ecs-svc/1', 'ecs-svc/2'], '0 of 1 new task ready, 1 old task left'],
    [2, 2, ['ecs-svc/2', 'ecs-svc/2'], 'all new tasks ready; ECS makes sure that they stay'],
    [0, 0, ['ecs-svc/1'], 'stopping 1 old task'],
  ] as const)('of %i with %i ready and %o: %s', (desired, ready, own, stage) => {
    const view = rolloutView(inRollout(desired, ready, own))
    expect(view?.stage).toBe(stage)
    expect(view?.fresh).toHaveLength(own.filter((one) => one === 'ecs-svc/2').length)
    expect(view?.old).toHaveLength(own.filter((one) => one === 'ecs-svc/1').length)
  })

  it('tells only its own events, and nothing when none is under way', () => {
    expect(rolloutView(inRollout(1, 0, []))?.events.map(({ id }) => id)).toEqual(['b'])
    expect(rolloutView(makeService('web'))).toBeNull()
  })

  it('is that of the service whose deployment the run waits for', () => {
    const steps = [
      planStep(
        { command: 'ecs:UpdateService', input: { service: backendArn, forceNewDeployment: true } },
        { id: 'a', sentence: 'A.' },
      ),
    ]
    const plan = { title: 'A plan', steps, seen: [], consequences: [], confirm: null }
    const at = (state: StepRun['state']) => madeUpRun({ plan }, { state })
    expect(deployingArn(at('waiting'))).toBe(backendArn)
    expect(deployingArn(at('done'))).toBeNull()
  })
})

const alter = (node: ServiceNode, more: Partial<ConnectFacts>): ServiceNode =>
  node.connect ? { ...node, connect: { ...node.connect, ...more } } : node

describe('the callers of a service that is moved', () => {
  const DNS = 'backend-api.production.local'
  const waysIn = (world: ReturnType<typeof sceneWorld>, unknown: readonly string[] = []) => {
    const services = world.topology.services.map((node) =>
      node.name === 'frontend-web' ? alter(node, { unknownNames: unknown }) : node,
    )
    const backend = services.find(({ name }) => name === 'backend-api')
    if (!backend) throw new Error('no backend')
    return callerWays({ ...world.topology, services }, backend, DNS).map(({ name, way }) => `${name} ${way}`)
  }

  it('go by DNS, by the proxy, or were deployed too early', () => {
    expect(waysIn(sceneWorld({ backend: backendOn(DNS) }))).toEqual(['frontend-web dns'])
    const moved = sceneWorld({ backend: backendOn(DNS), frontend: connect() })
    expect(waysIn(moved)).toEqual(['frontend-web proxy'])
    expect(waysIn(moved, [DNS])).toEqual(['frontend-web stale'])
  })
})

describe('clients that wait for a redeployment', () => {
  it('are those of the namespace that do not know a name of the service', () => {
    const { topology } = sceneWorld({ backend: backendOn(), frontend: connect() })
    const services = topology.services.map((node) =>
      node.name === 'frontend-web' ? alter(node, { unknownNames: ['backend-api'] }) : node,
    )
    const backend = services.find(({ name }) => name === 'backend-api')
    if (!backend) throw new Error('no backend')
    expect(staleClients({ ...topology, services }, backend).map(({ name }) => name)).toEqual(['frontend-web'])
    expect(staleClients(topology, backend)).toEqual([])
    expect(staleClients(topology, makeService('web'))).toEqual([])
  })
})

describe('asking for the form', () => {
  it('needs an ECS service that is there and a console that may change it', () => {
    const { topology } = sceneWorld()
    const [node] = topology.services
    if (!node) throw new Error('no service')
    expect(connectAsk(topology, node, 'on')).toMatchObject({ serviceArn: node.ecs?.arn, way: 'on' })
    expect(connectAsk({ ...topology, target: { ...topology.target, readOnly: true } }, node, 'on')).toBeNull()
    expect(connectAsk({ ...topology, clusters: [] }, node, 'on')).toBeNull()
    expect(connectAsk(topology, { ...node, ecs: null }, 'on')).toBeNull()
  })
})
