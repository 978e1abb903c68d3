import { z } from 'zod'

const arn = (kind: string, rest: string, article = 'a') =>
  z
    .string()
    .max(2_048, 'An ARN has at most 2,048 characters.')
    .regex(
      new RegExp(`^arn:[a-z-]+:ecs:[a-z0-9-]+:\\d{12}:${kind}/${rest}$`),
      `This is not ${article} ${kind} ARN.`,
    )

export const clusterArn = arn('cluster', '[A-Za-z0-9_-]+')
/** Long or short form. */
export const serviceArn = arn('service', '[A-Za-z0-9_/-]+')
export const taskArn = arn('task', '[A-Za-z0-9_/-]+')
export const taskDefinitionArn = arn('task-definition', '[A-Za-z0-9_-]+:\\d{1,9}')

/** Cloud Map's ids (API reference): short, and never a path. */
const cloudMapId = (prefix: string, thing: string) =>
  z
    .string()
    .max(64, 'An id has at most 64 characters.')
    .regex(new RegExp(`^${prefix}[A-Za-z0-9._-]+$`), `Choose a ${thing}.`)

export const namespaceId = cloudMapId('ns-', 'namespace')
export const discoveryServiceId = cloudMapId('srv-', 'discovery service')
