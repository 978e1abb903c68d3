import {
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { ListServicesCommand } from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { draftOf } from '@/lib/changes/connect/draft'
import { ensureExampleStack } from '@/lib/launch/example-stack.mjs'
import type { Plan } from '@/lib/plan/plan'
import type { Run } from '@/lib/plan/run-state'
import { startTestCloud, type TestCloud } from '../../support/local-cloud'
import { startOldNameLoad } from '../../support/old-name-load'
import { makeStateFolder, newIntent, type PlanScene, startScene, tester } from '../../support/plan-scene'
import { planIn, worldFor } from '../../support/world-of'

const patiently = { timeout: 30_000, interval: 20 }
const ACCOUNT = 'arn:aws:ecs:us-east-1:000000000000'
const clusterArn = `${ACCOUNT}:cluster/default`
const backend = `${ACCOUNT}:service/default/backend-api-service`
const frontend = `${ACCOUNT}:service/default/frontend-web-service`
const DNS = 'backend-api.production.local'

let cloud: TestCloud
let scene: PlanScene
let state: Awaited<ReturnType<typeof makeStateFolder>>

const services = async () =>
  (await cloud.ecs.send(new DescribeServicesCommand({ services: [backend, frontend] }))).services ?? []
const settled = () =>
  vi.waitFor(async () => {
    for (const { deployments = [], runningCount, desiredCount } of await services()) {
      expect(deployments.map(({ rolloutState }) => rolloutState)).toEqual(['COMPLETED'])
      expect(runningCount).toBe(desiredCount)
    }
  }, patiently)

/**
 * All that DescribeServices says, without what only tells which deployment it is, when, and what happened. ECS keeps that Service Connect
 * was switched off by hand; it means the same as never on.
 */
const described = async () =>
  (await services()).map(
    ({
      deployments = [],
      events: _events,
      currentServiceDeployment: _deployment,
      currentServiceRevisions: _revisions,
      ...rest
    }) => ({
      ...rest,
      deployments: deployments.map(
        ({
          id: _id,
          createdAt: _created,
          updatedAt: _updated,
          rolloutStateReason: _reason,
          serviceConnectConfiguration: connect,
          ...deployment
        }) => ({ ...deployment, connect: connect?.enabled === true ? connect : null }),
      ),
    }),
  )
const revisions = async () =>
  (await cloud.ecs.send(new ListTaskDefinitionsCommand({ status: 'ACTIVE' }))).taskDefinitionArns
const namesInCloudMap = async () =>
  ((await cloud.cloudMap.send(new ListServicesCommand({}))).Services ?? [])
    .map(({ Name }) => Name ?? '')
    .filter((name) => !name.startsWith('aws-ecs-sc.'))
    .sort()

const states = (run: Run) => run.steps.map(({ stepId, state: is, error }) => ({ stepId, state: is, error }))
const allDone = (run: Run) => run.plan.steps.map(({ id }) => ({ stepId: id, state: 'done', error: null }))

async function startFresh(runtime: 'simulated' | 'process') {
  cloud = await startTestCloud({ runtime })
  state = await makeStateFolder()
  scene = startScene(cloud.url, state.folder)
}
async function stop() {
  await scene.stop()
  await state.remove()
  await cloud.stop()
}

/** A wish made of what the form suggests. */
async function suggested() {
  const input = { clusterArn, serviceArn: backend }
  const drafted = draftOf(clusterArn, backend, await worldFor(scene.target, 'service-connect', input))
  if (!drafted.ok) throw new Error(drafted.message)
  const { ports, namespaceId } = drafted.draft
  return {
    ...input,
    wish: {
      mode: 'client and server',
      namespace: { kind: 'existing', id: namespaceId, type: 'DNS_PRIVATE' },
      logs: { kind: 'none' },
      accessLogs: 'off',
      includeQueryParameters: false,
      endpoints: ports.map(({ isNamed: _named, isOffered: _offered, ...endpoint }) => endpoint),
    },
    makeRoom: false,
    clients: [frontend],
  }
}
const off = (clients: readonly string[] = []) => ({
  clusterArn,
  serviceArn: backend,
  wish: { mode: 'off' },
  makeRoom: false,
  clients,
})
const move = {
  part: 'move',
  clusterArn,
  serviceArn: backend,
  container: 'backend-api',
  containerPort: 8080,
  appProtocol: 'http',
  makeRoom: true,
  clients: [frontend],
}
const finish = { part: 'finish', clusterArn, serviceArn: backend, deleteDiscoveryService: false }

/** Runs a plan until one of its steps is in a state, then cuts it off there by making its wait fail, and undoes it. */
async function runPrefix(plan: Plan, count: number): Promise<Run> {
  const { runId } = await scene.runner.start({
    intentId: newIntent(),
    kind: 'test',
    // Broken off: nothing after this step is ever sent.
    plan: { ...plan, steps: plan.steps.slice(0, count) },
    by: tester,
  })
  return scene.runner.ended(runId)
}

describe('in the local cloud, with tasks that only count', () => {
  beforeAll(() => startFresh('simulated'))
  afterAll(stop)
  beforeEach(async () => {
    await cloud.reset()
    await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
    await settled()
  })

  it('Service Connect is switched on for the backend with its caller, and off again without a trace', async () => {
    const before = await described()
    const on = await scene.run(await planIn(scene.target, 'service-connect', await suggested()))
    expect(states(on)).toEqual(allDone(on))
    const [server, client] = await services()
    expect(server?.deployments?.[0]?.serviceConnectConfiguration).toMatchObject({
      enabled: true,
      services: [{ portName: 'http', clientAliases: [{ port: 8080, dnsName: 'backend-api' }] }],
    })
    expect(client?.deployments?.[0]?.serviceConnectConfiguration).toMatchObject({ enabled: true })
    expect(await namesInCloudMap()).toEqual(['backend-api', 'backend-api-sc', 'frontend-web'])

    await expect(
      planIn(scene.target, 'service-connect', { ...(await suggested()), clients: [] }),
    ).rejects.toThrow('NothingChanges')
    const back = await scene.run(await planIn(scene.target, 'service-connect', off([frontend])))
    expect(states(back)).toEqual(allDone(back))
    expect(back.steps.map(({ stepId }) => stepId)).toEqual([
      'disconnect-frontend-web-service',
      'service-connect-backend-api-service',
    ])
    await settled()
    expect(await described()).toEqual(before)
    await vi.waitFor(
      async () => expect(await namesInCloudMap()).toEqual(['backend-api', 'frontend-web']),
      patiently,
    )
  })

  it('a move that is broken off after any step and undone leaves Describe as it was', {
    timeout: 60_000,
  }, async () => {
    const before = await described()
    const revisionsBefore = await revisions()
    // A revision without a name for its port, so that the plan has all its kinds of steps.
    const plan = await planIn(scene.target, 'migrate-to-service-connect', move)
    for (let count = 1; count <= plan.steps.length; count += 1) {
      const run = await runPrefix(await planIn(scene.target, 'migrate-to-service-connect', move), count)
      expect(states(run)).toEqual(allDone(run))
      const undone = await scene.undo(run.id)
      expect(undone.state, JSON.stringify(states(undone))).toBe('undone')
      await settled()
      expect(await described()).toEqual(before)
      expect(await revisions()).toEqual(revisionsBefore)
    }
  })

  it('the registry goes only when its callers have moved, and comes back when taken back', async () => {
    await expect(planIn(scene.target, 'migrate-to-service-connect', finish)).rejects.toThrow('NotMoved')
    const moved = await scene.run(
      await planIn(scene.target, 'migrate-to-service-connect', { ...move, clients: [] }),
    )
    expect(states(moved)).toEqual(allDone(moved))
    await expect(planIn(scene.target, 'migrate-to-service-connect', finish)).rejects.toThrow(
      'frontend-web resolves backend-api.production.local by DNS',
    )
    const callers = await scene.run(await planIn(scene.target, 'migrate-to-service-connect', move))
    expect(states(callers)).toEqual(allDone(callers))
    const before = await described()
    const done = await scene.run(await planIn(scene.target, 'migrate-to-service-connect', finish))
    expect(states(done)).toEqual(allDone(done))
    expect((await services())[0]?.serviceRegistries ?? []).toEqual([])
    expect((await scene.undo(done.id)).state).toBe('undone')
    await settled()
    expect(await described()).toEqual(before)
  })

  it('a deployment that does not get on is rolled back by a plan', async () => {
    const [before] = await described()
    const { taskDefinition } = await cloud.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'backend-api',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [{ name: 'backend-api', image: 'backend-api:latest' }],
      }),
    )
    await cloud.ecs.send(
      new UpdateServiceCommand({
        service: backend,
        taskDefinition: taskDefinition?.taskDefinitionArn,
        // With 100 and 100 ECS may neither stop nor start a task.
        deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 },
      }),
    )
    const run = await scene.run(await planIn(scene.target, 'roll-back', { clusterArn, serviceArn: backend }))
    expect(states(run)).toEqual(allDone(run))
    expect((await services())[0]?.taskDefinition).toBe(before?.taskDefinition)
    const { serviceDeployments = [] } = await cloud.ecs.send(
      new ListServiceDeploymentsCommand({ service: backend }),
    )
    expect(serviceDeployments[0]?.status).toBe('ROLLBACK_SUCCESSFUL')
  })
})

