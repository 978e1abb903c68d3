import type { EcsService } from '../inventory/model'
import type { Change } from './change'
import { type RunServiceTaskInput, runServiceTaskInput } from './inputs/run-service-task'
import { serviceByArn } from './look-up'
import { planned, refuse } from './refuse'
import { runTask } from './run-task'
import { serviceRefusal, serviceSeen } from './service-facts'
import type { ServiceDetails } from './world'

/**
 * Where its tasks run. A service on a capacity provider has no launch type; only Fargate has a platform version (ECS API reference, Service).
 */
function launchTypeOf({ launchType }: EcsService, { platformVersion }: ServiceDetails) {
  if (launchType === 'EC2' || launchType === 'FARGATE') return launchType
  if (launchType !== null) return null
  return platformVersion === null ? 'EC2' : 'FARGATE'
}

/** Runs one task as a service runs its own: of its present revision, in its subnets and security groups; but outside of it. */
export const runServiceTask: Change<RunServiceTaskInput> = {
  kind: 'run-service-task',
  schema: runServiceTaskInput,
  plan({ clusterArn, serviceArn }, world) {
    const service = serviceByArn(world, clusterArn, serviceArn)
    if (service?.status !== 'ACTIVE') return serviceRefusal(service)
    const details = world.serviceDetails[service.arn]
    if (!details)
      return refuse(
        'ServiceNotRead',
        `Where the tasks of ${service.name} run could not be read.`,
        'Allow ecs:DescribeServices, then try again.',
      )
    const launchType = launchTypeOf(service, details)
    if (!launchType)
      return refuse(
        'OtherLaunchType',
        `${service.name} runs its tasks on ${service.launchType}, where the console starts none.`,
        'Run the task with the AWS CLI.',
      )
    const run = runTask.plan(
      {
        clusterArn,
        taskDefinition: { kind: 'existing', arn: service.taskDefinitionArn },
        count: 1,
        launchType,
        network: details.network,
        enableExecuteCommand: service.enableExecuteCommand,
        tags: [],
      },
      world,
    )
    if (!run.ok) return run
    return planned({
      ...run.plan,
      title: `Run a task of ${service.name}`,
      seen: [...run.plan.seen, serviceSeen(service, ['status', 'taskDefinitionArn'])],
      consequences: [
        ...run.plan.consequences,
        {
          tone: 'info',
          text: `It is not one of ${service.name}'s tasks: it is not registered in Cloud Map, and nobody is led to it.`,
        },
      ],
    })
  },
}
