import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { planScale } from '@/lib/changes/scale'
import { serviceFromEcs } from '@/lib/inventory/from-ecs'
import { readConfig } from '@/lib/inventory/read-config'
import { ensureExampleStack } from '@/lib/launch/example-stack.mjs'
import type { Plan } from '@/lib/plan/plan'
import type { Clients } from '@/lib/target/clients'
import type { Target } from '@/lib/target/current'
import { denied, type FaultyEndpoint, startFaultyEndpoint } from '../support/faulty-endpoint'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { makeStateFolder, type PlanScene, startScene, targetAt } from '../support/plan-scene'

const clusterArn = 'arn:aws:ecs:us-east-1:000000000000:cluster/default'
const serviceArn = 'arn:aws:ecs:us-east-1:000000000000:service/default/backend-api-service'

let cloud: TestCloud
let endpoint: FaultyEndpoint
let state: Awaited<ReturnType<typeof makeStateFolder>>
const scenes: PlanScene[] = []

function sceneOf(more: Record<string, string> = {}): PlanScene {
  const scene = startScene(endpoint.url, state.folder, { target: targetAt(endpoint.url, more) })
  scenes.push(scene)
  return scene
}
const targetOf = () => sceneOf().target

const desired = async () => {
  const answer = await cloud.ecs.send(new DescribeServicesCommand({ services: [serviceArn] }))
  return answer.services?.[0]?.desiredCount
}

async function readService(clients: Pick<Clients, 'ecs'>) {
  const answer = await clients.ecs.send(
    new DescribeServicesCommand({ cluster: clusterArn, services: [serviceArn] }),
  )
  const [raw] = answer.services ?? []
  return raw ? serviceFromEcs(raw, clusterArn) : null
}

async function scaleTo(target: Target, desiredCount: number): Promise<Plan> {
  const service = await readService(target.clients())
  const planned = planScale(service, {
    clusterArn,
    serviceArn,
    desiredCount,
    seenDesiredCount: service?.desired ?? -1,
  })
  if (!planned.ok) throw new Error(planned.message)
  return planned.plan
}

const writes = () => endpoint.calls().filter((call) => /:(Update|Stop|Create|Delete)/.test(call.operation))

beforeAll(async () => {
  cloud = await startTestCloud()
  await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
  endpoint = await startFaultyEndpoint(cloud.url)
  state = await makeStateFolder()
})

afterEach(() => {
  for (const operation of ['ecs:UpdateService', 'ecs:DescribeServices']) endpoint.fault(operation, null)
  endpoint.whenCalled('ecs:UpdateService', null)
  endpoint.forget()
})

afterAll(async () => {
  for (const scene of scenes) await scene.stop()
  await state?.remove()
  await endpoint?.stop()
  await cloud?.stop()
})

describe('a plan that is run', () => {
  it('does what it says, and tells the request id', async () => {
    const scene = sceneOf()
    const run = await scene.run(await scaleTo(scene.target, 4))
    expect(run).toMatchObject({ state: 'done', error: null, steps: [{ stepId: 'scale', state: 'done' }] })
    expect(run.steps[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(await desired()).toBe(4)
  })

  it('sends nothing when the console is read-only', async () => {
    const scene = sceneOf({ SWITCHBOARD_READ_ONLY: '1' })
    const plan = await scaleTo(scene.target, 5)
    endpoint.forget()
    await expect(scene.run(plan)).rejects.toMatchObject({ refused: { code: 'ReadOnly' } })
    expect(endpoint.calls()).toEqual([])
  })

  it('sends nothing when the account is not the one on the screen', async () => {
    const scene = sceneOf()
    const plan = await scaleTo(scene.target, 5)
    scene.target.pinnedAccountId = '111111111111'
    await expect(scene.run(plan)).rejects.toMatchObject({ refused: { code: 'WrongAccount' } })
    expect(writes()).toEqual([])
  })

  it('tells the action to allow when AWS refuses', async () => {
    endpoint.fault('ecs:UpdateService', denied)
    const scene = sceneOf()
    const run = await scene.run(await scaleTo(scene.target, 5))
    expect(run.state).toBe('failed')
    expect(run.steps[0]).toMatchObject({
      state: 'failed',
      made: false,
      error: {
        code: 'AccessDeniedException',
        remedy: expect.stringContaining('Allow ecs:UpdateService'),
      },
    })
  })

  it('looks whether it was done when the answer was lost, and says what it found', async () => {
    endpoint.fault('ecs:UpdateService', { kind: 'hang up' })
    const scene = sceneOf()
    const run = await scene.run(await scaleTo(scene.target, 5))
    expect(run.state).toBe('failed')
    expect(run.steps[0]?.error?.message).toContain('it was not done')
    expect(await desired()).toBe(4)
  })

  it('does not claim success or failure when AWS cannot be asked either', async () => {
    const scene = sceneOf()
    const plan = await scaleTo(scene.target, 5)
    endpoint.fault('ecs:UpdateService', { kind: 'hang up' })
    endpoint.whenCalled('ecs:UpdateService', () => endpoint.fault('ecs:DescribeServices', denied))
    const run = await scene.run(plan)
    expect(run.state).toBe('unknown')
    expect(run.steps[0]).toMatchObject({ state: 'unknown', made: null })
    expect(run.steps[0]?.error?.message).toContain('It is not known whether this was done')
  })

  it('stops at the first step that is not done', async () => {
    endpoint.fault('ecs:UpdateService', denied)
    const scene = sceneOf()
    const plan = await scaleTo(scene.target, 5)
    const [step] = plan.steps
    if (!step) throw new Error('no step')
    const run = await scene.run({ ...plan, steps: [step, { ...step, id: 'second' }] })
    expect(run.steps.map((one) => one.state)).toEqual(['failed', 'queued'])
  })
})

describe('the configuration behind a card', () => {
  it('is what AWS says, without environment values', async () => {
    const target = targetOf()
    const service = await readService(target.clients())
    const config = await readConfig(
      target.clients(),
      target.settings,
      {
        service: { arn: serviceArn, clusterArn },
        taskDefinitionArn: service?.taskDefinitionArn ?? null,
        discoveryServiceId: service?.registryArns[0]?.split('/').at(-1) ?? null,
      },
      0,
    )
    expect(config).toMatchObject({
      service: { serviceName: 'backend-api-service' },
      taskDefinition: { containerDefinitions: [{ environment: expect.anything() }] },
      discoveryService: { Name: 'backend-api' },
      holes: [],
    })
    const values = JSON.stringify(config).match(/"environment":\[.*?\]/)?.[0] ?? ''
    expect(values).toContain('••••')
    expect(values).not.toContain('8080')
  })

  it('keeps what could be read when something could not', async () => {
    const target = targetOf()
    const subject = {
      service: { arn: serviceArn, clusterArn },
      taskDefinitionArn: 'arn:aws:ecs:us-east-1:000000000000:task-definition/gone:1',
      discoveryServiceId: null,
    }
    const config = await readConfig(target.clients(), target.settings, subject, 0)
    expect(config).toMatchObject({
      service: { serviceName: 'backend-api-service' },
      taskDefinition: null,
      discoveryService: null,
      holes: [{ operation: 'ecs:DescribeTaskDefinition' }],
    })
  })
})
