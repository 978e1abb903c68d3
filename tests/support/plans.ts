import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import type { Plan } from '@/lib/plan/plan'
import type { Seen } from '@/lib/plan/seen'
import { planStep, refTo } from '@/lib/plan/step'

/** A plan with nothing that a test does not care about. */
export const planOf = (steps: Plan['steps'], seen: readonly Seen[] = []): Plan => ({
  title: 'A plan of a test',
  steps,
  seen,
  consequences: [],
  confirm: null,
})

export const webDefinition = (family: string): RegisterTaskDefinitionCommandInput => ({
  family,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    {
      name: 'web',
      image: 'public.ecr.aws/nginx/nginx:1.27',
      portMappings: [{ containerPort: 8080, name: 'http' }],
      environment: [{ name: 'SECRET', value: 'a-value-nobody-may-see' }],
    },
  ],
})

/** The steps of a whole service from nothing: cluster, namespace, name, revision, service. All begin with `name`. */
export function wholeService(name: string, desiredCount = 1): Plan['steps'] {
  return [
    planStep(
      { command: 'ecs:CreateCluster', input: { clusterName: name } },
      { id: 'cluster', sentence: `Create cluster ${name}.` },
    ),
    planStep(
      {
        command: 'servicediscovery:CreatePrivateDnsNamespace',
        input: { Name: `${name}.local`, Vpc: 'vpc-00000000000000001' },
      },
      { id: 'namespace', sentence: `Create namespace ${name}.local.` },
    ),
    planStep(
      {
        command: 'servicediscovery:CreateService',
        input: {
          Name: 'web',
          NamespaceId: refTo('namespace', 'namespaceId'),
          DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] },
          HealthCheckCustomConfig: { FailureThreshold: 1 },
        },
      },
      { id: 'name', sentence: `Create discovery service web.${name}.local.` },
    ),
    planStep(
      { command: 'ecs:RegisterTaskDefinition', input: webDefinition(name) },
      { id: 'revision', sentence: `Register a revision of ${name}.` },
    ),
    planStep(
      {
        command: 'ecs:CreateService',
        input: {
          cluster: refTo('cluster', 'clusterArn'),
          serviceName: name,
          taskDefinition: refTo('revision', 'taskDefinitionArn'),
          desiredCount,
          launchType: 'FARGATE',
          networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-00000000000000001'] } },
          serviceRegistries: [{ registryArn: refTo('name', 'discoveryServiceArn') }],
        },
      },
      { id: 'service', sentence: `Create service ${name}.` },
    ),
  ]
}
