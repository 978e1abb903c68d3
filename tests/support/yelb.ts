import {
  CreateServiceCommand,
  type ECSClient,
  type KeyValuePair,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  type ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'

/** The four services of Yelb with the images and ports of the original. */
export const yelbServices = {
  'redis-server': { image: 'redis:4.0.2', port: 6379 },
  'yelb-db': { image: 'mreferre/yelb-db:0.6', port: 5432 },
  'yelb-appserver': { image: 'mreferre/yelb-appserver:0.7', port: 4567 },
  'yelb-ui': { image: 'mreferre/yelb-ui:0.10', port: 80 },
} as const

export type YelbService = keyof typeof yelbServices

/** Makes one of them, findable in the namespace, as the original's CloudFormation template does. */
export async function deployYelbService(
  { ecs, cloudMap }: { readonly ecs: ECSClient; readonly cloudMap: ServiceDiscoveryClient },
  namespaceId: string | undefined,
  name: YelbService,
  environment: KeyValuePair[] = [{ name: 'SEARCH_DOMAIN', value: 'yelb.local' }],
): Promise<void> {
  const { image, port } = yelbServices[name]
  const { Service } = await cloudMap.send(
    new CreateDiscoveryServiceCommand({
      Name: name,
      NamespaceId: namespaceId,
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] },
      HealthCheckCustomConfig: { FailureThreshold: 1 },
    }),
  )
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: name,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name, image, portMappings: [{ containerPort: port }], environment }],
    }),
  )
  await ecs.send(
    new CreateServiceCommand({
      serviceName: name,
      taskDefinition: name,
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-default'], securityGroups: ['sg-default'] },
      },
      serviceRegistries: [{ registryArn: Service?.Arn }],
    }),
  )
}
