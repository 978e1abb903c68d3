import type { PlannedCall } from './command'
import type { Seen } from './seen'

/** How to tell that a step is really done, or may begin. Waits end with an error after `timeoutMs`. */
export type Wait = {
  readonly kind:
    | 'operation' // Cloud Map's GetOperation says SUCCESS
    | 'service stable' // one deployment, COMPLETED, running = desired
    | 'service gone' // INACTIVE, no task left, nothing of it registered in Cloud Map any more
    | 'task stopped'
    | 'namespace empty' // it has no discovery service any more
    | 'rollback ended' // DescribeServiceDeployments says ROLLBACK_SUCCESSFUL
    | 'no instances' // the discovery service has none
  readonly timeoutMs: number
}

/** A call that takes a step back; its references may name the step's own outputs. */
export type UndoCall = PlannedCall & {
  /** Waited for before the call is sent. */
  readonly before?: Wait
  readonly wait: Wait | null
  /** What it does, where that is not what the undo's own sentence says. */
  readonly sentence?: string
}

export type Undo =
  | { readonly possible: true; readonly sentence: string; readonly calls: readonly UndoCall[] }
  /** Why not, as a sentence: `A stopped task does not come back.` */
  | { readonly possible: false; readonly sentence: string }

/** One AWS call of a change. Its IAM action is the command's name. */
export type PlanStep = PlannedCall & {
  /** Unique in the plan; kebab-case, stable for the same input: `namespace`, `service-frontend-web`. */
  readonly id: string
  /** What it does, for the person who decides: `Set the desired count of web to 3.` */
  readonly sentence: string
  /** IAM actions: the call's own, those of its waits and look-ups, `iam:PassRole` where a role is handed on. */
  readonly permissions: readonly string[]
  /** Waited for before the call is sent. */
  readonly before: Wait | null
  /** Waited for after AWS took the call. */
  readonly after: Wait | null
  /** How a run that lost its answer finds out whether AWS took the call, as a sentence. */
  readonly recognisedBy: string
  readonly undo: Undo
}

/** What else happens, or will not: `frontend-web calls this name; its calls will fail.` */
export type Consequence = { readonly tone: 'info' | 'warn' | 'danger'; readonly text: string }

/** A change as an ordered list of calls: plain JSON, made by pure functions, run by `lib/plan/run` alone. */
export type Plan = {
  readonly title: string
  readonly steps: readonly PlanStep[]
  /** What the plan was made from; a run compares it with the world before it writes. */
  readonly seen: readonly Seen[]
  readonly consequences: readonly Consequence[]
  /** For a destructive plan: the name a person must type. */
  readonly confirm: string | null
}

/** Why something was not done, in the form every screen shows. */
export type Refused = { readonly code: string; readonly message: string; readonly remedy: string }

/** What a change makes of its input: a plan, or the reason why there is none. */
export type Planned = { readonly ok: true; readonly plan: Plan } | ({ readonly ok: false } & Refused)
