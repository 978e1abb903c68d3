import type {
  CreateHttpNamespaceRequest,
  CreatePrivateDnsNamespaceRequest,
  CreatePublicDnsNamespaceRequest,
} from '@aws-sdk/client-servicediscovery'
import { makeArn } from '../arn'
import type { Context, Operation } from '../context'
import type { CloudMapState, NamespaceRecord, NamespaceType } from '../state/cloud-map'
import { ApiError } from '../wire/api-error'
import type { Wire } from '../wire/wire-type'
import { checkCommon, checkLength, mergeTags } from './check'
import { checkNamespaceName, checkSoaTtl, defaultSoaTtlSeconds, findOverlap } from './namespace-checks'
import { submitOperation } from './submit-operation'

/** Namespaces per account and region (AWS general reference, "Cloud Map quotas"). */
export const maxNamespaces = 50

type Started = { OperationId: string }

/** CreateHttpNamespace: discoverable by API only. */
export const createHttpNamespace: Operation<Wire<CreateHttpNamespaceRequest>, Started> = (context, input) =>
  createNamespace(context, 'HTTP', input)

/** CreatePrivateDnsNamespace: a zone that only one VPC resolves; the local cloud's DNS answers it. */
export const createPrivateDnsNamespace: Operation<Wire<CreatePrivateDnsNamespaceRequest>, Started> = (
  context,
  input,
) => {
  checkLength('Vpc', input.Vpc ?? '', 1, 64)
  return createNamespace(context, 'DNS_PRIVATE', input, {
    vpcId: input.Vpc,
    soaTtlSeconds: input.Properties?.DnsProperties?.SOA?.TTL,
  })
}

/** CreatePublicDnsNamespace: locally answered by the same DNS server as private ones, and by no other. */
export const createPublicDnsNamespace: Operation<Wire<CreatePublicDnsNamespaceRequest>, Started> = (
  context,
  input,
) =>
  createNamespace(context, 'DNS_PUBLIC', input, {
    soaTtlSeconds: input.Properties?.DnsProperties?.SOA?.TTL,
  })

function createNamespace(
  context: Context,
  type: NamespaceType,
  input: Wire<CreateHttpNamespaceRequest>,
  zone: { vpcId?: string | undefined; soaTtlSeconds?: number | undefined } = {},
): Started {
  const { clock, ids, scope } = context
  const state = context.state.cloudMap
  const name = input.Name ?? ''
  checkNamespaceName(type, name)
  checkSoaTtl(zone.soaTtlSeconds)
  checkCommon(input)
  const tags = mergeTags(undefined, input.Tags, name)
  refuseExisting(state, type, name)
  refuseOverQuota(state)

  const id = `ns-${ids.alphanumeric(16)}`
  const build = (): NamespaceRecord => ({
    id,
    arn: makeArn('servicediscovery', scope, `namespace/${id}`),
    name,
    type,
    httpName: freeHttpName(state, name, id),
    vpcId: zone.vpcId,
    hostedZoneId: type === 'HTTP' ? undefined : `Z${ids.alphanumeric(20).toUpperCase()}`,
    soaTtlSeconds: zone.soaTtlSeconds ?? defaultSoaTtlSeconds,
    description: input.Description,
    creatorRequestId: input.CreatorRequestId,
    createdAtMs: clock.now(),
  })

  return submitOperation(context, {
    type: 'CREATE_NAMESPACE',
    action: createActions[type],
    targets: { NAMESPACE: id },
    lock: `NAMESPACE ${type} ${name}`,
    requestId: input.CreatorRequestId,
    apply() {
      // Looked at now and not when asked: two overlapping zones may have been asked for at once.
      const overlap = zone.vpcId ? findOverlap(state.namespaces.values(), name, zone.vpcId) : undefined
      if (overlap) {
        return {
          code: 'CANNOT_CREATE_HOSTED_ZONE',
          message:
            `The VPC that you chose, ${zone.vpcId} in region ${scope.region}, is already associated with another ` +
            `private hosted zone that has an overlapping name space, ${overlap.name}.`,
        }
      }
      const namespace = build()
      state.namespaces.set(id, namespace)
      if (tags.size > 0) state.tags.set(namespace.arn, tags)
      return undefined
    },
  })
}

const createActions: Readonly<Record<NamespaceType, string>> = {
  HTTP: 'CreateHttpNamespace',
  DNS_PRIVATE: 'CreatePrivateDnsNamespace',
  DNS_PUBLIC: 'CreatePublicDnsNamespace',
}

function refuseExisting(state: CloudMapState, type: NamespaceType, name: string): void {
  for (const existing of state.namespaces.values()) {
    if (existing.type !== type || existing.name !== name) continue
    throw new ApiError(
      'NamespaceAlreadyExists',
      `Namespace ${name} already exists, with id ${existing.id}.`,
      {
        NamespaceId: existing.id,
        CreatorRequestId: existing.creatorRequestId,
      },
    )
  }
}

function refuseOverQuota(state: CloudMapState): void {
  let creating = 0
  for (const lock of state.running.keys()) if (/^NAMESPACE (?:HTTP|DNS_)/.test(lock)) creating += 1
  if (state.namespaces.size + creating < maxNamespaces) return
  throw new ApiError(
    'ResourceLimitExceeded',
    `A region holds at most ${maxNamespaces} namespaces; delete one that is not needed.`,
  )
}

/** DiscoverInstances finds a namespace by this name, so a second namespace of one name gets a suffix. */
function freeHttpName(state: CloudMapState, name: string, id: string): string {
  for (const existing of state.namespaces.values()) {
    if (existing.httpName === name) return `${name}-${id.slice(-8)}`
  }
  return name
}
