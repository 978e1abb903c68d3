import { describe, expect, it } from 'vitest'
import { connecting, entry, httpPort, makeConnectEcs, meshArn, portsOf } from '../../../support/connect-ecs'
import { goodService, goodTaskDefinition } from '../../../support/emulator-context'

const namesOf = (ecs: ReturnType<typeof makeConnectEcs>, service: string) =>
  ecs.serviceRecord(service).deployments[0]?.names?.map(({ alias, port }) => `${alias}:${port}`)

describe('what a service has in Cloud Map', () => {
  it('is there before its first task, also when it wants none', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')), { desiredCount: 0 })
    const service = ecs.discovered().get('api')
    expect(service).toMatchObject({
      namespaceId: 'ns-mesh',
      type: 'HTTP',
      description: `Managed by ${ecs.service('web').serviceArn}`,
      dnsRecords: [],
      healthCheckCustom: false,
    })
    expect(service?.healthCheckConfig).toBeUndefined()
    expect(ecs.state.cloudMap.tags.get(service?.arn ?? '')).toEqual(new Map([['AmazonECSManaged', 'true']]))
    expect(ecs.primary('web').serviceConnectResources).toEqual([
      { discoveryName: 'api', discoveryArn: service?.arn },
    ])
    expect(ecs.state.ecs.tasks.size).toBe(0)
  })

  it('is one service for each entry, or one for the books of a client', () => {
    const ecs = makeConnectEcs({}, portsOf(httpPort, { name: 'raw', containerPort: 6379 }))
    ecs.create('both', connecting(entry('api'), entry('cache', { portName: 'raw' })))
    ecs.create('client', connecting())
    expect([...ecs.discovered().keys()]).toEqual([
      'api',
      'cache',
      expect.stringMatching(/^aws-ecs-sc\.client\.[0-9a-f-]{36}\.client$/),
    ])
    expect(ecs.primary('client').serviceConnectResources).toBeUndefined()
  })

  it('stays the same through deployments, and is made again when somebody deleted it', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')))
    ecs.create('client', connecting())
    const before = [...ecs.discovered().values()].map(({ id }) => id)
    for (const service of ['web', 'client']) ecs.call('UpdateService', { service, forceNewDeployment: true })
    expect([...ecs.discovered().values()].map(({ id }) => id)).toEqual(before)
    ecs.state.cloudMap.services.clear()
    for (const service of ['web', 'client']) ecs.call('UpdateService', { service, forceNewDeployment: true })
    expect(ecs.discovered().size).toBe(2)
    expect(ecs.discovered().get('api')?.id).not.toBe(before[0])
  })
})

describe('the names of a deployment', () => {
  it('are those of its namespace that exist when it is made, its own among them', () => {
    const ecs = makeConnectEcs()
    ecs.create('first', connecting(entry('api')))
    ecs.create('client', connecting())
    ecs.create('second', connecting(entry('later')))
    expect(namesOf(ecs, 'first')).toEqual(['api:80'])
    expect(namesOf(ecs, 'client')).toEqual(['api:80'])
    expect(namesOf(ecs, 'second')).toEqual(['api:80', 'later:80'])
    ecs.call('UpdateService', { service: 'client', desiredCount: 5 })
    expect(namesOf(ecs, 'client')).toEqual(['api:80'])
    ecs.call('UpdateService', { service: 'client', forceNewDeployment: true })
    expect(namesOf(ecs, 'client')).toEqual(['api:80', 'later:80'])
  })

  it('keep an alias that has changed since, and take the new one with the next deployment', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')))
    ecs.create('client', connecting())
    const renamed = entry('api', { clientAliases: [{ port: 8080, dnsName: 'api.new' }] })
    ecs.call('UpdateService', { service: 'web', serviceConnectConfiguration: connecting(renamed) })
    expect(namesOf(ecs, 'client')).toEqual(['api:80'])
    ecs.call('UpdateService', { service: 'client', forceNewDeployment: true })
    expect(namesOf(ecs, 'client')).toEqual(['api.new:8080'])
  })

  it('are none without Service Connect, and none of another namespace', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')))
    ecs.call('CreateService', goodService({ serviceName: 'plain' }))
    ecs.call('UpdateCluster', { cluster: 'default', serviceConnectDefaults: { namespace: 'other' } })
    ecs.create('elsewhere', { enabled: true })
    expect(namesOf(ecs, 'plain')).toBeUndefined()
    expect(namesOf(ecs, 'elsewhere')).toEqual([])
  })

  it('are those of the deployment that a rollback returns to, and its alias is the one to freeze again', () => {
    const ecs = makeConnectEcs()
    const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } }
    ecs.create('web', connecting(entry('api')), { desiredCount: 1, deploymentConfiguration: breaker })
    ecs.advance(10_000)
    const { id } = ecs.primary('web')
    ecs.call('RegisterTaskDefinition', goodTaskDefinition(portsOf(httpPort)))
    ecs.runtime.fate = () => ({ kind: 'fail', reason: 'CannotStartContainerError: no' })
    const renamed = entry('api', { clientAliases: [{ port: 81, dnsName: 'renamed' }] })
    ecs.call('UpdateService', {
      service: 'web',
      taskDefinition: 'backend:2',
      serviceConnectConfiguration: connecting(renamed),
    })
    ecs.create('during', connecting(), { desiredCount: 0 })
    expect(namesOf(ecs, 'during')).toEqual(['renamed:81'])
    ecs.advance(60_000)
    expect(ecs.primary('web').id).toBe(id)
    expect(namesOf(ecs, 'web')).toEqual(['api:80'])
    ecs.call('UpdateService', { service: 'during', forceNewDeployment: true })
    expect(namesOf(ecs, 'during')).toEqual(['api:80'])
  })
})

