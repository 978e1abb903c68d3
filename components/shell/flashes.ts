import type { Hole } from '@/lib/inventory/model'
import type { Failure, Freshness } from '../topology/feed/freshness'
import { count } from '../ui/age'

/** Something that must not be missed. Dismissing hides it until it is another thing. */
export type Flash = {
  readonly id: string
  readonly tone: 'bad' | 'warn'
  readonly title: string
  readonly message: string
  readonly remedy: string
  /** `ecs:ListTasks · AccessDeniedException`, one per affected subject. */
  readonly details: readonly string[]
}

const titles: Record<Hole['kind'], string> = {
  denied: 'Not permitted',
  throttled: 'Throttled',
  unsupported: 'Not supported by this endpoint',
  expired: 'Credentials have expired',
  unreachable: 'Not reachable',
  failed: 'Could not be read',
}

/** One flash per operation and reason, whatever the number of subjects; the failed reading as a whole comes first. */
export function buildFlashes(holes: readonly Hole[], freshness: Freshness): readonly Flash[] {
  const flashes: Flash[] = []
  if (freshness.kind === 'failed') flashes.push(fromFailure(freshness.failure))
  const groups = new Map<string, Hole[]>()
  for (const hole of holes) {
    const key = `${hole.operation} ${hole.kind} ${hole.errorName}`
    const group = groups.get(key)
    if (group) group.push(hole)
    else groups.set(key, [hole])
  }
  for (const [key, group] of groups) {
    const [first] = group
    if (!first) continue
    const subjects = group.flatMap((hole) => (hole.subject === null ? [] : [hole.subject]))
    const of =
      subjects.length === 1
        ? ` of ${subjects[0]}`
        : subjects.length > 1
          ? ` of ${count(subjects.length, 'thing')}`
          : ''
    flashes.push({
      id: key,
      tone: first.kind === 'expired' || first.kind === 'unreachable' ? 'bad' : 'warn',
      title: `${titles[first.kind]}: ${first.operation}${of}`,
      message: first.message,
      remedy: first.remedy,
      details: group.map((hole) => [hole.errorName, hole.subject].filter(Boolean).join(' · ')),
    })
  }
  return flashes
}

function fromFailure(failure: Failure): Flash {
  return {
    id: `failure ${failure.operation} ${failure.errorName}`,
    tone: 'bad',
    title: 'The map is not up to date',
    message: failure.message,
    remedy: failure.remedy,
    details: [`${failure.operation} · ${failure.errorName}`],
  }
}
