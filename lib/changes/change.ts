import type { ZodType } from 'zod'
import type { Planned } from '../plan/plan'
import type { World } from './world'

/** Everything that a person can want; one file each in this folder. */
export const changeKinds = [
  'create-cluster',
  'create-namespace',
  'create-discovery-service',
  'create-service',
  'scale',
  'redeploy',
  'enable-exec',
  'stop-task',
  'new-revision',
  'run-task',
  'run-service-task',
  'service-connect',
  'migrate-to-service-connect',
  'roll-back',
  'delete-service',
  'delete-discovery-service',
  'delete-namespace',
  'delete-cluster',
  'deploy-example',
  'remove-example',
] as const

export type ChangeKind = (typeof changeKinds)[number]

/**
 * One thing a person can want. The schema is the form's and the server's; `plan` is pure and total: what cannot be done comes back as
 * a refusal with a code, a sentence and a remedy. `Input` is what the schema gives.
 */
export type Change<Input> = {
  readonly kind: ChangeKind
  readonly schema: ZodType<Input>
  readonly plan: (input: Input, world: World) => Planned
}
