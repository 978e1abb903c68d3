import {
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  ListTagsForResourceCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  TagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  DeregisterInstanceCommand,
  GetInstanceCommand,
  GetOperationCommand,
  ListTagsForResourceCommand as ListDiscoveryTagsCommand,
  RegisterInstanceCommand,
  ServiceAlreadyExists,
  type ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'

/** Where writes go to, and what they build on. */
export type WriteTarget = {
  readonly ecs: ECSClient
  readonly cloudMap: ServiceDiscoveryClient
  readonly namespaceId: string
  readonly discoveryId: string
}

/**
 * One write: how it is sent, and how to find out later what became of it. `check` gives the faults that it finds: with
 * `known` the write was acknowledged and has to be there, else it may be there whole or not at all.
 */
export type Write = {
  send(target: WriteTarget): Promise<void>
  check(target: WriteTarget, known: boolean): Promise<string[]>
}

const codeOf = (error: unknown): string => (error instanceof Error ? error.name : String(error))
const network = {
  awsvpcConfiguration: { subnets: ['subnet-default'], securityGroups: ['sg-default'] },
}
const twoTags = (tags: readonly { key?: string; Key?: string }[] = []): number =>
  tags.filter(({ key, Key }) => ['one', 'two'].includes(key ?? Key ?? '')).length

/** An ECS service with two tags; half of it would be a service without its tags or its deployment. */
export const createService = (name: string, desiredCount: number): Write => ({
  async send({ ecs }) {
    await ecs.send(
      new CreateServiceCommand({
        serviceName: name,
        taskDefinition: 'kept:1',
        desiredCount,
        launchType: 'FARGATE',
        networkConfiguration: network,
        tags: [
          { key: 'one', value: name },
          { key: 'two', value: name },
        ],
      }),
    )
  },
  async check({ ecs }, known) {
    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({ services: [name], include: ['TAGS'] }),
    )
    const [service] = services
    if (!service) return known ? [`service ${name} is lost`] : []
    const isWhole =
      service.desiredCount === desiredCount &&
      service.deployments?.length === 1 &&
      twoTags(service.tags) === 2
    return isWhole ? [] : [`service ${name} is half there`]
  },
})

/** A revision of one family, then two tags on it in one request. */
export function registerTaskDefinition(
  name: string,
): Write & { readonly revision: () => number | undefined } {
  let arn: string | undefined
  let revision: number | undefined
  let isTagged = false
  return {
    revision: () => revision,
    async send({ ecs }) {
      const { taskDefinition } = await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: 'counted',
          containerDefinitions: [
            { name: 'app', image: 'nginx', environment: [{ name: 'NAME', value: name }] },
          ],
          networkMode: 'awsvpc',
        }),
      )
      arn = taskDefinition?.taskDefinitionArn
      revision = taskDefinition?.revision
      const tags = [
        { key: 'one', value: name },
        { key: 'two', value: name },
      ]
      await ecs.send(new TagResourceCommand({ resourceArn: arn, tags }))
      isTagged = true
    },
    async check({ ecs }) {
      if (arn === undefined) return []
      const faults: string[] = []
      try {
        const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }))
        const value = taskDefinition?.containerDefinitions?.[0]?.environment?.[0]?.value
        if (value !== name) faults.push(`${arn} is ${value}, not ${name}: its revision was used again`)
      } catch (error) {
        return [`${arn} is lost: ${codeOf(error)}`]
      }
      const { tags } = await ecs.send(new ListTagsForResourceCommand({ resourceArn: arn }))
      const count = twoTags(tags)
      if (isTagged && count !== 2) faults.push(`the tags of ${arn} are lost`)
      if (count === 1) faults.push(`the tags of ${arn} are half there`)
      return faults
    },
  }
}

/** Two tasks that end at once, with a client token; half of it would be one task, or another two when it is asked again. */
export function runTasks(name: string): Write {
  let arns: string[] = []
  const command = new RunTaskCommand({
    taskDefinition: 'brief:1',
    count: 2,
    startedBy: name,
    clientToken: name,
    launchType: 'FARGATE',
    networkConfiguration: network,
  })
  return {
    async send({ ecs }) {
      const { tasks = [] } = await ecs.send(command)
      arns = tasks.map(({ taskArn = '' }) => taskArn)
    },
    async check({ ecs }, known) {
      const lists = await Promise.all(
        (['RUNNING', 'STOPPED'] as const).map((desiredStatus) =>
          ecs.send(new ListTasksCommand({ startedBy: name, desiredStatus })),
        ),
      )
      // One may have ended between the two looks.
      const taskArns = [...new Set(lists.flatMap((list) => list.taskArns ?? []))]
      if (taskArns.length === 0 && !known) return []
      if (taskArns.length !== 2) return [`of the tasks ${name} there are ${taskArns.length}`]
      const { tasks = [] } = await ecs.send(command)
      const again = tasks.map(({ taskArn = '' }) => taskArn)
      if (!again.every((arn) => taskArns.includes(arn))) return [`the client token ${name} is forgotten`]
      return known && !arns.every((arn) => again.includes(arn)) ? [`the tasks ${name} are others`] : []
    },
  }
}

