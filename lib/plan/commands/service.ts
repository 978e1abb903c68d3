import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  type Service,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { list } from '@/lib/inventory/loose'
import type { Facts } from '../seen'
import { sendOnce } from './no-resend'
import { answered, commandRunner, foundBy, notThere, type PlanClients, unlessGone } from './runner'

const goneNames = ['ClusterNotFoundException', 'ServiceNotFoundException', 'ServiceNotActiveException']

/** A service as ECS shows it; null when it is not there. INACTIVE ones are shown for a while. Throws the SDK's error. */
export async function readRawService(
  clients: PlanClients,
  cluster: string | undefined,
  service: string,
): Promise<Service | null> {
  const answer = await unlessGone(goneNames, () =>
    clients.ecs.send(new DescribeServicesCommand({ cluster, services: [service] })),
  )
  return list(answer?.services)[0] ?? null
}

const isThere = (service: Service | null): service is Service =>
  service !== null && service.status !== 'INACTIVE'

const primaryId = (service: Service | null | undefined): string | null =>
  list(service?.deployments).find(({ status }) => status === 'PRIMARY')?.id ?? null

/** ECS gives the service that is there for the same settings, and refuses others (ECS API reference, CreateService). */
export const createService = commandRunner('ecs:CreateService', {
  lookBefore: async (clients, input) => ({
    there: isThere(await readRawService(clients, input.cluster, input.serviceName ?? '')),
  }),
  async send(clients, input, { token, before }) {
    const answer = await clients.ecs.send(new CreateServiceCommand({ ...input, clientToken: token }))
    const serviceArn = answer.service?.serviceArn
    return answered(answer, {
      outputs: serviceArn ? { serviceArn } : {},
      deploymentId: primaryId(answer.service),
      made: before?.there !== true,
    })
  },
  async recognise(clients, input, { before }) {
    const service = await readRawService(clients, input.cluster, input.serviceName ?? '')
    if (service?.status !== 'ACTIVE' || !service.serviceArn || before?.there === true) return notThere
    if (input.taskDefinition && !isSameRevision(input.taskDefinition, service.taskDefinition)) return notThere
    return foundBy({ outputs: { serviceArn: service.serviceArn }, deploymentId: primaryId(service) })
  },
})

/** An input may name a revision by ARN, by `family:revision`, or by family alone. */
function isSameRevision(wanted: string, arn: string | undefined): boolean {
  const is = arn?.slice(arn.lastIndexOf('/') + 1) ?? ''
  const name = wanted.slice(wanted.lastIndexOf('/') + 1)
  return is === name || (!name.includes(':') && is.startsWith(`${name}:`))
}

const beforeUpdate = (service: Service | null): Facts => ({ deploymentId: primaryId(service) })

/** Idempotent but for `forceNewDeployment`, which starts one more deployment each time it is sent and is recognised by it. */
export const updateService = commandRunner('ecs:UpdateService', {
  lookBefore: async (clients, input) =>
    beforeUpdate(await readRawService(clients, input.cluster, input.service ?? '')),
  async send(clients, input) {
    const command = new UpdateServiceCommand(input)
    if (input.forceNewDeployment) sendOnce(command)
    const answer = await clients.ecs.send(command)
    const serviceArn = answer.service?.serviceArn
    return answered(answer, {
      outputs: serviceArn ? { serviceArn } : {},
      deploymentId: primaryId(answer.service),
    })
  },
  async recognise(clients, input, { before }) {
    const service = await readRawService(clients, input.cluster, input.service ?? '')
    if (!isThere(service)) return notThere
    const { cluster: _cluster, service: _service, forceNewDeployment: _force, ...settings } = input
    const starts =
      input.forceNewDeployment === true || Object.keys(settings).some((key) => key !== 'desiredCount')
    if (input.desiredCount !== undefined && service.desiredCount !== input.desiredCount) return notThere
    if (input.taskDefinition && !isSameRevision(input.taskDefinition, service.taskDefinition)) return notThere
    // A change that starts no deployment (its settings were the same) may be sent again without harm.
    if (starts && primaryId(service) === before?.deploymentId) return notThere
    return foundBy({
      outputs: service.serviceArn ? { serviceArn: service.serviceArn } : {},
      deploymentId: primaryId(service),
    })
  },
})

/** A service that is gone or going is what was wanted. */
export const deleteService = commandRunner('ecs:DeleteService', {
  lookBefore: null,
  async send(clients, input) {
    const answer = await unlessGone(goneNames, () => clients.ecs.send(new DeleteServiceCommand(input)))
    return answer ? answered(answer) : answered({ $metadata: {} })
  },
  async recognise(clients, input) {
    const service = await readRawService(clients, input.cluster, input.service ?? '')
    return service?.status === 'ACTIVE' ? notThere : foundBy()
  },
})
