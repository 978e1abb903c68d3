import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteCapacityProviderCommand,
  DescribeCapacityProvidersCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DiscoverPollEndpointCommand,
  ECSServiceException,
  ListAccountSettingsCommand,
  ListServiceDeploymentsCommand,
  ListServicesByNamespaceCommand,
  PutAccountSettingCommand,
  PutClusterCapacityProvidersCommand,
  paginateListAccountSettings,
  RegisterTaskDefinitionCommand,
  type ServiceDeployment,
  StopServiceDeploymentCommand,
  SubmitTaskStateChangeCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { CreateHttpNamespaceCommand } from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { goodService, goodTaskDefinition } from '../support/emulator-context'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

const patient = { timeout: 20_000, interval: 20 }

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startTestCloud()
  await cloud.ecs.send(new CreateClusterCommand({}))
  for (let revision = 0; revision < 2; revision += 1)
    await cloud.ecs.send(new RegisterTaskDefinitionCommand(goodTaskDefinition()))
})
afterAll(() => cloud.stop())

async function currentOf(service: string): Promise<ServiceDeployment> {
  const { services = [] } = await cloud.ecs.send(new DescribeServicesCommand({ services: [service] }))
  const { serviceDeployments = [] } = await cloud.ecs.send(
    new DescribeServiceDeploymentsCommand({
      serviceDeploymentArns: [services[0]?.currentServiceDeployment ?? ''],
    }),
  )
  const [found] = serviceDeployments
  if (!found) throw new Error(`${service} has no service deployment`)
  return found
}

const ended = (service: string, status: string) =>
  vi.waitFor(async () => {
    const found = await currentOf(service)
    expect(found.status).toBe(status)
    return found
  }, patient)

describe('service deployments by the SDK', () => {
  it('tell the way of a release, with dates, and the revisions before and after', async () => {
    await cloud.ecs.send(
      new CreateServiceCommand(goodService({ serviceName: 'told', taskDefinition: 'backend:1' })),
    )
    const first = await ended('told', 'SUCCESSFUL')
    expect(first).toMatchObject({
      createdAt: expect.any(Date),
      startedAt: expect.any(Date),
      finishedAt: expect.any(Date),
      sourceServiceRevisions: [],
    })
    await cloud.ecs.send(new UpdateServiceCommand({ service: 'told', taskDefinition: 'backend:2' }))
    const second = await ended('told', 'SUCCESSFUL')
    expect(second.sourceServiceRevisions?.[0]?.arn).toBe(first.targetServiceRevision?.arn)
    const arns = [first.targetServiceRevision?.arn ?? '', second.targetServiceRevision?.arn ?? '']
    const { serviceRevisions = [], failures } = await cloud.ecs.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: arns }),
    )
    expect(failures).toEqual([])
    expect(serviceRevisions.map(({ taskDefinition }) => taskDefinition?.split('/')[1])).toEqual([
      'backend:1',
      'backend:2',
    ])
    expect(serviceRevisions[0]?.createdAt).toBeInstanceOf(Date)

    const after = new Date((first.createdAt?.getTime() ?? 0) - 1_000)
    const { serviceDeployments } = await cloud.ecs.send(
      new ListServiceDeploymentsCommand({ service: 'told', createdAt: { after }, status: ['SUCCESSFUL'] }),
    )
    expect(serviceDeployments).toMatchObject([
      { serviceDeploymentArn: second.serviceDeploymentArn, createdAt: expect.any(Date) },
      { serviceDeploymentArn: first.serviceDeploymentArn },
    ])
  })

  it('can be stopped, which rolls back', async () => {
    await cloud.ecs.send(
      new CreateServiceCommand(
        goodService({
          serviceName: 'stopped',
          taskDefinition: 'backend:1',
          // Neither a start nor a stop is possible, so the second deployment stays under way.
          desiredCount: 1,
          deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 },
        }),
      ),
    )
    await ended('stopped', 'SUCCESSFUL')
    await cloud.ecs.send(new UpdateServiceCommand({ service: 'stopped', taskDefinition: 'backend:2' }))
    const { serviceDeploymentArn } = await ended('stopped', 'IN_PROGRESS')
    expect(await cloud.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn }))).toMatchObject({
      serviceDeploymentArn,
    })
    const over = await ended('stopped', 'ROLLBACK_SUCCESSFUL')
    expect(over.rollback).toMatchObject({ startedAt: expect.any(Date), reason: expect.any(String) })
    const refusal = await cloud.ecs
      .send(new StopServiceDeploymentCommand({ serviceDeploymentArn }))
      .catch((error: unknown) => error)
    expect(refusal).toMatchObject({ name: 'ConflictException', resourceIds: [serviceDeploymentArn] })
  })
})

