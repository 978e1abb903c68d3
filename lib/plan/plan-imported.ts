import 'server-only'
import { currentTarget } from '@/lib/target/current'
import { orRefused } from './or-refused'
import type { Planned } from './plan'
import { planFromText } from './schema'
import { readSeenOf } from './seen-of-imported'

/** The plan of an exported text with what is there now. Throws `RunRefused` when the target cannot be read. */
export async function planImported(text: string): Promise<Planned> {
  const planned = planFromText(text)
  if (!planned.ok) return planned
  const { plan } = planned
  const seen = await orRefused('reading what the plan touches', () =>
    readSeenOf(currentTarget().clients(), plan.steps),
  )
  return { ok: true, plan: { ...plan, seen } }
}
