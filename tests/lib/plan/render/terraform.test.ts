// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Terraform look so.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '@/lib/plan/command'
import { creates } from '@/lib/plan/render/creates'
import { renderPlan } from '@/lib/plan/render/render'
import type { RenderTarget } from '@/lib/plan/render/rendered'
import { inputOf, isFields, isList, type Value } from '@/lib/plan/render/value'
import { planStep, refTo } from '@/lib/plan/step'
import { type Hcl, parseHcl } from '../../../support/hcl'
import { hostileText, hostileTexts } from '../../../support/hostile-text'
import { callArbitrary } from '../../../support/modelled-arbitrary'
import { demoPlan, planOf } from '../../../support/sample-plans'

const target: RenderTarget = { region: 'us-east-1', endpointUrl: null, accountId: null }
const SEED = 20_240_608

/** Terraform keeps text in NFC, and Go's has no lone surrogates. */
const asTerraform = (text: string) => text.replace(/\p{Cs}/gu, '\ufffd').normalize('NFC')

const at = (value: Hcl | undefined, ...path: readonly (string | number)[]): Hcl | undefined =>
  path.reduce<Hcl | undefined>((inside, name) => {
    if (typeof inside !== 'object' || inside === null) return undefined
    return Object.entries(inside).find(([key]) => key === String(name))?.[1]
  }, value)

const textsIn = (value: Hcl): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) => [name, ...textsIn(item)])
}

/** The value without what stands at a path, in each item where the path goes through a list. */
function without(value: Value, path: string): Value {
  if (isList(value)) return value.map((item) => without(item, path))
  if (!isFields(value)) return value
  const [first = '', ...rest] = path.split('.')
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      if (name !== first) return [[name, item]]
      return rest.length === 0 ? [] : [[name, without(item, rest.join('.'))]]
    }),
  )
}

/** Its texts, names of members aside. */
function textsOf(value: Value): readonly string[] {
  if (typeof value === 'string') return [value]
  if (isList(value)) return value.flatMap(textsOf)
  if (!isFields(value)) return []
  const names = Object.keys(value)
  // A tag or a property without a name, which AWS refuses, has no place in a map.
  return names.length === 1 && names[0]?.toLowerCase() === 'value'
    ? []
    : Object.values(value).flatMap(textsOf)
}

