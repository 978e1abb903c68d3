import type { TargetIdentity } from '@/lib/inventory/model'
import type { ServiceNode } from '@/lib/topology/model'

/** The page of a service in the AWS console; null where there is none (local cloud, other endpoints, other partitions). */
export function consoleLink(target: TargetIdentity, service: ServiceNode): string | null {
  if (target.kind !== 'aws' || !service.ecs || !service.cluster) return null
  if (!service.ecs.arn.startsWith('arn:aws:')) return null
  const part = encodeURIComponent
  const cluster = service.cluster.replace(/^cluster\//, '')
  const path = `clusters/${part(cluster)}/services/${part(service.ecs.serviceName)}`
  return `https://${part(target.region)}.console.aws.amazon.com/ecs/v2/${path}?region=${part(target.region)}`
}
