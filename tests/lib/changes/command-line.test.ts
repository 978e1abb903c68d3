import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planChange } from '@/lib/changes/catalogue'
import { explainCommandLine, readCommandLine } from '@/lib/changes/command-line'
import { backendOn, sceneWorld } from '../../support/connect-world'
import {
  cluster,
  clusterArn,
  exampleInventory,
  inventory,
  registry,
  registryArn,
  service,
  task,
} from '../../support/inventory'
import { anyWorld, worldOf } from '../../support/world'

const given = exampleInventory()
const world = worldOf({
  ...given,
  discoveryServices: [...given.discoveryServices, registry('legacy')],
})
const read = (text: string) => readCommandLine(text, world.topology)
const texts = (text: string) => read(text).map((one) => one.text)
const backend = service('backend-api-service').arn

describe('a typed command', () => {
  it('scales a service by its discovery name or its own', () => {
    for (const text of ['scale backend-api to 5', 'SCALE backend-api-service 5', '  scale backend to 5 '])
      expect(read(text)[0]).toMatchObject({
        text: 'scale backend-api to 5',
        hint: '2 now, in default',
        action: {
          kind: 'change',
          change: 'scale',
          input: { clusterArn: clusterArn(), serviceArn: backend, desiredCount: 5, seenDesiredCount: 2 },
        },
      })
  })

  it('asks for what is missing, and does nothing before', () => {
    expect(read('scale backend')).toMatchObject([
      { text: 'scale backend-api to ', hint: 'how many tasks? 2 now, in default', action: null },
    ])
    expect(read('scale backend to many')[0]?.action).toBeNull()
    expect(read('scale backend to 9999')[0]).toMatchObject({
      hint: 'at most 5000 tasks; 2 now, in default',
      action: null,
    })
    expect(texts('scale ')).toEqual(['scale backend-api to ', 'scale frontend-web to '])
  })

  it('switches Service Connect on, and offers to move what has a DNS name', () => {
    for (const text of [
      'service connect on for backend-api',
      'Service Connect backend',
      'service c on backend-api',
    ])
      expect(read(text)[0], text).toMatchObject({
        text: 'service connect on for backend-api',
        action: {
          kind: 'connect',
          way: 'on',
          serviceArn: backend,
          clusterArn: clusterArn(),
          name: 'backend-api',
        },
      })
    expect(read('service connect off for backend-api')).toEqual([])
    expect(texts('migrate ')).toEqual(['migrate backend-api', 'migrate frontend-web'])
    expect(read('migrate backend')[0]?.action).toMatchObject({ kind: 'connect', way: 'migrate' })
    expect(read('service mesh for backend-api')).toEqual([])
    expect(texts('serv')).toEqual(['service connect '])
  })

  it('changes Service Connect or switches it off where it is on', () => {
    const { topology } = sceneWorld({ backend: backendOn() })
    const on = (text: string) => readCommandLine(text, topology).map((one) => one.text)
    expect(on('service connect backend-api')).toEqual([
      'service connect of backend-api',
      'service connect off for backend-api',
    ])
    expect(on('service connect off for backend-api')).toEqual(['service connect off for backend-api'])
    expect(on('service connect on for backend-api')).toEqual(['service connect of backend-api'])
    expect(
      readCommandLine('service connect x', { ...topology, target: { ...topology.target, readOnly: true } }),
    ).toEqual([])
  })

  it('redeploys and stops', () => {
    expect(read('redeploy front')[0]?.action).toMatchObject({
      change: 'redeploy',
      input: { serviceArn: service('frontend-web-service').arn },
    })
    expect(read('restart front')[0]?.text).toBe('redeploy frontend-web')
    const { id, arn } = task(3, 'x')
    for (const text of [`stop ${id.slice(0, 31)}3`, 'stop 10.0.0.3', `stop task ${id}`])
      expect(read(text)).toMatchObject([
        { text: `stop task ${id.slice(0, 8)}`, action: { change: 'stop-task', input: { taskArn: arn } } },
      ])
  })

  it('stops a task of a service, which is chosen from all of its own', () => {
    const all = ['stop task 00000000', 'stop task 00000000']
    for (const text of ['stop task of backend-api', 'stop a task of backend', 'stop backend-api'])
      expect(texts(text), text).toHaveLength(all.length)
    expect(read('stop task of front')).toMatchObject([
      { hint: expect.stringContaining('frontend-web'), action: { change: 'stop-task' } },
    ])
    expect(texts('stop task').length).toBe(3)
    expect(texts('stop ').length).toBe(3)
    expect(read('stop task of nobody')).toEqual([])
  })

  it('calls what has a card, by either of its names', () => {
    const card = world.topology.services.find(({ name }) => name === 'backend-api')?.id
    for (const text of ['call backend-api', 'Call back', 'call backend-api-service'])
      expect(read(text)[0], text).toMatchObject({
        text: 'call backend-api',
        hint: 'backend-api.production.local',
        action: { kind: 'call', id: card },
      })
    expect(texts('call ')).toContain('call legacy')
  })

  it('edits what a service runs, and runs one task of it', () => {
    const card = world.topology.services.find(({ name }) => name === 'backend-api')?.id
    for (const text of ['new revision backend-api', 'new revision of back', 'New Revision for backend-api'])
      expect(read(text)[0], text).toMatchObject({
        text: 'new revision of backend-api',
        action: { kind: 'new-revision', id: card },
      })
    expect(texts('new rev')).toHaveLength(2)
    for (const text of [
      'run backend-api',
      'run task backend',
      'run a task of backend-api',
      'run one task of back',
    ])
      expect(read(text)[0], text).toMatchObject({
        text: 'run a task of backend-api',
        action: {
          change: 'run-service-task',
          input: { clusterArn: clusterArn(), serviceArn: backend },
        },
      })
    for (const text of ['run a', 'run a task', 'run task of'])
      expect(texts(text), text).toEqual(['run a task of backend-api', 'run a task of frontend-web'])
  })

  it('says what would be understood', () => {
    const explain = (text: string) => explainCommandLine(text, world.topology)
    expect(explain('run nobody')).toBe(
      '“run” wants a service, to run one task of it, for example “run a task of backend-api”.',
    )
    expect(explain('restart nobody')).toBe('“redeploy” wants a service, for example “redeploy backend-api”.')
    expect(explain('new x')).toContain('“new revision” wants a service')
    expect(explain('hello')).toContain('“call”, “create”, “scale”')
    const readOnly = { ...world.topology, target: { ...world.topology.target, readOnly: true } }
    expect(explainCommandLine('scale x', readOnly)).toContain('read-only')
    expect(explainCommandLine('hello', readOnly)).toBe('Commands begin with “call”.')
    for (const text of ['', ' ', '__proto__ x', 'constructor']) expect(explain(text)).toMatch(/^Commands/)
  })

  it('deletes what is named, whatever it is', () => {
    expect(read('delete backend')[0]?.action).toMatchObject({
      change: 'delete-service',
      input: { serviceArn: backend, withDiscoveryService: true },
    })
    expect(read('delete legacy')[0]?.action).toMatchObject({
      change: 'delete-discovery-service',
      input: { discoveryServiceId: 'srv-legacy' },
    })
    expect(read('delete namespace production')[0]?.action).toMatchObject({
      change: 'delete-namespace',
      input: { namespaceId: 'ns-production.local' },
    })
    expect(read('delete default')[0]?.action).toMatchObject({
      change: 'delete-cluster',
      input: { clusterArn: clusterArn() },
    })
    expect(texts('delete ')).toEqual([
      'delete service backend-api',
      'delete service frontend-web',
      'delete discovery service legacy',
      'delete namespace production.local',
      'delete cluster default',
    ])
  })

  it('leaves the discovery service that another service registers in too', () => {
    const canary = service('canary', { registryArns: [registryArn('backend-api')] })
    const shared = worldOf({ ...given, services: [...given.services, canary] })
    expect(readCommandLine('delete service backend-api', shared.topology)[0]?.action).toMatchObject({
      change: 'delete-service',
      input: { withDiscoveryService: false },
    })
  })

  it('opens wizards with the name filled in', () => {
    expect(read('create namespace shop.local')).toMatchObject([
      {
        text: 'create namespace shop.local',
        action: { kind: 'route', href: '/create/namespace?name=shop.local' },
      },
    ])
    expect(read('create service a&b')[0]?.action).toEqual({
      kind: 'route',
      href: '/create/service?name=a%26b',
    })
    expect(texts('create ')).toEqual([
      'create namespace',
      'create discovery service',
      'create service',
      'create cluster',
    ])
    expect(texts('create disc')).toEqual(['create discovery service'])
  })

  it('leads to an example', () => {
    expect(read('deploy yelb')[0]?.action).toEqual({ kind: 'route', href: '/examples#yelb' })
    expect(texts('remove yelb')).toEqual(['remove yelb', 'remove yelb-connect'])
  })

  it('completes verbs, and is nothing else', () => {
    expect(texts('s')).toEqual(['scale ', 'service connect ', 'stop '])
    expect(texts('de')).toEqual(['delete ', 'deploy '])
    expect(texts('scale')).toEqual(['scale '])
    for (const text of ['', '   ', 'backend-api', 'hello world', 'scalebackend 5', 'delete nobody'])
      expect(read(text)).toEqual([])
  })

  it('does nothing on a target that may only be read', () => {
    const readOnly = { ...world.topology, target: { ...world.topology.target, readOnly: true } }
    for (const text of [
      'scale backend-api to 5',
      'run backend-api',
      'new revision of backend-api',
      'stop ',
      's',
    ])
      expect(readCommandLine(text, readOnly), text).toEqual([])
    expect(readCommandLine('call backend-api', readOnly)).toHaveLength(1)
    expect(readCommandLine('c', readOnly)).toMatchObject([{ text: 'call ' }])
  })

  it('tells services of one name apart by their cluster', () => {
    const two = worldOf(
      inventory({
        clusters: [cluster(), cluster('eu')],
        services: [
          service('web'),
          { ...service('web'), clusterArn: clusterArn('eu'), arn: `${service('web').arn}-eu` },
        ],
      }),
    )
    const found = readCommandLine('scale web to 2', two.topology)
    expect(found.map(({ hint }) => hint).sort()).toEqual(['1 now, in default', '1 now, in eu'])
    expect(new Set(found.map(({ id }) => id)).size).toBe(2)
  })

  it('is total, with one id per suggestion, and leads to changes that can be planned or say why not', {
    timeout: 60_000,
  }, () => {
    const verb = fc.constantFrom(
      'scale',
      'delete',
      'redeploy',
      'stop',
      'create',
      'deploy',
      'remove',
      'service',
      'service connect',
      'migrate',
      'call',
      'run',
      'run a task of',
      'new revision',
      '',
    )
    const rest = fc.oneof(fc.string(), fc.constantFrom('web', 'web to 3', '', ' ', 'namespace ', '0'))
    fc.assert(
      fc.property(verb, rest, anyWorld, (one, other, any) => {
        const found = readCommandLine(`${one} ${other}`, any.topology)
        expect(found.length).toBeLessThanOrEqual(8)
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
        for (const { action } of found)
          if (action?.kind === 'change') planChange(action.change, action.input, any)
      }),
      { numRuns: 400 },
    )
  })
})