describe('Terraform text', { timeout: 60_000 }, () => {
  it('parses, with references between the resources', async () => {
    const parsed = await parseHcl(renderPlan(demoPlan(), 'terraform', target).text)
    const service = at(parsed, 'resource', 'aws_ecs_service', 'service_backend_api', 0)
    expect(service).toMatchObject({
      name: 'backend-api-service',
      cluster: '${aws_ecs_cluster.cluster.arn}',
      task_definition: '${aws_ecs_task_definition.task_definition_backend_api.arn}',
      desired_count: 2,
      deployment_maximum_percent: 200,
      deployment_circuit_breaker: [{ enable: true, rollback: true }],
      service_registries: [{ registry_arn: '${aws_service_discovery_service.discovery_backend_api.arn}' }],
      tags: { team: 'shop' },
      wait_for_steady_state: true,
    })
    expect(at(parsed, 'resource', 'aws_service_discovery_service', 'discovery_backend_api', 0)).toMatchObject(
      {
        namespace_id: '${aws_service_discovery_private_dns_namespace.namespace.id}',
        dns_config: [{ routing_policy: 'MULTIVALUE', dns_records: [{ ttl: 60, type: 'A' }] }],
        health_check_custom_config: [{ failure_threshold: 1 }],
      },
    )
    const [, backend] = demoPlan().steps.filter((step) => step.command === 'ecs:RegisterTaskDefinition')
    expect(
      at(
        parsed,
        'resource',
        'aws_ecs_task_definition',
        'task_definition_frontend_web',
        0,
        'container_definitions',
      ),
    ).toEqual(backend?.command === 'ecs:RegisterTaskDefinition' && backend.input.containerDefinitions)
  })

  it('gives 2,000 hostile texts back, as keys and as values, plain and in jsonencode', async () => {
    const values = [
      ...new Set(
        [...hostileTexts, ...fc.sample(hostileText, { numRuns: 2_000, seed: SEED })].map(asTerraform),
      ),
    ]
    const plan = planOf('Hostile', [
      planStep(
        {
          command: 'ecs:RegisterTaskDefinition',
          input: {
            family: 'web',
            containerDefinitions: [
              { command: values, dockerLabels: Object.fromEntries(values.map((value) => [value, value])) },
            ],
            tags: values.map((value) => ({ key: value, value })),
            requiresCompatibilities: [],
          },
        },
        { id: 'task', sentence: values.join(' ') },
      ),
    ])
    const parsed = await parseHcl(renderPlan(plan, 'terraform', target).text)
    const resource = at(parsed, 'resource', 'aws_ecs_task_definition', 'task', 0)
    const asMap = Object.fromEntries(values.map((value) => [value, value]))
    expect(at(resource, 'container_definitions')).toEqual([{ command: values, dockerLabels: asMap }])
    expect(at(resource, 'tags')).toEqual(asMap)
  })

  it('keeps every text of any input that AWS models, or says what it leaves out', async () => {
    const marks = fc.nat().map((number) => `${number}\${"%{`)
    for (const command of creates) {
      const calls = fc.sample(callArbitrary(command, marks), { numRuns: 12, seed: SEED })
      const plan = planOf(
        'Any',
        calls.map((call, index) => planStep(call, { id: `any-${index}`, sentence: 'Any.' })),
      )
      const { text, remarks } = renderPlan(plan, 'terraform', target)
      const left = remarks.flatMap((remark) => / has no argument for (\S+);/.exec(remark)?.[1] ?? [])
      // Two words of the API's become true and false.
      const notText = [...left, 'networkConfiguration.awsvpcConfiguration.assignPublicIp']
      const parsed = new Set(textsIn(await parseHcl(text)))
      const wanted = calls.flatMap((call) => textsOf(notText.reduce(without, inputOf(call))))
      expect(wanted.filter((one) => !parsed.has(one))).toEqual([])
    }
  })

  it('says of the members of today what the provider has no argument for', () => {
    const left = (command: Command) =>
      new Set(
        fc
          .sample(callArbitrary(command, fc.constant('a')), { numRuns: 300, seed: SEED })
          .flatMap(
            (call) =>
              renderPlan(
                planOf('Any', [planStep(call, { id: 'any', sentence: 'Any.' })]),
                'terraform',
                target,
              ).remarks,
          )
          .flatMap((remark) => / has no argument for (\S+);/.exec(remark)?.[1] ?? []),
      )
    expect(Object.fromEntries(creates.map((command) => [command, [...left(command)].sort()]))).toEqual({
      'servicediscovery:CreatePrivateDnsNamespace': ['Properties.DnsProperties.SOA.TTL'],
      'servicediscovery:CreatePublicDnsNamespace': ['Properties.DnsProperties.SOA.TTL'],
      'servicediscovery:CreateHttpNamespace': [],
      'servicediscovery:CreateService': [],
      'ecs:CreateCluster': [],
      'ecs:RegisterTaskDefinition': ['inferenceAccelerators'],
      'ecs:CreateService': [
        'deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask',
        'deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration',
        'deploymentConfiguration.earlySuccessCriteria',
        'deploymentConfiguration.lifecycleHooks.targetType',
        'deploymentConfiguration.lifecycleHooks.timeoutConfiguration',
        'gatewayConnectors',
        'monitoring',
        'serviceConnectConfiguration.accessLogConfiguration',
        'serviceConnectConfiguration.containerConfigurations',
        'vpcLatticeConfigurations.advancedConfiguration',
      ],
    })
  })

  it('turns what the API says in words into what the provider wants', async () => {
    const plan = planOf('Words', [
      planStep(
        {
          command: 'ecs:CreateCluster',
          input: {
            settings: [{ name: 'containerInsights', value: 'enabled' }],
            capacityProviders: ['FARGATE'],
            defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
          },
        },
        { id: 'cluster', sentence: 'Create a cluster.' },
      ),
      planStep(
        {
          command: 'ecs:CreateService',
          input: {
            serviceName: 'web',
            taskDefinition: 'web',
            cluster: refTo('cluster', 'clusterArn'),
            propagateTags: 'NONE',
            networkConfiguration: {
              awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'ENABLED' },
            },
            deploymentConfiguration: {
              strategy: 'LINEAR',
              bakeTimeInMinutes: 5,
              linearConfiguration: { stepPercent: 10 },
            },
          },
        },
        { id: 'service', sentence: 'Create web.', after: null },
      ),
    ])
    const parsed = await parseHcl(renderPlan(plan, 'terraform', target).text)
    expect(at(parsed, 'resource')).toEqual({
      aws_ecs_cluster: {
        cluster: [{ name: 'default', setting: [{ name: 'containerInsights', value: 'enabled' }] }],
      },
      aws_ecs_cluster_capacity_providers: {
        cluster: [
          {
            cluster_name: '${aws_ecs_cluster.cluster.name}',
            capacity_providers: ['FARGATE'],
            default_capacity_provider_strategy: [{ capacity_provider: 'FARGATE', weight: 1 }],
          },
        ],
      },
      aws_ecs_service: {
        service: [
          {
            name: 'web',
            task_definition: 'web',
            cluster: '${aws_ecs_cluster.cluster.arn}',
            network_configuration: [{ subnets: ['subnet-1'], assign_public_ip: true }],
            deployment_configuration: [
              { strategy: 'LINEAR', bake_time_in_minutes: 5, linear_configuration: [{ step_percent: 10 }] },
            ],
          },
        ],
      },
    })
  })

  it('says that Terraform normalises text', () => {
    const step = planStep(
      { command: 'servicediscovery:CreateHttpNamespace', input: { Name: 'shop', Description: 'e\u0301' } },
      { id: 'namespace', sentence: 'Create shop.' },
    )
    expect(renderPlan(planOf('Shop', [step]), 'terraform', target).remarks.join()).toContain('NFC')
  })

  it('does not let a map of the user pass for words of Terraform', async () => {
    const plan = planOf('Words', [
      planStep(
        {
          command: 'ecs:RegisterTaskDefinition',
          input: {
            family: 'web',
            containerDefinitions: [],
            volumes: [
              {
                name: 'v',
                dockerVolumeConfiguration: {
                  labels: { kind: 'words', words: 'file("/etc/passwd")' },
                  driverOpts: { $ref: 'x', for: 'y', 'a-b': 'c', __proto__x: 'd' },
                },
              },
            ],
          },
        },
        { id: 'task', sentence: 'Register web.' },
      ),
    ])
    const parsed = await parseHcl(renderPlan(plan, 'terraform', target).text)
    expect(at(parsed, 'resource', 'aws_ecs_task_definition', 'task', 0, 'volume')).toEqual([
      {
        name: 'v',
        docker_volume_configuration: [
          {
            labels: { kind: 'words', words: 'file("/etc/passwd")' },
            driver_opts: { $ref: 'x', for: 'y', 'a-b': 'c', __proto__x: 'd' },
          },
        ],
      },
    ])
  })
})