describe('with real processes, under 50 calls a second by the old name', () => {
  beforeAll(async () => {
    await startFresh('process')
    await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
    await settled()
  }, 60_000)
  afterAll(stop)

  it('no call fails while the backend and its caller move to Service Connect and the registry goes', {
    timeout: 120_000,
  }, async () => {
    const names = {
      backend: DNS,
      backendPort: 8080,
      frontend: 'frontend-web.production.local',
      frontendPort: 3000,
    }
    /** Under load: some calls before, all that the plan takes, some calls after. */
    const under = async (load: ReturnType<typeof startOldNameLoad>, input: unknown) => {
      await vi.waitFor(() => expect(load.calls()).toBeGreaterThan(50), patiently)
      const before = load.calls()
      const run = await scene.run(await planIn(scene.target, 'migrate-to-service-connect', input))
      const during = load.calls()
      // How many more depends on how fast the machine is.
      expect(during).toBeGreaterThan(before)
      await vi.waitFor(() => expect(load.calls()).toBeGreaterThan(during + 100), patiently)
      const result = await load.end()
      expect(states(run)).toEqual(allDone(run))
      expect(result.wrong).toEqual([])
    }
    await under(startOldNameLoad(cloud, { ...names, isStraightToo: true }), move)
    // From here on the name is one of Service Connect alone: only its clients can call it.
    await under(startOldNameLoad(cloud, { ...names, isStraightToo: false }), finish)
  })
})
