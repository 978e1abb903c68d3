import { NextRequest } from 'next/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as getChoices } from '@/app/api/choices/route'
import { GET as getConnect } from '@/app/api/connect/route'
import { GET as getTaskDefinition } from '@/app/api/task-definition/route'
import { signSession } from '@/lib/access/session'
import type { Choices } from '@/lib/changes/choices'
import { ensureExampleStack } from '@/lib/launch/example-stack.mjs'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
let operator: string
let viewer: string

beforeAll(async () => {
  cloud = await startTestCloud()
  await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
  vi.stubEnv('SWITCHBOARD_TARGET', 'local')
  vi.stubEnv('SWITCHBOARD_ENDPOINT_URL', cloud.url)
  vi.stubEnv('SWITCHBOARD_PORT', '3000')
  operator = await signSession('operator')
  viewer = await signSession('viewer')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await cloud?.stop()
})

const get = (path: string, cookie: string, host = 'localhost:3000') =>
  new NextRequest(`http://localhost:3000${path}`, {
    headers: { host, cookie: `switchboard-session-3000=${cookie}` },
  })
const revision = (arn: string) => `/api/task-definition?arn=${encodeURIComponent(arn)}`

async function choices(): Promise<Choices> {
  const answer = await getChoices(get('/api/choices', viewer))
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toContain('no-store')
  return answer.json()
}

const backendArn = async () => {
  const found = (await choices()).services.find(({ name }) => name === 'frontend-web-service')
  if (!found) throw new Error('The example does not stand.')
  return found.taskDefinitionArn
}

describe('what forms are offered', () => {
  it('is for everybody who may look, without a value of the environment', async () => {
    const told = await choices()
    expect(told.clusters.map(({ name }) => name)).toEqual(['default'])
    expect(told.services).toHaveLength(2)
    expect(JSON.stringify(told.revisions)).not.toContain('http://backend-api')
  })

  it('is not for pages of another host', async () => {
    expect((await getChoices(get('/api/choices', operator, 'evil.example'))).status).toBe(421)
  })
})

describe('a revision with its environment', () => {
  it('is for operators', async () => {
    const answer = await getTaskDefinition(get(revision(await backendArn()), operator))
    expect(answer.status).toBe(200)
    expect(JSON.stringify(await answer.json())).toContain('http://backend-api.production.local:8080')
  })

  it('is not for viewers', async () => {
    const answer = await getTaskDefinition(get(revision(await backendArn()), viewer))
    expect(answer.status).toBe(403)
    expect(JSON.stringify(await answer.json())).not.toContain('backend-api')
  })

  it.each([
    ['', 400, 'InvalidInput'],
    ['frontend-web:1', 400, 'InvalidInput'],
    ['arn:aws:ecs:us-east-1:000000000000:task-definition/frontend-web', 400, 'InvalidInput'],
    ['arn:aws:ecs:us-east-1:000000000000:task-definition/x:1&Action=y', 400, 'InvalidInput'],
    ['arn:aws:ecs:us-east-1:000000000000:task-definition/nobody:1', 404, 'ClientException'],
  ])('of %j is refused with %i', async (arn, status, code) => {
    const answer = await getTaskDefinition(get(revision(arn), operator))
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ error: { code } })
  })
})

describe('what the form of Service Connect starts from', () => {
  const connectOf = (service: string, cluster = 'arn:aws:ecs:us-east-1:000000000000:cluster/default') =>
    `/api/connect?cluster=${encodeURIComponent(cluster)}&service=${encodeURIComponent(service)}`
  const backend = 'arn:aws:ecs:us-east-1:000000000000:service/default/backend-api-service'

  it('is for operators: the ports, the room and the clients, without a value of the environment', async () => {
    const answer = await getConnect(get(connectOf(backend), operator))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    const told: unknown = await answer.json()
    expect(told).toMatchObject({
      ok: true,
      draft: {
        mode: 'off',
        ports: [{ containerPort: 8080, aliasDnsName: 'backend-api', discoveryName: 'backend-api-sc' }],
        clients: [{ name: 'frontend-web', calls: true, namespaceId: null }],
      },
    })
    expect(JSON.stringify(told)).not.toContain('http://backend-api')
  })

  it('is not for viewers, nor for pages of another host', async () => {
    expect((await getConnect(get(connectOf(backend), viewer))).status).toBe(403)
    expect((await getConnect(get(connectOf(backend), operator, 'evil.example'))).status).toBe(421)
  })

  it('says why there is none for a service that is gone', async () => {
    const answer = await getConnect(get(connectOf(`${backend}-not`), operator))
    expect(await answer.json()).toMatchObject({ ok: false, code: 'ServiceGone' })
  })

  it.each([
    [connectOf('')],
    [connectOf('backend-api-service')],
    [connectOf(backend, 'default')],
    [connectOf(`${backend}"><script>`)],
    ['/api/connect'],
  ])('refuses %s', async (path) => {
    const answer = await getConnect(get(path, operator))
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { code: 'InvalidInput' } })
  })
})
