import 'server-only'
import { currentFeed } from '@/lib/feed/feed'
import { currentTarget } from '@/lib/target/current'
import type { Planned } from './plan'
import { renderPlan } from './render/render'
import { formats, type Rendered, type RenderTarget } from './render/rendered'

export type Preview = { readonly planned: Planned; readonly formats: readonly Rendered[] }

/** Where the code of a preview would run: the target of the screen. */
async function renderTarget(): Promise<RenderTarget> {
  const { settings, clients, pinnedAccountId } = currentTarget()
  const shown = currentFeed().topology()?.target
  const region = shown?.region ?? settings.region ?? (await clients().ecs.config.region())
  return { region, endpointUrl: settings.endpointUrl, accountId: shown?.accountId ?? pinnedAccountId }
}

/** What was planned, in every language. */
export async function previewOf(planned: Planned): Promise<Preview> {
  if (!planned.ok) return { planned, formats: [] }
  const target = await renderTarget()
  return { planned, formats: formats.map((format) => renderPlan(planned.plan, format, target)) }
}
