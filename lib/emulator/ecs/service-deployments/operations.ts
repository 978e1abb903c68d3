import type {
  DescribeServiceDeploymentsRequest,
  DescribeServiceDeploymentsResponse,
  DescribeServiceRevisionsRequest,
  DescribeServiceRevisionsResponse,
  Failure,
  ListServiceDeploymentsRequest,
  ListServiceDeploymentsResponse,
  ServiceDeployment,
  ServiceDeploymentBrief,
  ServiceRevision,
} from '@aws-sdk/client-ecs'
import type { Operation } from '../../context'
import type { Wire } from '../../wire/wire-type'
import { requireCluster } from '../clusters/find-cluster'
import { invalidParameter } from '../errors'
import { pageOf } from '../paging'
import { requireService } from '../services/find-service'
import { checkArn, findServiceDeployment } from './find'
import { stopServiceDeployment } from './stop-service-deployment'
import { briefView, deploymentView, revisionView } from './view'

const maxDescribed = 20
const defaultPageSize = 20

/** 1 to 20 ARNs of one kind, in the order given; throws `InvalidParameterException`. */
function checkArns(
  member: string,
  arns: readonly string[] | undefined,
  kind: 'service-deployment' | 'service-revision',
): readonly string[] {
  if (!arns?.length) throw invalidParameter(`${member} cannot be empty.`)
  if (arns.length > maxDescribed)
    throw invalidParameter(`${member} can not have more than ${maxDescribed} entries.`)
  for (const arn of arns) checkArn(arn, kind)
  return arns
}

const describeServiceDeployments: Operation<
  DescribeServiceDeploymentsRequest,
  Wire<DescribeServiceDeploymentsResponse>
> = (context, input) => {
  const serviceDeployments: Wire<ServiceDeployment>[] = []
  const failures: Failure[] = []
  for (const arn of checkArns('serviceDeploymentArns', input.serviceDeploymentArns, 'service-deployment')) {
    const found = findServiceDeployment(context, arn)
    if (found) serviceDeployments.push(deploymentView(context, found.record, found.service))
    else failures.push({ arn, reason: 'MISSING' })
  }
  return { serviceDeployments, failures }
}

const describeServiceRevisions: Operation<
  DescribeServiceRevisionsRequest,
  Wire<DescribeServiceRevisionsResponse>
> = (context, input) => {
  const serviceRevisions: Wire<ServiceRevision>[] = []
  const failures: Failure[] = []
  for (const arn of checkArns('serviceRevisionArns', input.serviceRevisionArns, 'service-revision')) {
    const record = context.state.ecs.serviceRevisions.get(arn)
    if (record) serviceRevisions.push(revisionView(context, record))
    else failures.push({ arn, reason: 'MISSING' })
  }
  return { serviceRevisions, failures }
}

/** Newest first, 20 a page unless asked otherwise. */
const listServiceDeployments: Operation<
  Wire<ListServiceDeploymentsRequest>,
  Wire<ListServiceDeploymentsResponse>
> = (context, input) => {
  const cluster = requireCluster(context, input.cluster)
  const service = requireService(context, cluster, input.service ?? '')
  const { after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = input.createdAt ?? {}
  const found = new Map<string, Wire<ServiceDeploymentBrief>>()
  for (const [index, arn] of service.history.entries()) {
    const record = context.state.ecs.serviceDeployments.get(arn)
    if (!record || (input.status?.length && !input.status.includes(record.status))) continue
    const createdAt = record.createdAtMs / 1_000
    if (createdAt < after || createdAt > before) continue
    // Several may be of one millisecond; the order in the history tells which came later.
    const age = String(maxAge - index).padStart(6, '0')
    found.set(`${String(record.createdAtMs).padStart(15, '0')} ${age} ${arn}`, briefView(context, record))
  }
  const { keys, ...rest } = pageOf('ListServiceDeployments', [...found.keys()], input, {
    pageSize: defaultPageSize,
    descending: true,
  })
  return { serviceDeployments: keys.flatMap((key) => found.get(key) ?? []), ...rest }
}

const maxAge = 999_999

/** The operations on service deployments and service revisions. */
export const serviceDeploymentOperations = {
  DescribeServiceDeployments: describeServiceDeployments,
  DescribeServiceRevisions: describeServiceRevisions,
  ListServiceDeployments: listServiceDeployments,
  StopServiceDeployment: stopServiceDeployment,
}
