import 'server-only'
import { makePace, startCycle } from '@/lib/inventory/cycle'
import { previewOf } from '@/lib/plan/preview'
import { exportNamespace } from '@/lib/plan/render/export-namespace'
import type { Format, Rendered } from '@/lib/plan/render/rendered'
import { currentTarget } from '@/lib/target/current'
import { processWide } from '@/lib/target/process-wide'
import { readNamespaceExport } from './read-namespace-export'
import { readWorld } from './read-world'

export type Exported = { readonly title: string; readonly formats: readonly Rendered[] }

const time = {
  now: Date.now,
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
}

/**
 * A namespace of the target, read now, as code in one format or (null) in all. What the code leaves to the reader is told with each
 * format's remarks. null: AWS answered something that is no namespace. Throws `ExportUnread`.
 */
export async function readExport(namespaceId: string, format: Format | null): Promise<Exported | null> {
  const target = currentTarget()
  const pace = processWide('export pace', () => makePace(target.settings.kind, time))
  const world = await readWorld()
  const cycle = startCycle(target.settings, pace, time)
  const facts = await readNamespaceExport(target.clients(), cycle, world, namespaceId)
  if (!facts) return null
  const plan = exportNamespace(facts)
  const { formats } = await previewOf({ ok: true, plan })
  const told = plan.consequences.map(({ text }) => text)
  return {
    title: plan.title,
    formats: formats
      .filter((rendered) => format === null || rendered.format === format)
      .map((rendered) => ({ ...rendered, remarks: [...told, ...rendered.remarks] })),
  }
}
