import type { Plan, Planned } from '../plan/plan'

/** There is no plan, and why. */
export const refuse = (code: string, message: string, remedy: string): Planned => ({
  ok: false,
  code,
  message,
  remedy,
})

/** A plan; what is not said is empty. */
export const planned = (
  plan: Pick<Plan, 'title' | 'steps'> & Partial<Pick<Plan, 'seen' | 'consequences' | 'confirm'>>,
): Planned => ({ ok: true, plan: { seen: [], consequences: [], confirm: null, ...plan } })