describe('what wizards ask ECS besides', () => {
  it('services by the namespace that they connect through', async () => {
    const made = await cloud.cloudMap.send(new CreateHttpNamespaceCommand({ Name: 'mesh' }))
    await cloud.waitForOperation(made.OperationId)
    await cloud.ecs.send(
      new CreateServiceCommand(
        goodService({
          serviceName: 'meshed',
          desiredCount: 0,
          serviceConnectConfiguration: { enabled: true, namespace: 'mesh' },
        }),
      ),
    )
    const { serviceArns } = await cloud.ecs.send(new ListServicesByNamespaceCommand({ namespace: 'mesh' }))
    expect(serviceArns).toEqual([expect.stringContaining('service/default/meshed')])
    await expect(
      cloud.ecs.send(new ListServicesByNamespaceCommand({ namespace: 'none' })),
    ).rejects.toMatchObject({ name: 'NamespaceNotFoundException' })
  })

  it('capacity providers', async () => {
    const { capacityProviders: usual } = await cloud.ecs.send(new DescribeCapacityProvidersCommand({}))
    expect(usual?.map(({ name, status }) => [name, status])).toEqual([
      ['FARGATE', 'ACTIVE'],
      ['FARGATE_SPOT', 'ACTIVE'],
    ])
    await cloud.ecs.send(
      new CreateCapacityProviderCommand({
        name: 'spare',
        autoScalingGroupProvider: { autoScalingGroupArn: 'spare-group' },
      }),
    )
    await cloud.ecs.send(
      new PutClusterCapacityProvidersCommand({
        cluster: 'default',
        capacityProviders: ['FARGATE', 'FARGATE_SPOT', 'spare'],
        defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1, base: 1 }],
      }),
    )
    await expect(
      cloud.ecs.send(new DeleteCapacityProviderCommand({ capacityProvider: 'spare' })),
    ).rejects.toMatchObject({ name: 'ClientException' })
    await cloud.ecs.send(
      new PutClusterCapacityProvidersCommand({
        cluster: 'default',
        capacityProviders: [],
        defaultCapacityProviderStrategy: [],
      }),
    )
    await cloud.ecs.send(new DeleteCapacityProviderCommand({ capacityProvider: 'spare' }))
  })

  it('account settings', async () => {
    await cloud.ecs.send(new PutAccountSettingCommand({ name: 'containerInsights', value: 'enhanced' }))
    const { settings } = await cloud.ecs.send(new ListAccountSettingsCommand({}))
    expect(settings).toMatchObject([{ name: 'containerInsights', value: 'enhanced', type: 'user' }])
    const names: (string | undefined)[] = []
    for await (const page of paginateListAccountSettings({ client: cloud.ecs }, { effectiveSettings: true }))
      names.push(...(page.settings ?? []).map(({ name }) => name))
    expect(names).toHaveLength(11)
  })

  it('and what only agents may ask is refused by name', async () => {
    const refused = async (sent: Promise<unknown>) => {
      const error = await sent.catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(ECSServiceException)
      expect(error).toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining('only used by the Amazon ECS container agent'),
      })
    }
    await refused(cloud.ecs.send(new DiscoverPollEndpointCommand({})))
    await refused(cloud.ecs.send(new SubmitTaskStateChangeCommand({ task: 'x' })))
  })
})
