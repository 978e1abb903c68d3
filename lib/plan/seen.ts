/** Something in AWS that a plan depends on. */
export type Subject =
  | { readonly kind: 'cluster'; readonly cluster: string }
  | { readonly kind: 'service'; readonly cluster: string; readonly service: string }
  | { readonly kind: 'task'; readonly cluster: string; readonly task: string }
  | { readonly kind: 'task definition'; readonly family: string }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'discovery service'; readonly namespaceId: string; readonly name: string }

/** A fact's name and value: `desiredCount: 2`. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>

/**
 * What was on the screen when the plan was made. Only the facts named here are compared: a plan that scales does not care about tags.
 * Facts by kind: cluster `status`, `activeServices`, `runningTasks`; service `status`, `desiredCount`, `taskDefinitionArn`,
 * `deploymentId`; task `desiredStatus`; task definition `latestRevision`; namespace `id`, `type`, `discoveryServices`; discovery service
 * `id`, `instances`.
 */
export type Seen = {
  readonly subject: Subject
  /** null: it did not exist (an ECS service or cluster that is INACTIVE counts as not there). */
  readonly facts: Facts | null
}

/** One way in which the world moved on. */
export type Difference = {
  /** For a person: `service backend-api-service`. */
  readonly subject: string
  /** `exists` or the fact's name. */
  readonly fact: string
  readonly saw: string
  readonly is: string
}

const subjectName = (subject: Subject): string => {
  switch (subject.kind) {
    case 'cluster':
      return subject.cluster
    case 'service':
      return subject.service
    case 'task':
      return subject.task
    case 'task definition':
      return subject.family
    case 'namespace':
    case 'discovery service':
      return subject.name
  }
}

const lastPart = (name: string) => name.slice(name.lastIndexOf('/') + 1)

/** `service web`; ARNs are shortened to their name. */
export const subjectLabel = (subject: Subject): string => `${subject.kind} ${lastPart(subjectName(subject))}`

/** How the world differs from what was seen; empty when it does not, as far as the plan cares. `now`: the same subject, all its facts. */
export function differences(seen: Seen, now: Facts | null): readonly Difference[] {
  const subject = subjectLabel(seen.subject)
  const there = (facts: Facts | null) => (facts ? 'yes' : 'no')
  if (!seen.facts || !now)
    return there(seen.facts) === there(now)
      ? []
      : [{ subject, fact: 'exists', saw: there(seen.facts), is: there(now) }]
  return Object.entries(seen.facts).flatMap(([fact, saw]) => {
    const is = (Object.hasOwn(now, fact) ? now[fact] : null) ?? null
    return is === saw ? [] : [{ subject, fact, saw: String(saw), is: String(is) }]
  })
}
