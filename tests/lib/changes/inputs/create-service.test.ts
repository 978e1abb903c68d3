import { describe, expect, it } from 'vitest'
import { createServiceInput } from '@/lib/changes/inputs/create-service'
import { definitionForm, discoveryInput, serviceInput } from '../../../support/change-inputs'
import { definitionArn } from '../../../support/inventory'
import { issuesOf } from '../../../support/issues'

const issues = (more: object) => issuesOf(createServiceInput, { ...serviceInput(), ...more })
const network = (more: object) => ({
  subnets: ['subnet-1a'],
  securityGroups: [],
  assignPublicIp: false,
  ...more,
})
const deployment = (more: object) => ({ ...serviceInput().deployment, ...more })
const registry = (more: object = {}) => ({
  kind: 'existing',
  id: 'srv-api',
  recordTypes: ['A'],
  containerName: '',
  containerPort: null,
  ...more,
})
const endpoint = (more: object = {}) => ({
  portName: 'http',
  discoveryName: '',
  aliasDnsName: '',
  aliasPort: 8080,
  ...more,
})
const connect = (more: object = {}) => ({
  kind: 'client and server',
  namespace: { kind: 'existing', id: 'ns-production.local', type: 'DNS_PRIVATE' },
  endpoints: [endpoint()],
  ...more,
})
const strategy = (...items: object[]) => ({
  kind: 'providers',
  strategy: items.map((item) => ({ provider: 'FARGATE', weight: 1, base: 0, ...item })),
})

it('a service may be plain', () => expect(issues({})).toEqual([]))

describe('the fields of a service by themselves', () => {
  it.each<[object, string]>([
    [{ name: '' }, 'name: Give the service a name.'],
    [{ name: 'a.b' }, 'name: Only letters, digits, hyphens and underscores; no spaces.'],
    [{ name: 'a'.repeat(256) }, 'name: A name has at most 255 characters.'],
    [{ desiredCount: -1 }, 'desiredCount: The desired count is a whole number from 0 to 5,000.'],
    [{ desiredCount: 5_001 }, 'desiredCount: The desired count is a whole number from 0 to 5,000.'],
    [{ desiredCount: Number.NaN }, 'desiredCount: The desired count is a whole number from 0 to 5,000.'],
    [{ cluster: { kind: 'existing', arn: 'default' } }, 'cluster.arn: This is not a cluster ARN.'],
    [{ network: network({ subnets: [] }) }, 'network.subnets: Choose at least one subnet.'],
    [
      { network: network({ subnets: Array.from({ length: 17 }, (_, i) => `subnet-${i}`) }) },
      'network.subnets: At most 16 subnets.',
    ],
    [
      { network: network({ subnets: ['subnet-1', 'subnet-1'] }) },
      'network.subnets: A subnet is listed twice.',
    ],
    [{ network: network({ subnets: ['10.0.0.0'] }) }, 'network.subnets.0: This is no subnet id.'],
    [
      { network: network({ securityGroups: Array.from({ length: 6 }, (_, i) => `sg-${i}`) }) },
      'network.securityGroups: At most 5 security groups.',
    ],
    [
      { deployment: deployment({ minimumHealthyPercent: 101 }) },
      'deployment.minimumHealthyPercent: The minimum is a whole number from 0 to 100.',
    ],
    [
      { deployment: deployment({ maximumPercent: 99 }) },
      'deployment.maximumPercent: The maximum is a whole number from 100 to 1,000.',
    ],
    [
      { deployment: deployment({ maximumPercent: 100 }) },
      'deployment.maximumPercent: With 100 and 100 ECS may neither stop nor start a task: no deployment would ever end.',
    ],
    [
      { deployment: deployment({ circuitBreaker: false }) },
      'deployment.rollback: Only the circuit breaker can roll back.',
    ],
    [{ capacity: strategy() }, 'capacity.strategy: Choose at least one capacity provider.'],
    [{ capacity: strategy({ weight: 0 }) }, 'capacity.strategy.0.weight: At least one weight is above 0.'],
    [{ capacity: strategy({}, {}) }, 'capacity.strategy.1.provider: This provider is listed twice.'],
    [
      { capacity: strategy({ base: 1 }, { provider: 'FARGATE_SPOT', base: 1 }) },
      'capacity.strategy.1.base: Only one provider can have a base.',
    ],
    [
      { taskDefinition: { kind: 'existing', arn: 'web:1' } },
      'taskDefinition.arn: This is not a task-definition ARN.',
    ],
    [
      { taskDefinition: { kind: 'json', text: '{' } },
      'taskDefinition.text: This is not JSON from line 1, column 2 on.',
    ],
    [{ network: null }, 'network: Tasks on Fargate need subnets.'],
  ])('%o', (more, message) => expect(issues(more)).toEqual([message]))

  it('tell the fields of a new cluster and of a new task definition at their place', () => {
    expect(issues({ cluster: { kind: 'new', cluster: { name: '' } } })[0]).toMatch(/^cluster\.cluster\./)
    expect(issues({ taskDefinition: { kind: 'form', form: definitionForm({ family: '' }) } })).toEqual([
      'taskDefinition.form.family: Give the task definition a name.',
    ])
  })
})

