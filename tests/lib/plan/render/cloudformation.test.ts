import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ref } from '@/lib/plan/command'
import { creates } from '@/lib/plan/render/creates'
import { renderPlan } from '@/lib/plan/render/render'
import type { RenderTarget } from '@/lib/plan/render/rendered'
import { toProperties } from '@/lib/plan/render/template/property-names'
import { inputOf } from '@/lib/plan/render/value'
import { planStep, refTo } from '@/lib/plan/step'
import { hostileText, hostileTexts } from '../../../support/hostile-text'
import { callArbitrary } from '../../../support/modelled-arbitrary'
import { demoPlan, planOf } from '../../../support/sample-plans'
import { parseTemplate } from '../../../support/template'

const target: RenderTarget = { region: 'us-east-1', endpointUrl: null, accountId: null }
const SEED = 20_240_609
const template = (plan: ReturnType<typeof planOf>, version?: '1.1' | '1.2') =>
  parseTemplate(renderPlan(plan, 'cloudformation', target).text, version)

const service = (id: string, input: Record<string, unknown> & { cluster?: string | Ref }) =>
  planStep(
    { command: 'ecs:CreateService', input: { serviceName: id, taskDefinition: 'web', ...input } },
    { id, sentence: `Create ${id}.` },
  )

describe('a CloudFormation template', { timeout: 60_000 }, () => {
  it('has the resources of the demo, with references between them', () => {
    const resources = template(demoPlan())
    expect(Object.entries(resources).map(([id, { Type }]) => [id, Type])).toEqual([
      ['Namespace', 'AWS::ServiceDiscovery::PrivateDnsNamespace'],
      ['Cluster', 'AWS::ECS::Cluster'],
      ['DiscoveryBackendApi', 'AWS::ServiceDiscovery::Service'],
      ['TaskDefinitionBackendApi', 'AWS::ECS::TaskDefinition'],
      ['ServiceBackendApi', 'AWS::ECS::Service'],
      ['DiscoveryFrontendWeb', 'AWS::ServiceDiscovery::Service'],
      ['TaskDefinitionFrontendWeb', 'AWS::ECS::TaskDefinition'],
      ['ServiceFrontendWeb', 'AWS::ECS::Service'],
    ])
    expect(resources.ServiceBackendApi?.Properties).toEqual({
      Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
      ServiceName: 'backend-api-service',
      TaskDefinition: { Ref: 'TaskDefinitionBackendApi' },
      DesiredCount: 2,
      LaunchType: 'FARGATE',
      ServiceRegistries: [{ RegistryArn: { 'Fn::GetAtt': ['DiscoveryBackendApi', 'Arn'] } }],
      DeploymentConfiguration: {
        MaximumPercent: 200,
        MinimumHealthyPercent: 100,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      },
      Tags: [{ Key: 'team', Value: 'shop' }],
    })
    expect(resources.DiscoveryBackendApi?.Properties).toMatchObject({ NamespaceId: { Ref: 'Namespace' } })
  })

  it.each(['1.1', '1.2'] as const)(
    'gives 2,000 hostile texts back, as keys and as values, by YAML %s',
    (version) => {
      const values = [
        ...new Set([...hostileTexts, ...fc.sample(hostileText, { numRuns: 2_000, seed: SEED })]),
      ]
      const asMap = Object.fromEntries(values.map((value) => [value, value]))
      const plan = planOf(values.join(' '), [
        planStep(
          {
            command: 'ecs:RegisterTaskDefinition',
            input: { family: 'web', containerDefinitions: [{ command: values, dockerLabels: asMap }] },
          },
          { id: 'task', sentence: values.join(' ') },
        ),
      ])
      expect(template(plan, version).Task?.Properties.ContainerDefinitions).toEqual([
        { Command: values, DockerLabels: asMap },
      ])
    },
  )

  it('gives any input that AWS models back', () => {
    for (const command of creates) {
      const calls = fc.sample(callArbitrary(command, hostileText), { numRuns: 20, seed: SEED })
      const steps = calls.map((call, index) => planStep(call, { id: `any-${index}`, sentence: command }))
      const resources = template(planOf('Any', steps))
      expect(Object.values(resources).map(({ Properties }) => Properties)).toEqual(
        steps.map((step) => toProperties(inputOf(step))),
      )
    }
  })

  it('does not rename what the user named', () => {
    const plan = planOf('Keys', [
      planStep(
        {
          command: 'ecs:RegisterTaskDefinition',
          input: {
            family: 'web',
            containerDefinitions: [
              {
                dockerLabels: { options: 'a', lower: 'b' },
                logConfiguration: {
                  logDriver: 'awslogs',
                  options: { 'awslogs-group': 'g', mode: 'non-blocking' },
                },
                environment: [{ name: 'settings', value: 'iam' }],
              },
            ],
            volumes: [
              { name: 'd', dockerVolumeConfiguration: { driverOpts: { type: 'nfs' }, labels: { iam: 'x' } } },
              {
                name: 'e',
                efsVolumeConfiguration: { fileSystemId: 'fs-1', authorizationConfig: { iam: 'ENABLED' } },
              },
              {
                name: 'f',
                fsxWindowsFileServerVolumeConfiguration: {
                  fileSystemId: 'fs-2',
                  rootDirectory: '/',
                  authorizationConfig: { credentialsParameter: 'p', domain: 'd' },
                },
              },
            ],
            proxyConfiguration: { containerName: 'envoy', properties: [{ name: 'AppPorts', value: '80' }] },
          },
        },
        { id: 'task', sentence: 'Register web.' },
      ),
    ])
    expect(template(plan).Task?.Properties).toEqual({
      Family: 'web',
      ContainerDefinitions: [
        {
          DockerLabels: { options: 'a', lower: 'b' },
          LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': 'g', mode: 'non-blocking' } },
          Environment: [{ Name: 'settings', Value: 'iam' }],
        },
      ],
      Volumes: [
        { Name: 'd', DockerVolumeConfiguration: { DriverOpts: { type: 'nfs' }, Labels: { iam: 'x' } } },
        {
          Name: 'e',
          EFSVolumeConfiguration: { FilesystemId: 'fs-1', AuthorizationConfig: { IAM: 'ENABLED' } },
        },
        {
          Name: 'f',
          FSxWindowsFileServerVolumeConfiguration: {
            FileSystemId: 'fs-2',
            RootDirectory: '/',
            AuthorizationConfig: { CredentialsParameter: 'p', Domain: 'd' },
          },
        },
      ],
      ProxyConfiguration: {
        ContainerName: 'envoy',
        ProxyConfigurationProperties: [{ Name: 'AppPorts', Value: '80' }],
      },
    })
  })

  it('orders what depends on each other by name only', () => {
    const namespace = planStep(
      { command: 'servicediscovery:CreateHttpNamespace', input: { Name: 'shop' } },
      { id: 'namespace', sentence: 'Create shop.' },
    )
    const cluster = planStep(
      {
        command: 'ecs:CreateCluster',
        input: { clusterName: 'main', serviceConnectDefaults: { namespace: 'shop' } },
      },
      { id: 'cluster', sentence: 'Create main.' },
    )
    const task = planStep(
      { command: 'ecs:RegisterTaskDefinition', input: { family: 'web', containerDefinitions: [] } },
      { id: 'task', sentence: 'Register web.' },
    )
    const server = service('server', {
      cluster: 'main',
      taskDefinition: 'web:1',
      serviceConnectConfiguration: { enabled: true, namespace: 'shop', services: [{ portName: 'http' }] },
    })
    const client = service('client', {
      cluster: refTo('cluster', 'clusterArn'),
      taskDefinition: 'other',
      serviceConnectConfiguration: { enabled: true, namespace: refTo('namespace', 'namespaceArn') },
    })
    const alone = service('alone', { cluster: 'elsewhere', taskDefinition: 'other' })
    const resources = template(planOf('Order', [namespace, cluster, task, server, client, alone]))
    expect(Object.entries(resources).map(([id, { DependsOn }]) => [id, DependsOn])).toEqual([
      ['Namespace', undefined],
      ['Cluster', ['Namespace']],
      ['Task', undefined],
      ['Server', ['Namespace', 'Cluster', 'Task']],
      ['Client', ['Server']],
      ['Alone', undefined],
    ])
  })

  it('gives every step a logical id of its own', () => {
    const ids = ['web-1', 'web1', 'WEB-1', '1', 'default', 'Resource', '名前', '!']
    const steps = ids.map((id) => planStep({ command: 'ecs:CreateCluster', input: {} }, { id, sentence: id }))
    const names = Object.keys(template(planOf('Ids', steps)))
    expect(names).toEqual(['Web1', 'Web12', 'WEB13', 'Step1', 'Default2', 'Resource2', 'Step', 'Step2'])
  })

  it('says that CloudFormation would look a dynamic reference up', () => {
    const step = planStep(
      {
        command: 'servicediscovery:CreateHttpNamespace',
        input: { Name: 'shop', Description: '{{resolve:ssm:x}}' },
      },
      { id: 'namespace', sentence: 'Create shop.' },
    )
    const { remarks } = renderPlan(planOf('Shop', [step]), 'cloudformation', target)
    expect(remarks.join()).toContain('dynamic references')
  })
})
