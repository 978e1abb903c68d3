import {
  CreateHttpNamespaceCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  ListServicesCommand,
  type ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cycle } from '@/lib/inventory/cycle'
import type { Hole, Namespace } from '@/lib/inventory/model'
import {
  isOneListCheaper,
  makeRegistryMemory,
  type RegistryMemory,
  readRegistries,
} from '@/lib/inventory/read-registries'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

describe('which way of listing is cheaper', () => {
  it.each([
    [0, null, false],
    [1_000, null, false],
    [1_000, 500, true],
    [1_000, 50, true],
    [1_000, 10, false],
    [5, 1, false],
    [5, 2, true],
    [0, 3, true],
  ])('%i known services, %s calls by namespace: one list %s', (known, callsByNamespace, expected) => {
    expect(isOneListCheaper(known, callsByNamespace)).toBe(expected)
  })
})

const namespaceCount = 4
const servicesEach = 30
let cloud: TestCloud
let namespaces: Namespace[]
let memory: RegistryMemory
let sent: string[]
let refused: ReadonlySet<string>
let holes: Hole[]

/** Sends everything, writes down what, and refuses what it is told to. */
const cycle: Cycle = {
  async call(operation, subject, send) {
    sent.push(operation)
    if (refused.has(operation) || refused.has(`${operation} ${subject}`))
      return { ok: false, hole: holeOf(operation, subject) }
    return { ok: true, value: await send() }
  },
  async pages(operation, subject, send, read) {
    const items = []
    let token: string | undefined
    do {
      const outcome = await this.call(operation, subject, () => send(token))
      if (!outcome.ok) return { items, hole: outcome.hole }
      const page = read(outcome.value)
      items.push(...page.items)
      token = page.token
    } while (token)
    return { items, hole: null }
  },
  calls: () => sent.length,
}

const holeOf = (operation: string, subject: string | null): Hole => ({
  operation,
  subject,
  kind: 'denied',
  errorName: 'AccessDeniedException',
  message: 'no',
  remedy: 'Allow it.',
  sinceMs: 0,
})

async function makeService(
  client: ServiceDiscoveryClient,
  namespaceId: string,
  name: string,
): Promise<string> {
  const { Service } = await client.send(new CreateServiceCommand({ Name: name, NamespaceId: namespaceId }))
  return Service?.Id ?? ''
}

const read = () => readRegistries({ client: cloud.cloudMap, cycle, memory, holes }, namespaces)
const names = async () =>
  Object.fromEntries(
    [...(await read())].map(([id, { services }]) => [id, services.map((service) => service.name).sort()]),
  )

beforeAll(async () => {
  cloud = await startTestCloud()
  namespaces = []
  for (let index = 0; index < namespaceCount; index++) {
    const name = `space-${index}`
    const { OperationId } = await cloud.cloudMap.send(new CreateHttpNamespaceCommand({ Name: name }))
    const id = (await cloud.waitForOperation(OperationId)).Targets?.NAMESPACE ?? ''
    namespaces.push({ id, arn: '', name, type: 'HTTP', httpName: name, servicesRead: true })
    for (let service = 0; service < servicesEach; service++)
      await makeService(cloud.cloudMap, id, `service-${service}`)
  }
})
afterAll(() => cloud?.stop())
beforeEach(() => {
  memory = makeRegistryMemory()
  sent = []
  refused = new Set()
  holes = []
})

describe('reading all discovery services', () => {
  it('lists by namespace the first time and everything at once from then on, with the same result', async () => {
    const first = await names()
    const firstCalls = sent.length
    sent = []
    expect(await names()).toEqual(first)
    expect(Object.values(first).map((services) => services.length)).toEqual(
      Array(namespaceCount).fill(servicesEach),
    )
    expect(firstCalls).toBeGreaterThanOrEqual(namespaceCount)
    expect(sent).toEqual(['servicediscovery:ListServices', 'servicediscovery:ListServices'])
  })

  it('asks for the namespace of a new service alone, and forgets one that is gone', async () => {
    await names()
    const home = namespaces[2]?.id ?? ''
    const id = await makeService(cloud.cloudMap, home, 'newcomer')
    sent = []
    expect((await names())[home]).toContain('newcomer')
    expect(sent.filter((operation) => operation === 'servicediscovery:GetService')).toHaveLength(1)
    sent = []
    await names()
    expect(sent).not.toContain('servicediscovery:GetService')
    await cloud.cloudMap.send(new DeleteServiceCommand({ Id: id }))
    expect((await names())[home]).not.toContain('newcomer')
    expect(memory.namespaceOf.has(id)).toBe(false)
  })

  it('goes back to listing by namespace when the one list is refused, and says which namespace cannot be read', async () => {
    const before = await names()
    refused = new Set([
      'servicediscovery:ListServices null',
      'servicediscovery:ListServices namespace space-1',
    ])
    const after = await read()
    const closed = namespaces[1]?.id ?? ''
    expect(after.get(closed)).toMatchObject({ services: [], known: false })
    expect(holes.map((hole) => hole.subject)).toEqual(['namespace space-1'])
    const open = namespaces[0]?.id ?? ''
    expect(
      after
        .get(open)
        ?.services.map((service) => service.name)
        .sort(),
    ).toEqual(before[open])
    refused = new Set()
    expect(await names()).toEqual(before)
  })

  it('lists by namespace again when many are new at once', async () => {
    await names()
    memory.namespaceOf.clear()
    sent = []
    const again = await names()
    expect(Object.values(again).map((services) => services.length)).toEqual(
      Array(namespaceCount).fill(servicesEach),
    )
    expect(sent).not.toContain('servicediscovery:GetService')
  })

  it('pages before it filters, as the real one says it does: that is why one list can be cheaper', async () => {
    const { Services = [], NextToken } = await cloud.cloudMap.send(
      new ListServicesCommand({
        Filters: [{ Name: 'NAMESPACE_ID', Values: [namespaces[3]?.id ?? ''] }],
        MaxResults: 10,
      }),
    )
    expect(Services.length).toBeLessThan(10)
    expect(NextToken).toBeDefined()
  })
})
