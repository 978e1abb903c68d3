/** The last part of an ARN or path: `arn:aws:ecs:…:cluster/default` → `default`. Text without a slash stays as it is. */
export function lastPart(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1)
}

/**
 * The cluster's name in a service or task ARN of the long form (`service/<cluster>/<name>`).
 * null for the short form that ECS wrote before 2018.
 */
export function clusterNameIn(arn: string): string | null {
  const parts = arn.slice(arn.lastIndexOf(':') + 1).split('/')
  return parts.length >= 3 ? (parts[1] ?? null) : null
}

/** `arn:…:task-definition/web:7` → family `web`, revision 7. Total: an unreadable revision is 0. */
export function familyAndRevision(taskDefinitionArn: string): {
  readonly family: string
  readonly revision: number
} {
  const text = lastPart(taskDefinitionArn)
  const colon = text.lastIndexOf(':')
  const revision = colon < 0 ? Number.NaN : Number(text.slice(colon + 1))
  if (!Number.isInteger(revision)) return { family: text, revision: 0 }
  return { family: text.slice(0, colon), revision }
}
