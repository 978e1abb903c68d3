import { z } from 'zod'
import { clusterArn, serviceArn } from '../fields/arn'
import { logs, port } from '../fields/container'
import { aliasDnsName, endpointName } from '../fields/names'
import { ecsName, wholeNumber } from '../fields/text'
import { namespaceChoice } from './create-discovery-service'

const seconds = (name: string) => wholeNumber(name, 0, 2_147_483_647).nullable()

/** One port that others may call. The container and port say which; a port that has no name yet gets one in a new revision. */
export const connectEndpoint = z.object({
  container: ecsName('container'),
  containerPort: port,
  portName: endpointName('port name').min(1, 'Give the port a name.'),
  /** Empty: plain TCP. It cannot be changed once the service runs with it (ECS developer guide, "Service Connect"). */
  appProtocol: z.enum(['', 'http', 'http2', 'grpc']),
  /** Empty: the port's name. */
  discoveryName: endpointName('discovery name'),
  /** What clients call it; empty: `<discovery name>.<namespace>`. */
  aliasDnsName,
  aliasPort: port,
  /** Where the proxy takes traffic in; null: the container port. */
  ingressPort: port.nullable(),
  /** 0: never; null: ECS's default. */
  idleTimeoutSeconds: seconds('The idle timeout'),
  perRequestTimeoutSeconds: seconds('The request timeout'),
})

export type ConnectEndpoint = z.infer<typeof connectEndpoint>

/** `default`: the namespace that the cluster names for all its services. */
const connectNamespace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('default') }),
  ...namespaceChoice.options,
])

export type ConnectNamespace = z.infer<typeof connectNamespace>

/** `kept`: as the service has them now. */
const connectLogs = z.discriminatedUnion('kind', [z.object({ kind: z.literal('kept') }), ...logs.options])

const common = {
  namespace: connectNamespace,
  /** Of the proxy. */
  logs: connectLogs,
  accessLogs: z.enum(['off', 'TEXT', 'JSON']),
  includeQueryParameters: z.boolean(),
}

type Common = { readonly logs: { readonly kind: string }; readonly accessLogs: string }

const logsForAccess = ({ logs: chosen, accessLogs }: Common) => accessLogs === 'off' || chosen.kind !== 'none'
const accessIssue = {
  path: ['accessLogs'],
  message: 'Access logs are written to the proxy’s logs: switch those on first.',
}

const nameOf = ({ discoveryName, portName }: ConnectEndpoint) => discoveryName || portName

/** What cannot be together in one configuration (ECS API reference, ServiceConnectService). */
function clashes(endpoints: readonly ConnectEndpoint[], context: z.core.$RefinementCtx): void {
  const seen = new Map<string, Set<string>>()
  const once = (of: string, value: string, at: number, field: keyof ConnectEndpoint, message: string) => {
    const values = seen.get(of) ?? new Set()
    seen.set(of, values)
    if (values.has(value)) context.addIssue({ code: 'custom', path: ['endpoints', at, field], message })
    values.add(value)
  }
  endpoints.forEach((one, at) => {
    once('port', `${one.container}:${one.containerPort}`, at, 'containerPort', 'This port is offered twice.')
    once('name', one.portName, at, 'portName', 'Another endpoint has this port name.')
    once('discovery', nameOf(one), at, 'discoveryName', 'Another endpoint has this discovery name.')
    once(
      'alias',
      `${one.aliasDnsName || nameOf(one)}:${one.aliasPort}`,
      at,
      'aliasPort',
      'Another endpoint has this alias and port.',
    )
    if (one.appProtocol === '' && one.perRequestTimeoutSeconds !== null)
      context.addIssue({
        code: 'custom',
        path: ['endpoints', at, 'perRequestTimeoutSeconds'],
        message: 'Plain TCP has no requests: leave this empty, or say which protocol the port speaks.',
      })
    if (one.ingressPort !== null && one.ingressPort === one.containerPort)
      context.addIssue({
        code: 'custom',
        path: ['endpoints', at, 'ingressPort'],
        message: 'The application listens there: choose another port, or leave it empty.',
      })
  })
}

/** Service Connect of one service, as it shall be (ECS API reference, ServiceConnectConfiguration). */
export const connectWish = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('off') }),
  z.object({ mode: z.literal('client'), ...common }).refine(logsForAccess, accessIssue),
  z
    .object({
      mode: z.literal('client and server'),
      ...common,
      endpoints: z
        .array(connectEndpoint)
        .min(1, 'A server offers at least one port.')
        .max(20, 'At most 20 endpoints.'),
    })
    .refine(logsForAccess, accessIssue)
    .superRefine(({ endpoints }, context) => clashes(endpoints, context)),
])

export type ConnectWish = z.infer<typeof connectWish>

/** Services that are changed along with the one: so many at once is still a plan that a person reads. */
export const MOST_CLIENTS = 50

export const connectClients = z
  .array(serviceArn)
  .max(MOST_CLIENTS, `At most ${MOST_CLIENTS} clients in one plan.`)

/** Input of `service-connect`. */
export const serviceConnectInput = z.object({
  clusterArn,
  serviceArn,
  wish: connectWish,
  /** Give a task in which the proxy does not fit more CPU and memory, in a new revision. */
  makeRoom: z.boolean(),
  /** Services that the same plan moves along, so that they resolve the new names, or go on without them. */
  clients: connectClients,
})

export type ServiceConnectInput = z.infer<typeof serviceConnectInput>
