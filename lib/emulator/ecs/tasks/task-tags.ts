import type { Tag } from '@aws-sdk/client-ecs'
import type { EcsState } from '../../state/ecs'
import { tagsOf } from '../tags/tags'

/** Tags that a task takes over from its task definition or service; none without an ARN. */
export const propagatedTags = (ecs: EcsState, fromArn: string | undefined): Tag[] =>
  fromArn === undefined ? [] : tagsOf(ecs, fromArn)

/** Tags of `enableECSManagedTags`. */
export const managedTags = (clusterName: string, serviceName?: string): Tag[] => [
  { key: 'aws:ecs:clusterName', value: clusterName },
  ...(serviceName === undefined ? [] : [{ key: 'aws:ecs:serviceName', value: serviceName }]),
]
