import { request } from 'node:http'
import { DescribeTasksCommand, ListTasksCommand } from '@aws-sdk/client-ecs'
import { DiscoverInstancesCommand } from '@aws-sdk/client-servicediscovery'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { callsOf, examples, servicesOf } from '@/lib/changes/examples/all'
import { type DeployExampleInput, exampleIds } from '@/lib/changes/inputs/examples'
import { addressOfTask } from '../support/connect-scene'
import { readInventory } from '../support/inventory-of-cloud'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { makeStateFolder, type PlanScene, startScene } from '../support/plan-scene'
import { planIn } from '../support/world-of'

let cloud: TestCloud
let scene: PlanScene
let state: Awaited<ReturnType<typeof makeStateFolder>>

beforeAll(async () => {
  cloud = await startTestCloud({ runtime: 'process' })
  state = await makeStateFolder()
  scene = startScene(cloud.url, state.folder)
})
afterAll(async () => {
  await scene?.stop()
  await state?.remove()
  await cloud?.stop()
})
afterEach(() => cloud.reset())

type Asked = { readonly service: string; readonly port: number; readonly path: string }

/** The address of a task that Cloud Map finds under this name; of a client of Service Connect, which has none, as ECS tells it. */
async function addressOf(input: DeployExampleInput, name: string): Promise<string | undefined> {
  const part = servicesOf(input).find((one) => one.name === name)
  if (part?.connect === 'client') {
    const at = { cluster: input.clusterName, serviceName: part.serviceName }
    const { taskArns = [] } = await cloud.ecs.send(new ListTasksCommand(at))
    const { tasks = [] } = await cloud.ecs.send(
      new DescribeTasksCommand({ cluster: input.clusterName, tasks: taskArns }),
    )
    return addressOfTask(tasks[0])
  }
  const { Instances = [] } = await cloud.cloudMap.send(
    new DiscoverInstancesCommand({
      NamespaceName: input.namespaceName,
      ServiceName: name,
      HealthStatus: 'HEALTHY',
    }),
  )
  return Instances[0]?.Attributes?.AWS_INSTANCE_IPV4
}

async function ask(input: DeployExampleInput, of: Asked) {
  const host = await addressOf(input, of.service)
  if (!host) throw new Error(`Nobody is found as ${of.service}.${input.namespaceName}.`)
  return new Promise<number>((resolve, reject) => {
    request({ host, port: of.port, path: of.path, agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
      .on('error', reject)
      .end()
  })
}

const removal = (id: (typeof exampleIds)[number]) => ({
  example: id,
  clusterName: examples[id].defaults.clusterName,
  namespaceName: examples[id].defaults.namespaceName,
  withCluster: true,
})

describe.each(exampleIds)('the example %s', (id) => {
  it('is deployed, answers every call of its drawing, and leaves nothing when it is removed', async () => {
    const { defaults } = examples[id]
    const deployed = await scene.run(await planIn(scene.target, 'deploy-example', defaults))
    expect(deployed).toMatchObject({ state: 'done', error: null })
    for (const call of callsOf(id)) {
      // Without a container health check a task counts as well before its program listens.
      for (const asked of [call.ask, ...(call.direct ? [call.direct] : [])])
        await vi.waitFor(
          async () => expect(await ask(defaults, asked), `${call.from} to ${call.to}`).toBe(200),
          { timeout: 10_000, interval: 20 },
        )
    }
    await expect(planIn(scene.target, 'deploy-example', defaults)).rejects.toThrow('NothingMissing')

    const removed = await scene.run(await planIn(scene.target, 'remove-example', removal(id)))
    expect(removed).toMatchObject({ state: 'done', error: null })
    expect((await readInventory(cloud.url)).empty).toBe(true)
  })
})

it('what an undone deployment made is gone', async () => {
  const { defaults } = examples.copilot
  const deployed = await scene.run(await planIn(scene.target, 'deploy-example', defaults))
  const undone = await scene.undo(deployed.id)
  expect(undone).toMatchObject({ state: 'undone', error: null })
  expect((await readInventory(cloud.url)).empty).toBe(true)
})

it('deployed again over a half-removed one, only what is missing is made', async () => {
  const { defaults } = examples['service-to-service']
  await scene.run(await planIn(scene.target, 'deploy-example', defaults))
  const world = await planIn(scene.target, 'remove-example', removal('service-to-service'))
  const [frontend] = world.steps
  if (frontend?.command !== 'ecs:DeleteService') throw new Error('The frontend is not the first to go.')
  await scene.run({ ...world, steps: [frontend], seen: [] })
  const again = await planIn(scene.target, 'deploy-example', defaults)
  expect(again.steps.map((step) => step.id)).toEqual([
    'task-definition-frontend-web',
    'service-frontend-web-service',
  ])
  expect(await scene.run(again)).toMatchObject({ state: 'done' })
})
