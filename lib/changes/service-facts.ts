import type { EcsService } from '../inventory/model'
import type { Planned } from '../plan/plan'
import type { Facts, Seen } from '../plan/seen'
import { refuse } from './refuse'

type Fact = 'status' | 'desiredCount' | 'taskDefinitionArn' | 'deploymentId'

/** The facts of a service as `lib/plan/seen` names them. */
export const factsOf = (service: EcsService): Facts & Readonly<Record<Fact, string | number | null>> => ({
  status: service.status,
  desiredCount: service.desired,
  taskDefinitionArn: service.taskDefinitionArn,
  deploymentId: service.deployments.find((deployment) => deployment.status === 'PRIMARY')?.id ?? null,
})

/** What a plan saw of a service; only the facts that it depends on. */
export function serviceSeen(service: EcsService, facts: readonly Fact[]): Seen {
  const all = factsOf(service)
  return {
    subject: { kind: 'service', cluster: service.clusterArn, service: service.arn },
    facts: Object.fromEntries(facts.map((fact) => [fact, all[fact]])),
  }
}

/** Why a service that is not ACTIVE cannot be changed. */
export const serviceRefusal = (service: EcsService | null): Planned =>
  service && service.status === 'DRAINING'
    ? refuse(
        'ServiceDraining',
        `${service.name} was deleted and its last tasks are being stopped.`,
        'Create it again once it is gone.',
      )
    : refuse(
        'ServiceGone',
        'This service does not exist any more.',
        'Look at the map; it was deleted meanwhile.',
      )
