import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  RegisterTaskDefinitionCommand,
  type ServiceConnectConfiguration,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
  RegisterInstanceCommand,
} from '@aws-sdk/client-servicediscovery'
import { EXAMPLE_TAG, familyOf, servicesOf } from '@/lib/changes/examples/all'
import type { DeployExampleInput } from '@/lib/changes/inputs/examples'
import type { TestCloud } from './local-cloud'
import { webDefinition } from './plans'

const inSubnet = {
  launchType: 'FARGATE' as const,
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
}

/** What the shop is made of; every change below is about it. */
export type Shop = {
  readonly clusterArn: string
  readonly serviceArn: string
  readonly taskDefinitionArn: string
  readonly namespaceId: string
  readonly discoveryServiceId: string
}

export const need = (value: string | undefined): string => {
  if (!value) throw new Error('The local cloud left an id out.')
  return value
}

export async function settled(cloud: TestCloud, cluster: string, service: string) {
  for (;;) {
    const { services } = await cloud.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
    const found = services?.[0]
    if (found?.runningCount === found?.desiredCount && found?.deployments?.[0]?.rolloutState === 'COMPLETED')
      return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Cluster `shop`, namespace `shop.local` with `web`, and service `web` with two tasks registered there. */
export async function makeShop(cloud: TestCloud): Promise<Shop> {
  const { cluster } = await cloud.ecs.send(new CreateClusterCommand({ clusterName: 'shop' }))
  const { OperationId } = await cloud.cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({ Name: 'shop.local', Vpc: 'vpc-default' }),
  )
  const operation = await cloud.waitForOperation(OperationId)
  const namespaceId = need(operation.Targets?.NAMESPACE)
  const { Service } = await cloud.cloudMap.send(
    new CreateDiscoveryServiceCommand({
      Name: 'web',
      NamespaceId: namespaceId,
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }] },
      HealthCheckCustomConfig: {},
    }),
  )
  const { taskDefinition } = await cloud.ecs.send(new RegisterTaskDefinitionCommand(webDefinition('web')))
  const { service } = await cloud.ecs.send(
    new CreateServiceCommand({
      cluster: 'shop',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 2,
      ...inSubnet,
      serviceRegistries: [{ registryArn: need(Service?.Arn) }],
    }),
  )
  await settled(cloud, 'shop', 'web')
  return {
    clusterArn: need(cluster?.clusterArn),
    serviceArn: need(service?.serviceArn),
    taskDefinitionArn: need(taskDefinition?.taskDefinitionArn),
    namespaceId,
    discoveryServiceId: need(Service?.Id),
  }
}

/** An instance of `web` that no task stands behind. */
export async function addStray(cloud: TestCloud, { discoveryServiceId }: Shop) {
  const { OperationId } = await cloud.cloudMap.send(
    new RegisterInstanceCommand({
      ServiceId: discoveryServiceId,
      InstanceId: 'stray',
      Attributes: { AWS_INSTANCE_IPV4: '10.0.0.9' },
    }),
  )
  await cloud.waitForOperation(OperationId)
}

/** Gives `web` these settings of Service Connect. */
export async function connectWeb(
  cloud: TestCloud,
  { clusterArn: cluster, serviceArn: service }: Shop,
  settings: Omit<ServiceConnectConfiguration, 'enabled' | 'namespace'>,
) {
  await cloud.ecs.send(
    new UpdateServiceCommand({
      cluster,
      service,
      serviceConnectConfiguration: { enabled: true, namespace: 'shop.local', ...settings },
    }),
  )
  await settled(cloud, 'shop', 'web')
}

/** Service `front` with one task, which calls `web` by its DNS name. */
export async function addCaller(cloud: TestCloud): Promise<string> {
  const [container] = webDefinition('front').containerDefinitions ?? []
  await cloud.ecs.send(
    new RegisterTaskDefinitionCommand({
      ...webDefinition('front'),
      containerDefinitions: [
        { ...container, environment: [{ name: 'WEB_URL', value: 'http://web.shop.local:8080' }] },
      ],
    }),
  )
  const { service } = await cloud.ecs.send(
    new CreateServiceCommand({
      cluster: 'shop',
      serviceName: 'front',
      taskDefinition: 'front',
      desiredCount: 1,
      ...inSubnet,
    }),
  )
  await settled(cloud, 'shop', 'front')
  return need(service?.serviceArn)
}

/** What an example on Service Connect leaves to be removed: cluster, namespace, revisions and services with one task each. */
export async function makeExample(cloud: TestCloud, input: DeployExampleInput): Promise<void> {
  const { clusterName: cluster, namespaceName } = input
  await cloud.ecs.send(
    new CreateClusterCommand({ clusterName: cluster, tags: [{ key: EXAMPLE_TAG, value: input.example }] }),
  )
  const { OperationId } = await cloud.cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({ Name: namespaceName, Vpc: 'vpc-default' }),
  )
  await cloud.waitForOperation(OperationId)
  const parts = servicesOf(input)
  for (const part of parts) {
    await cloud.ecs.send(new RegisterTaskDefinitionCommand(webDefinition(familyOf(part.name))))
    const names = [{ portName: 'http', discoveryName: part.name, clientAliases: [{ port: 8080 }] }]
    await cloud.ecs.send(
      new CreateServiceCommand({
        cluster,
        serviceName: part.serviceName,
        taskDefinition: familyOf(part.name),
        desiredCount: 1,
        ...inSubnet,
        serviceConnectConfiguration: {
          enabled: true,
          namespace: namespaceName,
          ...(part.connect === 'client' ? {} : { services: names }),
        },
      }),
    )
  }
  for (const part of parts) await settled(cloud, cluster, part.serviceName)
}

export type Network = { readonly vpcId: string; readonly subnet: string; readonly securityGroup: string }

export async function networkOf({ ec2 }: TestCloud): Promise<Network> {
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}))
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}))
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({}))
  return {
    vpcId: need(Vpcs?.[0]?.VpcId),
    subnet: need(Subnets?.[0]?.SubnetId),
    securityGroup: need(SecurityGroups?.[0]?.GroupId),
  }
}
