import type { StopTaskCommandInput, UpdateServiceCommandInput } from '@aws-sdk/client-ecs'

/** Every AWS call that a plan may make, with its input. What is not here cannot be changed by the console. */
export type PlannedCall =
  | { readonly command: 'ecs:UpdateService'; readonly input: UpdateServiceCommandInput }
  | { readonly command: 'ecs:StopTask'; readonly input: StopTaskCommandInput }

/** One AWS call of a change. Its IAM action is the command's name. */
export type PlanStep = PlannedCall & {
  readonly id: string
  /** What it does, for the person who decides: `Set the desired count of web to 3.` */
  readonly sentence: string
}

/** A change as an ordered list of calls; made by pure functions, run by `runPlan` alone. */
export type Plan = { readonly title: string; readonly steps: readonly PlanStep[] }

/** Why something was not done, in the form every screen shows. */
export type Refused = { readonly code: string; readonly message: string; readonly remedy: string }

/** What a change makes of its input: a plan, or the reason why there is none. */
export type Planned = { readonly ok: true; readonly plan: Plan } | ({ readonly ok: false } & Refused)

export type StepResult = {
  readonly stepId: string
  readonly outcome: 'done' | 'failed' | 'unknown' | 'not run'
  readonly requestId: string | null
  readonly error: Refused | null
  readonly finishedAtMs: number | null
}

export type PlanResult = {
  readonly outcome: 'done' | 'failed' | 'unknown' | 'refused'
  readonly steps: readonly StepResult[]
  /** Set unless all is done. */
  readonly error: Refused | null
}
