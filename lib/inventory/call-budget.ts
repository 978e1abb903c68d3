import type { BucketSize } from './token-bucket'

/** A row of AWS's throttling table: its actions share one bucket per account and region. */
export type Bucket = BucketSize & { readonly name: string }

const half = (name: string, burst: number, perSecond: number): Bucket => ({
  name,
  burst: burst / 2,
  perSecond: perSecond / 2,
})

// AWS's figures (ECS API reference, "Request throttling"; Cloud Map quotas), halved: the buckets belong to the whole account.
const clusterRead = half('ECS cluster read', 50, 20)
const serviceRead = half('ECS service read', 100, 20)
const clusterResourceRead = half('ECS cluster resource read', 100, 20)
const taskDefinitionRead = half('ECS task definition read', 50, 20)
const discover = half('Cloud Map discovery', 2_000, 1_000)
// Not documented for Cloud Map's lists; a few per second are known to pass.
const cloudMapRead = half('Cloud Map read', 40, 4)
// CloudWatch quotas: 50 GetMetricData and 25 ListMetrics a second.
const metricRead = half('CloudWatch metrics', 50, 50)
const metricList = half('CloudWatch lists', 25, 25)
const other = half('other', 20, 10)

const buckets: Readonly<Record<string, Bucket>> = {
  'ecs:ListClusters': clusterRead,
  'ecs:DescribeClusters': clusterRead,
  'ecs:ListServices': serviceRead,
  'ecs:DescribeServices': serviceRead,
  'ecs:ListTasks': clusterResourceRead,
  'ecs:DescribeTasks': clusterResourceRead,
  'ecs:DescribeTaskDefinition': taskDefinitionRead,
  'servicediscovery:ListNamespaces': cloudMapRead,
  'servicediscovery:ListServices': cloudMapRead,
  'servicediscovery:GetService': cloudMapRead,
  'servicediscovery:ListInstances': cloudMapRead,
  'servicediscovery:GetInstancesHealthStatus': cloudMapRead,
  'servicediscovery:DiscoverInstances': discover,
  'cloudwatch:GetMetricData': metricRead,
  'cloudwatch:ListMetrics': metricList,
}

/** The bucket that a call draws from; at most half of what AWS grants. */
export function bucketOf(operation: string): Bucket {
  return buckets[operation] ?? other
}
