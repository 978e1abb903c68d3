import type { Plan } from '../plan'
import { renderCdk } from './cdk'
import { renderCli } from './cli/cli'
import { renderCloudFormation } from './cloudformation'
import { fileNameOf } from './file-name'
import { renderJson } from './json'
import type { Format, Rendered, RenderTarget } from './rendered'
import { renderTerraform } from './terraform/terraform'

function write(plan: Plan, format: Format, target: RenderTarget): Pick<Rendered, 'text' | 'remarks'> {
  switch (format) {
    case 'cli':
      return renderCli(plan, target)
    case 'cloudformation':
      return renderCloudFormation(plan, target)
    case 'cdk':
      return renderCdk(plan, target)
    case 'terraform':
      return renderTerraform(plan, target)
    case 'json':
      return { text: renderJson(plan), remarks: [] }
  }
}

/**
 * A plan in one language, for `target`. Pure and total: what a language cannot say is a remark, and any text comes through as itself.
 * Secrets in an input come through too, so callers give this to operators only.
 */
export function renderPlan(plan: Plan, format: Format, target: RenderTarget): Rendered {
  return { format, fileName: fileNameOf(plan.title, format), ...write(plan, format, target) }
}
