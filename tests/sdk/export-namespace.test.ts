import { ListNamespacesCommand } from '@aws-sdk/client-servicediscovery'
import { NextRequest } from 'next/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { GET } from '@/app/api/export/route'
import { signSession } from '@/lib/access/session'
import { makePace, startCycle } from '@/lib/inventory/cycle'
import type { Plan } from '@/lib/plan/plan'
import { exportNamespace } from '@/lib/plan/render/export-namespace'
import { renderPlan } from '@/lib/plan/render/render'
import { planFromText } from '@/lib/plan/schema'
import { planStep, refTo } from '@/lib/plan/step'
import { readNamespaceExport } from '@/lib/world/read-namespace-export'
import { describeAll } from '../support/described'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { makeStateFolder, type PlanScene, startScene } from '../support/plan-scene'
import { demoPlan, planOf } from '../support/sample-plans'
import { worldFor } from '../support/world-of'

let first: TestCloud
let second: TestCloud
let scenes: readonly PlanScene[] = []
let state: Awaited<ReturnType<typeof makeStateFolder>>
let namespaceId = ''
let exported: Plan

const time = { now: Date.now, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) }

/** The demo, and a service that is found by Service Connect in the same namespace. */
const everything = (): Plan => {
  const { title, steps } = demoPlan()
  return planOf(title, [
    ...steps,
    planStep(
      {
        command: 'ecs:RegisterTaskDefinition',
        input: {
          family: 'orders',
          networkMode: 'awsvpc',
          requiresCompatibilities: ['FARGATE'],
          cpu: '256',
          memory: '512',
          containerDefinitions: [
            {
              name: 'orders',
              image: 'orders:1',
              portMappings: [{ containerPort: 8080, name: 'http' }],
              environment: [{ name: 'GREETING', value: "it's $HOME" }],
            },
          ],
          tags: [{ key: 'team', value: 'shop' }],
        },
      },
      { id: 'task-orders', sentence: 'Register orders.' },
    ),
    planStep(
      {
        command: 'ecs:CreateService',
        input: {
          cluster: refTo('cluster', 'clusterArn'),
          serviceName: 'orders',
          taskDefinition: refTo('task-orders', 'taskDefinitionArn'),
          desiredCount: 1,
          launchType: 'FARGATE',
          enableExecuteCommand: true,
          networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
          serviceConnectConfiguration: {
            enabled: true,
            namespace: refTo('namespace', 'namespaceArn'),
            services: [{ portName: 'http', discoveryName: 'orders', clientAliases: [{ port: 80 }] }],
          },
        },
      },
      { id: 'service-orders', sentence: 'Create orders.' },
    ),
  ])
}

beforeAll(async () => {
  first = await startTestCloud()
  second = await startTestCloud()
  state = await makeStateFolder()
  scenes = [startScene(first.url, state.folder), startScene(second.url, state.folder)]
  const run = await scenes[0]?.run(everything())
  expect(run?.steps.map(({ error }) => error?.message ?? null)).toEqual(everything().steps.map(() => null))
  const { Namespaces } = await first.cloudMap.send(new ListNamespacesCommand({}))
  namespaceId = Namespaces?.[0]?.Id ?? ''
  const target = scenes[0]?.target
  if (!target) throw new Error('no scene')
  const world = await worldFor(target, 'scale', {})
  const cycle = startCycle(target.settings, makePace('local', time), time)
  const facts = await readNamespaceExport(target.clients(), cycle, world, namespaceId)
  if (!facts) throw new Error('no facts')
  exported = exportNamespace(facts)
}, 60_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  for (const scene of scenes) await scene.stop()
  await state?.remove()
  await Promise.all([first?.stop(), second?.stop()])
})

describe('an exported namespace', () => {
  it('is a plan with references, and without what ECS makes itself', () => {
    expect(exported.title).toBe('Export of production.local')
    expect(exported.steps.map(({ id }) => id)).toEqual([
      'namespace',
      'discovery-backend-api',
      'discovery-frontend-web',
      'cluster-default',
      'task-definition-backend-api',
      'task-definition-frontend-web',
      'task-definition-orders',
      'service-backend-api-service',
      'service-frontend-web-service',
      'service-orders',
    ])
    expect(exported.steps.at(-1)?.input).toMatchObject({
      cluster: refTo('cluster-default', 'clusterArn'),
      taskDefinition: refTo('task-definition-orders', 'taskDefinitionArn'),
      serviceConnectConfiguration: { namespace: refTo('namespace', 'namespaceArn') },
    })
  })

  it('is taken in again as it was written', () => {
    const target = { region: 'us-east-1', endpointUrl: null, accountId: null }
    const read = planFromText(renderPlan(exported, 'json', target).text)
    expect(read).toMatchObject({ ok: true })
    if (!read.ok) return
    const calls = ({ steps }: Plan) => steps.map(({ id, command, input }) => ({ id, command, input }))
    expect(calls(read.plan)).toEqual(calls(exported))
  })

  it('makes the same again in an empty cloud', async () => {
    const run = await scenes[1]?.run(exported)
    expect(run).toMatchObject({ state: 'done', error: null })
    expect(await describeAll(second)).toEqual(await describeAll(first))
  })
})

describe('asking the console for an export', () => {
  const ask = async (search: string, role: 'operator' | 'viewer' | null = 'operator') => {
    const headers = new Headers({ host: 'localhost:3000' })
    if (role !== null) headers.set('cookie', `switchboard-session-3000=${await signSession(role)}`)
    return GET(new NextRequest(`http://localhost:3000/api/export?${search}`, { headers }))
  }

  beforeAll(() => {
    vi.stubEnv('SWITCHBOARD_TARGET', 'endpoint')
    vi.stubEnv('SWITCHBOARD_ENDPOINT_URL', first.url)
    vi.stubEnv('SWITCHBOARD_REGION', 'us-east-1')
    vi.stubEnv('AWS_ACCESS_KEY_ID', '000000000000')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
    vi.stubEnv('SWITCHBOARD_PORT', '3000')
  })

  it('gives every format, or one, to operators', async () => {
    const all = await ask(`namespace=${namespaceId}`)
    expect(all.status).toBe(200)
    expect(all.headers.get('cache-control')).toContain('no-store')
    const { formats, title } = await all.json()
    expect(title).toBe('Export of production.local')
    expect(formats.map(({ format }: { format: string }) => format)).toEqual([
      'cli',
      'cloudformation',
      'cdk',
      'terraform',
      'json',
    ])
    const one = await (await ask(`namespace=${namespaceId}&format=terraform`)).json()
    expect(one.formats).toHaveLength(1)
    expect(one.formats[0].text).toContain('aws_service_discovery_private_dns_namespace')
    expect(one.formats[0].remarks.join()).toContain('subnets and security groups of this account')
  })

  it('is refused to viewers and strangers, for it holds environment values', async () => {
    expect((await ask(`namespace=${namespaceId}`, 'viewer')).status).toBe(403)
    expect((await ask(`namespace=${namespaceId}`, null)).status).toBe(401)
  })

  it.each([
    '',
    'namespace=',
    'namespace=../x',
    'namespace=ns-1&format=perl',
    `namespace=${'n'.repeat(1_000)}`,
  ])('says what is wrong with %j', async (search) => {
    const answer = await ask(search)
    expect(answer.status).toBe(400)
    expect((await answer.json()).error.code).toBe('InvalidExport')
  })

  it('says that a namespace is not there', async () => {
    const answer = await ask('namespace=ns-0000000000000000')
    expect(answer.status).toBe(404)
    expect((await answer.json()).error.code).toBe('NamespaceNotFound')
  })
})