/** A discovery service with two tags. */
export function createDiscoveryService(Name: string): Write {
  const Tags = [
    { Key: 'one', Value: Name },
    { Key: 'two', Value: Name },
  ]
  let arn: string | undefined
  return {
    async send({ cloudMap, namespaceId: NamespaceId }) {
      const { Service } = await cloudMap.send(new CreateDiscoveryServiceCommand({ Name, NamespaceId, Tags }))
      arn = Service?.Arn
    },
    async check({ cloudMap, namespaceId: NamespaceId }, known) {
      if (!known) {
        try {
          // Making it again is refused with the ARN of the one that is there.
          await cloudMap.send(new CreateDiscoveryServiceCommand({ Name, NamespaceId, Tags }))
          return []
        } catch (error) {
          if (!(error instanceof ServiceAlreadyExists)) throw error
          arn = error.ServiceArn
        }
      }
      try {
        const { Tags } = await cloudMap.send(new ListDiscoveryTagsCommand({ ResourceARN: arn }))
        return twoTags(Tags) === 2 ? [] : [`discovery service ${Name} is half there`]
      } catch (error) {
        return [`discovery service ${Name} is lost: ${codeOf(error)}`]
      }
    },
  }
}

/** An instance; acknowledged, its operation is known and ends well, and the instance is then there. */
export function registerInstance(name: string): Write {
  let operationId: string | undefined
  return {
    async send({ cloudMap, discoveryId }) {
      const answer = await cloudMap.send(
        new RegisterInstanceCommand({
          ServiceId: discoveryId,
          InstanceId: name,
          Attributes: { AWS_INSTANCE_IPV4: '127.0.0.1', name },
          CreatorRequestId: name,
        }),
      )
      operationId = answer.OperationId
    },
    async check({ cloudMap, discoveryId }, known) {
      if (known) {
        const status = await endOf(cloudMap, operationId)
        if (status !== 'SUCCESS') return [`the operation of instance ${name} is ${status}`]
      }
      try {
        const { Instance } = await cloudMap.send(
          new GetInstanceCommand({ ServiceId: discoveryId, InstanceId: name }),
        )
        return Instance?.Attributes?.name === name ? [] : [`instance ${name} is another`]
      } catch (error) {
        return known ? [`instance ${name} is lost: ${codeOf(error)}`] : []
      }
    },
  }
}

/** The end of an instance that was there before. */
export function deregisterInstance(name: string): Write {
  let operationId: string | undefined
  return {
    async send({ cloudMap, discoveryId }) {
      const answer = await cloudMap.send(
        new DeregisterInstanceCommand({ ServiceId: discoveryId, InstanceId: name }),
      )
      operationId = answer.OperationId
    },
    async check({ cloudMap, discoveryId }, known) {
      if (!known) return []
      const status = await endOf(cloudMap, operationId)
      if (status !== 'SUCCESS') return [`the operation against instance ${name} is ${status}`]
      try {
        await cloudMap.send(new GetInstanceCommand({ ServiceId: discoveryId, InstanceId: name }))
        return [`instance ${name} has come back`]
      } catch (error) {
        return codeOf(error) === 'InstanceNotFound' ? [] : [codeOf(error)]
      }
    },
  }
}

/** One number of one service, which only goes up: after a restart it is the last acknowledged, or the one under way. */
export const setMaximumPercent = (service: string, maximumPercent: number): Write => ({
  async send({ ecs }) {
    await ecs.send(new UpdateServiceCommand({ service, deploymentConfiguration: { maximumPercent } }))
  },
  async check({ ecs }, known) {
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ services: [service] }))
    const percent = services[0]?.deploymentConfiguration?.maximumPercent ?? Number.NaN
    return known && !(percent >= maximumPercent)
      ? [`the maximum percent of ${service} went back to ${percent}`]
      : []
  },
})

/** Waits until an operation has ended; what it says, or the error for one that is not known. */
async function endOf(cloudMap: ServiceDiscoveryClient, operationId: string | undefined): Promise<string> {
  try {
    for (;;) {
      const { Operation } = await cloudMap.send(new GetOperationCommand({ OperationId: operationId }))
      if (Operation?.Status === 'SUCCESS' || Operation?.Status === 'FAIL') return Operation.Status
    }
  } catch (error) {
    return codeOf(error)
  }
}
