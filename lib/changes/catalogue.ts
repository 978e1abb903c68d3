import type { Planned } from '../plan/plan'
import { createCluster } from './create-cluster'
import { createDiscoveryService } from './create-discovery-service'
import { createNamespace } from './create-namespace'
import { createService } from './create-service'
import { deleteCluster } from './delete-cluster'
import { deleteDiscoveryService } from './delete-discovery-service'
import { deleteNamespace } from './delete-namespace'
import { deleteService } from './delete-service'
import { deployExample } from './deploy-example'
import { enableExec } from './enable-exec'
import { migrateToServiceConnect } from './migrate-to-service-connect'
import { newRevision } from './new-revision'
import { type UncheckedChange, unchecked } from './parse'
import { redeploy } from './redeploy'
import { refuse } from './refuse'
import { removeExample } from './remove-example'
import { rollBack } from './roll-back'
import { runServiceTask } from './run-service-task'
import { runTask } from './run-task'
import { scale } from './scale'
import { serviceConnect } from './service-connect'
import { stopTask } from './stop-task'
import type { World } from './world'

/** Everything that a person can want. */
export const changes: readonly UncheckedChange[] = [
  unchecked(createCluster),
  unchecked(createNamespace),
  unchecked(createDiscoveryService),
  unchecked(createService),
  unchecked(scale),
  unchecked(redeploy),
  unchecked(enableExec),
  unchecked(stopTask),
  unchecked(newRevision),
  unchecked(runTask),
  unchecked(runServiceTask),
  unchecked(serviceConnect),
  unchecked(migrateToServiceConnect),
  unchecked(rollBack),
  unchecked(deleteService),
  unchecked(deleteDiscoveryService),
  unchecked(deleteNamespace),
  unchecked(deleteCluster),
  unchecked(deployExample),
  unchecked(removeExample),
]

/**
 * A plan for what a person wants, or why there is none. Total: input from anywhere, any kind, any world; nothing is sent. `kind` is one of
 * `changeKinds`.
 */
export function planChange(kind: string, input: unknown, world: World): Planned {
  const change = changes.find((one) => one.kind === kind)
  if (!change)
    return refuse(
      'UnknownChange',
      'The console knows no such change.',
      'Reload the page; it may be of an older console.',
    )
  return change.planFrom(input, world)
}
