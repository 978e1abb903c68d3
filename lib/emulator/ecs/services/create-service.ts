import type { CreateServiceRequest, CreateServiceResponse } from '@aws-sdk/client-ecs'
import type { Operation } from '../../context'
import type { ServiceRecord } from '../../state/ecs'
import type { Wire } from '../../wire/wire-type'
import { makeServiceArn } from '../arns'
import { requireClusterForTasks } from '../clusters/find-cluster'
import { clientFault, invalidParameter } from '../errors'
import { fingerprint } from '../fingerprint'
import { isName } from '../identifiers'
import { checkTags, setTags } from '../tags/tags'
import { requireTaskDefinition } from '../task-definitions/find-task-definition'
import { addRemark } from './add-event'
import { checkService } from './check-service'
import { checkToken, forgetToken, keepToken, notIdempotent, serviceOfToken } from './client-token'
import { addDeployment } from './deployments'
import { serviceView } from './service-view'
import { settingsWithDefaults } from './settings'

/**
 * Making a service again with the same settings, or with the same client token and content, gives the one that is there,
 * whatever has become of it since. With other settings, or for a client token with other content, it is
 * `InvalidParameterException` (ECS API reference, "CreateService").
 */
export const createService: Operation<CreateServiceRequest, Wire<CreateServiceResponse>> = (
  context,
  input,
) => {
  const { state, scope, clock } = context
  const name = input.serviceName ?? ''
  if (!isName(name))
    throw invalidParameter(
      `Invalid service name '${name}': 1 to 255 letters, digits, underscores and hyphens.`,
    )
  checkToken(input.clientToken)
  if (input.launchType && input.capacityProviderStrategy?.length)
    throw invalidParameter('Specifying both a launch type and capacity provider strategy is not supported.')
  if (!input.taskDefinition) throw clientFault('TaskDefinition can not be blank.')
  checkTags(input.tags)
  const cluster = requireClusterForTasks(context, input.cluster)
  const made = serviceOfToken(context, cluster, input)
  if (made) return { service: serviceView(context, made, true) }
  const definition = requireTaskDefinition(context, input.taskDefinition)
  const desiredCount = desiredCountOf(input)
  const wanted = settingsWithDefaults(input, cluster)
  const checked = checkService(context, cluster, wanted, definition, desiredCount)

  const present = cluster.services.get(name)
  if (present?.status === 'DRAINING')
    throw invalidParameter('Unable to Start a service that is still Draining.')
  if (present?.status === 'ACTIVE') {
    const same =
      fingerprint(present.settings) === fingerprint(checked.settings) &&
      present.desiredCount === desiredCount &&
      present.taskDefinitionArn === definition.arn
    if (!same) throw notIdempotent()
    return { service: serviceView(context, present, true) }
  }

  const service: ServiceRecord = {
    name,
    arn: makeServiceArn(scope, cluster.name, name),
    clusterName: cluster.name,
    status: 'ACTIVE',
    desiredCount,
    settings: checked.settings,
    taskDefinitionArn: definition.arn,
    deployments: [],
    events: [],
    createdAtMs: clock.now(),
    tasks: new Map(),
    told: new Set(),
    history: [],
    clientToken: input.clientToken,
    // Those of a service of this name that ECS has not removed yet are its own.
    connectEndpoints: present?.connectEndpoints,
  }
  if (present) forgetToken(state.ecs, present)
  cluster.services.set(name, service)
  keepToken(context, cluster, input)
  state.ecs.tags.delete(service.arn)
  setTags(state.ecs, service.arn, input.tags)
  addDeployment(context, service)
  for (const remark of checked.remarks) addRemark(context, service, remark)
  context.wakeScheduler(scope)
  return { service: serviceView(context, service, true) }
}

/** A DAEMON service has one task per container instance, and this machine is the only one. */
function desiredCountOf({ schedulingStrategy, desiredCount }: CreateServiceRequest): number {
  if (schedulingStrategy === 'DAEMON') {
    if (desiredCount !== undefined)
      throw invalidParameter('The daemon scheduling strategy does not support a desired count.')
    return 1
  }
  if (desiredCount === undefined)
    throw invalidParameter('desiredCount is required for the REPLICA scheduling strategy.')
  return desiredCount
}
