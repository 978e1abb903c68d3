import { parseArn } from '../../arn'
import type { Context } from '../../context'
import type { ServiceDeploymentRecord, ServiceRecord } from '../../state/ecs'
import { invalidParameter } from '../errors'

/** Throws `InvalidParameterException` for a text that is not the ARN of this kind of thing. */
export function checkArn(text: string, kind: 'service-deployment' | 'service-revision'): void {
  const arn = parseArn(text)
  const parts = arn?.resource.split('/') ?? []
  if (arn?.service !== 'ecs' || parts[0] !== kind || parts.length !== 4 || parts.includes(''))
    throw invalidParameter(`Invalid identifier: '${text}' is not the ARN of a ${kind.replace('-', ' ')}.`)
}

/** A service deployment with its service; undefined when there is none of this ARN. */
export function findServiceDeployment(
  { state }: Pick<Context, 'state'>,
  arn: string,
): { readonly record: ServiceDeploymentRecord; readonly service: ServiceRecord } | undefined {
  const record = state.ecs.serviceDeployments.get(arn)
  const service = record && state.ecs.clusters.get(record.clusterName)?.services.get(record.serviceName)
  return record && service ? { record, service } : undefined
}
