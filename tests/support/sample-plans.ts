// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hostile texts look so.
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import type { Plan, PlanStep } from '@/lib/plan/plan'
import { planStep, refTo } from '@/lib/plan/step'

/** Steps as a plan. */
export const planOf = (title: string, steps: readonly PlanStep[]): Plan => ({
  title,
  steps,
  seen: [],
  consequences: [],
  confirm: null,
})

const definition = (
  name: string,
  port: number,
  environment: Readonly<Record<string, string>>,
): RegisterTaskDefinitionCommandInput => ({
  family: name,
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    {
      name,
      image: `${name}:latest`,
      essential: true,
      portMappings: [{ containerPort: port, protocol: 'tcp' }],
      environment: Object.entries({ PORT: String(port), ...environment }).map(([key, value]) => ({
        name: key,
        value,
      })),
      healthCheck: {
        command: ['CMD-SHELL', `curl -f http://localhost:${port}/health || exit 1`],
        interval: 30,
      },
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': `/ecs/${name}` } },
      dockerLabels: { 'com.example.role': name },
    },
  ],
})

function serviceSteps(
  name: string,
  port: number,
  environment: Readonly<Record<string, string>>,
  count: number,
) {
  return [
    planStep(
      {
        command: 'servicediscovery:CreateService',
        input: {
          Name: name,
          NamespaceId: refTo('namespace', 'namespaceId'),
          Description: `Tasks of ${name}`,
          DnsConfig: { RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'A', TTL: 60 }] },
          HealthCheckCustomConfig: { FailureThreshold: 1 },
        },
      },
      { id: `discovery-${name}`, sentence: `Create the discovery service ${name}.production.local.` },
    ),
    planStep(
      { command: 'ecs:RegisterTaskDefinition', input: definition(name, port, environment) },
      { id: `task-definition-${name}`, sentence: `Register the task definition ${name}.` },
    ),
    planStep(
      {
        command: 'ecs:CreateService',
        input: {
          cluster: refTo('cluster', 'clusterArn'),
          serviceName: `${name}-service`,
          taskDefinition: refTo(`task-definition-${name}`, 'taskDefinitionArn'),
          desiredCount: count,
          launchType: 'FARGATE',
          serviceRegistries: [{ registryArn: refTo(`discovery-${name}`, 'discoveryServiceArn') }],
          deploymentConfiguration: {
            maximumPercent: 200,
            minimumHealthyPercent: 100,
            deploymentCircuitBreaker: { enable: true, rollback: true },
          },
          tags: [{ key: 'team', value: 'shop' }],
        },
      },
      { id: `service-${name}`, sentence: `Create the service ${name}-service with ${count} tasks.` },
    ),
  ]
}

/** The service-to-service demo in eight steps. */
export const demoPlan = (): Plan =>
  planOf('Service-to-service demo', [
    planStep(
      {
        command: 'servicediscovery:CreatePrivateDnsNamespace',
        input: { Name: 'production.local', Vpc: 'vpc-default', Description: 'Names of production' },
      },
      { id: 'namespace', sentence: 'Create the private namespace production.local.' },
    ),
    planStep(
      { command: 'ecs:CreateCluster', input: { clusterName: 'default' } },
      { id: 'cluster', sentence: 'Create the cluster default.' },
    ),
    ...serviceSteps('backend-api', 8080, {}, 2),
    ...serviceSteps('frontend-web', 3000, { BACKEND_URL: 'http://backend-api.production.local:8080' }, 1),
  ])

/** Texts that AWS takes where it takes any text, hostile to shells and eyes. */
const hostileValues = [
  "it's $HOME",
  '$(touch canary)',
  '`touch canary`',
  'a\nb\tc',
  '\u2028\u202e',
  '"${x}" %{y} !',
  '-rf',
  'file:///x',
]

/** A task definition and a namespace full of hostile texts, which any cloud takes. */
export const hostilePlan = (): Plan =>
  planOf('Hostile $(touch canary)', [
    planStep(
      {
        command: 'servicediscovery:CreateHttpNamespace',
        input: { Name: 'hostile', Description: hostileValues.slice(0, 3).join(' ') },
      },
      { id: 'namespace', sentence: '`touch canary`' },
    ),
    planStep(
      {
        command: 'ecs:RegisterTaskDefinition',
        input: {
          family: 'hostile',
          containerDefinitions: [
            {
              name: 'web',
              image: 'web',
              memory: 128,
              command: hostileValues,
              environment: hostileValues.map((value, index) => ({ name: `V${index}`, value })),
              dockerLabels: Object.fromEntries(hostileValues.map((value) => [value, value])),
            },
          ],
        },
      },
      { id: 'task', sentence: '"; touch canary; "' },
    ),
  ])
