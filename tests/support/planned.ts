import { planChange } from '@/lib/changes/catalogue'
import type { ChangeKind } from '@/lib/changes/change'
import type { World } from '@/lib/changes/world'
import { isRef } from '@/lib/plan/command'
import type { Plan, PlanStep } from '@/lib/plan/plan'

/** The plan of a change; throws when there is none. */
export function planOf(kind: ChangeKind, input: unknown, world: World): Plan {
  const planned = planChange(kind, input, world)
  if (!planned.ok) throw new Error(`${planned.code}: ${planned.message}`)
  return planned.plan
}

/** Why there is no plan: its code; `planned` when there is one. */
export function refusalOf(kind: ChangeKind, input: unknown, world: World): string {
  const planned = planChange(kind, input, world)
  return planned.ok ? 'planned' : planned.code
}

/** `step id: command`, in order. */
export const commandsOf = (plan: Plan): readonly string[] =>
  plan.steps.map((step) => `${step.id}: ${step.command}`)

/** The steps that an input refers to, wherever in it. */
export function refsIn(value: unknown): readonly { readonly step: string; readonly output: string }[] {
  if (isRef(value)) return [value.$ref]
  if (Array.isArray(value)) return value.flatMap(refsIn)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(refsIn) : []
}

/** All texts of a value, wherever in it. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** What a plan says happens besides, a line each; of one tone, or of all. */
export const told = (plan: Plan, tone?: string): string =>
  plan.consequences
    .filter((one) => tone === undefined || one.tone === tone)
    .map(({ text }) => text)
    .join('\n')

/** The step of a plan with this id. Throws when there is none. */
export function stepNamed(plan: Plan, id: string): PlanStep {
  const step = plan.steps.find((one) => one.id === id)
  if (!step) throw new Error(`No ${id} in ${commandsOf(plan).join(', ')}`)
  return step
}
