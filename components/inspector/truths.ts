import type { ServiceNode } from '@/lib/topology/model'
import { count } from '../ui/age'

type Truth = {
  readonly who: 'ECS runs' | 'Cloud Map has'
  readonly says: string
}

export type Truths = {
  readonly rows: readonly Truth[]
  /** null when they cannot be compared: one of them is not there or could not be read. */
  readonly agree: boolean | null
  /** Why they differ, in one sentence. */
  readonly why: string | null
}

/**
 * What ECS runs against what Cloud Map tells callers. They differ for a moment at every start and stop; when
 * they stay apart, callers are sent to the wrong place.
 */
export function readTruths(service: ServiceNode): Truths {
  const { ecs, discovery } = service
  const rows: Truth[] = []
  if (ecs) {
    const pending = ecs.pending > 0 ? `, ${ecs.pending} starting` : ''
    rows.push({ who: 'ECS runs', says: `${count(ecs.running, 'task')}${pending}` })
  } else rows.push({ who: 'ECS runs', says: 'no service of this name' })

  if (!discovery) {
    const says = service.connect?.mode === 'client' ? 'it only calls others' : 'nobody can find it by name'
    rows.push({ who: 'Cloud Map has', says: `no entry: ${says}` })
  } else if (discovery.registered === null) rows.push({ who: 'Cloud Map has', says: 'could not be read' })
  else {
    const health =
      discovery.healthy === discovery.registered ? 'all healthy' : `${discovery.healthy ?? 0} healthy`
    const says =
      discovery.registered === 0 ? 'no instance' : `${count(discovery.registered, 'instance')}, ${health}`
    rows.push({ who: 'Cloud Map has', says })
  }

  const registered = discovery?.registered ?? null
  if (!ecs || registered === null) return { rows, agree: null, why: null }
  if (registered === ecs.running) return { rows, agree: true, why: null }
  const why =
    registered > ecs.running
      ? 'Cloud Map still lists addresses that no running task has. Callers may be sent there.'
      : 'Some running tasks are not registered yet, so callers cannot find them.'
  return { rows, agree: false, why }
}
