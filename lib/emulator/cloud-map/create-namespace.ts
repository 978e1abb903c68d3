import type {
  CreateHttpNamespaceRequest,
  CreatePrivateDnsNamespaceRequest,
  CreatePublicDnsNamespaceRequest,
} from '@aws-sdk/client-servicediscovery'
import { makeArn } from '../arn'
import type { Context, Operation } from '../context'
import type { CloudMapState, NamespaceType } from '../state/cloud-map'
import { ApiError } from '../wire/api-error'
import type { Wire } from '../wire/wire-type'
import { checkCommon, checkLength, mergeTags } from './check'
import { checkNamespaceName, checkSoaTtl, defaultSoaTtlSeconds } from './namespace-checks'
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
  const { ids, scope } = context
  const state = context.state.cloudMap
  const name = input.Name ?? ''
  checkNamespaceName(type, name)
  checkSoaTtl(zone.soaTtlSeconds)
  checkCommon(input)
  const tags = mergeTags(undefined, input.Tags, name)
  refuseExisting(state, type, name)
  refuseOverQuota(state)

  const id = `ns-${ids.alphanumeric(16)}`
  return submitOperation(context, {
    action: createActions[type],
    targets: { NAMESPACE: id },
    lock: `NAMESPACE ${type} ${name}`,
    requestId: input.CreatorRequestId,
    change: {
      type: 'CREATE_NAMESPACE',
      namespace: {
        id,
        arn: makeArn('servicediscovery', scope, `namespace/${id}`),
        name,
        type,
        vpcId: zone.vpcId,
        hostedZoneId: type === 'HTTP' ? undefined : `Z${ids.alphanumeric(20).toUpperCase()}`,
        soaTtlSeconds: zone.soaTtlSeconds ?? defaultSoaTtlSeconds,
        description: input.Description,
        creatorRequestId: input.CreatorRequestId,
      },
      tags,
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