describe('how others find a service', () => {
  it.each<[string, object, string]>([
    [
      'a discovery service of CNAMEs',
      { registry: registry({ recordTypes: ['CNAME'] }) },
      'registry.id: ECS registers addresses, and a CNAME holds a name: choose another discovery service.',
    ],
    [
      'SRV without a container',
      { registry: registry({ recordTypes: ['SRV'] }) },
      'registry.containerName: An SRV record holds a port: choose the container and its port.',
    ],
    [
      'SRV without a port',
      { registry: registry({ recordTypes: ['SRV'], containerName: 'api' }) },
      'registry.containerPort: An SRV record holds a port: choose one.',
    ],
    [
      'SRV with a port that the task does not have',
      { registry: registry({ recordTypes: ['SRV'], containerName: 'api', containerPort: 81 }) },
      'registry.containerPort: The container api has no port 81 in the task definition.',
    ],
    [
      'too many tasks for Cloud Map',
      { registry: registry(), desiredCount: 1_001 },
      'desiredCount: Cloud Map takes 1,000 instances per discovery service, so at most 1,000 tasks.',
    ],
    [
      'Service Connect in the namespace of a discovery service that is not there',
      { serviceConnect: connect({ namespace: { kind: 'same' } }) },
      'serviceConnect.namespace.kind: There is no discovery service here whose namespace could be shared: choose one.',
    ],
    [
      'an endpoint on a port without that name',
      { serviceConnect: connect({ endpoints: [endpoint({ portName: 'grpc' })] }) },
      'serviceConnect.endpoints.0.portName: No port of the task definition is named grpc.',
    ],
    [
      'two endpoints of one name',
      { serviceConnect: connect({ endpoints: [endpoint(), endpoint()] }) },
      'serviceConnect.endpoints.1.discoveryName: Another endpoint has this discovery name.',
    ],
    [
      'an endpoint named as the discovery service beside it',
      {
        registry: { kind: 'new', service: discoveryInput(), containerName: '', containerPort: null },
        serviceConnect: connect({
          namespace: { kind: 'same' },
          endpoints: [endpoint({ discoveryName: 'api' })],
        }),
      },
      'serviceConnect.endpoints.0.discoveryName: The discovery service has this name in the same namespace; Service Connect needs another.',
    ],
    [
      'a server without endpoints',
      { serviceConnect: connect({ endpoints: [] }) },
      'serviceConnect.endpoints: A server offers at least one port.',
    ],
    [
      'an alias port out of range',
      { serviceConnect: connect({ endpoints: [endpoint({ aliasPort: 0 })] }) },
      'serviceConnect.endpoints.0.aliasPort: The port is a whole number from 1 to 65,535.',
    ],
    [
      'capitals in an alias',
      { serviceConnect: connect({ endpoints: [endpoint({ aliasDnsName: 'API' })] }) },
      'serviceConnect.endpoints.0.aliasDnsName: Lowercase letters, digits, hyphens and underscores, parted by dots.',
    ],
  ])('%s', (_name, more, message) => expect(issues(more)).toEqual([message]))

  it.each<[string, object]>([
    ['by DNS', { registry: registry() }],
    ['by SRV', { registry: registry({ recordTypes: ['SRV'], containerName: 'api', containerPort: 8080 }) }],
    ['as a client only', { serviceConnect: { kind: 'client', namespace: connect().namespace } }],
    ['by both, under two names', { registry: registry(), serviceConnect: connect() }],
    [
      'by SRV of a revision that only the server knows',
      {
        taskDefinition: { kind: 'existing', arn: definitionArn('web') },
        registry: registry({ recordTypes: ['SRV'], containerName: 'x', containerPort: 1 }),
      },
    ],
    ['by nobody, with as many tasks as ECS runs', { desiredCount: 5_000 }],
  ])('%s', (_name, more) => expect(issues(more)).toEqual([]))
})