describe('what nothing uses any more', () => {
  it('leaves Cloud Map some time after its service was deleted, with its tag', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')))
    ecs.advance(5_000)
    const arn = ecs.discovered().get('api')?.arn ?? ''
    ecs.call('DeleteService', { service: 'web', force: true })
    ecs.advance(1_000)
    expect(ecs.service('web').status).toBe('INACTIVE')
    expect(ecs.discovered().get('api')?.instances.size).toBe(0)
    ecs.advance(3_000)
    expect(ecs.discovered().has('api')).toBe(true)
    ecs.advance(3_000)
    expect(ecs.discovered().size).toBe(0)
    expect(ecs.state.cloudMap.tags.has(arn)).toBe(false)
    expect(ecs.state.ecs.connectEndpoints.size).toBe(0)
  })

  it('goes with a service that is forgotten sooner', () => {
    const ecs = makeConnectEcs({ inactiveServiceKeptMs: 1_000 })
    ecs.create('web', connecting(entry('api')), { desiredCount: 0 })
    ecs.call('DeleteService', { service: 'web' })
    ecs.advance(2_000)
    expect(ecs.cluster().services.size).toBe(0)
    expect(ecs.discovered().size).toBe(0)
  })

  it('is an entry that was taken out, once the deployment with it is gone', () => {
    const ecs = makeConnectEcs({}, portsOf(httpPort, { name: 'raw', containerPort: 6379 }))
    ecs.create('web', connecting(entry('api'), entry('cache', { portName: 'raw' })))
    ecs.advance(5_000)
    ecs.call('UpdateService', { service: 'web', serviceConnectConfiguration: connecting(entry('api')) })
    ecs.advance(500)
    expect([...ecs.discovered().keys()]).toEqual(['api', 'cache'])
    ecs.advance(60_000)
    expect([...ecs.discovered().keys()]).toEqual(['api'])
  })

  it('is the book of a client that became a server, and the endpoint of a server that became a client', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting())
    ecs.advance(5_000)
    ecs.call('UpdateService', { service: 'web', serviceConnectConfiguration: connecting(entry('api')) })
    ecs.advance(60_000)
    expect([...ecs.discovered().keys()]).toEqual(['api'])
    ecs.call('UpdateService', { service: 'web', serviceConnectConfiguration: connecting() })
    ecs.advance(60_000)
    expect([...ecs.discovered().keys()]).toEqual([expect.stringMatching(/^aws-ecs-sc\.client\./)])
  })

  it('stays when the service is made again in time', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')), { desiredCount: 0 })
    const before = ecs.discovered().get('api')?.id
    ecs.call('DeleteService', { service: 'web' })
    ecs.advance(2_000)
    ecs.create('web', connecting(entry('api')), { desiredCount: 0 })
    ecs.advance(60_000)
    expect(ecs.discovered().get('api')?.id).toBe(before)
    expect(ecs.primary('web').serviceConnectConfiguration?.namespace).toBe(meshArn)
  })
})
