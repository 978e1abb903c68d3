import type { EcsService } from '@/lib/inventory/model'
import { type WaitLook, waitDone, waitingFor } from './look'

/**
 * Whether a deleted service is gone altogether: INACTIVE or forgotten by ECS, no task left, none of its instances left in Cloud Map.
 * `registered`: how many instances still name it.
 */
export function lookAtGoneService(service: EcsService | null, name: string, registered: number): WaitLook {
  const left = service ? service.running + service.pending : 0
  if (service && service.status !== 'INACTIVE') {
    if (left > 0) return waitingFor(`the last ${left === 1 ? 'task' : `${left} tasks`} of ${name} to stop`)
    return waitingFor(`${name} to become INACTIVE`)
  }
  if (left > 0) return waitingFor(`the last ${left === 1 ? 'task' : `${left} tasks`} of ${name} to stop`)
  if (registered > 0)
    return waitingFor(
      `Cloud Map to forget ${registered === 1 ? 'the last instance' : `${registered} instances`} of ${name}`,
    )
  return waitDone
}
