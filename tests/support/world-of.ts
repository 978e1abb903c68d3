import { planChange } from '@/lib/changes/catalogue'
import type { World } from '@/lib/changes/world'
import { startFeed } from '@/lib/feed/feed'
import type { Plan } from '@/lib/plan/plan'
import type { Target } from '@/lib/target/current'
import { makeWorldReader } from '@/lib/world/read-world'

/** The world as a console that has just started reads it for a change. */
export async function worldFor(target: Target, kind: string, input: unknown): Promise<World> {
  const feed = startFeed(target)
  try {
    return await makeWorldReader(target, feed, Date.now).read({ kind, input })
  } finally {
    feed.stop()
  }
}

/** The plan of a change in the world as it is; throws what speaks against it. */
export async function planIn(target: Target, kind: string, input: unknown): Promise<Plan> {
  const planned = planChange(kind, input, await worldFor(target, kind, input))
  if (!planned.ok) throw new Error(`${planned.code}: ${planned.message} ${planned.remedy}`)
  return planned.plan
}
