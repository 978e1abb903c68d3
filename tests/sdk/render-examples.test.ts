import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderPolicy } from '@/lib/plan/render/policy'
import { renderPlan } from '@/lib/plan/render/render'
import { formats, type RenderTarget } from '@/lib/plan/render/rendered'
import { parseHcl } from '../support/hcl'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { makeStateFolder, type PlanScene, startScene } from '../support/plan-scene'
import { runWithStubAws } from '../support/stub-aws'
import { parseTemplate } from '../support/template'
import { planIn } from '../support/world-of'

const aws: RenderTarget = { region: 'us-east-1', endpointUrl: null, accountId: null }

let cloud: TestCloud
let scene: PlanScene
let state: Awaited<ReturnType<typeof makeStateFolder>>

beforeAll(async () => {
  cloud = await startTestCloud()
  state = await makeStateFolder()
  scene = startScene(cloud.url, state.folder)
})
afterAll(async () => {
  await scene?.stop()
  await state?.remove()
  await cloud?.stop()
})

const examples = [
  { example: 'service-to-service', namespaceName: 'a.local', backendCount: 2, frontendCount: 1 },
  { example: 'copilot', namespaceName: 'b.local', app1Count: 1, app2Count: 1 },
  { example: 'yelb', namespaceName: 'c.local', uiCount: 1, appserverCount: 1 },
].map((input) => ({ clusterName: 'main', ...input }))

describe.each(examples)('the example $example as code', (input) => {
  it('is whole in every format, and real parsers and shells take it', async () => {
    const plan = await planIn(scene.target, 'deploy-example', input)
    const services = plan.steps.filter(({ command }) => command === 'ecs:CreateService')
    expect(services.length).toBeGreaterThanOrEqual(2)
    for (const format of formats) expect(renderPlan(plan, format, aws).remarks).toEqual([])

    const run = runWithStubAws('sh', renderPlan(plan, 'cli', aws).text)
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
    expect(run.calls.filter((call) => call[1] === 'create-service' && call[0] === 'ecs')).toHaveLength(
      services.length,
    )

    const resources = parseTemplate(renderPlan(plan, 'cloudformation', aws).text)
    expect(Object.keys(resources)).toHaveLength(plan.steps.length)
    expect(await parseHcl(renderPlan(plan, 'terraform', aws).text)).toHaveProperty('resource.aws_ecs_service')
  })

  it('is taken away by the CLI text in the order of the plan, and by nothing else', async () => {
    const made = await scene.run(await planIn(scene.target, 'deploy-example', input))
    expect(made).toMatchObject({ state: 'done', error: null })
    const plan = await planIn(scene.target, 'remove-example', {
      example: input.example,
      clusterName: input.clusterName,
      namespaceName: input.namespaceName,
      withCluster: true,
    })
    const run = runWithStubAws('sh', renderPlan(plan, 'cli', aws).text)
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
    const changes = run.calls
      .map(([service, operation]) => `${service} ${operation}`)
      .filter((call) => / (delete|deregister|update)-/.test(call))
    expect(changes).toHaveLength(plan.steps.length)
    expect(changes.at(-1)).toMatch(/delete-/)
    for (const format of ['cloudformation', 'cdk', 'terraform'] as const) {
      const { text, remarks } = renderPlan(plan, format, aws)
      expect(text).toContain('There is nothing left that')
      expect(remarks.join()).toContain('Deleting a service is not something')
    }
    expect(renderPolicy(plan)).toContain('ecs:DeleteService')
    const removed = await scene.run(plan)
    expect(removed).toMatchObject({ state: 'done', error: null })
  })
})
