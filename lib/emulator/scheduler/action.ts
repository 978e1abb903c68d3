import type { DeploymentRecord, OwnedEndpoint } from '../state/ecs'

/** What a service needs next; tasks are named by their ids. */
export type ServiceAction =
  | {
      readonly kind: 'start-tasks'
      readonly deploymentId: string
      readonly count: number
      /** How many of them take the place of unhealthy ones. */
      readonly replaced: number
    }
  | {
      readonly kind: 'stop-tasks'
      readonly taskIds: readonly string[]
      /** The `stoppedReason` of each. */
      readonly reason: string
      /** They are stopped for failing their health checks, which counts as failures of their deployment. */
      readonly unhealthy: boolean
    }
  | { readonly kind: 'event'; readonly message: string }
  | {
      readonly kind: 'change-deployment'
      readonly deploymentId: string
      readonly changes: Partial<Pick<DeploymentRecord, 'rolloutState' | 'rolloutReason' | 'deadlockTold'>>
    }
  /** The deployment is what a rollback would return to. */
  | { readonly kind: 'complete'; readonly deploymentId: string }
  | { readonly kind: 'drop-deployment'; readonly deploymentId: string }
  | { readonly kind: 'roll-back'; readonly to: DeploymentRecord; readonly reason: string }
  /** The current service deployment is taken up, given up, or stopped as was asked. */
  | { readonly kind: 'begin' | 'give-up' | 'stop' }
  | { readonly kind: 'steady'; readonly sinceMs: number | undefined }
  /** What Service Connect made in Cloud Map: who uses it has changed, or the time of some has come. */
  | {
      readonly kind: 'retire-endpoints'
      readonly marked?: readonly OwnedEndpoint[]
      readonly removed: readonly string[]
    }
  | { readonly kind: 'deactivate' }
  | { readonly kind: 'forget' }

/** What to do now, and when to look again if nothing happens before. */
export type ServiceStep = { readonly actions: readonly ServiceAction[]; readonly dueAtMs?: number }
